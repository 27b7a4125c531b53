"""The tables of models.py with the indexes that Django makes for them, and their rows: the same on each database.

Authors have 20 entries each on the average, some hundreds, one in eight none. An entry's place in its table says nothing
about its author, as in a table that grew over years.
"""

import random

AUTHORS, ENTRIES, REVIEWS, TAGS, AUTHOR_TAGS, NODES = 100_000, 2_000_000, 500_000, 1_000, 300_000, 100_000

COLUMNS = {
    "plans_tag": "id {auto}, name varchar(40) NOT NULL",
    "plans_author": "id {auto}, name varchar(60) NOT NULL, region integer NOT NULL",
    "plans_author_tags": "id {auto}, author_id bigint NOT NULL, tag_id bigint NOT NULL",
    "plans_entry": "id {auto}, author_id bigint NOT NULL, rating integer NOT NULL, status varchar(10) NOT NULL,"
    " price {decimal} NOT NULL, pub_date date NOT NULL",
    "plans_review": "id {auto}, author_id bigint NOT NULL, stars integer NOT NULL, published date NOT NULL",
    "plans_node": "id {auto}, parent_id bigint NULL, name varchar(40) NOT NULL",
}
# MySQL and MariaDB use the unique index for the many-to-many's first foreign key, and Review's for its own.
INDEXES = [
    ("CREATE INDEX plans_author_region ON plans_author (region)", True),
    ("CREATE UNIQUE INDEX plans_author_tags_uniq ON plans_author_tags (author_id, tag_id)", True),
    ("CREATE INDEX plans_author_tags_author ON plans_author_tags (author_id)", False),
    ("CREATE INDEX plans_author_tags_tag ON plans_author_tags (tag_id)", True),
    ("CREATE INDEX plans_entry_author ON plans_entry (author_id)", True),
    ("CREATE INDEX plans_review_author ON plans_review (author_id)", False),
    ("CREATE INDEX plans_review_published ON plans_review (author_id, published)", True),
    ("CREATE INDEX plans_node_parent ON plans_node (parent_id)", True),
]
FOREIGN_KEYS = [
    ("plans_author_tags", "author_id", "plans_author"),
    ("plans_author_tags", "tag_id", "plans_tag"),
    ("plans_entry", "author_id", "plans_author"),
    ("plans_review", "author_id", "plans_author"),
    ("plans_node", "parent_id", "plans_node"),
]


def create_table(table, dialect):
    """As Django's back end writes the types."""
    mysql = dialect in ("mysql", "mariadb")
    auto = {"postgres": "bigint PRIMARY KEY", "sqlite": "integer PRIMARY KEY AUTOINCREMENT"}.get(dialect, "bigint PRIMARY KEY AUTO_INCREMENT")
    columns = COLUMNS[table].format(auto=auto, decimal="decimal" if dialect == "sqlite" else "numeric(8,2)")
    return f"CREATE TABLE {table} ({columns}){' ENGINE=InnoDB' if mysql else ''}"


def indexes(dialect):
    shared = dialect in ("mysql", "mariadb")
    return [sql for sql, everywhere in INDEXES if everywhere or not shared]


def rows(table):
    """Tuples of numbers and text, in the order of the columns."""
    draw = random.Random(table)
    day = [f"{2015 + d // 360}-{d // 30 % 12 + 1:02}-{d % 30 % 28 + 1:02}" for d in range(3600)]
    below = lambda n: int(draw.random() * n)
    # Some have much, most have some, one in eight nothing.
    author = lambda: 1 + (lambda a: a - 1 if a % 8 == 7 else a)(int(AUTHORS * draw.random() ** 1.3) * 48271 % AUTHORS)
    match table:
        case "plans_tag":
            yield from ((i, f"tag {i}") for i in range(1, TAGS + 1))
        case "plans_author":
            yield from ((i, f"author {i}", below(100)) for i in range(1, AUTHORS + 1))
        case "plans_author_tags":
            pairs = dict.fromkeys((author(), 1 + below(TAGS)) for _ in range(AUTHOR_TAGS))
            yield from ((i, *pair) for i, pair in enumerate(pairs, 1))
        case "plans_entry":
            status = ["draft", "published", "published", "archived"]
            for i in range(1, ENTRIES + 1):
                yield i, author(), below(10), status[below(4)], f"{below(10000)}.{below(100):02}", day[below(3600)]
        case "plans_review":
            yield from ((i, author(), below(5), day[below(3600)]) for i in range(1, REVIEWS + 1))
        case "plans_node":
            yield 1, None, "node 1"
            yield from ((i, 1 + int((i - 1) * draw.random() ** 0.5), f"node {i}") for i in range(2, NODES + 1))
