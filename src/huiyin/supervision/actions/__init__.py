"""The verbs of the opinion book: write into it, say what came of an entry, and deal with what was broken."""

from huiyin.supervision.actions.handling import NOT_TOLD, Told, dispose_breach, handle_opinion
from huiyin.supervision.actions.writing import Entered, Words, is_repeated, write_opinion

__all__ = [
    "NOT_TOLD",
    "Entered",
    "Told",
    "Words",
    "dispose_breach",
    "handle_opinion",
    "is_repeated",
    "write_opinion",
]
