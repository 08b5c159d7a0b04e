"""Pointing out that a clause was not kept: by whoever is over the work, never against oneself."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters import permissions, steps
from huiyin.matters.actions.commands import Receipt, Session, command
from huiyin.matters.actions.saving import hand_of, open_dossier, power_of, save
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import Invalid, NotFound, msg


@command("invoke_clause")
def invoke_clause(
    session: Session, number: str, *, clause: str, facts: str, against: UUID | None = None
) -> Receipt:
    """Record that a clause was not kept, against the custodian or the colleague named.

    Raises Forbidden for whoever is not over the work, or against oneself; Invalid without facts;
    Unlawful for a clause that the matter's rulebook does not let a person invoke.
    """
    dossier = open_dossier(session, number)
    by = session.by
    accused = against or dossier.matter.custodian_id
    try:
        organisation.colleague(by.asker.tenant_id, accused)
    except NotFound as error:
        raise Invalid({"against": msg("本单位没有这个人")}) from error
    permissions.may_invoke(by.asker, power_of(by), dossier.matter, accused).require()
    steps.invoke(dossier, hand_of(by), clause=clause, against=str(accused), facts=facts)
    return save(session, dossier)
