"""The rows, on PostgreSQL alone."""

from datetime import date, datetime, timezone
from decimal import Decimal

from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange, NumericRange

from .models import Note, Room


def moment(day, hour):
    return datetime(2024, 5, day, hour, tzinfo=timezone.utc)


def fill():
    if connection.vendor != "postgresql":
        return
    blue = Room.objects.create(
        name="blue",
        tags=["quiet", "large"],
        sizes=[3, 4, 5],
        prices=[Decimal("9.50"), Decimal("10.00")],
        closed=[date(2024, 12, 24), date(2024, 12, 31)],
        attrs={"color": "blue", "wall": "brick", "it's": 'a "quote"'},
        floors=NumericRange(1, 3),
        open=DateRange(date(2024, 1, 1), date(2024, 7, 1)),
        booked=DateTimeTZRange(moment(1, 9), moment(1, 11)),
        cost=NumericRange(Decimal("1.50"), Decimal("2.50"), "[]"),
        text="The quick brown foxes jumped over a lazy dog",
    )
    green = Room.objects.create(
        name="green",
        tags=["quiet"],
        sizes=[],
        prices=None,
        closed=[],
        attrs={"color": "green", "wall": None},
        floors=NumericRange(3, 5),
        open=DateRange(date(2024, 6, 1), None),
        booked=DateTimeTZRange(moment(1, 11), moment(1, 12)),
        cost=NumericRange(None, Decimal("2.00")),
        text="A dog sleeps",
    )
    Room.objects.create(name="red", tags=[], sizes=None, attrs={}, floors=None, open=DateRange(empty=True), text="Nothing here")
    Room.objects.create(name="wide", tags=["large", "loud", "quiet"], sizes=[5, None, 1], attrs={"doors": "2"}, floors=NumericRange(None, None))
    Room.objects.update(words=SearchVector("text", config="english"))
    for room, text in [(blue, "paint"), (blue, "clean"), (green, "repair")]:
        Note.objects.create(room=room, text=text)
