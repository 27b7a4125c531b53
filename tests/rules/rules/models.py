"""What models say beyond their columns: each on_delete, unique constraints of each sort, times set by themselves, trees of any form."""

from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Lower


def stand_in():
    return Owner.objects.get(nick="nobody").pk


class Owner(models.Model):
    """Unique in four ways, of which djq may take two for proofs."""

    nick = models.CharField(max_length=30, unique=True)
    email = models.CharField(max_length=60, null=True, blank=True, unique=True)
    name = models.CharField(max_length=30)
    badge = models.IntegerField()
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="owner_name_in_any_case"),
            models.UniqueConstraint(fields=["badge"], condition=models.Q(retired=False), name="owner_badge_in_use"),
        ]

    def __str__(self):
        return self.nick


class Tagging(models.Model):
    """On any row."""

    word = models.CharField(max_length=20)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")

    def __str__(self):
        return self.word


class Folder(models.Model):
    """What the others point to."""

    name = models.CharField(max_length=30)
    owner = models.ForeignKey(Owner, on_delete=models.PROTECT, related_name="folders")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="inside")
    readers = models.ManyToManyField(Owner, related_name="readable")
    taggings = GenericRelation(Tagging)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parent", "name"], name="folder_in_parent")]

    def __str__(self):
        return self.name


class Archive(Folder):
    """A folder with a table of its own."""

    year = models.IntegerField()


class File(models.Model):
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=30)
    size = models.IntegerField(default=0)
    taggings = GenericRelation(Tagging)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["folder", "name"], name="file_in_folder")]

    def __str__(self):
        return self.name


class Version(models.Model):
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="versions")
    number = models.IntegerField()


class Cover(models.Model):
    """One for a folder, if any."""

    folder = models.OneToOneField(Folder, on_delete=models.CASCADE, related_name="cover")
    colour = models.CharField(max_length=10)


class Shortcut(models.Model):
    folder = models.ForeignKey(Folder, on_delete=models.SET_NULL, null=True, related_name="shortcuts")
    version = models.ForeignKey(Version, on_delete=models.SET_NULL, null=True, related_name="shortcuts")


class Bookmark(models.Model):
    """Falls back to the first folder; its other key has no default but null."""

    folder = models.ForeignKey(Folder, on_delete=models.SET_DEFAULT, default=1, related_name="bookmarks")
    other = models.ForeignKey(Folder, on_delete=models.SET_DEFAULT, null=True, default=None, related_name="+")


class Log(models.Model):
    """Outlives what it is about: the database does not know the key."""

    folder = models.ForeignKey(Folder, on_delete=models.DO_NOTHING, db_constraint=False, related_name="logs")
    text = models.CharField(max_length=30)


class Lease(models.Model):
    """Keeps its folder, unless it goes with its file."""

    folder = models.ForeignKey(Folder, on_delete=models.RESTRICT, related_name="leases")
    file = models.ForeignKey(File, on_delete=models.CASCADE, related_name="leases")


class Seal(models.Model):
    """Keeps its file, whatever else goes."""

    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="seals")


class Errand(models.Model):
    """Handed to somebody whom only Python knows."""

    owner = models.ForeignKey(Owner, on_delete=models.SET(stand_in), related_name="errands")


class Shelf(models.Model):
    """A key of two columns."""

    pk = models.CompositePrimaryKey("room", "number")
    room = models.CharField(max_length=10)
    number = models.IntegerField()
    folder = models.ForeignKey(Folder, on_delete=models.CASCADE, related_name="shelves")


class Box(models.Model):
    """Goes with its shelf."""

    room = models.CharField(max_length=10, null=True)
    number = models.IntegerField(null=True)
    shelf = models.ForeignObject(
        Shelf, on_delete=models.CASCADE, from_fields=["room", "number"], to_fields=["room", "number"], related_name="boxes"
    )
    word = models.CharField(max_length=20)


class Record(models.Model):
    """Times that nobody writes."""

    text = models.CharField(max_length=20)
    made = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)
    first_day = models.DateField(auto_now_add=True)
    last_day = models.DateField(auto_now=True)
    last_time = models.TimeField(auto_now=True)


class Node(models.Model):
    """Of forests: deep ones, circles, rows that are their own parents."""

    name = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    weight = models.IntegerField(null=True)

    def __str__(self):
        return self.name
