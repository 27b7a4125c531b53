"""The snapshot of the wide models is what is written down, and what Django itself does with them."""

import io
import json
import os
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent)]
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django  # noqa: E402

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection, models  # noqa: E402

from djq_django import fields  # noqa: E402
from djq_django.snapshot import snapshot, to_json  # noqa: E402

NEWER = django.VERSION >= (5, 2)


class Golden(unittest.TestCase):
    """Files that are read when they change:  DJQ_UPDATE=1 writes them anew."""

    maxDiff = None

    def check(self, name, wanted):
        document = snapshot()
        document["models"] = [model for model in document["models"] if wanted(model["label"].split(".")[0])]
        text, file = to_json(document), HERE / f"{name}.json"
        if os.environ.get("DJQ_UPDATE"):
            file.write_text(text, encoding="utf-8")
        self.assertEqual(text, file.read_text(encoding="utf-8"))

    def test_wide(self):
        self.check("wide", lambda app: app != "newer")

    @unittest.skipUnless(NEWER, "needs Django 5.2")
    def test_newer(self):
        self.check("newer", lambda app: app == "newer")


class AgainstDjango(unittest.TestCase):
    """Names, tables and columns are those that Django itself resolves and makes."""

    @classmethod
    def setUpClass(cls):
        cls.models = {model["label"]: model for model in snapshot()["models"]}

    def whole(self, label):
        """The model's own entries and those of its parents and its concrete model."""
        model = self.models[label]
        entries = model["fields"] + model.get("relations", [])
        for above in [model["proxy_for"]] if "proxy_for" in model else model.get("parents", []):
            entries = entries + self.whole(above)
        return entries

    def leads_back(self, model, entry):
        """From a parent to the child that we are: Django hides that link there."""
        if entry.get("kind") != "reverse_one_to_one":
            return False
        link = next(field for field in self.models[entry["target"]]["fields"] if field["name"] == entry["field"])
        return link.get("parent_link", False) and issubclass(model, apps.get_model(entry["target"]))

    def test_every_model_is_there(self):
        installed = {model._meta.label for model in apps.get_models(include_auto_created=True)}
        self.assertEqual(installed, set(self.models))
        self.assertNotIn("wide.Swapped", installed)

    def test_query_names_are_djangos(self):
        for model in apps.get_models(include_auto_created=True):
            with self.subTest(model._meta.label):
                entries = self.whole(model._meta.label)
                ours = {entry.get("query_name", entry["name"]) for entry in entries if not self.leads_back(model, entry)}
                theirs = {
                    name
                    for name, field in {**model._meta.fields_map, **model._meta._forward_fields_map}.items()
                    if name == field.name and name != "pk" and not name.endswith("+") and not name.startswith("_")
                }
                theirs -= {name for name, field in model._meta.fields_map.items() if is_generic_rel(field)}
                ours -= {"_order"}
                self.assertEqual(ours, theirs)

    def test_accessors_are_djangos(self):
        for model in apps.get_models(include_auto_created=True):
            for entry in self.whole(model._meta.label):
                if entry["name"] == "queried":  # a query name alone: its accessor is hidden
                    continue
                with self.subTest(model._meta.label, name=entry["name"]):
                    self.assertTrue(hasattr(model, entry["name"]))

    def test_attnames_and_columns_are_djangos(self):
        for model in apps.get_models(include_auto_created=True):
            ours = [] if model._meta.proxy else self.models[model._meta.label]["fields"]
            theirs = [] if model._meta.proxy else [f for f in model._meta.local_concrete_fields if f.column]
            self.assertEqual([f["column"] for f in ours], [f.column for f in theirs], model)
            self.assertEqual([f["null"] for f in ours], [f.null for f in theirs], model)

    def test_targets_are_in_the_snapshot(self):
        for label, model in self.models.items():
            for entry in model["fields"] + model.get("relations", []):
                for key in ("target", "through"):
                    if key in entry:
                        self.assertIn(entry[key], self.models, label)

    def test_named_fields_exist(self):
        def fields(label):
            return {entry["name"] for entry in self.whole(label) if "column" in entry}

        for label, model in self.models.items():
            own = fields(label)
            for group in [model.get("primary_key", []), *model.get("unique", []), *model.get("indexes", [])]:
                self.assertLessEqual(set(group["fields"] if isinstance(group, dict) else group), own, label)
            for entry in model["fields"]:
                if "target" in entry:
                    self.assertIn(entry["to_field"], fields(entry["target"]), label)
            for entry in model.get("relations", []):
                if entry["kind"].endswith("many_to_many"):
                    self.assertLessEqual(set(entry["through_fields"]), fields(entry["through"]), label)
                if entry["kind"].startswith("reverse_"):
                    names = {one["name"] for one in self.whole(entry["target"])}
                    self.assertIn(entry["field"], names, label)

    def test_tables_are_what_django_makes(self):
        """Django makes the tables in SQLite; the snapshot names these tables and columns."""
        skipped = {"wide.Everything", "wide.Postgres", "wide.Unmanaged_twins"}  # not for SQLite, or not Django's to make
        skipped |= {label for label, model in self.models.items() if "schema" in model}
        with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
            for model in apps.get_models():
                if model._meta.label not in skipped and model._meta.can_migrate(connection):
                    editor.create_model(model)
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            for label, model in self.models.items():
                if label in skipped or model["kind"] not in ("concrete", "auto"):
                    continue
                self.assertIn(model["table"], tables)
                made = [row.name for row in connection.introspection.get_table_description(cursor, model["table"])]
                self.assertEqual(sorted(field["column"] for field in model["fields"]), sorted(made), label)


def is_generic_rel(field):
    from django.contrib.contenttypes.fields import GenericRel

    return isinstance(field, GenericRel)


class OnDelete(unittest.TestCase):
    """The rules that no model above can have on every Django."""

    def rule(self, on_delete):
        return fields.on_delete(models.ForeignKey("wide.Club", on_delete=on_delete, null=True))

    def test_a_rule_of_the_projects_own(self):
        self.assertEqual(self.rule(lambda collector, field, objects, using: None), "SET")

    @unittest.skipUnless(django.VERSION >= (6, 1), "needs Django 6.1")
    def test_rules_of_the_database(self):
        self.assertEqual(self.rule(models.DB_CASCADE), "DB_CASCADE")
        self.assertEqual(self.rule(models.DB_SET_NULL), "DB_SET_NULL")


class Format(unittest.TestCase):
    def test_json_is_stable_and_has_one_field_a_line(self):
        text = to_json(snapshot())
        self.assertEqual(text, to_json(snapshot()))
        document = json.loads(text)
        self.assertEqual([m["label"] for m in document["models"]], sorted(m["label"] for m in document["models"]))
        lines = text.splitlines()
        for model in document["models"]:
            for entry in model["fields"] + model.get("relations", []):
                line = "        " + json.dumps(entry, ensure_ascii=False)
                self.assertTrue(line in lines or line + "," in lines, line)

    def test_it_is_valid_by_its_json_schema(self):
        import jsonschema

        rules = json.loads((HERE.parents[1] / "djq-schema/schema-v1.json").read_text())
        jsonschema.Draft202012Validator.check_schema(rules)
        jsonschema.Draft202012Validator(rules).validate(json.loads(to_json(snapshot())))


class Command(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = Path(folder.name) / "schema.json"

    def run_command(self, *arguments):
        out = io.StringIO()
        call_command("djq_schema", *arguments, stdout=out)
        return out.getvalue()

    def test_prints(self):
        self.assertEqual(self.run_command(), to_json(snapshot()))

    def test_writes_and_leaves_an_equal_file_alone(self):
        self.assertEqual(self.run_command("--output", str(self.file)), "")
        self.assertEqual(self.file.read_text(encoding="utf-8"), to_json(snapshot()))
        os.utime(self.file, ns=(1, 1))
        self.run_command("--output", str(self.file))
        self.assertEqual(self.file.stat().st_mtime_ns, 1)

    def test_check_passes_on_an_equal_file(self):
        self.run_command("--output", str(self.file))
        self.assertEqual(self.run_command("--check", "--output", str(self.file)), "")

    def test_check_shows_what_changed(self):
        self.run_command("--output", str(self.file))
        self.file.write_text(self.file.read_text(encoding="utf-8").replace('"name": "pizza"', '"name": "pasta"'))
        out = io.StringIO()
        with self.assertRaises(CommandError) as raised:
            call_command("djq_schema", "--check", "--output", str(self.file), stdout=out)
        self.assertEqual(raised.exception.returncode, 1)
        self.assertIn('-        {"name": "pasta"', out.getvalue())
        self.assertIn('+        {"name": "pizza"', out.getvalue())

    def test_check_without_a_file(self):
        with self.assertRaisesRegex(CommandError, "there is no"):
            self.run_command("--check", "--output", str(self.file))
        with self.assertRaises(CommandError) as raised:
            self.run_command("--check")
        self.assertEqual(raised.exception.returncode, 2)

    def test_output_that_cannot_be_written(self):
        with self.assertRaises(CommandError) as raised:
            self.run_command("--output", "/no/such/folder/schema.json")
        self.assertEqual(raised.exception.returncode, 2)


if __name__ == "__main__":
    unittest.main()
