"""Who must hear of what: messages for the people concerned, by the event that happened.

Texts name the matter's number and nobody; the outbox sends them after the
commit. Programs that replay histories do not call this: old news is no news.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.matters.actions.commands import By
from huiyin.matters.dossier import Dossier
from huiyin.organisation import queries as organisation
from huiyin.rules import events as e

Told = Callable[[Dossier, e.Event], list[UUID]]


def post(dossier: Dossier, by: By) -> None:
    """Put a message in the outbox for everybody the new events concern, except who acted."""
    drafts = []
    for event in dossier.events:
        found = _CONCERNED.get(type(event))
        if found is None:
            continue
        text, whom = found
        for person_id in dict.fromkeys(whom(dossier, event)):
            if str(person_id) == event.actor:
                continue
            drafts += drafts_for(dossier, person_id, text, event)
    if drafts:
        delivery.post(drafts, at=by.at)


def drafts_for(
    dossier: Dossier, person_id: UUID, text: str, event: e.Event
) -> list[delivery.Draft]:
    """One in-app message and, for people with an address, one e-mail."""
    matter = dossier.matter
    return delivery.to_person(
        tenant_id=matter.tenant_id,
        person=dossier.people(str(person_id)),
        text=text,
        params={"number": matter.number},
        link=f"/desk/matters/{matter.number}/",
        dedupe=f"{matter.id}:{matter.version}:{event.kind}:{event.at.isoformat()}:{person_id}",
    )


def _custodian(dossier: Dossier, _: e.Event) -> list[UUID]:
    return [dossier.matter.custodian_id]


def _offered(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.HandoverOffered) else []


def _both(dossier: Dossier, _: e.Event) -> list[UUID]:
    return [dossier.matter.first_responder_id, dossier.matter.custodian_id]


def _main_leader(dossier: Dossier, event: e.Event) -> list[UUID]:
    return [organisation.main_leader(dossier.matter.tenant_id, event.at).id]


def _filed_to(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.RefusalFiled) else []


def _late(dossier: Dossier, event: e.Event) -> list[UUID]:
    bearer = [UUID(event.bearer)] if isinstance(event, e.LimitPassed) else []
    leader, _ = organisation.leader_in_charge(dossier.matter.unit_id, event.at)
    return [*bearer, leader.id]


_CONCERNED: Final[dict[type[e.Event], tuple[str, Told]]] = {
    e.Registered: ("matter_registered", _custodian),
    e.HandoverOffered: ("handover_offered", _offered),
    e.HandoverAccepted: ("handover_accepted", _both),
    e.HandoverBounced: ("handover_bounced", _custodian),
    e.ExtensionRequested: ("extension_requested", _main_leader),
    e.ExtensionApproved: ("extension_approved", _custodian),
    e.ExtensionRefused: ("extension_refused", _custodian),
    e.RefusalFiled: ("refusal_filed", _filed_to),
    e.RefusalApproved: ("refusal_approved", _custodian),
    e.RefusalOverturned: ("refusal_overturned", _custodian),
    e.Rated: ("matter_rated", _custodian),
    e.LimitPassed: ("limit_passed", _late),
}
