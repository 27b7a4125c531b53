"""Settings of Django's own tests: SQLite under target/, or the server that DATABASE_URL names."""

import os
from pathlib import Path

from .database import database

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "a test has nothing to hide"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "djq_django",
    "aggregation",
    "annotations",
    "basic",
    "custom_pk",
    "datetimes",
    "db_functions",
    "generic_relations",
    "lookup",
    "m2m_through",
    "many_to_many",
    "many_to_one",
    "many_to_one_null",
    "model_inheritance",
    "one_to_one",
    "or_lookups",
    "ordering",
    "prefetch_related",
    "select_related",
    "update",
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:{BASE_DIR.parent.parent / 'target/examples/django.sqlite3'}")}

# As Django's tests have them.
MIGRATION_MODULES = {"contenttypes": None}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
USE_TZ = False
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
