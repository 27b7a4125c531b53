"""The tables of the TPC-H benchmark as Django models: a wholesaler's parts, suppliers, customers and orders.

Names are words instead of the benchmark's prefixed abbreviations, and the two tables with a
composite key (parts at suppliers, lines of orders) have Django's own ``id`` besides it.
"""

from django.db import models

MONEY = {"max_digits": 15, "decimal_places": 2}


class Region(models.Model):
    """A part of the world."""

    name = models.CharField(max_length=25)
    comment = models.CharField(max_length=152, blank=True)


class Nation(models.Model):
    """A country of a region."""

    name = models.CharField(max_length=25)
    region = models.ForeignKey(Region, on_delete=models.PROTECT)
    comment = models.CharField(max_length=152, blank=True)


class Supplier(models.Model):
    """Who delivers parts."""

    name = models.CharField(max_length=25)
    address = models.CharField(max_length=40)
    nation = models.ForeignKey(Nation, on_delete=models.PROTECT)
    phone = models.CharField(max_length=15)
    account_balance = models.DecimalField(**MONEY)
    comment = models.CharField(max_length=101)


class Customer(models.Model):
    """Who orders parts."""

    name = models.CharField(max_length=25)
    address = models.CharField(max_length=40)
    nation = models.ForeignKey(Nation, on_delete=models.PROTECT)
    phone = models.CharField(max_length=15)
    account_balance = models.DecimalField(**MONEY)
    market_segment = models.CharField(max_length=10)
    comment = models.CharField(max_length=117)


class Part(models.Model):
    """What is traded."""

    name = models.CharField(max_length=55)
    manufacturer = models.CharField(max_length=25)
    brand = models.CharField(max_length=10)
    type = models.CharField(max_length=25)
    size = models.IntegerField()
    container = models.CharField(max_length=10)
    retail_price = models.DecimalField(**MONEY)
    comment = models.CharField(max_length=23)
    suppliers = models.ManyToManyField(Supplier, through="PartSupp", related_name="parts")


class PartSupp(models.Model):
    """A part at a supplier: how much there is, and what it costs."""

    part = models.ForeignKey(Part, on_delete=models.PROTECT)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    available_quantity = models.IntegerField()
    supply_cost = models.DecimalField(**MONEY)
    comment = models.CharField(max_length=199)

    class Meta:
        unique_together = [("part", "supplier")]


class Orders(models.Model):
    """An order of a customer."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT)
    status = models.CharField(max_length=1)
    total_price = models.DecimalField(**MONEY)
    order_date = models.DateField()
    priority = models.CharField(max_length=15)
    clerk = models.CharField(max_length=15)
    ship_priority = models.IntegerField()
    comment = models.CharField(max_length=79)


class LineItem(models.Model):
    """A line of an order: a part from a supplier, and how it travelled."""

    order = models.ForeignKey(Orders, on_delete=models.CASCADE)
    part = models.ForeignKey(Part, on_delete=models.PROTECT)
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)
    line_number = models.IntegerField()
    quantity = models.DecimalField(**MONEY)
    extended_price = models.DecimalField(**MONEY)
    discount = models.DecimalField(**MONEY)
    tax = models.DecimalField(**MONEY)
    return_flag = models.CharField(max_length=1)
    line_status = models.CharField(max_length=1)
    ship_date = models.DateField(db_index=True)
    commit_date = models.DateField()
    receipt_date = models.DateField()
    ship_instructions = models.CharField(max_length=25)
    ship_mode = models.CharField(max_length=10)
    comment = models.CharField(max_length=44)

    class Meta:
        unique_together = [("order", "line_number")]
