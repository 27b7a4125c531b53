"""A model for each sort of link: parents of their own table, proxies, generic keys, composite keys."""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Label(models.Model):
    """A word on anything, whatever its key is."""

    word = models.CharField(max_length=30)
    weight = models.IntegerField(null=True, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.CharField(max_length=40)
    item = GenericForeignKey("content_type", "object_id")

    class Meta:
        indexes = [models.Index(fields=["content_type", "object_id"], name="label_item")]

    def __str__(self):
        return self.word


class Supplier(models.Model):
    name = models.CharField(max_length=30, unique=True)

    def __str__(self):
        return self.name


class Place(models.Model):
    """A parent with a table of its own."""

    name = models.CharField(max_length=40)
    city = models.CharField(max_length=40, null=True, blank=True)
    labels = GenericRelation(Label)

    def __str__(self):
        return self.name


class Restaurant(Place):
    cuisine = models.CharField(max_length=20)
    rating = models.IntegerField(null=True, blank=True)
    suppliers = models.ManyToManyField(Supplier, related_name="restaurants")


class Bistro(Restaurant):
    """Two tables above its own."""

    terrace = models.BooleanField()


class Museum(Place):
    """Its pointer has a name of its own."""

    site = models.OneToOneField(Place, on_delete=models.CASCADE, parent_link=True, related_name="as_museum")
    free = models.BooleanField()


class KnownPlace(Place):
    """Another name of the same rows."""

    class Meta:
        proxy = True


class Visit(models.Model):
    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="visits")
    restaurant = models.ForeignKey(Restaurant, on_delete=models.SET_NULL, null=True, blank=True, related_name="dinners")
    day = models.DateField()
    stars = models.IntegerField(null=True, blank=True)

    def __str__(self):
        return f"{self.place} on {self.day}"


class Asset(models.Model):
    """Keyed by a UUID, which a generic key holds as text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=30)
    labels = GenericRelation(Label, related_query_name="asset")

    def __str__(self):
        return self.name


class Shift(models.Model):
    """A key of two columns."""

    pk = models.CompositePrimaryKey("site", "number")
    site = models.CharField(max_length=10)
    number = models.IntegerField()
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    cover = models.ForeignKey(Place, on_delete=models.SET_NULL, null=True, blank=True, related_name="shifts")

    def __str__(self):
        return f"{self.site} {self.number}"


class ShiftNote(models.Model):
    """Points to a key of two columns."""

    site = models.CharField(max_length=10, null=True, blank=True)
    number = models.IntegerField(null=True, blank=True)
    shift = models.ForeignObject(
        Shift, on_delete=models.DO_NOTHING, from_fields=["site", "number"], to_fields=["site", "number"], related_name="notes"
    )
    text = models.CharField(max_length=60)

    def __str__(self):
        return self.text
