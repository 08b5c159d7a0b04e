"""How Django finds this room."""

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """Keep the short label."""

    name = "huiyin.supervision"
    label = "supervision"
