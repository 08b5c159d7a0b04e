"""What a register is, and how its lines are read: a count, the first ones, or all in a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from django.db.models import Q, QuerySet

from huiyin.matters.models import Matter
from huiyin.matters.queries import deals_with, untouched
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import Asker
from huiyin.reports.ledgers.periods import Period
from huiyin.rules.errors import msg
from huiyin.rules.events import MatterKind
from huiyin.rules.vocabulary import Limit
from huiyin.storage.masking import mask_applicant, mask_name, mask_phone

Cell: TypeAlias = str | int | date | datetime | None
"""What may stand in a register: words, a number, a day, a moment, or nothing."""
Line: TypeAlias = tuple[Cell, ...]

CHUNK: Final = 500
"""Rows read and put into words at a time, so that memory does not grow with the register."""

_NARROW, _WIDE = 6, 14
T = TypeVar("T")


class Column(NamedTuple):
    """A column by its title (a message id) and its width in characters."""

    title: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose register of which days: what rows are asked for, by whom, and in which words.

    `asker` None is for commands on the machine: the whole office, every person masked. `say` and
    `say_limit` put message ids and limits into the reader's language.
    """

    tenant: Tenant
    asker: Asker | None
    period: Period
    at: datetime
    say: Callable[[str], str] = str
    say_limit: Callable[[Limit | None], str] = str

    @property
    def whole_office(self) -> bool:
        """Whether the lines of all units are theirs: of the main leader and the efficiency office."""
        asker = self.asker
        return asker is None or "main_leader" in asker.ranks or "efficiency_office" in asker.roles

    @property
    def units(self) -> frozenset[Any]:
        """The units whose lines are theirs: those they head or oversee."""
        asker = self.asker
        return asker.headed_unit_ids | asker.overseen_unit_ids if asker else frozenset()

    @property
    def me(self) -> list[Any]:
        """The person, and whom they stand in for."""
        return [self.asker.person_id, *self.asker.stands_in_for] if self.asker else []

    def matters(self) -> QuerySet[Matter]:
        """Return the matters whose lines are theirs: of their units, and those they handle or took in."""
        rows = untouched(self.asker) if self.asker else Matter.objects.filter(tenant_id=self.tenant.id)
        if self.whole_office:
            return rows
        mine = Q(custodian__in=self.me) | Q(first_responder__in=self.me)
        return rows.filter(mine | (Q(unit__in=self.units) & ~Q(kind=MatterKind.REPORT)))

    def within(self, field: str) -> Q:
        """Select rows whose moment of that name lies within the period."""
        return Q(**{f"{field}__gte": self.period.since, f"{field}__lt": self.period.until})

    def open_to(self, matter: Matter) -> bool:
        """Say whether the asker deals with the person served, and so may read who that is."""
        return self.asker is not None and deals_with(self.asker, matter)

    def name(self, matter: Matter) -> str:
        """Return the name of the person served, masked for whoever does not deal with them."""
        return matter.applicant_name if self.open_to(matter) else mask_name(matter.applicant_name)

    def phone(self, matter: Matter) -> str:
        """Return their phone, masked for whoever does not deal with them."""
        return matter.applicant_phone if self.open_to(matter) else mask_phone(matter.applicant_phone)

    def text(self, matter: Matter, words: str) -> str:
        """Return what somebody wrote about a matter, the person served masked as above."""
        if self.open_to(matter):
            return words
        return mask_applicant(words, matter.applicant_name, matter.applicant_phone)

    def yes_no(self, value: bool | None) -> str:
        """Return 是 or 否; nothing for what is not known."""
        if value is None:
            return ""
        return self.say(msg("是")) if value else self.say(msg("否"))


@dataclass(frozen=True, slots=True)
class Ledger:
    """A register.

    `name` stands in addresses and commands; `title`, `about` and the columns' titles are message
    ids. `about` says what is listed and by which date. `columns` leave out 序号 and 备注, which
    every register has first and last; `lines` gives for rows in their order what stands between,
    and the remark. `rows` must bring along (select_related, prefetch_related) what the lines look at.
    One that is not `dated` has no period in its title.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Scope], QuerySet[Any, Any]]
    lines: Callable[[Sequence[Any], Scope], Iterable[Line]]
    dated: bool = True

    @property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns as they are printed."""
        return (Column(msg("序号"), _NARROW), *self.columns, Column(msg("备注"), _WIDE))


def count(ledger: Ledger, scope: Scope) -> int:
    """Return how many lines the register has; one query."""
    return ledger.rows(scope).count()


def first_lines(ledger: Ledger, scope: Scope, most: int) -> list[Line]:
    """Return the first lines, numbered from 1; a number of queries that does not grow with theirs."""
    return list(_numbered(ledger.lines(list(ledger.rows(scope)[:most]), scope)))


def all_lines(ledger: Ledger, scope: Scope) -> Iterator[Line]:
    """Give every line, numbered from 1, a chunk of rows in memory at a time."""
    rows = ledger.rows(scope).iterator(chunk_size=CHUNK)
    return _numbered(line for chunk in _chunks(rows, CHUNK) for line in ledger.lines(chunk, scope))


def _numbered(lines: Iterable[Line]) -> Iterator[Line]:
    return ((number, *line) for number, line in enumerate(lines, start=1))


def _chunks(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(rows)
    while chunk := list(islice(left, size)):
        yield chunk
