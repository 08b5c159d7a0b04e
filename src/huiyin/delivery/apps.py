"""How Django finds this room."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """The room of messages."""

    name = "huiyin.delivery"
    label = "delivery"
