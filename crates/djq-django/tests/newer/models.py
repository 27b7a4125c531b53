"""What models can have since Django 5.2; ``newer.json`` is its snapshot."""

from django.db import models
from django.db.models.functions import Lower, Now


class Tenant(models.Model):
    name = models.CharField(max_length=20, db_default="it's new", db_comment="the tenant's name")

    class Meta:
        db_table_comment = "who rents"


class Member(models.Model):
    """A composite key, and what the database itself computes."""

    pk = models.CompositePrimaryKey("tenant_id", "number")
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE)
    number = models.IntegerField()
    joined = models.DateTimeField(db_default=Now())
    level = models.IntegerField(db_default=1, choices={1: "One", 2: "Two"})
    email = models.EmailField()
    lower = models.GeneratedField(
        expression=Lower("email"), output_field=models.CharField(max_length=90), db_persist=True
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["email"], name="one_email", nulls_distinct=False)]


class Letter(models.Model):
    tenant = models.ForeignKey(Tenant, on_delete=models.CASCADE)
    number = models.IntegerField()
    member = models.ForeignObject(
        Member, models.CASCADE, from_fields=["tenant", "number"], to_fields=["tenant", "number"], null=True
    )
    colour = models.CharField(max_length=5, choices=lambda: [("red", "Red"), ("blue", "Blue")])
