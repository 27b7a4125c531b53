"""The models that the bench asks about, as Django declares them; `tables.py` makes their tables, `schema.json` is their snapshot.

Sizes: 100,000 authors, 2,000,000 entries, 500,000 reviews, 1,000 tags, 300,000 tags of authors, 100,000 nodes.
"""

from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=40)


class Author(models.Model):
    name = models.CharField(max_length=60)
    region = models.IntegerField(db_index=True)
    tags = models.ManyToManyField(Tag, related_name="authors")


class Entry(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="entries")
    rating = models.IntegerField()
    status = models.CharField(max_length=10)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    pub_date = models.DateField()


class Review(models.Model):
    author = models.ForeignKey(Author, models.CASCADE, related_name="reviews")
    stars = models.IntegerField()
    published = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["author", "published"])]


class Node(models.Model):
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    name = models.CharField(max_length=40)
