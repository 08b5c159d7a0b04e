"""The Django app of the ledger room."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Events and the heads of their chains."""

    name = "huiyin.ledger"
    label = "ledger"
