"""One of everything that a model can have in Django 4.2; ``wide.json`` is its snapshot."""

import datetime
import decimal
import uuid

from django.contrib.auth.models import User
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres import fields as postgres
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UpperField(models.CharField):
    """A known field's subclass."""


class PointField(models.Field):
    """A field of its own, of a type nobody knows."""

    def db_type(self, connection):
        return "geometry(POINT, 4326)"


class WholeField(models.Field):
    """A field of its own, of a type that the column tells."""

    def db_type(self, connection):
        return "integer"


class SealedField(models.Field):
    """A field that knows its column's type on one database only."""

    def db_type(self, connection):
        raise NotImplementedError


class Stamped(models.Model):
    """An abstract model: its fields are its children's."""

    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)
    owner = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="%(app_label)s_%(class)s_owned", related_query_name="%(class)s_of"
    )

    class Meta:
        abstract = True


def today():
    return datetime.date(2024, 2, 29)


class Everything(Stamped):
    """Every field.

    The second paragraph is kept.
    """

    class Level(models.IntegerChoices):
        LOW = 1, _("Low")
        HIGH = 2, _("High")

    big = models.BigIntegerField(default=-(2**40))
    binary = models.BinaryField(default=b"")
    boolean = models.BooleanField(null=True)
    char = models.CharField(max_length=30, default="it's \"é\" \\", db_collation="nocase")
    date = models.DateField(default=datetime.date(2024, 2, 29))
    called = models.DateField(default=today)
    moment = models.DateTimeField(default=timezone.now)
    price = models.DecimalField(max_digits=9, decimal_places=3, default=decimal.Decimal("10.005"))
    duration = models.DurationField(null=True)
    email = models.EmailField()
    file = models.FileField(upload_to="files")
    path = models.FilePathField()
    number = models.FloatField(default=0.5)
    limitless = models.FloatField(default=float("inf"))
    address = models.GenericIPAddressField(null=True)
    integer = models.IntegerField(default=0)
    level = models.IntegerField(choices=Level.choices, default=Level.LOW)
    json = models.JSONField(default=dict)
    listed = models.JSONField(default=list)
    positive_big = models.PositiveBigIntegerField(null=True)
    positive = models.PositiveIntegerField(null=True)
    positive_small = models.PositiveSmallIntegerField(null=True)
    slug = models.SlugField()
    small = models.SmallIntegerField(null=True, help_text=_("Enter a number."))
    text = models.TextField(db_column="text_of_it")
    time = models.TimeField(default=datetime.time(23, 59, 59, 999999))
    url = models.URLField(null=True)
    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    media = models.CharField(
        max_length=9, choices=[("Audio", [("vinyl", "Vinyl"), ("cd", "CD")]), ("unknown", "Unknown")], blank=True
    )
    maybe = models.CharField(max_length=3, choices=[(None, "nothing"), ("yes", "Yes")], null=True)
    upper = UpperField(max_length=5)
    point = PointField(null=True)
    whole = WholeField()
    sealed = SealedField(null=True)

    class Meta:
        ordering = ["-date", models.F("char").desc(), "pk"]
        indexes = [
            models.Index(fields=["-date", "slug"], name="wide_date_slug"),
            models.Index(fields=["slug"], name="wide_slug_partial", condition=models.Q(integer__gt=0)),
            models.Index(Lower("email"), name="wide_lower_email"),
            GinIndex(fields=["json"], name="wide_json"),
        ]
        unique_together = [("char", "date"), ("slug", "integer")]
        constraints = [
            models.UniqueConstraint(fields=["email"], name="wide_email", condition=models.Q(integer=1)),
            models.UniqueConstraint(fields=["slug", "path"], name="wide_slug_path"),
            models.UniqueConstraint(Lower("slug"), name="wide_lower_slug"),
        ]


class Postgres(models.Model):
    words = postgres.ArrayField(models.CharField(max_length=10), default=list)
    prices = postgres.ArrayField(models.DecimalField(max_digits=5, decimal_places=2))
    board = postgres.ArrayField(postgres.ArrayField(models.IntegerField()))
    attributes = postgres.HStoreField()
    days = postgres.DateRangeField()
    moments = postgres.DateTimeRangeField()
    numbers = postgres.IntegerRangeField()
    big_numbers = postgres.BigIntegerRangeField()
    decimals = postgres.DecimalRangeField()
    document = SearchVectorField(null=True)


class SmallKey(models.Model):
    id = models.SmallAutoField(primary_key=True)


class TextKey(models.Model):
    code = models.CharField(max_length=7, primary_key=True)
    alias = models.CharField(max_length=8, unique=True)


class Keys(models.Model):
    """Foreign keys of each sort."""

    plain = models.ForeignKey(TextKey, on_delete=models.PROTECT)
    by_alias = models.ForeignKey(TextKey, on_delete=models.RESTRICT, to_field="alias", related_name="by_alias")
    small = models.ForeignKey(SmallKey, on_delete=models.SET_DEFAULT, default=1, related_name="+")
    hidden = models.ForeignKey(SmallKey, models.DO_NOTHING, related_name="hidden+", null=True)
    hidden_but_queried = models.ForeignKey(
        SmallKey, on_delete=models.SET_NULL, null=True, related_name="+", related_query_name="queried"
    )
    loose = models.ForeignKey(
        Everything, on_delete=models.SET(1), db_constraint=False, db_index=False, db_column="LooseKey",
        related_name="loose", related_query_name="loosely",
    )  # fmt: skip
    one = models.OneToOneField(Everything, on_delete=models.CASCADE)
    quiet_one = models.OneToOneField(Everything, on_delete=models.CASCADE, related_name="+", null=True)
    me = models.ForeignKey("self", on_delete=models.CASCADE, null=True)
    proxied = models.ForeignKey("EverythingProxy", on_delete=models.CASCADE, null=True, related_name="of_proxy")


class EverythingProxy(Everything):
    """A proxy."""

    notes = GenericRelation("Note", related_query_name="noted", for_concrete_model=False)

    class Meta:
        proxy = True


class ProxyOfProxy(EverythingProxy):
    class Meta:
        proxy = True


class Person(models.Model):
    friends = models.ManyToManyField("self")
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followers")
    quiet = models.ManyToManyField("self", symmetrical=False, related_name="+")
    groups = models.ManyToManyField("Club", through="Membership", through_fields=("member", "club"))
    texts = models.ManyToManyField(TextKey, db_table="person and text", related_query_name="reader")


class Club(models.Model):
    pass


class Membership(models.Model):
    club = models.ForeignKey(Club, on_delete=models.CASCADE)
    member = models.ForeignKey(Person, on_delete=models.CASCADE)
    inviter = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invited")


class Place(models.Model):
    name = models.CharField(max_length=20)
    near = models.ManyToManyField("self")


class Rated(models.Model):
    rating_id = models.AutoField(primary_key=True)
    stars = models.IntegerField()


class Restaurant(Place):
    """A child table."""

    pizza = models.BooleanField(default=False)
    supplier = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="supplied")


class ItalianRestaurant(Restaurant, Rated):
    place_link = models.OneToOneField(
        Restaurant, on_delete=models.CASCADE, parent_link=True, primary_key=True, related_name="italian"
    )
    gnocchi = models.BooleanField(default=False)


class Note(models.Model):
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    about = GenericForeignKey()
    other_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    other_id = models.TextField()
    other = GenericForeignKey("other_type", "other_id", for_concrete_model=False)


class Noted(models.Model):
    notes = GenericRelation(Note, content_type_field="other_type", object_id_field="other_id")


class Multi(models.Model):
    """A key of two columns, as Django's ForeignObject has it."""

    left = models.IntegerField()
    right = models.IntegerField()
    pair = models.ForeignObject(
        "Pair", models.CASCADE, from_fields=["left", "right"], to_fields=["a", "b"], related_name="multis"
    )


class Pair(models.Model):
    a = models.IntegerField()
    b = models.IntegerField()

    class Meta:
        unique_together = [("a", "b")]


class Answer(models.Model):
    question = models.ForeignKey(Noted, on_delete=models.CASCADE)

    class Meta:
        order_with_respect_to = "question"


class Unmanaged(models.Model):
    id = models.IntegerField(primary_key=True)
    twins = models.ManyToManyField("self")

    class Meta:
        managed = False
        db_table = "a_view"


class Hostile(models.Model):
    """Names that must be quoted, and a text: 'it''s' "said" `so`."""

    select = models.IntegerField(db_column="select")
    quote = models.IntegerField(db_column="it's a column")
    tick = models.IntegerField(db_column="a `ticked` column")
    größe = models.IntegerField()
    long = models.IntegerField(db_column="x" * 63)

    class Meta:
        db_table = "hostile `table' 名前"


class InSchema(models.Model):
    class Meta:
        db_table = '"sales"."order"'


class InSchemaToo(models.Model):
    class Meta:
        db_table = 'sales"."invoice'


class AVeryLongModelNameThatDjangoStillWritesOutInFullBecauseSqliteTakesNamesOfAnyLength(models.Model):
    links = models.ManyToManyField(TextKey)


class Swapped(models.Model):
    class Meta:
        swappable = "AUTH_USER_MODEL"  # settings name another model: this one is not installed
