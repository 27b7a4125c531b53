"""Settings of the collection of rules: SQLite under target/, or the server that DATABASE_URL names."""

import os
from pathlib import Path

from .database import database

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = "an example has nothing to hide"
DEBUG = True
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "djq_django",
    "rules",
]

DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:{BASE_DIR.parent.parent / 'target/examples/rules.sqlite3'}")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
