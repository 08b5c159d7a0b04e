"""Positions with everything on record about them: holders, duty sheet, targets, and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q

from huiyin.organisation.models import (
    Appointment,
    Charge,
    Competence,
    DutyLine,
    DutySheet,
    Position,
    Tenant,
    Unit,
    YearTarget,
)
from huiyin.organisation.queries.asker import Asker
from huiyin.organisation.queries.presence import Holding, duty_board, holdings, left_unbriefed
from huiyin.organisation.queries.rulebooks import book_of
from huiyin.organisation.terms import Element, Part
from huiyin.rules import posts
from huiyin.rules.errors import NotFound
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes import post_responsibility, post_substitution
from huiyin.rules.vocabulary import Gap
from huiyin.rules.workdays import SHANGHAI

_DUTIES = frozenset({Element.CONTENT, Element.RESPONSIBILITIES, Element.BUSINESS})
"""Elements that say what a position is there to do."""


@dataclass(frozen=True, slots=True)
class Record:
    """A position now: who holds it, its sheet in force with its lines, the year's targets, the gaps."""

    held: Holding
    sheet: DutySheet | None
    lines: list[DutyLine]
    targets: list[YearTarget]
    gaps: list[Gap]
    by_sheet_only: bool = False

    @property
    def duties(self) -> list[str]:
        """What it is there to do: the lines of the sheet that say so, else the plain text.

        A leading post's come from an issued sheet or not at all where its sheet must hold both
        kinds of duties: `by_sheet_only` (p3.post-responsibility.3.b).
        """
        told = [one.text for one in self.lines if one.element in _DUTIES]
        plain = "" if self.by_sheet_only else self.held.position.duties
        return told or ([plain] if plain else [])


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the responsibility book: how much there should be, how much there is, what is not."""

    code: str
    wanted: int
    there: int
    missing: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing, and there is something at all."""
        return self.wanted > 0 and self.there == self.wanted


@dataclass(frozen=True, slots=True)
class Book:
    """The responsibility book (岗位责任书) by level; `clause` says which levels it must have."""

    clause: str
    levels: list[Level]
    charges: dict[UUID | None, Charge]
    records: list[Record]
    loose_targets: list[YearTarget]


def records(tenant: Tenant, at: datetime) -> list[Record]:
    """Return every position of an office, by unit and code; six queries whatever their number."""
    board = duty_board(tenant.id, at)
    return _records(tenant, board, at)


def record(asker: Asker, code: str, at: datetime) -> Record:
    """Return one position of the asker's office by code, or raise NotFound."""
    found = Position.objects.filter(tenant_id=asker.tenant_id, code__iexact=strip_marks(code)).select_related(
        "unit", "tenant"
    )
    position = found.first()
    if position is None:
        raise NotFound
    (one,) = _records(position.tenant, list(holdings([position], at).values()), at)
    return one


def responsibility_book(tenant: Tenant, at: datetime) -> Book:
    """Return the office's responsibility book, with the levels its rulebook wants and what they lack."""
    on = at.astimezone(SHANGHAI).date()
    law = book_of(tenant, on)
    found = records(tenant, at)
    charges = charges_of(tenant)
    units = list(Unit.objects.filter(tenant=tenant).order_by("code"))
    wanted = (
        law.value(post_responsibility.LEVELS, "levels", on) if law.has(post_responsibility.LEVELS) else ()
    )
    levels = [_level(str(code), found, units, charges) for code in wanted]
    loose = YearTarget.objects.filter(tenant=tenant, year=on.year).annotate(n=Count("posts")).filter(n=0)
    return Book(
        clause=law.cite(post_responsibility.LEVELS),
        levels=levels,
        charges=charges,
        records=found,
        loose_targets=list(loose.order_by("code")) if law.has(post_responsibility.TARGETS) else [],
    )


def public_posts(tenant: Tenant, at: datetime) -> list[Record] | None:
    """Return the positions that the office must show, secret ones left out; None where it shows none.

    Which clause demands it is `shown_by`.
    """
    if not shown_by(tenant, at):
        return None
    return [one for one in records(tenant, at) if not one.held.position.secret]


def shown_by(tenant: Tenant, at: datetime) -> str:
    """Return the clause by which positions stand before the public, "" for none."""
    law = book_of(tenant, at.astimezone(SHANGHAI).date())
    parts = (post_substitution.SHOWN, post_responsibility.OPEN, post_responsibility.LISTED)
    return next((law.cite(one) for one in parts if law.has(one)), "")


def sheets_of(position: Position) -> list[DutySheet]:
    """Return all versions of a position's sheet with their lines, newest first."""
    lines = Prefetch("lines", queryset=DutyLine.objects.order_by("number"), to_attr="written")
    return list(
        DutySheet.objects.filter(position=position)
        .select_related("made_by", "issued_by")
        .prefetch_related(lines)
        .order_by("-version")
    )


def sheet(asker: Asker, code: str, version: int) -> DutySheet:
    """Return one version of a position's sheet, or raise NotFound."""
    found = DutySheet.objects.filter(
        tenant_id=asker.tenant_id, position__code__iexact=code, version=version
    ).select_related("position__tenant")
    row = found.first()
    if row is None:
        raise NotFound
    return row


def duty_line(tenant_id: UUID, reference: str) -> DutyLine:
    """Return the line that a reference such as `MZ01/2/3` names: position, version, line; or NotFound."""
    parts = reference.strip().split("/")
    if len(parts) != len(("position", "version", "line")) or not all(one.isdecimal() for one in parts[1:]):
        raise NotFound
    code, version, number = parts
    if max(len(version), len(number)) > len("9999"):
        raise NotFound
    found = DutyLine.objects.filter(
        sheet__tenant_id=tenant_id,
        sheet__position__code__iexact=code,
        sheet__version=int(version),
        sheet__issued_at__isnull=False,
        number=int(number),
    )
    row = found.select_related("sheet__position").first()
    if row is None:
        raise NotFound
    return row


def reference(line: DutyLine) -> str:
    """Return how a line is named for ever."""
    return f"{line.sheet.position.code}/{line.sheet.version}/{line.number}"


def was_in_force(line: DutyLine, first: date, last: date) -> bool:
    """Say whether a line's version counted on some day from `first` to `last`."""
    own = line.sheet
    if own.since is None or own.since > last:
        return False
    later = DutySheet.objects.filter(
        position_id=own.position_id, version__gt=own.version, since__lte=first, issued_at__isnull=False
    )
    return not later.exists()


def held_between(position_id: UUID, person_id: UUID, first: date, last: date) -> bool:
    """Say whether somebody held a position, as A or as B, on some day from `first` to `last`."""
    held = Appointment.objects.filter(position_id=position_id, person_id=person_id, since__lte=last)
    return held.filter(Q(until__isnull=True) | Q(until__gt=first)).exists()


def held_as_a(tenant_id: UUID, first: date, last: date) -> list[Appointment]:
    """Return who held which position of an office as A on some day from `first` to `last`."""
    rows = Appointment.objects.filter(tenant_id=tenant_id, part=Part.A, since__lte=last)
    return list(rows.filter(Q(until__isnull=True) | Q(until__gt=first)).order_by("since", "id"))


def holds_on(row: Appointment, day: date) -> bool:
    """Say whether an appointment held on a day of the office's calendar."""
    return row.since <= day and (row.until is None or row.until > day)


def lines_of(person_id: UUID, at: datetime) -> list[DutyLine]:
    """Return the lines in force of every position that somebody holds as A or as B on the day."""
    on = at.astimezone(SHANGHAI).date()
    held = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), person_id=person_id, since__lte=on
    )
    found = _in_force(held.values_list("position_id", flat=True), on)
    rows = DutyLine.objects.filter(sheet__in=[one.id for one in found.values()])
    return list(rows.select_related("sheet__position").order_by("sheet__position__code", "number"))


def appointments_of(position: Position) -> list[Appointment]:
    """Return everybody who held or holds a position, the latest first (p2.post-substitution.6)."""
    return list(
        Appointment.objects.filter(position=position).select_related("person").order_by("-since", "part")
    )


def competences_of(position: Position) -> list[Competence]:
    """Return who is on record as able to do a position's work."""
    return list(
        Competence.objects.filter(position=position, person__active=True)
        .select_related("person", "recorded_by")
        .order_by("person__staff_no")
    )


def charges_of(tenant: Tenant) -> dict[UUID | None, Charge]:
    """Return the newest text on the office (None) and on each unit, in one query."""
    found: dict[UUID | None, Charge] = {}
    for row in Charge.objects.filter(tenant=tenant).order_by("version"):
        found[row.unit_id] = row
    return found


def targets_of(tenant: Tenant, year: int) -> list[YearTarget]:
    """Return a year's targets with the positions they fall to, by code."""
    return list(
        YearTarget.objects.filter(tenant=tenant, year=year)
        .prefetch_related("posts__position")
        .order_by("code")
    )


def post_of(draft: DutySheet, at: datetime) -> posts.Post:
    """Return a position as it would stand with this version in force."""
    position = draft.position
    held = holdings([position], at)[position.id]
    return _post(held, draft, list(draft.lines.order_by("number")), targets=0, able=False)


def _records(tenant: Tenant, board: list[Holding], at: datetime) -> list[Record]:
    on = at.astimezone(SHANGHAI).date()
    law = book_of(tenant, on)
    ids = [one.position.id for one in board]
    sheets = _in_force(ids, on)
    lines: dict[UUID, list[DutyLine]] = {}
    for row in DutyLine.objects.filter(sheet__in=[one.id for one in sheets.values()]).order_by("number"):
        lines.setdefault(row.sheet_id, []).append(row)
    targets: dict[UUID, list[YearTarget]] = {}
    yearly = YearTarget.objects.filter(tenant=tenant, year=on.year).prefetch_related("posts").order_by("code")
    for target in yearly:
        for link in target.posts.all():
            targets.setdefault(link.position_id, []).append(target)
    able = set(Competence.objects.filter(position__in=ids).values_list("position_id", "person_id"))
    gone = left_unbriefed(at).filter(tenant=tenant).values_list("person_id", flat=True)
    left = set(gone) if law.has(post_substitution.LATE_COVER) else set()
    found = []
    for held in board:
        key = held.position.id
        own = sheets.get(key)
        written = lines.get(own.id, []) if own else []
        knows = held.b is not None and (key, held.b.id) in able
        post = _post(held, own, written, targets=len(targets.get(key, [])), able=knows)
        if held.a is not None and held.a.id in left:
            post = replace(post, uncovered=True)
        strict = post_responsibility.by_sheet_only(post.rank, law)
        if strict and own is None:
            post = replace(post, duties=False)
        gaps = posts.gaps(post, law, on)
        found.append(Record(held, own, written, targets.get(key, []), gaps, strict))
    return found


def _post(
    held: Holding, own: DutySheet | None, lines: Iterable[DutyLine], *, targets: int, able: bool
) -> posts.Post:
    written = list(lines)
    elements = frozenset(str(one.element) for one in written)
    away = bool(held.a) and held.a_absent
    return posts.Post(
        rank=held.position.rank,
        a=str(held.a.id) if held.a else "",
        b=str(held.b.id) if held.b else "",
        duties=bool(held.position.duties.strip()) or not _DUTIES.isdisjoint(elements),
        sheet=own is not None,
        elements=elements,
        measured=any(one.element == Element.TASK and one.measure for one in written),
        targets=targets,
        secret=held.position.secret,
        able=able,
        uncovered=away and (held.b is None or held.b_absent),
    )


def _in_force(position_ids: Iterable[UUID], on: date) -> dict[UUID, DutySheet]:
    """The version of each position that counts on a day."""
    found: dict[UUID, DutySheet] = {}
    rows = DutySheet.objects.filter(position__in=list(position_ids), issued_at__isnull=False, since__lte=on)
    for row in rows.order_by("version"):
        found[row.position_id] = row
    return found


def _level(code: str, found: list[Record], units: list[Unit], charges: Mapping[UUID | None, Charge]) -> Level:
    """How far a level is written; the codes are the rulebooks' words."""
    if code in {"organ", "organ_functions"}:
        return Level(code, 1, int(None in charges))
    if code == "unit_duties":
        return _counted(code, [(one.name, one.id in charges) for one in units])
    if code == "post_holder":
        return _counted(code, [(one.held.position.title, one.held.a is not None) for one in found])
    wanted = found
    if code in {"leader_post", "individual"}:
        leading = code == "leader_post"
        wanted = [one for one in found if (one.held.position.rank in post_responsibility.LEADING) is leading]
    return _counted(code, [(one.held.position.title, one.sheet is not None) for one in wanted])


def _counted(code: str, rows: list[tuple[str, bool]]) -> Level:
    missing = [name for name, there in rows if not there]
    return Level(code, len(rows), len(rows) - len(missing), missing)
