from django.apps import AppConfig


class PgConfig(AppConfig):
    name = "pg"
