"""Changing what the office's rulebook says from a day on: one person proposes, another confirms."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max

from huiyin.organisation.actions.proposing import decide, line, locked
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import RulebookChange, Tenant
from huiyin.organisation.permissions import (
    may_confirm_rules,
    may_propose_rules,
    may_withdraw,
    same_office,
)
from huiyin.organisation.queries import Asker, rulebooks
from huiyin.organisation.terms import ChangeState
from huiyin.rules.clauses import RulebookError
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.overlays import Change, overlay_text
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write


def propose_rules(
    tenant: Tenant, changes: Sequence[Change], *, reason: str, by: Asker, at: datetime
) -> RulebookChange:
    """Propose changes of the office's rulebook, each from a day to come, for somebody to confirm.

    Raises:
        Invalid: by field, or with what of it does not hold. Forbidden, NotFound: see
        `permissions.may_propose_rules`.
    """
    same_office(by, tenant.id)
    may_propose_rules(by).require()
    grounds = line(reason)
    if not grounds:
        raise Invalid({"reason": msg("请填写理由和依据，例如会议名称和日期")})
    row = RulebookChange(
        tenant=tenant,
        base=tenant.rulebook,
        since=min(one.since for one in changes),
        running=any(one.running for one in changes),
        clauses=list(dict.fromkeys(one.clause for one in changes)),
        reason=grounds,
        text=overlay_text(tenant.rulebook, grounds, changes),
    )
    _still_to_come(row, at)
    return _propose(row, by=by, at=at)


def propose_taking_back(change: RulebookChange, *, reason: str, by: Asker, at: datetime) -> RulebookChange:
    """Propose that a confirmed change whose day has not come never takes effect.

    Raises:
        Unlawful: its day has come; another change has to set what holds from a later day.
    """
    same_office(by, change.tenant_id)
    may_propose_rules(by).require()
    if change.state != ChangeState.CONFIRMED or change.replaces_id:
        raise Unlawful(msg("只有已确认、还没有施行的修订可以撤销"), code="not_in_force")
    _still_to_come(change, at)
    grounds = line(reason)
    if not grounds:
        raise Invalid({"reason": msg("请填写理由和依据，例如会议名称和日期")})
    row = RulebookChange(
        tenant_id=change.tenant_id,
        base=change.base,
        since=change.since,
        running=change.running,
        clauses=change.clauses,
        reason=grounds,
        text=change.text,
        replaces=change,
    )
    return _propose(row, by=by, at=at)


def confirm_rules(change: RulebookChange, *, by: Asker, at: datetime) -> None:
    """Confirm a proposal: it binds from its day on.

    Raises:
        Forbidden: the asker proposed it, or may not. Unlawful: it was decided already, or its day
        has come. Invalid: together with what was adopted it does not hold.
    """
    same_office(by, change.tenant_id)
    with write():
        tenant = locked(change.tenant_id)
        row = _waiting(change)
        may_confirm_rules(by, row.proposed_by_id).require()
        _still_to_come(row, at)
        if row.replaces is not None and row.replaces.state != ChangeState.CONFIRMED:
            raise Unlawful(
                msg("要撤销的修订已经撤销了"), code="already_decided", remedy=msg("请退回或撤回这一份。")
            )
        decide([row], ChangeState.CONFIRMED, by=by, at=at)
        if row.replaces_id:
            RulebookChange.objects.filter(id=row.replaces_id).update(state=ChangeState.SUPERSEDED)
        _renew(tenant)
        _note("rulebook_confirmed", row, by=by, at=at)


def reject_rules(change: RulebookChange, *, remark: str, by: Asker, at: datetime) -> None:
    """Send a proposal back with a reason; nothing changes. Raises as `confirm_rules` does."""
    same_office(by, change.tenant_id)
    may_confirm_rules(by, change.proposed_by_id).require()
    kept = line(remark)
    if not kept:
        raise Invalid({"remark": msg("请填写退回的理由")})
    with write():
        locked(change.tenant_id)
        row = _waiting(change)
        decide([row], ChangeState.REJECTED, by=by, at=at, remark=kept)
        _note("rulebook_rejected", row, by=by, at=at)


def withdraw_rules(change: RulebookChange, *, by: Asker, at: datetime) -> None:
    """Take one's own proposal back before somebody decided it."""
    same_office(by, change.tenant_id)
    with write():
        locked(change.tenant_id)
        row = _waiting(change)
        may_withdraw(by, row.proposed_by_id).require()
        decide([row], ChangeState.WITHDRAWN, by=by, at=at)
        _note("rulebook_withdrawn", row, by=by, at=at)


def _propose(row: RulebookChange, *, by: Asker, at: datetime) -> RulebookChange:
    with write():
        tenant = locked(row.tenant_id)
        adopted = [one for one in rulebooks.adopted_changes(tenant.id) if one.id != row.replaces_id]
        _composed(tenant, adopted if row.replaces_id else [*adopted, row])
        last = RulebookChange.objects.filter(tenant_id=tenant.id).aggregate(last=Max("number"))["last"]
        row.number = int(last or 0) + 1
        row.proposed_by_id, row.proposed_at = by.person_id, at
        row.save(force_insert=True)
        _note("rulebook_proposed", row, by=by, at=at)
    return row


def _waiting(change: RulebookChange) -> RulebookChange:
    row = RulebookChange.objects.filter(id=change.id, state=ChangeState.PROPOSED).first()
    if row is None:
        raise Unlawful(
            msg("这份修订已经有人处理过了"), code="already_decided", remedy=msg("请刷新页面查看结果。")
        )
    return row


def _still_to_come(row: RulebookChange, at: datetime) -> None:
    today: date = at.astimezone(SHANGHAI).date()
    if row.since <= today:
        raise Unlawful(
            msg("施行日期 %(since)s 已到，不能再办理：已经发生的事按当时的规定办理"),
            code="day_has_come",
            params={"since": row.since.isoformat()},
            remedy=msg("请退回或撤回这一份，重新提出时把施行日期定在今天之后。"),
        )


def _composed(tenant: Tenant, rows: Sequence[RulebookChange]) -> None:
    """Raise Invalid when the changes do not hold together on the office's rulebook."""
    try:
        rulebooks.composed(tenant, rows)
    except RulebookError as error:
        raise Invalid(
            {"text": msg("修订与制度不符：%(why)s")},
            code="rulebook_change_invalid",
            params={"why": str(error)},
            remedy=msg("请对照条款改正后再提出。"),
        ) from error


def _renew(tenant: Tenant) -> None:
    """Let the office's row stand for what counts now."""
    rows = list(rulebooks.adopted_changes(tenant.id))
    _composed(tenant, rows)
    Tenant.objects.filter(id=tenant.id).update(rulebook_digest=rulebooks.rulebook_digest(rows))


def _note(kind: str, row: RulebookChange, *, by: Asker, at: datetime) -> None:
    body: dict[str, str | int | bool | None] = {
        "change": str(row.id),
        "number": row.number,
        "base": row.base,
        "since": row.since.isoformat(),
        "running": row.running,
        "text": hashlib.sha256(row.text.encode()).hexdigest(),
        "replaces": str(row.replaces_id) if row.replaces_id else None,
    }
    note(kind, tenant_id=row.tenant_id, subject_id=row.tenant_id, by=by, at=at, body=body)
