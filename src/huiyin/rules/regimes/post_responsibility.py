"""Post responsibility (岗位责任制): every position has a sheet that says what it answers for, and a holder.

What a sheet must say differs from office to office, and is asked of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, Protocol

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import Consequence, Gap

RECORD: Final = "post_record"
MEASURED: Final = "post_measured"
LEVELS: Final = "post_levels"
LEADERS: Final = "post_leader_duties"
ELEMENTS: Final = "post_elements"
TARGETS: Final = "post_targets"
OPEN: Final = "post_open"
LISTED: Final = "post_listed"
BLAME: Final = "post_blame"
ASSESSED: Final = "post_assessed"

LEADING: Final = frozenset({"main_leader", "leader_in_charge"})
"""The ranks whose positions are leading posts."""

TASK: Final = "task"


class Post(Protocol):
    """What of a position this regime looks at; `rules.posts.Post` tells what each is."""

    @property
    def rank(self) -> str:
        """Its level."""

    @property
    def a(self) -> str:
        """Its holder."""

    @property
    def duties(self) -> bool:
        """Whether duties are written down."""

    @property
    def sheet(self) -> bool:
        """Whether a sheet is in force."""

    @property
    def elements(self) -> frozenset[str]:
        """What the sheet writes out."""

    @property
    def measured(self) -> bool:
        """Whether a task can be scored."""

    @property
    def targets(self) -> int:
        """How many of the year's targets fall to it."""

    @property
    def secret(self) -> bool:
        """Whether it is kept from the public."""


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Nothing: no act on a matter hangs on a duty sheet."""
    del before, event, book
    yield from ()


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Nothing follows by itself; a person cites the line that was not kept."""
    del before, event, after, book
    yield from ()


def by_sheet_only(rank: str, book: Rulebook) -> bool:
    """Whether a position's duties stand before the public from an issued sheet only (p3…3.b)."""
    return book.has(LEADERS) and rank in LEADING


def wanting(post: Post, book: Rulebook, on: date) -> Iterator[Gap]:
    """What a sheet cannot be issued without."""
    if book.has(RECORD):
        cited = book.cite(RECORD)
        if not post.duties:
            yield Gap("no_duties", cited)
        if TASK not in post.elements:
            yield Gap("no_task", cited)
        if not post.a:
            yield Gap("no_holder", cited)
    if book.has(LEADERS) and post.rank in LEADING:
        for one in _named(book.value(LEADERS, "duties", on)):
            if one not in post.elements:
                yield Gap("no_leader_duty", book.cite(LEADERS), one)


def gaps(post: Post, book: Rulebook, on: date) -> Iterator[Gap]:
    """What is missing of a position: no sheet, or one that does not say everything; no target."""
    yield from wanting(post, book, on) if post.sheet else _unwritten(post, book)
    if book.has(MEASURED) and not post.measured:
        yield Gap("not_measured", book.cite(MEASURED))
    if book.has(ELEMENTS):
        for one in _named(book.value(ELEMENTS, "fields", on)):
            if one not in post.elements:
                yield Gap("no_element", book.cite(ELEMENTS), one)
    if book.has(TARGETS) and not post.targets:
        yield Gap("no_target", book.cite(TARGETS))
    yield from _unpublished(post, book)


def _unwritten(post: Post, book: Rulebook) -> Iterator[Gap]:
    """What is said of a position without any sheet: once, and not for everything that it would hold."""
    if book.has(RECORD):
        yield Gap("no_sheet", book.cite(RECORD))
        if not post.a:
            yield Gap("no_holder", book.cite(RECORD))


def _unpublished(post: Post, book: Rulebook) -> Iterator[Gap]:
    """What the public page cannot say of a position that belongs on it."""
    if book.has(LISTED):
        for what, there in (("not_listed_holder", bool(post.a)), ("not_listed_duties", post.duties)):
            if not there:
                yield Gap(what, book.cite(LISTED))
    if book.has(OPEN) and not post.secret and not post.duties:
        yield Gap("not_listed_duties", book.cite(OPEN))


def _named(values: Iterable[object]) -> list[str]:
    return [str(one) for one in values]
