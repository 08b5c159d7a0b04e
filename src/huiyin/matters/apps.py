"""How Django finds this room."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Keep the short label."""

    name = "huiyin.matters"
    label = "matters"
