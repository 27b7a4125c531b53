"""What PostgreSQL alone has: arrays, HStore, ranges, full-text documents. On other databases the tables are not made."""

from django.contrib.postgres import fields
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Room(models.Model):
    name = models.CharField(max_length=20, unique=True)
    tags = fields.ArrayField(models.CharField(max_length=20), default=list)
    sizes = fields.ArrayField(models.IntegerField(), null=True, blank=True)
    prices = fields.ArrayField(models.DecimalField(max_digits=8, decimal_places=2), null=True, blank=True)
    closed = fields.ArrayField(models.DateField(), null=True, blank=True)
    attrs = fields.HStoreField(default=dict)
    floors = fields.IntegerRangeField(null=True, blank=True)
    open = fields.DateRangeField(null=True, blank=True)
    booked = fields.DateTimeRangeField(null=True, blank=True)
    cost = fields.DecimalRangeField(null=True, blank=True)
    words = SearchVectorField(null=True, blank=True)
    text = models.TextField(default="")

    class Meta:
        required_db_vendor = "postgresql"

    def __str__(self):
        return self.name


class Note(models.Model):
    """A table in another schema of the database."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=40)

    class Meta:
        required_db_vendor = "postgresql"
        db_table = '"archive"."note"'

    def __str__(self):
        return self.text
