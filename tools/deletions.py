"""tools/python tools/deletions.py [--check] - what Django's own delete() leaves, for rows of every model of the test projects.

Writes tests/rules/deletions.json: for each deletion the djq that does the same, and which rows are gone or changed after it, or the
error.  The tests run that djq on every database and compare.  --check writes nothing, and exits 1 where Django does otherwise
now, on SQLite or on the PostgreSQL server that DJQ_TEST_POSTGRES_URL names.  Everything is rolled back.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

TOP = Path(__file__).resolve().parent.parent
RECORD = TOP / "tests/rules/deletions.json"
PROJECTS = {
    "blog": (TOP / "examples/blog", TOP / "examples/blog/db.sqlite3"),
    "shop": (TOP / "examples/shop", TOP / "examples/shop/db.sqlite3"),
    "types": (TOP / "tests/types", TOP / "target/examples/types.sqlite3"),
    "rules": (TOP / "tests/rules", TOP / "target/examples/rules.sqlite3"),
}
# So many rows of each model are deleted, one by one, from all over its table.
ROWS = 8


def main():
    check = sys.argv[1:] == ["--check"]
    if sys.argv[1:] and not check:
        sys.exit(__doc__)
    found = on_sqlite()
    new = text(found)
    if not check:
        RECORD.write_text(new)
        return
    wrong = differences("SQLite", json.loads(RECORD.read_text()), found)
    server = os.environ.get("DJQ_TEST_POSTGRES_URL") or sys.exit("deletions: DJQ_TEST_POSTGRES_URL names no server")
    wrong += differences("PostgreSQL", json.loads(RECORD.read_text()), on_postgres(server))
    print("\n".join(wrong) or f"deletions: {sum(len(project['deletions']) for project in found.values())} as recorded", file=sys.stderr)
    sys.exit(bool(wrong))


def text(found):
    """A deletion on a line."""
    projects = []
    for project, record in found.items():
        deletions = ",\n  ".join(json.dumps(deletion) for deletion in record["deletions"])
        models = json.dumps(record["models"])
        projects.append(f'{json.dumps(project)}: {{\n "models": {models},\n "deletions": [\n  {deletions}\n ]}}')
    return "{" + ",\n".join(projects) + "}\n"


def on_sqlite():
    found = {}
    for project, (folder, file) in PROJECTS.items():
        with tempfile.TemporaryDirectory() as place:
            copy = shutil.copy(file, place)
            found[project] = in_project(project, folder, f"sqlite:{copy}")
    return found


def on_postgres(server):
    return {
        project: in_project(project, folder, urlunsplit(urlsplit(server)._replace(path=f"/djq_{project}")))
        for project, (folder, _) in PROJECTS.items()
    }


def in_project(project, folder, url):
    """Django has one project in a process."""
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": f"{project}_site.settings",
        "PYTHONPATH": os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]),
    }
    code = f"import sys; sys.path.insert(0, {str(TOP / 'tools')!r}); import deletions; deletions.record({str(folder)!r})"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"deletions: {project} on {urlsplit(url).scheme}:\n{done.stderr}")
    return json.loads(done.stdout)


def differences(where, recorded, found):
    wrong = []
    for project, now in found.items():
        then = {deletion["djq"]: deletion for deletion in recorded.get(project, {}).get("deletions", [])}
        for deletion in now["deletions"]:
            if then.pop(deletion["djq"], None) != deletion:
                wrong.append(f"deletions: {project} on {where}: {deletion['djq']} is not as recorded")
        wrong += [f"deletions: {project} on {where}: {djq} is recorded, and not done" for djq in then]
    return wrong


# ---- one project, in a process of its own ----


def record(folder):
    import django
    from django.apps import apps
    from django.db import connection

    django.setup()
    tables = connection.introspection.table_names()
    models = [
        model
        for config in apps.get_app_configs()
        if Path(folder) in Path(config.path).parents
        for model in config.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed and model._meta.db_table in tables
    ]
    # What PostgreSQL alone has.
    models = [model for model in models if model._meta.app_label != "pg"]
    before = {model: rows(model) for model in models}
    deletions = []
    for model in models:
        label = model._meta.label
        for key in some(model, sorted(before[model], key=repr)):
            deletions.append(deletion(f"from {label} where {condition(model, key)} delete cascade", model, key, before))
        if before[model]:
            deletions.append(deletion(f"from {label} delete all cascade", model, None, before))
    print(json.dumps({"models": {model._meta.label: fields(model) for model in models}, "deletions": deletions}))


def fields(model):
    """The key's, and those that point to rows."""
    key = [field.attname for field in model._meta.pk_fields] if hasattr(model._meta, "pk_fields") else [model._meta.pk.attname]
    return key + [field.attname for field in model._meta.local_concrete_fields if field.is_relation and field.attname not in key]


def key_size(model):
    return len(getattr(model._meta, "pk_fields", [model._meta.pk]))


def rows(model):
    size = key_size(model)
    as_text = lambda value: None if value is None else str(value)
    return {row[:size]: [as_text(value) for value in row[size:]] for row in model._base_manager.values_list(*fields(model))}


def some(model, keys):
    # Django follows a chain of rows by calling itself, which Python lets it do for some hundred steps.
    keys = [key for key in keys if model._meta.label != "rules.Node" or not 13 < key[0] < 2990]
    step = max(1, len(keys) // ROWS)
    return keys[::step]


def condition(model, key):
    literal = lambda value: str(value) if isinstance(value, int) else f"'{value}'"
    return " and ".join(f"{name} = {literal(value)}" for name, value in zip(fields(model), key))


def deletion(djq, model, key, before):
    from django.db import IntegrityError, connection, models, transaction

    what = model._base_manager.all() if key is None else model._base_manager.filter(pk=key if len(key) > 1 else key[0])
    found = {"djq": djq}
    try:
        with transaction.atomic():
            what.delete()
            connection.check_constraints()
            found.update(change(before))
            transaction.set_rollback(True)
    except (models.ProtectedError, models.RestrictedError, IntegrityError) as error:
        found["error"] = type(error).__name__
    return found


def change(before):
    as_key = lambda key: [str(value) for value in key]
    gone, changed = {}, {}
    for model, old in before.items():
        new = rows(model)
        lost = sorted(as_key(key) for key in old if key not in new)
        other = sorted([as_key(key), new[key]] for key in new if new[key] != old.get(key))
        if lost:
            gone[model._meta.label] = lost
        if other:
            changed[model._meta.label] = other
    return {"gone": gone, "changed": changed}


if __name__ == "__main__":
    main()
