"""The schema snapshot: every model of the project as plain data, and that data as JSON text.

The format is written down in the package's README.  It reads no database.
"""

import inspect
import json
import re
import sysconfig
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.expressions import F, OrderBy

from . import fields, relations

VERSION = 1


def snapshot():
    """The whole snapshot, models sorted by label."""
    found = sorted(apps.get_models(include_auto_created=True), key=lambda model: model._meta.label)
    labels = {model._meta.label for model in found}
    return {
        "version": VERSION,
        "source": "django",
        "use_tz": settings.USE_TZ,
        "models": [model_entry(model, labels) for model in found],
    }


def model_entry(model, labels):
    """One model; keys that say nothing are left out, but for ``fields``."""
    meta = model._meta
    schema, table = _table(meta.db_table)
    file = _project_file(model)
    out = {
        "label": meta.label,
        "table": None if meta.proxy else table,
        "schema": None if meta.proxy else schema,
        "kind": _kind(meta),
        "doc": _doc(model, file),
        "source": _source(model, file),
        "proxy_for": meta.concrete_model._meta.label if meta.proxy else None,
        "parents": None if meta.proxy else _parents(model),
        "primary_key": None if meta.proxy else _primary_key(meta),
        "unique": None if meta.proxy else _unique(meta),
        "indexes": None if meta.proxy else _indexes(meta),
        "ordering": _ordering(meta),
        "fields": [] if meta.proxy else fields.entries(model),
        "relations": relations.entries(model, labels),
    }
    return {key: value for key, value in out.items() if value or key == "fields"}


def to_json(document):
    """The text of a snapshot: one model a block, one field or relation a line, the same for the same models."""
    lines = ["{"]
    lines += [f"  {_json(key)}: {_json(document[key])}," for key in document if key != "models"]
    blocks = [_block(model) for model in document["models"]]
    lines.append('  "models": [' + ("\n" + ",\n".join(blocks) + "\n  ]" if blocks else "]"))
    lines.append("}")
    return "\n".join(lines) + "\n"


def _block(model):
    parts = []
    for key, value in model.items():
        if key in ("fields", "relations") and value:
            rows = ",\n".join(f"        {_json(one)}" for one in value)
            parts.append(f"      {_json(key)}: [\n{rows}\n      ]")
        else:
            parts.append(f"      {_json(key)}: {_json(value)}")
    return "    {\n" + ",\n".join(parts) + "\n    }"


def _json(value):
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _kind(meta):
    if meta.auto_created:
        return "auto"
    if meta.proxy:
        return "proxy"
    return "concrete" if meta.managed else "unmanaged"


def _table(name):
    """Splits the schema off a table name that smuggles one in: ``"s"."t"``, or ``s"."t``, which Django quotes to it."""
    match = re.fullmatch(r'"?([^"]+)"\."([^"]+)"?', name)
    if match:
        return match.group(1), match.group(2)
    return None, name[1:-1] if len(name) > 2 and name[0] == name[-1] == '"' else name


def _doc(model, file):
    """The docstring, or else the table's comment; an installed package's words change with its version."""
    comment = getattr(model._meta, "db_table_comment", "")
    written = model.__doc__ or ""
    if file is None or written.startswith(f"{model.__name__}(") and written.endswith(")"):
        return comment  # Django's own docstring is the model's name and its fields
    return inspect.cleandoc(written).strip() or comment


def _source(model, file):
    """``blog/models.py:12``."""
    if file is None:
        return None
    try:
        line = inspect.getsourcelines(model)[1]
    except (OSError, TypeError):
        return None
    parts = len(model.__module__.split(".")) + (file.name == "__init__.py")
    return f"{'/'.join(file.parts[-parts:])}:{line}"


def _project_file(model):
    """The file that declares a model of the project's own; None for an installed package's, and where there is none."""
    if model._meta.auto_created:
        return None
    try:
        file = Path(inspect.getsourcefile(model)).resolve()
    except (OSError, TypeError):
        return None
    installed = {Path(sysconfig.get_path(name)).resolve() for name in ("purelib", "platlib", "stdlib")}
    return None if any(folder in file.parents for folder in installed) else file


def _parents(model):
    return [
        parent._meta.label for parent, link in model._meta.parents.items() if link is not None and link.model is model
    ]


def _primary_key(meta):
    names = getattr(meta.pk, "field_names", [meta.pk.name])  # a composite key's may be tenant_id for tenant
    return [meta.get_field(name).name for name in names]


def _unique(meta):
    found = [[field.name] for field in meta.local_fields if field.unique and field.column and not field.primary_key]
    found += [list(together) for together in meta.unique_together]
    for constraint in meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            more = {}
            if constraint.condition is not None:
                more["condition"] = str(constraint.condition)
            if getattr(constraint, "nulls_distinct", None) is False:
                more["nulls_distinct"] = False
            names = list(constraint.fields)
            found.append({"fields": names, **more} if more else names)
    return _once(found)


def _indexes(meta):
    """The indexes of columns that a comparison or an order can use; not those of an expression."""
    found = [[field.name] for field in meta.local_fields if field.db_index and field.column and not field.unique]
    found += [list(together) for together in getattr(meta, "index_together", ())]
    for index in meta.indexes:
        if index.fields_orders and index.suffix in ("idx", "btree", "hash"):
            names = [name for name, _ in index.fields_orders]
            found.append({"fields": names, "condition": str(index.condition)} if index.condition else names)
    return _once(found)


def _once(found):
    return [one for place, one in enumerate(found) if one not in found[:place]]


def _ordering(meta):
    """``["-pub_date", "pk"]``; nothing where an expression is ordered by."""
    names = []
    for key in meta.ordering:
        descending = isinstance(key, OrderBy) and key.descending
        inner = key.expression if isinstance(key, OrderBy) else key
        inner = inner.name if isinstance(inner, F) else inner
        if not isinstance(inner, str):
            return None
        names.append("-" + inner if descending else inner)
    return names
