"""django_truth.py SNAPSHOT - compares what `manage.py djq_schema` wrote with the project's own classes, and prints how much is right.

Run by tools/introspect-rates --django with the project's Python and settings.  It shares no code with the package: reverse accessors
and many-to-many names are looked for where Python itself finds them, as descriptors in a class's `__dict__`; query names where Django's
lookups do, by `_meta.get_field`; a column's type is what the connection would create.
"""

import json
import re
import sys

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.exceptions import FieldDoesNotExist  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.db.models.fields import related_descriptors as descriptors  # noqa: E402

# What a column of this type is created as, on any of the servers.
COLUMNS = {
    "int": r"(small|big)?(int|integer|serial)\b",
    "bigint": r"(bigint|bigserial|integer)\b",
    "bool": r"bool",
    "text": r"(n?varchar|char|character varying|(long)?text|citext|bytea|blob)",
    "bytes": r"(blob|longblob|bytea)",
    "decimal": r"(decimal|numeric)",
    "float": r"(real|double|float)",
    "date": r"date$",
    "time": r"time(\(6\))?( |$)",
    "datetime": r"(datetime|timestamp)",
    "duration": r"(bigint|interval)",
    "uuid": r"(uuid|char\(32\))",
    "json": r"(json|text|longtext)",
    "inet": r"(inet|char\(39\)|char\(15\))",
    "array": r".*\[\d*\]$",
    "range": r".*range$",
    "hstore": r"hstore",
    "tsvector": r"tsvector",
    "unknown": r"",
}


class Rates(dict):
    def count(self, name, right, what):
        rate = self.setdefault(name, [0, 0])
        rate[0] += bool(right)
        rate[1] += 1
        if not right:
            print(f"    {name}: {what}")


def characters(column):
    """How many a column takes; a TextField's max_length is none of its column's."""
    length = re.search(r"char\w*(?: varying)?\((\d+)\)", column.lower())
    return int(length[1]) if length else None


def fields(model, entry, rates):
    """Each concrete field that the model's own table has, and no other."""
    own = [field for field in model._meta.concrete_fields if field.model._meta.concrete_model is model]
    there = {field["name"]: field for field in entry["fields"]}
    for field in own:
        found = there.pop(field.name, None)
        if found is None:
            rates.count("field", False, f"{entry['label']}.{field.name} is missing")
            continue
        leaf = field
        while leaf.is_relation and leaf.remote_field is not None and leaf.remote_field.model is not None:
            leaf = leaf.foreign_related_fields[0]
        column = leaf.db_type(connection) or ""
        right = (
            found["column"] == field.get_attname_column()[1]
            and found["null"] == field.null
            and re.match(COLUMNS[found["type"]], column.lower())
            and (found["type"] != "text" or found.get("max_length") == characters(column))
        )
        if field.is_relation and field.remote_field is not None:
            to = field.remote_field.model
            right = right and found.get("target") == to._meta.label and found.get("to_field") == field.foreign_related_fields[0].name
            rates.count("foreign key", right, f"{entry['label']}.{field.name} -> {to._meta.label}: {found}")
        else:
            rates.count("field", right and "target" not in found, f"{entry['label']}.{field.name} {column}: {found}")
    for name in there:
        rates.count("field", False, f"{entry['label']}.{name} is none of Django's")


def relations(model, entry, rates):
    """Each descriptor of a relation to many or back to one that the class itself has, and no other; and each query name."""
    there = {relation["name"]: relation for relation in entry.get("relations", [])}
    named = set()
    for name, attribute in vars(model).items():
        if isinstance(attribute, descriptors.ManyToManyDescriptor):
            kind = "reverse_many_to_many" if attribute.reverse else "many_to_many"
            rel, field = attribute.rel, attribute.field
            to, through = (field.model if attribute.reverse else rel.model), attribute.through._meta.label
        elif isinstance(attribute, descriptors.ReverseManyToOneDescriptor) and isinstance(attribute.field, models.ForeignKey):
            kind, to, through, field = "reverse_foreign_key", attribute.rel.related_model, None, attribute.field
        elif isinstance(attribute, descriptors.ReverseOneToOneDescriptor):
            kind, to, through, field = "reverse_one_to_one", attribute.related.related_model, None, attribute.related.field
        else:
            continue
        # what is hidden (`related_name="+"`) has a descriptor that nobody can spell
        if name.endswith("+"):
            continue
        found = there.get(name)
        named.add(name)
        right = found is not None and (found["kind"], found["target"], found.get("through")) == (kind, to._meta.label, through)
        if kind != "many_to_many":
            right = right and found["field"] == field.name
            query = field.related_query_name()
            spelled = found is not None and found.get("query_name", found["name"]) == query
            try:
                spelled = spelled and model._meta.get_field(query).field is field
            except FieldDoesNotExist:
                spelled = spelled and query.endswith("+")
            rates.count("query name", spelled, f"{entry['label']}.{query}: {found}")
        rates.count("many-to-many" if kind == "many_to_many" else "reverse accessor", right, f"{entry['label']}.{name} {kind} {to._meta.label}: {found}")
    for name, found in there.items():
        if name not in named and (found["kind"].startswith("reverse_") or found["kind"] == "many_to_many"):
            # a hidden accessor may have a query name all the same, and a manager of tags is a many-to-many with a descriptor of its own
            try:
                is_django = model._meta.get_field(name) is not None
            except FieldDoesNotExist:
                is_django = False
            rates.count("query name" if found["kind"].startswith("reverse_") else "many-to-many", is_django, f"{entry['label']}.{name} is none of Django's: {found}")


def main():
    snapshot = json.load(open(sys.argv[1], encoding="utf-8"))
    entries = {entry["label"]: entry for entry in snapshot["models"]}
    rates = Rates()
    for model in apps.get_models(include_auto_created=True):
        entry = entries.pop(model._meta.label, None)
        table = None if model._meta.proxy else model._meta.db_table
        rates.count("model", entry is not None and entry.get("table") == table, model._meta.label)
        if entry is not None and not model._meta.proxy:
            fields(model, entry, rates)
            relations(model, entry, rates)
    for label in entries:
        rates.count("model", False, f"{label} is none of Django's")
    json.dump(rates, open(sys.argv[2], "w", encoding="utf-8"))


main()
