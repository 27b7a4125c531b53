"""Settings of the tests: every app that the snapshot is tried on, in memory."""

import django

SECRET_KEY = "tests"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "djq_django", "tests.wide"]
if django.VERSION >= (5, 2):
    INSTALLED_APPS.append("tests.newer")
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
SILENCED_SYSTEM_CHECKS = ["models.W042"]
