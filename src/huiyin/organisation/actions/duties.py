"""What positions answer for: charges of the office and its units, duty sheets, secret posts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Max

from huiyin.organisation.actions.entry import gate
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Charge, DutyLine, DutySheet, Person, Position, Tenant, Unit
from huiyin.organisation.permissions import By, Operator, may_keep_sheet, same_office
from huiyin.organisation.queries import book_of
from huiyin.organisation.queries.posts import post_of
from huiyin.organisation.terms import Element
from huiyin.rules.errors import Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.posts import wanting
from huiyin.rules.regimes import post_responsibility
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

MOST_LINES: Final = 60
_LONGEST_TEXT: Final = 2000
_LONGEST_WORDS: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line to write: which element (`terms.Element`), what it says, and how it is scored, if it is."""

    element: str
    text: str
    measure: str = ""


def describe_charge(tenant: Tenant, unit: Unit | None, text: str, *, by: By, at: datetime) -> Charge:
    """Write down what the office (no `unit`) or a unit is there for; the earlier versions stay.

    Raises:
        NotFound, Forbidden: another office, or no administrator. Invalid: nothing, or too much.
    """
    gate(by, tenant, unit)
    kept = _text(text, "text")
    with write():
        known = Charge.objects.filter(tenant=tenant, unit=unit)
        row = Charge.objects.create(
            tenant=tenant, unit=unit, version=_next(known), text=kept, made_at=at, made_by=_person(by)
        )
        subject = unit.id if unit else tenant.id
        body = {"version": row.version}
        note("charge_described", tenant_id=tenant.id, subject_id=subject, by=by, at=at, body=body)
    return row


def write_sheet(position: Position, lines: Sequence[Line], *, by: By, at: datetime) -> DutySheet:
    """Write a new version of a position's duty sheet, as a draft; it counts once it is issued.

    Raises:
        NotFound: another office.
        Forbidden: neither administrator nor head of the unit, or one's own position.
        Invalid: no line, too many, an unknown element, or a text that is missing or too long.
    """
    same_office(by, position.tenant_id)
    may_keep_sheet(by, position).require()
    kept = _lines(lines)
    with write():
        Position.objects.select_for_update(no_key=True).only("id").get(id=position.id)
        sheet = DutySheet.objects.create(
            tenant_id=position.tenant_id,
            position=position,
            version=_next(DutySheet.objects.filter(position=position)),
            made_at=at,
            made_by=_person(by),
        )
        DutyLine.objects.bulk_create(
            DutyLine(sheet=sheet, number=number, element=one.element, text=one.text, measure=one.measure)
            for number, one in enumerate(kept, start=1)
        )
        body = {"version": sheet.version, "lines": len(kept)}
        note("sheet_written", tenant_id=position.tenant_id, subject_id=position.id, by=by, at=at, body=body)
    return sheet


def issue_sheet(sheet: DutySheet, *, since: date, by: By, at: datetime) -> DutySheet:
    """Put a version in force from a day on, and with it before the public, unless the post is secret.

    Raises:
        NotFound, Forbidden: as for `write_sheet`.
        Invalid: a day before today, or before a version that counts already.
        Unlawful: it was issued, a later version was, or it lacks what the rulebook wants of it.
    """
    position = sheet.position
    same_office(by, position.tenant_id)
    may_keep_sheet(by, position).require()
    today = at.astimezone(SHANGHAI).date()
    others = DutySheet.objects.filter(position=position, issued_at__isnull=False)
    if since < today:
        raise Invalid({"since": msg("不能从过去的日子起执行")})
    if others.filter(since__gt=since).exists():
        raise Invalid({"since": msg("已有一版从更晚的日子起执行，请填那天或以后的日子")})
    if sheet.issued_at is not None or others.filter(version__gt=sheet.version).exists():
        raise Unlawful(msg("这一版已经发布，或已有更新的一版"), code="sheet_issued")
    _whole(sheet, since, at)
    with write():
        DutySheet.objects.filter(id=sheet.id).update(issued_at=at, issued_by=_person(by), since=since)
        sheet.refresh_from_db()
        body: dict[str, str | int] = {"version": sheet.version, "since": since.isoformat()}
        note("sheet_issued", tenant_id=position.tenant_id, subject_id=position.id, by=by, at=at, body=body)
    return sheet


def mark_secret(position: Position, *, secret: bool, reason: str, by: By, at: datetime) -> Position:
    """Keep a position from the public, for a reason, or show it again (p3.post-responsibility.4.a).

    Raises:
        NotFound, Forbidden: another office, or no administrator. Invalid: no reason.
        Unlawful: the rulebook knows no posts that are kept from the public.
    """
    gate(by, position.tenant)
    why = " ".join(strip_marks(reason).split())
    book = book_of(position.tenant, at.astimezone(SHANGHAI).date())
    if secret and not book.has(post_responsibility.OPEN):
        raise Unlawful(
            msg("本单位的制度没有规定可以不公示的岗位"),
            code="no_secret_posts",
            remedy=msg("岗位职责照常公示；确有涉密内容的，不要写入责任书。"),
        )
    if not why or len(why) > _LONGEST_WORDS:
        cited = book.cite(post_responsibility.OPEN)
        raise Invalid({"reason": msg("请写明理由，不超过200字")}, clause=cited)
    with write():
        Position.objects.filter(id=position.id).update(secret=secret, secret_reason=why)
        position.secret, position.secret_reason = secret, why
        kind = "position_secret" if secret else "position_open"
        note(kind, tenant_id=position.tenant_id, subject_id=position.id, by=by, at=at)
    return position


def _whole(sheet: DutySheet, since: date, at: datetime) -> None:
    """Refuse to issue what lacks something; all of it is said at once."""
    book = book_of(sheet.position.tenant, at.astimezone(SHANGHAI).date())
    missing = wanting(post_of(sheet, at), book, since)
    if missing:
        raise Unlawful(
            msg("责任书还缺内容，不能发布：%(missing)s"),
            code="sheet_incomplete",
            params={"missing": ", ".join(one.about or one.what for one in missing)},
            clause=missing[0].clause,
            remedy=msg("请补写所缺的内容，另存一版后再发布。"),
        )


def _lines(lines: Iterable[Line]) -> list[Line]:
    kept, wrong = [], dict[str, str]()
    for place, one in enumerate(lines):
        text, measure = strip_marks(one.text).strip(), " ".join(strip_marks(one.measure).split())
        if one.element not in Element.values:
            wrong[f"lines.{place}.element"] = msg("没有这一项要素")
        if not text or len(text) > _LONGEST_TEXT:
            wrong[f"lines.{place}.text"] = msg("请填写内容，不超过2000字")
        if len(measure) > _LONGEST_WORDS:
            wrong[f"lines.{place}.measure"] = msg("考核标准不超过200字")
        kept.append(Line(one.element, text, measure))
    if not kept or len(kept) > MOST_LINES:
        wrong["lines"] = msg("责任书应有1至60行")
    if wrong:
        raise Invalid(wrong)
    return kept


def _text(text: str, field: str) -> str:
    kept = strip_marks(text).strip()
    if not kept or len(kept) > _LONGEST_TEXT:
        raise Invalid({field: msg("请填写内容，不超过2000字")})
    return kept


def _next(rows: object) -> int:
    highest = rows.aggregate(last=Max("version"))["last"]  # type: ignore[attr-defined]
    return int(highest or 0) + 1


def _person(by: By) -> Person | None:
    if isinstance(by, Operator):
        return None
    found = Person.objects.filter(id=by.person_id).first()
    if found is None:
        raise NotFound
    return found
