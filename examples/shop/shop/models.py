"""Goods, orders, and where the goods come from."""

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Category(models.Model):
    """A shelf of the shop; shelves stand in shelves."""

    name = models.CharField(max_length=60)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name_plural = "categories"
        unique_together = [("parent", "name")]

    def __str__(self):
        return self.name


class Supplier(models.Model):
    """Who delivers products."""

    name = models.CharField(max_length=80, unique=True)
    country = models.CharField(max_length=2)

    def __str__(self):
        return self.name


class Product(models.Model):
    """Something for sale."""

    sku = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="products")
    price = models.DecimalField(max_digits=10, decimal_places=2)
    weight = models.FloatField(null=True, blank=True, help_text="in kilograms")
    active = models.BooleanField(default=True)
    attributes = models.JSONField(default=dict, blank=True)
    suppliers = models.ManyToManyField(Supplier, through="Supply", related_name="products")

    class Meta:
        indexes = [models.Index(fields=["category", "price"], name="product_category_price")]

    def __str__(self):
        return self.name


class Supply(models.Model):
    """A product at a supplier's, and what it costs there."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="supplies")
    supplier = models.ForeignKey(Supplier, on_delete=models.CASCADE, related_name="supplies")
    cost = models.DecimalField(max_digits=10, decimal_places=4)

    class Meta:
        verbose_name_plural = "supplies"
        constraints = [models.UniqueConstraint(fields=["product", "supplier"], name="supply_once")]


class Order(models.Model):
    """What a customer bought in one go."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        PAID = "paid", "Paid"
        SHIPPED = "shipped", "Shipped"
        CANCELLED = "cancelled", "Cancelled"

    number = models.CharField(max_length=12, unique=True)
    customer = models.ForeignKey("accounts.Customer", on_delete=models.PROTECT, related_name="orders")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    placed = models.DateTimeField(db_index=True)
    shipped = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.number


class OrderLine(models.Model):
    """A product in an order."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="lines")
    quantity = models.PositiveSmallIntegerField(default=1)
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        unique_together = [("order", "product")]


class Payment(models.Model):
    """The money for an order."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="payment")
    amount = models.DecimalField(max_digits=10, decimal_places=2)
    processing_time = models.DurationField(null=True, blank=True)
    paid_at = models.DateTimeField()


class Review(models.Model):
    """A customer's opinion of a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="reviews")
    customer = models.ForeignKey("accounts.Customer", on_delete=models.CASCADE, related_name="reviews")
    stars = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(5)])
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(stars__gte=1, stars__lte=5), name="review_stars"),
            models.UniqueConstraint(fields=["product", "customer"], name="review_once"),
        ]
