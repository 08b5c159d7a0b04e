"""Keys for programs: each acts as one person, with a subset of rights, until a day."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from huiyin.organisation.actions.entry import checked_label, entered
from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Integration, Person
from huiyin.organisation.permissions import By, may_give_rights, may_issue_tokens, same_office
from huiyin.organisation.queries import token_digest
from huiyin.rules.errors import Unlawful, msg
from huiyin.storage.transactions import write

LONGEST = timedelta(days=366)
_RIGHT = re.compile(r"[a-z][a-z0-9_.:-]{0,59}")


def issue_token(
    person: Person,
    *,
    name: str,
    rights: Iterable[str],
    expires_at: datetime,
    by: By,
    at: datetime,
) -> tuple[Integration, str]:
    """Make a key that acts as `person`; returns it in the clear this once, only its digest is kept.

    Raises:
        NotFound: a person of another office.
        Forbidden: the asker is no administrator at the desk.
        Invalid: no rights, a right that is no plain word, a right to decide
            in the name of somebody else, a person who has left, or an end that
            is past or more than 366 days away.
    """
    same_office(by, person.tenant_id)
    may_issue_tokens(by).require()
    wanted = sorted(set(rights))
    faults = {}
    if not wanted or not all(_RIGHT.fullmatch(right) for right in wanted):
        faults["rights"] = msg("请至少选择一项权限")
    given = may_give_rights(by, person.id, wanted)
    if not given:
        faults["rights"] = given.reason
    if not at < expires_at <= at + LONGEST:
        faults["expires_at"] = msg("有效期须在今后一年之内")
    if not person.active:
        faults["person"] = msg("此人已离职，不能作为接口的身份")
    kept = entered({"name": (name, checked_label)}, faults)
    clear = f"hy_{secrets.token_urlsafe(32)}"
    with write():
        integration = Integration.objects.create(
            tenant_id=person.tenant_id,
            name=kept["name"],
            person=person,
            token_digest=token_digest(clear),
            rights=wanted,
            created_at=at,
            expires_at=expires_at,
        )
        body = {"person": str(person.id), "rights": " ".join(wanted), "expires_at": expires_at.isoformat()}
        note(
            "token_issued",
            tenant_id=person.tenant_id,
            subject_id=integration.id,
            by=by,
            at=at,
            body=body,
            new=True,
        )
    return integration, clear


def revoke_token(integration: Integration, *, by: By, at: datetime) -> Integration:
    """Stop a key at once.

    Raises:
        NotFound: a key of another office. Unlawful: it was already revoked.
        Forbidden: the asker is no administrator at the desk.
    """
    same_office(by, integration.tenant_id)
    may_issue_tokens(by).require()
    with write():
        stopped = Integration.objects.filter(id=integration.id, revoked_at__isnull=True).update(revoked_at=at)
        if not stopped:
            raise Unlawful(msg("此令牌已经停用"), code="token_revoked")
        integration.revoked_at = at
        note("token_revoked", tenant_id=integration.tenant_id, subject_id=integration.id, by=by, at=at)
    return integration
