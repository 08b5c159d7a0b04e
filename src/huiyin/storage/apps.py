"""The Django app of the storage room."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """Tables that belong to no regime: number counters and their voids."""

    name = "huiyin.storage"
    label = "storage"
