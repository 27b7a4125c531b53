"""The people who buy."""

from django.db import models


class Customer(models.Model):
    """Someone who orders."""

    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    email = models.EmailField(unique=True)
    country = models.CharField(max_length=2)
    joined = models.DateTimeField()
    last_seen_ip = models.GenericIPAddressField(null=True, blank=True)
    referred_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="referrals"
    )

    def __str__(self):
        return f"{self.first_name} {self.last_name}"
