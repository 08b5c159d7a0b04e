"""What is on record about a position, and what of it the rulebook finds wanting.

The facts arrive plain; which of them an office must have is its rulebook's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from huiyin.rules.regimes import post_responsibility, post_substitution
from huiyin.rules.vocabulary import Gap

if TYPE_CHECKING:
    from huiyin.rules.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Post:
    """A position as the rules know it; people are ids, "" for none.

    `elements` are those that the sheet in force writes out, `measured` says that one of its task
    lines can be scored, `sheet` that there is a sheet in force at all. `uncovered` says that
    nobody covers it now; `able` that B's competence is on record.
    """

    rank: str
    a: str = ""
    b: str = ""
    duties: bool = False
    sheet: bool = False
    elements: frozenset[str] = frozenset()
    measured: bool = False
    targets: int = 0
    secret: bool = False
    able: bool = False
    uncovered: bool = False


def gaps(post: Post, book: Rulebook, on: date) -> list[Gap]:
    """Everything that the office's rulebook asks of a position and the record does not have."""
    return [*post_responsibility.gaps(post, book, on), *post_substitution.gaps(post, book)]


def wanting(post: Post, book: Rulebook, on: date) -> list[Gap]:
    """What keeps a sheet with these facts from being issued."""
    return list(post_responsibility.wanting(post, book, on))
