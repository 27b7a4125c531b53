"""The app's configuration; all it does is to let Django find the commands."""

from django.apps import AppConfig


class DjqDjangoConfig(AppConfig):
    name = "djq_django"
    verbose_name = "djq"
