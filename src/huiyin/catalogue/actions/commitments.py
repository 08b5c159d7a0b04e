"""Writing, publishing and taking down what a unit or the office promises (服务承诺)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Max, QuerySet

from huiyin.catalogue.models import Commitment
from huiyin.catalogue.permissions import may_draft_commitment, may_publish_commitment
from huiyin.catalogue.terms import CommitmentState
from huiyin.organisation.actions.proposing import line, locked
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Tenant, Unit
from huiyin.organisation.permissions import By, Operator, same_office
from huiyin.organisation.queries import book_of
from huiyin.rules import cells
from huiyin.rules.errors import Conflict, Invalid, NotFound, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes.service_commitment import FIELDS, lacking
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

ROOM: Final = "catalogue"
SUPERVISION: Final = ("complaint_phone", "complaint_unit")
LONGEST: Final = 5000
_LONGEST_LINE: Final = 100


def draft_commitment(
    tenant: Tenant,
    unit: Unit | None,
    *,
    by: By,
    at: datetime,
    said: Mapping[str, str],
    seen: int = 0,
) -> Commitment:
    """Save what a unit, or with None the office, is going to promise; nothing is public yet.

    `said` names the parts that change (`service_commitment.FIELDS`) and the two
    lines about supervision; the others stay as in the draft, or as published. Any of them may be
    empty until the commitment is published. `seen` is the revision of the
    draft that was changed, 0 for a new one.

    Raises:
        Forbidden: not for this person. NotFound: a unit of another office.
        Invalid: a part that is too long, or a phone that is none.
        Conflict: somebody else has saved the draft meanwhile.
    """
    same_office(by, tenant.id)
    if unit is not None and unit.tenant_id != tenant.id:
        raise NotFound
    may_draft_commitment(by, unit.id if unit else None).require()
    kept = _checked(said)
    with write():
        locked(tenant.id)
        rows = _of(tenant, unit)
        draft = rows.filter(state=CommitmentState.DRAFT).first()
        if (draft.revision if draft else 0) != seen:
            raise Conflict(
                msg("这份承诺刚刚已由他人改过"),
                code="stale",
                remedy=msg("您填的内容还在下面；请对照现在的草稿，再保存一次。"),
            )
        current = rows.filter(state=CommitmentState.PUBLISHED).first()
        row = draft or Commitment(
            tenant=tenant,
            unit=unit,
            version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
            said=dict(current.said) if current else {},
            revision=0,
        )
        row.said = {**row.said, **kept}
        row.revision += 1
        row.drafted_by_id, row.drafted_at = _person(by), at
        row.save()
        _note("commitment_drafted", row, by, at, new=draft is None)
    return row


def publish_commitment(row: Commitment, *, by: By, at: datetime) -> Commitment:
    """Publish a draft: it is shown from now on, and the version before it no longer.

    Raises:
        Forbidden, NotFound: as for drafting.
        Invalid: a part that the office's rulebook asks for is empty; the clause is the one that asks.
        Unlawful: it is no draft any more.
    """
    same_office(by, row.tenant_id)
    may_publish_commitment(by).require()
    with write():
        locked(row.tenant_id)
        row = _again(row)
        if row.state != CommitmentState.DRAFT:
            raise Unlawful(msg("只有草稿可以公布"), code="not_draft")
        _refuse_gaps(row, at)
        before = _of(row.tenant, row.unit).filter(state=CommitmentState.PUBLISHED).first()
        if before is not None:
            _end(before, CommitmentState.SUPERSEDED, by, at)
            _note("commitment_superseded", before, by, at)
        row.state = CommitmentState.PUBLISHED
        row.published_by_id, row.published_at = _person(by), at
        row.save(force_update=True)
        _note("commitment_published", row, by, at)
    return row


def withdraw_commitment(row: Commitment, *, why: str, by: By, at: datetime) -> Commitment:
    """Take a published commitment down, for a reason that stays on record.

    Raises:
        Forbidden, NotFound: as for publishing. Invalid: no reason.
        Unlawful: it is not published.
    """
    same_office(by, row.tenant_id)
    may_publish_commitment(by).require()
    reason = line(why)
    if not reason:
        raise Invalid({"why": msg("请写明撤下的理由")})
    with write():
        locked(row.tenant_id)
        row = _again(row)
        if row.state != CommitmentState.PUBLISHED:
            raise Unlawful(msg("只有已公布的承诺可以撤下"), code="not_published")
        row.ended_why = reason
        _end(row, CommitmentState.WITHDRAWN, by, at)
        _note("commitment_withdrawn", row, by, at)
    return row


def _checked(said: Mapping[str, str]) -> dict[str, str]:
    wrong: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name in (*FIELDS, *SUPERVISION):
        if name not in said:
            continue
        text = strip_marks(said[name]).strip()
        if len(text) > (_LONGEST_LINE if name in SUPERVISION else LONGEST):
            wrong[name] = msg("内容太长，请缩短")
        elif name == "complaint_phone" and text:
            text, fault = cells.office_phone(text)
            wrong |= {name: fault} if fault else {}
        kept[name] = text
    if wrong:
        raise Invalid(wrong)
    return kept


def _refuse_gaps(row: Commitment, at: datetime) -> None:
    day = at.astimezone(SHANGHAI).date()
    gaps = lacking(book_of(row.tenant, day), day, row.said)
    if gaps:
        raise Invalid(
            {gap.field: msg("公布前须填写") for gap in gaps},
            code="commitment_incomplete",
            clause=gaps[0].clause,
            remedy=msg("请补齐后再公布。"),
        )
    if not any(row.said.get(name) for name in FIELDS):
        raise Invalid({"content": msg("承诺是空的，请先填写内容")}, code="commitment_empty")


def _of(tenant: Tenant, unit: Unit | None) -> QuerySet[Commitment]:
    return Commitment.objects.filter(tenant=tenant, unit=unit)


def _again(row: Commitment) -> Commitment:
    """The row as it is now that nobody else can change it."""
    return Commitment.objects.select_related("tenant", "unit").get(id=row.id)


def _end(row: Commitment, state: CommitmentState, by: By, at: datetime) -> None:
    row.state, row.ended_by_id, row.ended_at = state, _person(by), at
    row.save(force_update=True)


def _person(by: By) -> UUID | None:
    return None if isinstance(by, Operator) else by.person_id


def _note(kind: str, row: Commitment, by: By, at: datetime, *, new: bool = False) -> None:
    """What was said is public; its digest shows whether the row was changed since."""
    text = json.dumps(row.said, ensure_ascii=False, sort_keys=True)
    body: dict[str, str | int | bool | None] = {
        "version": row.version,
        "unit": str(row.unit_id or ""),
        "said": hashlib.sha256(text.encode()).hexdigest(),
    }
    note(kind, tenant_id=row.tenant_id, subject_id=row.id, by=by, at=at, body=body, new=new, room=ROOM)
