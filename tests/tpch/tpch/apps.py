from django.apps import AppConfig


class TpchConfig(AppConfig):
    name = "tpch"
