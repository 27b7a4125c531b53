from django.apps import AppConfig


class TypedConfig(AppConfig):
    name = "typed"
