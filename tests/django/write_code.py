"""Writes Django's code above each query's `# case:` that has none yet: python3 tests/django/write_code.py FILE.djq…

Each line of it starts with `#>`; of several cases it is the first one's.
"""

import json
import re
import sys
import textwrap
from pathlib import Path


def main():
    for name in sys.argv[1:]:
        file = Path(name)
        lines = (file.parent / "cases.jsonl").read_text(encoding="utf-8").splitlines()
        cases = {case["id"]: case for case in map(json.loads, lines)}
        written = []
        for line in file.read_text(encoding="utf-8").splitlines():
            first = re.match(r"# case: (\d+)", line)
            above = written[-1] if written else ""
            if first and not above.startswith(("#>", "# case:")):
                written.extend(f"#> {code}".rstrip() for code in code_of(cases[int(first[1])]))
            written.append(line)
        file.write_text("\n".join(written) + "\n", encoding="utf-8")


def code_of(case):
    """As it stands in the test: its first line has lost its indentation, the others have kept theirs."""
    first, *rest = case["code"].splitlines()
    return [first, *textwrap.dedent("\n".join(rest)).splitlines()]


if __name__ == "__main__":
    main()
