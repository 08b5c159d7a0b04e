"""How Django finds this room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """The room of notices, forms and letters."""

    name = "huiyin.documents"
    label = "documents"
