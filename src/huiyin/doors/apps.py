"""How Django finds the doors' templates, tags and static files."""

from django.apps import AppConfig


class DoorsConfig(AppConfig):
    """Keep the short label."""

    name = "huiyin.doors"
    label = "doors"
