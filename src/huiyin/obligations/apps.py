"""How Django finds this room."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Keep the short label."""

    name = "huiyin.obligations"
    label = "obligations"
