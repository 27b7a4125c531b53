"""``manage.py seed``: fills an empty blog with the same rows every time."""

import random
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from django.core.management.base import BaseCommand
from django.db import transaction

from blog.models import Author, Book, Comment, Company, Entry, Tag

UTC = timezone.utc

COMPANIES = [
    ("Acme", "Boston"),
    ("Brûlerie Noël", "Genève"),
    ("O'Reilly & Sons", "Dublin"),
    ("Straße 9 GmbH", "Köln"),
    ("東京出版", "東京"),
    ("İstanbul Kitap", "İstanbul"),
    ("100% Pure_Words", ""),
    ("acme", "boston"),
    ("Nobody Works Here", "Perth"),
]

AUTHORS = [
    "Ada Byron", "Zoë Brontë", "Søren Ångström", "Łukasz Żak", "Ada Byron", "Strauß", "STRAUSS", "İlknur Işık",
    "O'Brien", 'Dwayne "The Pen" Ross', "C:\\Users\\nobody", "100%_sure", "村上 春子", "김 하나", "Ελένη Παπαδάκη",
    "Нина Орлова", "عمر", "🦊 Fox", "Émile", "emile", "Emile", "e\u0301mile", "Anne-Marie", "Jean d'Arc", "Bob",
    "bob", "Mallory; --", "Trent", "Peggy", "Victor", "Walter", "Yves", "Olga", "Nils", "Mia", "Liu Wei",
    "Kofi", "Jin", "Ines", "Null",
]  # fmt: skip

TAGS = [
    ("sql", "SQL"), ("django", "Django"), ("rust", "Rust"), ("python", "Python"), ("travel", "Travel"),
    ("food", "Food"), ("cafe", "Café"), ("uber", "Über"), ("japan", "日本"), ("50-percent", "50%"),
    ("back-slash", "a\\b"), ("under_score", "under_score"), ("empty", "Never used"),
]  # fmt: skip

TITLES = [
    "A quiet morning", "Why joins matter", "Café society", "The naïve approach", "100% of nothing", "50% off_peak",
    "snake_case and you", "C:\\temp\\new", "It's complicated", 'She said "no"', "東京の夜", "Größe zählt",
    "İzmir'de bir gün", "🎉 Release day 🎉", "Null and void", "SELECT * FROM life", "trailing space ", " leading",
    "a quiet morning", "A Quiet Morning", "Ünïcödé", "tab\there", "line\nbreak", "What is 2 + 2?", "The end",
]  # fmt: skip

WORDS = (
    "time data query row table index key value page note river stone paper light word book year place work name "
    "house road bread window garden letter night music story water"
).split()

NAMES = ["Anna", "Ben", "chloé", "Chloé", "Ø", "匿名", "x_y", "50%", "\\", "D'Arcy", "🙂", "anna"]

MOMENTS = [
    datetime(2023, 12, 31, 23, 59, 59, 999999, UTC),
    datetime(2024, 1, 1, 0, 0, 0, 0, UTC),
    datetime(2024, 1, 1, 0, 0, 0, 1, UTC),
    datetime(2024, 2, 29, 0, 0, 0, 0, UTC),
    datetime(2024, 2, 29, 12, 30, 15, 500000, UTC),
    datetime(2024, 12, 30, 0, 0, 0, 0, UTC),
    datetime(2024, 12, 31, 23, 59, 59, 0, UTC),
    datetime(2020, 12, 31, 23, 0, 0, 0, UTC),
    datetime(2021, 1, 3, 22, 59, 59, 999000, UTC),
    datetime(1999, 12, 31, 23, 59, 59, 999999, UTC),
    datetime(2024, 3, 31, 1, 0, 0, 0, UTC),
    datetime(2024, 3, 31, 2, 0, 0, 0, UTC),
    datetime(2024, 10, 27, 1, 30, 0, 0, UTC),
]

SCORES = ["0.100", "-2.350", "10.005", "0.000", "99999.999", "-99999.999", "0.005", "2.500", "3.500", "-0.500", "1.005"]
PRICES = ["0.10", "0.20", "0.30", "9.99", "10.00", "12.50", "-2.35", "0.00", "999999.99", "19.95", "1.15"]


class Command(BaseCommand):
    help = "Fills an empty blog with the same rows every time."

    @transaction.atomic
    def handle(self, **options):
        if Author.objects.exists():
            self.stdout.write("the blog has rows already")
            return
        self.random = random.Random(20240229)
        self.companies()
        self.authors()
        self.tags()
        self.entries()
        self.books()
        self.comments()

    def companies(self):
        Company.objects.bulk_create(Company(id=i, name=n, city=c) for i, (n, c) in enumerate(COMPANIES, 1))

    def authors(self):
        """Some share a name; every fourth has no company; joined at ends of months and years."""
        days = [date(2020, 2, 29), date(2019, 12, 31), date(2020, 1, 1), date(2021, 1, 31), date(2022, 6, 15)]
        Author.objects.bulk_create(
            Author(
                id=i,
                name=name,
                email=f"author{i:02}@example.com",
                company_id=None if i % 4 == 0 else self.random.randint(1, len(COMPANIES) - 1),
                joined=days[i % len(days)] + timedelta(days=i // 8),
            )
            for i, name in enumerate(AUTHORS, 1)
        )

    def tags(self):
        Tag.objects.bulk_create(Tag(id=i, slug=slug, name=name) for i, (slug, name) in enumerate(TAGS, 1))

    def entries(self):
        """The last six authors have none; a few have many; ratings and dates tie on purpose."""
        authors = list(range(1, len(AUTHORS) - 5))
        statuses = ["published", "published", "draft", "published", "archived"]
        entries = []
        for i in range(1, 151):
            status = self.random.choice(statuses)
            entries.append(
                Entry(
                    id=i,
                    title=TITLES[(i - 1) % len(TITLES)] + ("" if i <= len(TITLES) else f" {i}"),
                    slug=f"entry-{i}",
                    body=self.body(i),
                    status=status,
                    rating=None if i % 7 == 0 else self.random.randint(-5, 5),
                    score=None if i % 5 == 0 else Decimal(SCORES[i % len(SCORES)]),
                    word_count=self.random.choice([0, 1, 7, 7, 120, 350, 2_000]),
                    pub_date=None if status == "draft" and i % 3 else self.moment(i),
                    author_id=self.random.choice(authors[:8] if i % 3 == 0 else authors),
                    editor_id=None if i % 3 else self.random.randint(1, len(AUTHORS)),
                )
            )
        Entry.objects.bulk_create(entries)
        link = Entry.tags.through
        pairs = sorted(
            (entry.id, tag)
            for entry in entries
            if entry.id % 6
            for tag in self.random.sample(range(1, len(TAGS)), self.random.randint(1, 4))
        )
        link.objects.bulk_create(link(id=i, entry_id=e, tag_id=t) for i, (e, t) in enumerate(pairs, 1))

    def books(self):
        owners = [1, 1, 1, 2, 2, 5, 6, 7, 9, 13, 13, 18, 19, 20, 21, 22, 25, 26, 36, 36, 37, 40, 40]
        days = [date(2024, 2, 29), date(2023, 12, 31), date(2024, 1, 1), date(1999, 12, 31), date(2024, 1, 31)]
        Book.objects.bulk_create(
            Book(
                id=i,
                author_id=owner,
                title=f"{TITLES[(i * 3) % len(TITLES)].strip()}, volume {i % 3 + 1}",
                price=Decimal(PRICES[i % len(PRICES)]),
                published=days[i % len(days)],
            )
            for i, owner in enumerate(owners, 1)
        )

    def comments(self):
        """Every tenth entry has none; a third are answers to an earlier comment of their entry."""
        last, comments = {}, []
        for i in range(1, 301):
            entry = self.random.choice([e for e in range(1, 151) if e % 10])
            comments.append(
                Comment(
                    id=i,
                    entry_id=entry,
                    author_name=self.random.choice(NAMES),
                    text=self.words(self.random.randint(1, 8)) if i % 9 else "100% \\ 'quoted' \"_\"",
                    created=self.moment(i * 7),
                    parent_id=last.get(entry) if i % 3 == 0 else None,
                )
            )
            last[entry] = i
        Comment.objects.bulk_create(comments)

    def moment(self, i):
        """Every third is one of the awkward moments, so that many tie."""
        if i % 3 == 0:
            return MOMENTS[(i // 3) % len(MOMENTS)]
        return datetime(2023, 1, 15, 8, 30, tzinfo=UTC) + timedelta(
            days=self.random.randint(0, 700), minutes=self.random.randint(0, 1439), microseconds=i * 1_001 % 1_000_000
        )

    def body(self, i):
        return "" if i % 11 == 0 else self.words(self.random.randint(5, 30)).capitalize() + "."

    def words(self, count):
        return " ".join(self.random.choice(WORDS) for _ in range(count))
