"""A model field's type in djq's words; knows no models and no relations.

A field is known by ``get_internal_type()``, so that a subclass of a known field has that field's type.
A custom field that answers with a name of its own is known by the column type it asks the database for.
"""

import re

from django.db import connection

UNKNOWN = "unknown"

BY_INTERNAL_TYPE = {
    "AutoField": "int",
    "BigAutoField": "bigint",
    "SmallAutoField": "int",
    "BinaryField": "bytes",
    "BooleanField": "bool",
    "NullBooleanField": "bool",
    "CharField": "text",
    "CommaSeparatedIntegerField": "text",
    "DateField": "date",
    "DateTimeField": "datetime",
    "DecimalField": "decimal",
    "DurationField": "duration",
    "EmailField": "text",
    "FileField": "text",
    "FilePathField": "text",
    "FloatField": "float",
    "GenericIPAddressField": "inet",
    "IPAddressField": "inet",
    "ImageField": "text",
    "IntegerField": "int",
    "BigIntegerField": "bigint",
    "JSONField": "json",
    "OrderWrt": "int",
    "PositiveBigIntegerField": "bigint",
    "PositiveIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "SlugField": "text",
    "SmallIntegerField": "int",
    "TextField": "text",
    "TimeField": "time",
    "URLField": "text",
    "UUIDField": "uuid",
    # django.contrib.postgres
    "ArrayField": "array",
    "HStoreField": "hstore",
    "IntegerRangeField": "range",
    "BigIntegerRangeField": "range",
    "DecimalRangeField": "range",
    "DateRangeField": "range",
    "DateTimeRangeField": "range",
    "CICharField": "text",
    "CIEmailField": "text",
    "CITextField": "text",
    "SearchVectorField": "tsvector",
}

BY_COLUMN_TYPE = {
    "bigint": "bigint",
    "blob": "bytes",
    "bool": "bool",
    "boolean": "bool",
    "bytea": "bytes",
    "char": "text",
    "character varying": "text",
    "citext": "text",
    "date": "date",
    "datetime": "datetime",
    "decimal": "decimal",
    "double": "float",
    "double precision": "float",
    "float": "float",
    "hstore": "hstore",
    "inet": "inet",
    "int": "int",
    "integer": "int",
    "interval": "duration",
    "json": "json",
    "jsonb": "json",
    "longblob": "bytes",
    "longtext": "text",
    "numeric": "decimal",
    "real": "float",
    "smallint": "int",
    "text": "text",
    "time": "time",
    "timestamp": "datetime",
    "timestamp with time zone": "datetime",
    "timestamptz": "datetime",
    "tsvector": "tsvector",
    "uuid": "uuid",
    "varchar": "text",
}


def stored_field(field):
    """The field whose values the column holds: a foreign key's (or generated field's) final target."""
    seen = set()
    while id(field) not in seen:
        seen.add(id(field))
        if getattr(field, "generated", False):
            field = field.output_field
        elif field.remote_field is not None and getattr(field, "target_field", None) is not None:
            field = field.target_field
    return field


def type_name(field):
    """The name of the field's type: ``int``, ``text``, ``array``…, or ``unknown``."""
    field = stored_field(field)
    known = BY_INTERNAL_TYPE.get(field.get_internal_type())
    if known:
        return known
    # Some fields answer with their own class's name although a known field is above them.
    for cls in type(field).__mro__:
        if cls.__name__ in BY_INTERNAL_TYPE and cls.__module__.startswith("django."):
            return BY_INTERNAL_TYPE[cls.__name__]
    return BY_COLUMN_TYPE.get(re.sub(r"\s*\(.*?\)", "", column_type(field) or "").strip().lower(), UNKNOWN)


def column_type(field):
    """The type that a field asks the database for, as Django writes it."""
    try:
        return stored_field(field).db_type(connection)
    except Exception:  # a custom field may do anything here, and its type is then not known
        return None


def decimal(field):
    """``[digits, scale]`` of a decimal field, else None."""
    field = stored_field(field)
    digits, scale = getattr(field, "max_digits", None), getattr(field, "decimal_places", None)
    return None if digits is None or scale is None else [digits, scale]


def max_length(field):
    """The most characters a text column takes, else None: a TextField's is a matter of forms alone."""
    field = stored_field(field)
    return field.max_length if type_name(field) == "text" and field.get_internal_type() != "TextField" else None


def spelled(field):
    """The type as it is written in a query: ``int``, ``decimal(10, 2)``, ``[text]``."""
    name = type_name(field)
    field = stored_field(field)
    if name == "decimal":
        return "decimal({}, {})".format(*decimal(field)) if decimal(field) else name
    if name == "array":
        return f"[{base(field)}]"
    if name == "range":
        return f"range<{base(field)}>"
    return name


def base(field):
    """The type of an array's or a range's elements, as it is written in a query, else None."""
    field = stored_field(field)
    inner = getattr(field, "base_field", None)
    if inner is None:
        return None
    if isinstance(inner, type):  # a range field names the class alone
        return BY_INTERNAL_TYPE.get(inner.__name__, UNKNOWN)
    return spelled(inner)
