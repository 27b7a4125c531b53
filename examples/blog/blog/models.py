"""A blog of many authors, with books, tags and threads of comments."""

from django.db import models


class Company(models.Model):
    """Where an author works."""

    name = models.CharField(max_length=100)
    city = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name_plural = "companies"

    def __str__(self):
        return self.name


class Author(models.Model):
    """Someone who writes entries and books."""

    name = models.CharField(max_length=100)
    email = models.EmailField(unique=True)
    company = models.ForeignKey(Company, on_delete=models.SET_NULL, null=True, blank=True)
    joined = models.DateField()

    def __str__(self):
        return self.name


class Tag(models.Model):
    """A subject of entries."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=50)

    def __str__(self):
        return self.slug


class Entry(models.Model):
    """One piece of writing in the blog."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    body = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    rating = models.IntegerField(null=True, blank=True, help_text="from -5 to 5; empty where nobody has voted")
    score = models.DecimalField(max_digits=8, decimal_places=3, null=True, blank=True)
    word_count = models.PositiveIntegerField(default=0)
    pub_date = models.DateTimeField(null=True, blank=True, db_index=True)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="entries")
    editor = models.ForeignKey(
        Author, on_delete=models.SET_NULL, null=True, blank=True, related_name="edited_entries"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="entries")

    class Meta:
        ordering = ["-pub_date"]
        verbose_name_plural = "entries"

    def __str__(self):
        return self.title


class Book(models.Model):
    """A book of an author's."""

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    title = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    published = models.DateField()

    def __str__(self):
        return self.title


class Comment(models.Model):
    """What a reader said about an entry, or in answer to another comment."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="comments")
    author_name = models.CharField(max_length=100)
    text = models.TextField()
    created = models.DateTimeField()
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")

    def __str__(self):
        return f"{self.author_name}: {self.text[:40]}"
