"""The people of the demo office as its stories see them: who holds what, and who is there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import yaml

from huiyin.matters.steps import Paper
from huiyin.rules.workdays import Calendar

if TYPE_CHECKING:
    from random import Random

    from huiyin.catalogue.models import ServiceItem
    from huiyin.organisation.models import Person, Position, Tenant, Unit

MAIN_LEADER: Final = "LD01"
LETTERS: Final = "DZ01"
_LONG_NAMES: Final = 0.75


@dataclass(frozen=True, slots=True)
class Post:
    """A position with its unit, its holder and who stands in."""

    code: str
    rank: str
    row: Position
    unit: Unit
    a: Person
    b: Person


@dataclass(frozen=True, slots=True)
class Item:
    """A service item with the post that handles it; `days` is its limit in working days, about."""

    row: ServiceItem
    post: Post
    days: float
    papers: tuple[Paper, ...]
    work: tuple[str, ...]
    procedure: str

    @property
    def instant(self) -> bool:
        """Whether it is done at once."""
        return bool(self.row.instant)


@dataclass(slots=True)
class Cast:
    """Everybody and everything a story of the demo office can mention."""

    tenant: Tenant
    calendar: Calendar
    posts: dict[str, Post] = field(default_factory=dict)
    overseers: dict[str, str] = field(default_factory=dict)
    reception: tuple[str, ...] = ()
    items: list[Item] = field(default_factory=list)
    away: dict[UUID, list[tuple[datetime, datetime]]] = field(default_factory=dict)

    def item(self, code: str) -> Item:
        """Return an item by its code."""
        return next(item for item in self.items if item.row.code == code)

    def is_away(self, person: Person, at: datetime) -> bool:
        """Tell whether somebody is away at a moment."""
        return any(begins <= at < ends for begins, ends in self.away.get(person.id, ()))

    def stand_in(self, person: Person) -> Person:
        """Return who stands in for somebody, by the first post they hold as A."""
        return next(post.b for post in self.posts.values() if post.a.id == person.id)

    def on_duty(self, post: Post, at: datetime) -> Person:
        """Return who answers for a post: A, or B while A is away."""
        return post.b if self.is_away(post.a, at) and not self.is_away(post.b, at) else post.a

    def hand(self, person: Person, at: datetime) -> tuple[str, str]:
        """Return who acts, and for whom when they stand in."""
        if self.is_away(person, at):
            other = self.stand_in(person)
            if not self.is_away(other, at):
                return str(other.id), str(person.id)
        return str(person.id), ""

    def leader(self, unit: Unit, at: datetime) -> tuple[Person, bool]:
        """Return the leader in charge, or the main leader and True while that one is away."""
        leader = self.posts[self.overseers[unit.code]].a
        if self.is_away(leader, at):
            return self.posts[MAIN_LEADER].a, True
        return leader, False

    def clerks(self, unit: str) -> list[Post]:
        """Return the clerks' posts of a unit."""
        return [post for post in self.posts.values() if post.unit.code == unit and post.rank == "clerk"]


class Words:
    """What is said in the demo office, chosen at random."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng

    def name(self) -> str:
        """Return a name: one of the surnames and one or two characters."""
        surnames: str = read("words")["surnames"]
        first, second = read("words")["given"]
        given = self._rng.choice(first) + (
            self._rng.choice(second) if self._rng.random() < _LONG_NAMES else ""
        )
        return self._rng.choice(surnames) + str(given)

    def phone(self) -> str:
        """Return a mobile number of a range that no operator was ever given."""
        return f"154{self._rng.randrange(10**8):08d}"

    def of(self, *path: str | int) -> str:
        """Return one of the sentences under a path of `words.yaml`, with a village put in."""
        found: Any = read("words")
        for step in path:
            found = found[step]
        village = self._rng.choice(read("words")["villages"])
        return str(self._rng.choice(found)).replace("%(village)s", village)


@cache
def read(name: str) -> Any:
    """Return one of the data files beside this module."""
    return yaml.safe_load(resources.files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8"))
