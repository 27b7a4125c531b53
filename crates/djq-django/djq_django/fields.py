"""The columns of a model: one entry for each field that the model's own table stores."""

import datetime
import decimal
import enum
import uuid

from django.db import models
from django.db.models import NOT_PROVIDED

from . import types


def entries(model):
    """The model's own columns in their order; a multi-table parent's are the parent's."""
    return [entry(field) for field in model._meta.local_fields if field.column is not None]


def entry(field):
    """One field as the snapshot has it; keys that say nothing are left out."""
    stored = types.stored_field(field)
    out = {
        "name": field.name,
        "column": field.column,
        "type": types.type_name(field),
        "django": type(field).__name__,
        "null": field.null,
    }
    optional = {
        "base": types.base(field) if out["type"] in ("array", "range") else None,
        "max_length": types.max_length(field),
        "decimal": types.decimal(field),
        "db_type": types.column_type(field) if out["type"] == types.UNKNOWN else None,
        "collation": getattr(stored, "db_collation", None),
        "choices": _choices(field),
        "default": _default(field),
        "default_callable": _default_callable(field),
        "db_default": _db_default(field),
        "generated": str(field.expression) if getattr(field, "generated", False) else None,
        "auto_now": getattr(field, "auto_now", None) or None,
        "auto_now_add": getattr(field, "auto_now_add", None) or None,
        **_foreign_key(field),
        "doc": str(field.help_text or getattr(field, "db_comment", None) or "") or None,
    }
    out.update((key, value) for key, value in optional.items() if value is not None)
    return out


def _foreign_key(field):
    if not isinstance(field, models.ForeignKey):
        return {}
    return {
        "target": field.remote_field.model._meta.label,
        "to_field": field.target_field.name,
        "on_delete": on_delete(field),
        "constraint": None if field.db_constraint else False,
        "parent_link": field.remote_field.parent_link or None,
    }


ON_DELETE = {"CASCADE", "DO_NOTHING", "PROTECT", "RESTRICT", "SET_DEFAULT", "SET_NULL"}
ON_DELETE |= {f"DB_{rule}" for rule in ("CASCADE", "SET_DEFAULT", "SET_NULL")}  # Django 6.1: the database does it


def on_delete(field):
    """``CASCADE``, ``SET_NULL``…; ``SET`` where Python decides, by a value, a function, or a rule of the project's own."""
    rule = field.remote_field.on_delete
    if rule is None:
        return None
    name = getattr(rule, "__name__", None)
    return name if name in ON_DELETE else "SET"


def _choices(field):
    if not field.choices:
        return None
    flat = [[plain(value), str(label)] for value, label in field.flatchoices if value is not None]
    return flat if flat and all(value is not None for value, _ in flat) else None


def _default(field):
    """A constant default; a function's result is not known before a row is written, but ``dict``'s and ``list``'s are."""
    default = field.default
    if default is NOT_PROVIDED or default is None:
        return None
    if default in (dict, list):
        return default()
    return None if callable(default) else plain(default)


def _default_callable(field):
    """The dotted name of a function that Django calls for each new row."""
    default = field.default
    if default is NOT_PROVIDED or not callable(default) or default in (dict, list):
        return None
    name = getattr(default, "__qualname__", type(default).__qualname__)
    return f"{getattr(default, '__module__', None) or type(default).__module__}.{name}"


def _db_default(field):
    default = getattr(field, "db_default", NOT_PROVIDED)
    if default is NOT_PROVIDED or default is None:
        return None
    return str(default) if hasattr(default, "resolve_expression") else repr(plain(default))


def plain(value):
    """A Python value as JSON has it, exact ones as text; None for what JSON has no faithful form of."""
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if value == value and abs(value) != float("inf") else None
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (decimal.Decimal, uuid.UUID)):
        return str(value)
    if isinstance(value, (datetime.datetime, datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: plain(item) for key, item in value.items()}
    if hasattr(value, "_proxy____cast"):  # a translated text
        return str(value)
    return None
