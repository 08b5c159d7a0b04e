"""Who can do the work of which position, and what falls to it this year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from huiyin.organisation.actions.entry import Field, checked_code, entered, gate
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Competence, Person, Position, TargetPost, Tenant, YearTarget
from huiyin.organisation.permissions import By, Operator, may_keep_sheet, same_office
from huiyin.organisation.queries import book_of
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import Checked, strip_marks
from huiyin.rules.regimes import post_responsibility
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_LONGEST: Final = 200
_YEARS: Final = range(2000, 2100)


def record_competence(position: Position, person: Person, *, basis: str, by: By, at: datetime) -> Competence:
    """Record that somebody can do the work of a position, and what that rests on; a later one replaces it.

    Raises:
        NotFound: another office's rows.
        Forbidden: neither administrator nor head of the unit, or about oneself.
        Invalid: no basis, or somebody who has left.
    """
    same_office(by, position.tenant_id)
    if person.tenant_id != position.tenant_id:
        raise NotFound
    may_keep_sheet(by, position).require()
    if not isinstance(by, Operator) and by.person_id == person.id:
        raise Forbidden(msg("不能记载自己的胜任情况，请由他人办理"), code="forbidden")
    kept = " ".join(strip_marks(basis).split())
    if not kept or len(kept) > _LONGEST:
        raise Invalid({"basis": msg("请写明依据（如轮岗、培训、考试），不超过200字")})
    if not person.active:
        raise Invalid({"person": msg("此人已离职")})
    recorder = None if isinstance(by, Operator) else by.person_id
    with write():
        row, _ = Competence.objects.update_or_create(
            person=person,
            position=position,
            defaults={
                "tenant_id": position.tenant_id,
                "basis": kept,
                "recorded_at": at,
                "recorded_by_id": recorder,
            },
        )
        body = {"person": str(person.id)}
        note(
            "competence_recorded",
            tenant_id=position.tenant_id,
            subject_id=position.id,
            by=by,
            at=at,
            body=body,
        )
    return row


def set_target(
    tenant: Tenant,
    *,
    year: int,
    code: str,
    title: str,
    measure: str,
    positions: Iterable[Position],
    by: By,
    at: datetime,
) -> YearTarget:
    """Set a target of a year and the positions it falls to; the same code again changes it.

    Raises:
        NotFound, Forbidden: other offices' rows, or no administrator.
        Invalid: a year nobody means, a bad code or title, or no position (p4.post-responsibility.4).
        Unlawful: the rulebook does not tie positions to targets.
    """
    wanted = list(positions)
    gate(by, tenant, *wanted)
    book = book_of(tenant, at.astimezone(SHANGHAI).date())
    if not book.has(post_responsibility.TARGETS):
        raise Unlawful(msg("本单位的制度没有规定岗位与年度目标挂钩"), code="no_targets")
    faults = {} if year in _YEARS else {"year": msg("请填写年份")}
    if not wanted:
        faults["positions"] = msg("目标应落实到岗位，请至少选择一个岗位")
    kept = entered(_target_fields(code, title, measure), faults)
    with write():
        row, _ = YearTarget.objects.update_or_create(
            tenant=tenant,
            year=year,
            code=kept["code"],
            defaults={"title": kept["title"], "measure": kept["measure"], "made_at": at},
        )
        TargetPost.objects.filter(target=row).exclude(position__in=wanted).delete()
        known = set(TargetPost.objects.filter(target=row).values_list("position_id", flat=True))
        TargetPost.objects.bulk_create(
            TargetPost(target=row, position=one, at=at) for one in wanted if one.id not in known
        )
        body: dict[str, str | int] = {"year": year, "code": row.code, "positions": len(wanted)}
        note("target_set", tenant_id=tenant.id, subject_id=tenant.id, by=by, at=at, body=body)
    return row


def _target_fields(code: str, title: str, measure: str) -> dict[str, Field]:
    return {"code": (code, checked_code), "title": (title, _named), "measure": (measure, _told)}


def _named(text: str) -> Checked:
    kept = " ".join(strip_marks(text).split())
    return Checked(kept, "" if 0 < len(kept) <= _LONGEST else msg("请填写，不超过200字"))


def _told(text: str) -> Checked:
    kept = " ".join(strip_marks(text).split())
    return Checked(kept, "" if len(kept) <= _LONGEST else msg("不超过200字"))
