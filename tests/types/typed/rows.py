"""The rows, made through the models so that each database holds them as Django would."""

import uuid
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from django.db.models import Value, JSONField

from .models import Article, Document, Everything, Sample

JSON_NULL = Value(None, JSONField())

DOCUMENTS = {
    "object": {"a": {"b": 1, "c": [10, 20, {"d": "deep"}]}, "price": 9.99, "title": "Kopfhörer", "ok": True, "none": None},
    "list": [1, "two", 3.5, None, True, [4, 5], {"a": 6}],
    "empty object": {},
    "empty list": [],
    "text": "plain text",
    "number text": "12.50",
    "integer": 42,
    "float": 0.25,
    "true": True,
    "false": False,
    "json null": JSON_NULL,
    "null": None,
    "keys": {
        "0": "zero as a key",
        "1": {"0": "nested"},
        "": "empty key",
        "a.b": "dot",
        "a b": "blank",
        'quo"te': "double quote",
        "it's": "single quote",
        "back\\slash": "backslash",
        "ключ": "cyrillic",
        "😀": "emoji",
        "$": "dollar",
        "*": "star",
        "[0]": "bracket",
        "A": "upper",
        "a": "lower",
        "length": 7,
        "-1": "minus one",
        "line\nbreak": "newline",
    },
    "numbers": {
        "int": 7,
        "negative": -3,
        "zero": 0,
        "big": 9007199254740993,
        "bigger": 9223372036854775807,
        "float": 1.5,
        "whole float": 2.0,
        "small": 1e-7,
        "large": 1e20,
        "cents": 19.99,
        "half": 2.5,
        "minus half": -2.5,
        "third": 0.125,
    },
    "strings": {
        "date": "2024-02-29",
        "time": "12:30:00",
        "moment": "2024-02-29T12:30:00Z",
        "bad date": "2024-02-30",
        "uuid": "0dbd4b4c-5b5c-4c1e-9c6e-000000000001",
        "int": "12",
        "true": "true",
        "empty": "",
        "escaped": 'a "quoted" \\ back\tslash / é 😀',
        "null": "null",
    },
    "nested": {"rows": [{"id": 1, "tags": ["x", "y"]}, {"id": 2, "tags": []}, {"id": 3}], "depth": {"a": {"b": {"c": {"d": "e"}}}}},
    "same": {"b": [1, 2, {"x": None}], "a": 1},
    "same in another order": {"a": 1, "b": [1, 2, {"x": None}]},
}

SETTINGS = {
    "object": {"a": 1, "b": [1, 2, 3], "theme": "dark"},
    "list": {"theme": None},
    "keys": {"theme": "light", "b": []},
    "same": {"a": 1, "b": [1, 2, {"x": None}]},
    "same in another order": {"b": [2, 1, {"x": None}], "a": 1},
}

SAMPLES = {
    "odd": [(3, 1.5, "1.100", 12, "a"), (1, 2.5, "2.200", 10, "b"), (2, 0.5, "3.300", 8, "a")],
    "even": [(10, 1.0, "10.000", 3, "x"), (20, 2.0, "20.125", 5, "y"), (40, 4.5, "40.250", 6, "x"), (30, 3.0, "30.875", 7, "y")],
    "single": [(5, 2.25, "7.125", 9, "only")],
    "single null": [(None, None, None, None, None)],
    "nulls": [(None, None, None, None, None), (None, 1.0, None, 1, None), (4, None, "4.000", None, "n"), (6, 3.0, "5.000", 2, None)],
    "ties": [(1, 1.0, "1.000", 1, "t"), (1, 1.0, "1.000", 1, "t"), (2, 2.0, "2.000", 3, "u"), (2, 2.0, "2.000", 3, "u"), (3, 3.0, "3.000", 2, "v")],
    "equal": [(7, 7.0, "7.000", 7, "e"), (7, 7.0, "7.000", 7, "e"), (7, 7.0, "7.000", 7, "e")],
    "negative": [(-5, -0.5, "-1.005", -1, "m"), (-1, -2.5, "-2.015", -8, "n"), (3, 1.0, "0.005", 7, "o"), (0, 0.0, "0.000", 0, "m")],
    "large": [(2147483000, 1e9 + 1, "123456789.123", 4611686018427387904, "big"), (2147483001, 1e9 + 2, "123456789.124", 1, "big"), (2147483002, 1e9 + 3, "123456789.125", 3, "bigger")],
}

EVERYTHING = [
    dict(name="nulls"),
    dict(
        name="plain",
        flag=True,
        small=7,
        whole=-42,
        big=2**53 + 1,
        ratio=0.1,
        exact=Decimal("12345.678901"),
        text="Äpfel & Öl",
        raw=b"\x00\x01\xfe\xff",
        day=date(2024, 2, 29),
        clock=time(23, 59, 59, 999999),
        moment=datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=timezone.utc),
        length=timedelta(days=1, hours=2, microseconds=3),
        key=uuid.UUID("0dbd4b4c-5b5c-4c1e-9c6e-000000000001"),
        address="192.168.0.1",
        data={"a": 1},
    ),
    dict(
        name="least",
        flag=False,
        small=-32768,
        whole=-(2**31),
        big=-(2**63),
        ratio=-1e300,
        exact=Decimal("-99999999999999.999999"),
        text="",
        raw=b"",
        day=date(1, 1, 1),
        clock=time(0, 0),
        moment=datetime(1000, 1, 1, tzinfo=timezone.utc),
        length=timedelta(microseconds=-1),
        key=uuid.UUID(int=0),
        address="::1",
        data=[],
    ),
    dict(
        name="greatest",
        flag=True,
        small=32767,
        whole=2**31 - 1,
        big=2**63 - 1,
        ratio=1e300,
        exact=Decimal("99999999999999.999999"),
        text="zz\n\ttab 😀",
        raw=bytes(range(256)),
        day=date(9999, 12, 31),
        clock=time(12, 30),
        moment=datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=timezone.utc),
        length=timedelta(days=10000),
        key=uuid.UUID(int=2**128 - 1),
        address="2001:db8::ff00:42:8329",
        data="text",
    ),
]


ARTICLES = {
    "foxes": ("The quick brown foxes jumped over lazy dogs", "a fox"),
    "fox": ("One brown fox is quick", None),
    "bread": ("Brown bread, and butter on it", "no fox"),
    "quicksilver": ("Quicksilver is not quick: it is mercury (brown once heated)", None),
    "empty": ("", ""),
}


def fill():
    Article.objects.bulk_create(
        Article(title=title, body=body, note=note) for title, (body, note) in ARTICLES.items()
    )
    Document.objects.bulk_create(
        Document(name=name, data=data, settings=SETTINGS.get(name, {})) for name, data in DOCUMENTS.items()
    )
    Sample.objects.bulk_create(
        Sample(series=series, place=place, x=x, y=y, amount=amount and Decimal(amount), flags=flags, label=label)
        for series, rows in SAMPLES.items()
        for place, (x, y, amount, flags, label) in enumerate(rows, 1)
    )
    Everything.objects.bulk_create(Everything(**values) for values in EVERYTHING)
