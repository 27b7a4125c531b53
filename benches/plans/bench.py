"""Measures djq's SQL beside what people write by hand, on each database.

    tools/plans [--server NAME]… [--rounds N] [--limit SECONDS] [--wall] [CASE…]    measure; all cases without a name
    tools/plans --explain CASE                                               each form's plan, as the server ran it
    tools/plans --write                                                      puts all that was measured here into docs/plans.md

A case is `cases/NAME.djq` beside `cases/NAME.sql`. The second has the forms that an expert might write, each behind a line
`-- its name`, or `-- its name: postgres mysql` where only those have it. Every form must give the rows that djq's gives, in whatever
order; then the forms take turns, and the fastest run of each counts. Results are kept in target/plans.json, so that a later
run of some cases leaves the others as they are.

A nested case has a statement for each level. Its forms are for the last one, where `:keys` stands for the parents' keys as
the server is given them (`= ANY($1)`, a list in JSON); the parents' statement is not measured: it is the same for all.
A form named `json …` is compared with what `djq sql --nest json` gives instead.
"""

import argparse
import fcntl
import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import report
import servers

HERE = Path(__file__).resolve().parent
RESULTS = servers.TOP / "target/plans.json"
DJQ = servers.TOP / "target/debug/djq"

# What a list of bigints goes in as, and how one is read.
KEYS = {
    "postgres": "= ANY($1::bigint[])",
    "mysql": "IN (SELECT listed.v FROM json_table(?, '$[*]' COLUMNS (v BIGINT PATH '$')) AS listed)",
    "mariadb": "IN (SELECT listed.v FROM json_table(?, '$[*]' COLUMNS (v BIGINT PATH '$')) AS listed)",
    "sqlite": "IN (SELECT value FROM json_each(?1))",
}
KEY_ROWS = {
    "postgres": "unnest($1::bigint[])",
    "mysql": "json_table(?, '$[*]' COLUMNS (v BIGINT PATH '$'))",
    "mariadb": "json_table(?, '$[*]' COLUMNS (v BIGINT PATH '$'))",
    "sqlite": "(SELECT value AS v FROM json_each(?1))",
}


def main():
    parser = argparse.ArgumentParser(prog="tools/plans", description=__doc__.split("\n")[0])
    parser.add_argument("cases", nargs="*", metavar="CASE", help="how a case's name begins")
    parser.add_argument("--server", action="append", choices=servers.NAMES)
    parser.add_argument("--rounds", type=int, default=3, help="turns of each form, more of fast ones (default 3)")
    parser.add_argument("--limit", type=float, default=60, help="seconds after which a form is given up (default 60)")
    parser.add_argument("--wall", action="store_true", help="the clock's time, for a quiet machine, and not the processor's")
    parser.add_argument("--explain", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the last results into docs/plans.md, and measure nothing")
    args = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    cases = sorted(path.stem for path in (HERE / "cases").glob("*.djq"))
    if args.write:
        report.write(cases, results)
        return
    wanted = [case for case in cases if not args.cases or any(case.startswith(part) for part in args.cases)]
    if not wanted:
        sys.exit(f"plans: no case begins with {' or '.join(args.cases)}")
    wrong = False
    for name in args.server or servers.NAMES:
        server = servers.server(name, args.wall)
        for case in wanted:
            if args.explain:
                explain(server, case)
                continue
            try:
                times = measure(server, case, args.rounds, args.limit)
            except (Wrong, RuntimeError) as error:
                wrong = True
                print(f"{server.title:<10} {case}: {error}", file=sys.stderr)
                continue
            keep(case, name, times)
            print(report.line(server.title, case, times), flush=True)
        keep("versions", name, server.version())
    sys.exit(wrong)


def keep(case, server, what):
    """Into the results, beside what another run of this bench may have put there."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    with RESULTS.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        results = json.loads(file.read() or "{}")
        results.setdefault(case, {})[server] = what
        file.truncate(0)
        file.write(json.dumps(results, indent=1))


class Wrong(Exception):
    """A form does not give djq's rows."""


def forms(server, case):
    """The forms of a case on a server, djq's first; the keys that they are given; whether each is JSON."""
    *parents, djq = compiled(server, case)
    found = {"djq": djq}
    keys = None
    for parent in parents:
        keys = sorted({row[-1] for row in server.rows(parent, keys)})
    text = (HERE / f"cases/{case}.sql").read_text()
    for part in re.split(r"^-- ", text, flags=re.M)[1:]:
        head, sql = part.split("\n", 1)
        name, _, on = head.partition(":")
        if on and server.name not in on.split():
            continue
        if name.startswith("json"):
            found.setdefault("djq json", compiled(server, case, "json")[0])
        sql = sql.replace(":keys", KEYS[server.name]).replace(":rows", KEY_ROWS[server.name])
        found[name] = sql.strip().rstrip(";")
    return found, keys


def compiled(server, case, nest="levels"):
    command = [DJQ, "sql", HERE / f"cases/{case}.djq", "--schema", HERE / "schema.json", "--dialect", server.name, "--nest", nest, "-q"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Wrong(done.stderr or done.stdout)
    sql = "\n".join(line for line in done.stdout.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in re.split(r";$", sql, flags=re.M) if statement.strip()]


def measure(server, case, rounds, limit):
    """Seconds of the fastest run of each form; none for one that was given up."""
    found, keys = forms(server, case)
    takes = lambda sql: keys if keys is not None and re.search(r"\$1|\?", sql) else None
    best, first = {}, {}
    for name, sql in found.items():
        try:
            best[name], rows = server.rows_timed(sql, takes(sql), limit)
        except servers.TooSlow:
            best[name] = None
            continue
        rows = Counter(tuple(map(plain, row)) for row in rows)
        known, of = first.setdefault("json" in name, (rows, name))
        if rows != known:
            more, less = list((rows - known).items())[:3], list((known - rows).items())[:3]
            raise Wrong(f"`{name}` gives {rows.total()} rows, `{of}` {known.total()}; only it {more}, only the other {less}")
    alive = [name for name in found if best[name] is not None]
    fastest = min((best[name] for name in alive), default=0)
    for round in range(max(rounds - 1, fastest < 1) if fastest > 0.02 else 5 * rounds):
        for name in alive:
            # What is far behind need not be measured finely; but the first run may only have been the one that read the disk.
            if best[name] < (2 if round else 20) * min(best[rival] for rival in alive if ("json" in rival) == ("json" in name)):
                best[name] = min(best[name], server.time(found[name], takes(found[name]), 10 * limit))
    return best


def plain(value):
    """A value as it compares: a number is one, whatever its type, and JSON is what it says."""
    if isinstance(value, str) and value[:1] in "[{":
        value = json.loads(value)
    if isinstance(value, list | dict):
        return json.dumps(value, sort_keys=True, default=str)
    if isinstance(value, bool | int | float | Decimal):
        return round(float(value), 6)
    return None if value is None else str(value)


def explain(server, case):
    found, keys = forms(server, case)
    for name, sql in found.items():
        print(f"\n==== {server.title}, {case}, {name}\n{sql}\n")
        print(server.explain(sql, keys if keys is not None and re.search(r"\$1|\?", sql) else None))


if __name__ == "__main__":
    main()
