"""Makes the models and recordings beside it anew: tools/python tests/django/make_data.py RECORDINGS.

RECORDINGS is a folder with cases.jsonl.gz and states.jsonl.gz: querysets that Django's own tests evaluated, with the SQL that Django
made, the rows that it gave, and the rows that were in the tables then. The models are those of the tests in Django's
source distribution, which pip downloads; they and its licence are kept as they are.
"""

import gzip
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

SUITE = Path(__file__).resolve().parent
DJANGO = "django==5.2.*"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    recordings = Path(sys.argv[1])
    cases = by_app(recordings / "cases.jsonl.gz")
    states = by_app(recordings / "states.jsonl.gz")
    with tempfile.TemporaryDirectory() as folder:
        source = download(Path(folder))
        shutil.copyfile(source / "LICENSE", SUITE / "LICENSE.django")
        for app in sorted(cases):
            (SUITE / app).mkdir(exist_ok=True)
            (SUITE / app / "__init__.py").touch()
            for name in ("models.py", "fields.py"):
                file = source / "tests" / app / name
                if file.exists():
                    shutil.copyfile(file, SUITE / app / name)
            write(SUITE / app / "cases.jsonl", sorted(cases[app], key=lambda case: case["id"]))
            write(SUITE / app / "states.jsonl", [without_strangers(state, set(cases)) for state in states[app]])
    print(f"{sum(map(len, cases.values()))} cases of {len(cases)} apps")


def by_app(file):
    apps = {}
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            apps.setdefault(record["app"], []).append(record)
    return apps


def download(folder):
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--no-deps", "--no-binary", ":all:", "--dest", folder, DJANGO], check=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    (source,) = (path for path in folder.iterdir() if path.is_dir())
    return source


def without_strangers(state, apps):
    """A state without the content types of the apps that are not here, some 500 in each."""
    types = state["data"].get("contenttypes.ContentType")
    if types:
        label = types["fields"].index("app_label")
        types["rows"] = [row for row in types["rows"] if row[label] in apps or row[label] == "contenttypes"]
    return state


def write(file, records):
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
