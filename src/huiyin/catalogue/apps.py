"""How Django finds this room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Keep the short label."""

    name = "huiyin.catalogue"
    label = "catalogue"
