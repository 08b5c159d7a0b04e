"""The verbs of the catalogue: the only writers of its tables."""

from huiyin.catalogue.actions.commitments import (
    draft_commitment,
    publish_commitment,
    withdraw_commitment,
)
from huiyin.catalogue.actions.importing import import_items
from huiyin.catalogue.actions.items import PaperSpec, add_item, change_item, try_change
from huiyin.catalogue.actions.naming import name_all_items
from huiyin.catalogue.actions.postings import give_guide, post_board, post_guide, take_down
from huiyin.catalogue.sheets import items_template

__all__ = [
    "PaperSpec",
    "add_item",
    "change_item",
    "draft_commitment",
    "give_guide",
    "import_items",
    "items_template",
    "name_all_items",
    "post_board",
    "post_guide",
    "publish_commitment",
    "take_down",
    "try_change",
    "withdraw_commitment",
]
