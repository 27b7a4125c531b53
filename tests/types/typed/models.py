"""A model for each sort of value that the example projects have no need of."""

from django.db import models


class Document(models.Model):
    """JSON of every kind."""

    name = models.CharField(max_length=40, unique=True)
    data = models.JSONField(null=True, blank=True)
    settings = models.JSONField(default=dict, blank=True)

    def __str__(self):
        return self.name


class Sample(models.Model):
    """Numbers for statistics: groups that are empty, of one row, with nulls, with ties."""

    series = models.CharField(max_length=20, db_index=True)
    place = models.IntegerField()
    x = models.IntegerField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    flags = models.BigIntegerField(null=True, blank=True)
    label = models.CharField(max_length=20, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "place"], name="sample_place")]

    def __str__(self):
        return f"{self.series} {self.place}"


class Article(models.Model):
    """Text that is searched: on MySQL and MariaDB its body has a FULLTEXT index."""

    title = models.CharField(max_length=60, unique=True)
    body = models.TextField()
    note = models.TextField(null=True, blank=True)

    def __str__(self):
        return self.title


class Everything(models.Model):
    """A column of each type that all four databases have, null or not."""

    name = models.CharField(max_length=20, unique=True)
    flag = models.BooleanField(null=True, blank=True)
    small = models.SmallIntegerField(null=True, blank=True)
    whole = models.IntegerField(null=True, blank=True)
    big = models.BigIntegerField(null=True, blank=True)
    ratio = models.FloatField(null=True, blank=True)
    exact = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    text = models.TextField(null=True, blank=True)
    raw = models.BinaryField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    clock = models.TimeField(null=True, blank=True)
    moment = models.DateTimeField(null=True, blank=True)
    length = models.DurationField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    data = models.JSONField(null=True, blank=True)

    def __str__(self):
        return self.name
