from django.apps import AppConfig


class LinkedConfig(AppConfig):
    name = "linked"
