"""``manage.py seed``: fills an empty shop with the same rows every time."""

import random
import uuid
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from accounts.models import Customer
from django.core.management.base import BaseCommand
from django.db import transaction

from shop.models import Category, Order, OrderLine, Payment, Product, Review, Supplier, Supply

UTC = timezone.utc
CENT = Decimal("0.01")

# name, place of the parent in this list
CATEGORIES = [
    ("Home", None), ("Kitchen", 1), ("Knives", 2), ("Bread knives", 3), ("Garden", None), ("Tools", 5),
    ("Books", None), ("Fiction", 7), ("Poésie", 8), ("Empty shelf", None), ("50% off", None), ("Tools", 1),
]  # fmt: skip

SUPPLIERS = [
    ("Müller & Söhne", "DE"), ("Acme", "US"), ("O'Neill Ltd", "IE"), ("北京五金", "CN"), ("Señor Tools", "ES"),
    ("No Deliveries", "FR"), ("a_b%c\\d", "GB"),
]  # fmt: skip

PRODUCTS = [
    "Bread knife", "Paring knife", "Crème brûlée torch", "Spade", "Rake", "Watering can 5 l", "Haiku 俳句", "Ulysses",
    "It's a Book", 'The 12" Ruler', "100% cotton towel", "snake_plant", "C:\\>_ mug", "Gießkanne", "İbrik", "Teapot 🫖",
    "Free sample", "bread knife", "Bread Knife", "Old catalogue", "Lamp", "Stool", "Table", "Bench", "Candle", "Matches",
    "Twine", "Seeds: tomato", "Seeds: leek", "Gift card",
]  # fmt: skip

PRICES = ["0.10", "0.20", "9.99", "19.95", "10.00", "0.00", "12.50", "99999999.99", "2.35", "1.15", "7.005", "33.33"]
COSTS = ["0.0500", "1.2345", "9.9999", "0.0001", "12.5000", "3.3333", "-1.0000"]

FIRST = ["Ada", "Zoë", "José", "Łucja", "Max", "max", "李", "Ömer", "D'Arcy", "Nina", "Bo", "Émile", "🦊", "Ann_e", "100%"]
LAST = ["Smith", "Groß", "García", "Żak", "O'Neil", "smith", "伟", "Şahin", "van der Berg", "Ng", "Back\\slash"]

MOMENTS = [
    datetime(2023, 12, 31, 23, 59, 59, 999999, UTC),
    datetime(2024, 1, 1, 0, 0, 0, 0, UTC),
    datetime(2024, 2, 29, 0, 0, 0, 0, UTC),
    datetime(2024, 2, 29, 23, 59, 59, 999999, UTC),
    datetime(2024, 12, 30, 12, 0, 0, 0, UTC),
    datetime(2024, 12, 31, 23, 59, 59, 0, UTC),
    datetime(2024, 6, 30, 0, 0, 0, 1, UTC),
]


class Command(BaseCommand):
    help = "Fills an empty shop with the same rows every time."

    @transaction.atomic
    def handle(self, **options):
        if Customer.objects.exists():
            self.stdout.write("the shop has rows already")
            return
        self.random = random.Random(19991231)
        self.customers()
        self.products()
        self.orders()
        self.reviews()

    def customers(self):
        """The last five never order; some refer others."""
        addresses = [None, "192.168.0.1", "10.0.0.255", "2001:db8::1", "::1"]
        Customer.objects.bulk_create(
            Customer(
                id=i,
                first_name=FIRST[i % len(FIRST)],
                last_name=LAST[i % len(LAST)],
                email=f"customer{i:02}@example.com",
                country=self.random.choice(["DE", "US", "FR", "JP", "TR", "PL"]),
                joined=self.moment(i),
                last_seen_ip=addresses[i % len(addresses)],
                referred_by_id=None if i < 4 or i % 3 else self.random.randint(1, i - 1),
            )
            for i in range(1, 41)
        )

    def products(self):
        Category.objects.bulk_create(
            Category(id=i, name=name, parent_id=parent) for i, (name, parent) in enumerate(CATEGORIES, 1)
        )
        Supplier.objects.bulk_create(
            Supplier(id=i, name=name, country=country) for i, (name, country) in enumerate(SUPPLIERS, 1)
        )
        Product.objects.bulk_create(
            Product(
                id=i,
                sku=uuid.UUID(int=self.random.getrandbits(128), version=4),
                name=name,
                category_id=[1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12][i % 11],
                price=Decimal(PRICES[i % len(PRICES)]).quantize(CENT, ROUND_HALF_UP),
                weight=None if i % 6 == 0 else [0.1, 0.25, 1.5, 12.75, -0.5, 1e-3][i % 6],
                active=i % 7 != 0,
                attributes=self.attributes(i),
            )
            for i, name in enumerate(PRODUCTS, 1)
        )
        pairs = [
            (product, supplier)
            for product in range(1, len(PRODUCTS) + 1)
            if product % 10
            for supplier in sorted(self.random.sample([1, 2, 3, 4, 5, 7], self.random.randint(1, 3)))
        ]
        Supply.objects.bulk_create(
            Supply(id=i, product_id=product, supplier_id=supplier, cost=Decimal(COSTS[i % len(COSTS)]))
            for i, (product, supplier) in enumerate(pairs, 1)
        )

    def attributes(self, i):
        shapes = [
            {},
            {"colour": "red", "sizes": [1, 2, 3]},
            {"colour": "größer \\ \"x\" 🫖", "price": 9.5},
            {"colour": None, "nested": {"a": {"b": i}}},
            {"tags": [], "fragile": True},
        ]
        return shapes[i % len(shapes)]

    def orders(self):
        """Every eighth order has no lines; open and cancelled ones have no payment."""
        orders, lines, payments = [], [], []
        for i in range(1, 121):
            status = self.random.choice(["open", "paid", "paid", "shipped", "shipped", "cancelled"])
            placed = self.moment(i)
            orders.append(
                Order(
                    id=i,
                    number=f"2024-{i:04}",
                    customer_id=self.random.randint(1, 35),
                    status=status,
                    placed=placed,
                    shipped=placed.date() + timedelta(days=self.random.randint(0, 9)) if status == "shipped" else None,
                )
            )
            total = Decimal(0)
            for product in [] if i % 8 == 0 else sorted(self.random.sample(range(1, 29), self.random.randint(1, 5))):
                price = Decimal(self.random.choice(PRICES[:7] + PRICES[8:])).quantize(CENT, ROUND_HALF_UP)
                quantity = self.random.choice([1, 1, 2, 3, 10])
                lines.append(
                    OrderLine(
                        id=len(lines) + 1, order_id=i, product_id=product, quantity=quantity, unit_price=price
                    )
                )
                total += price * quantity
            if status in ("paid", "shipped"):
                payments.append(self.payment(len(payments) + 1, i, total, placed))
        Order.objects.bulk_create(orders)
        OrderLine.objects.bulk_create(lines)
        Payment.objects.bulk_create(payments)

    def payment(self, number, order, total, placed):
        """Every ninth is short by 2.35, so that refunds are negative sums."""
        times = [
            None,
            timedelta(0),
            timedelta(microseconds=1),
            timedelta(seconds=59, microseconds=999999),
            timedelta(days=1, hours=2, minutes=3, seconds=4, microseconds=500000),
            timedelta(days=-1, hours=23),
        ]
        return Payment(
            id=number,
            order_id=order,
            amount=total - Decimal("2.35") if number % 9 == 0 else total,
            processing_time=times[number % len(times)],
            paid_at=placed + timedelta(hours=self.random.randint(0, 72)),
        )

    def reviews(self):
        pairs = sorted({(self.random.randint(1, 25), self.random.randint(1, 40)) for _ in range(90)})
        bodies = ["", "Great!", "100% ok", "not_bad", "C:\\ no", "It's fine", 'a "gift"', "très bien", "好", "🙂👍"]
        Review.objects.bulk_create(
            Review(
                id=i,
                product_id=product,
                customer_id=customer,
                stars=self.random.randint(1, 5),
                body=bodies[i % len(bodies)],
            )
            for i, (product, customer) in enumerate(pairs, 1)
        )

    def moment(self, i):
        """Every third is one of the awkward moments, so that many tie."""
        if i % 3 == 0:
            return MOMENTS[(i // 3) % len(MOMENTS)]
        day = date(2023, 6, 1) + timedelta(days=self.random.randint(0, 600))
        return datetime(day.year, day.month, day.day, self.random.randint(0, 23), i % 60, 0, i * 997 % 1_000_000, UTC)
