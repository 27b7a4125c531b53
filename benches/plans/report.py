"""What was measured, as lines and as docs/plans.md."""

import re
from pathlib import Path

import servers

HERE = Path(__file__).resolve().parent
BOUND = 1.2
# Seconds that two runs of one statement differ by.
NOISE = 0.0005


def ratio(times, of="djq"):
    """djq's time over that of the best form, its own among them; none where it was given up."""
    ours = times.get(of)
    rivals = [time for name, time in times.items() if time is not None and ("json" in name) == ("json" in of)]
    if ours is None or not rivals:
        return None
    return 1.0 if ours - min(rivals) < NOISE else ours / min(rivals)


def line(title, case, times):
    shown = "  ".join(f"{name} {'-' if time is None else f'{time * 1000:.1f}'}" for name, time in times.items())
    ours = " ".join("never" if ratio(times, of) is None else f"{ratio(times, of):.2f}" for of in ("djq", "djq json") if of in times)
    return f"{title:<10} {case:<28} {ours:>6}   ms: {shown}"


def about(case):
    text = (HERE / f"cases/{case}.djq").read_text()
    return " ".join(re.findall(r"^## ?(.*)$", text, flags=re.M)).rstrip(".")


def cell(times, of):
    if not times or of not in times:
        return ""
    value = ratio(times, of)
    ended = [(time, name) for name, time in times.items() if time is not None and ("json" in name) == ("json" in of)]
    if not ended:
        return "–"
    best = min(ended)[1]
    text = "never" if value is None else f"{value:.2f}"
    return text if value is not None and value <= BOUND else f"**{text}** ({best})"


def known(page):
    """The table's rows as the page has them: what was measured on another day, and is not in the results."""
    rows = (line.strip("|").split("|") for line in page.splitlines() if line.startswith("| "))
    return {name.strip(): [cell.strip() for cell in cells] for name, *cells in rows}


def write(cases, results):
    """The page, with what was measured last in its table, and the other cells as they are there."""
    page = servers.TOP / "docs/plans.md"
    before = known(page.read_text() if page.exists() else "")
    versions = results.get("versions", {})
    titles = {"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite"}
    heads = before.get("case", [titles[name] for name in servers.NAMES])
    head = [f"{titles[name]} {versions[name]}" if name in versions else at for name, at in zip(servers.NAMES, heads)]
    rows = [f"| case | {' | '.join(head)} |", f"| --- |{' ---: |' * len(head)}"]
    for case in cases:
        for of in ("djq", "djq json"):
            row = f"{case}{', as JSON' if of != 'djq' else ''}"
            cells = [cell(results.get(case, {}).get(name), of) for name in servers.NAMES]
            cells = [new or old for new, old in zip(cells, before.get(row, [""] * len(cells)))]
            if any(cells):
                rows.append(f"| {row} | {' | '.join(cells)} |")
    meaning = [f"- `{case}`: {about(case)}." for case in cases]
    text = (HERE / "plans.md").read_text().replace("<!-- table -->", "\n".join(rows)).replace("<!-- cases -->", "\n".join(meaning))
    page.write_text(text)
