"""The verbs of the catalogue: the only writers of its tables."""

from huiyin.catalogue.actions.importing import import_items
from huiyin.catalogue.actions.items import PaperSpec, add_item, change_item
from huiyin.catalogue.sheets import items_template

__all__ = ["PaperSpec", "add_item", "change_item", "import_items", "items_template"]
