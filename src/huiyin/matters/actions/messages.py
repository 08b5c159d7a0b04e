"""Who must hear of what: messages for the people concerned, by the event that happened.

Texts name the matter's number and nobody; the outbox sends them after the
commit. Programs that replay histories do not call this: old news is no news.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Channel
from huiyin.matters.actions.commands import By
from huiyin.matters.actions.concerned import concerned
from huiyin.matters.actions.hearing import AWAY, GONE, Hearer, Hearing
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Matter
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import events as e
from huiyin.rules.recomputing import Moments
from huiyin.rules.regimes import time_limit
from huiyin.rules.workdays import SHANGHAI


def post(dossier: Dossier, by: By) -> None:
    """Put messages in the outbox for everybody the new events concern, except who acted.

    As many queries for twenty who are told as for one, while they are here.
    """
    first = dossier.matter.version - len(dossier.events)
    told = [
        _Told(event, seq, text, _but_quiet(dossier, event, people))
        for seq, event in enumerate(dossier.events, start=first + 1)
        for text, people in concerned(dossier, event)
    ]
    drafts = [*_to_colleagues(dossier, told), *_to_applicants(dossier, first)]
    if drafts:
        delivery.post(drafts, at=by.at)


class _Told(NamedTuple):
    """One text of an event, and whom it concerns: nobody who acted, nor whom a report is against."""

    event: e.Event
    seq: int
    text: str
    concerned: list[UUID]


class Served(NamedTuple):
    """What of a matter a message about it needs."""

    id: UUID
    number: str
    version: int
    applicant_email: str


Substitutes = Mapping[tuple[UUID, UUID], Sequence[Person]]


def instead_of_bearers(
    moves: Mapping[UUID, Sequence[tuple[Obligation, Moments]]], at: datetime
) -> Substitutes:
    """Who hears, by matter and bearer, of the duties of those who are away or have gone."""
    bearers = {row.bearer_id for some in moves.values() for row, _ in some}
    hearing = Hearing(moves, bearers, at)
    absent = hearing.not_here
    apart = {
        (key, row.bearer_id) for key, some in moves.items() for row, _ in some if row.bearer_id in absent
    }
    matters = Matter.objects.filter(id__in={key for key, _ in apart}).select_related("item").in_bulk()
    heard = {(key, who): [one.person_id for one in hearing.of(matters[key], [who])] for key, who in apart}
    people = Person.objects.in_bulk({one for ids in heard.values() for one in ids})
    return {which: [people[one] for one in ids] for which, ids in heard.items()}


def due_moved(
    office: Tenant, matter: Served, moves: Sequence[tuple[Obligation, Moments]], instead: Substitutes
) -> list[delivery.Draft]:
    """One message for each bearer and one for the person served, whatever number of clocks moved.

    The day is that of the bearer's first duty; the person served hears of what they wait for.
    `instead` names who hears for bearers who are not there.
    """
    first: dict[UUID, tuple[Person, Moments]] = {}
    for row, moments in sorted(moves, key=lambda move: move[1].due):
        for person in instead.get((matter.id, row.bearer_id), [row.bearer]):
            first.setdefault(person.id, (person, moments))
    occasion = f"{matter.id}:{matter.version}:due_moved"
    drafts = [
        delivery.Draft(
            tenant_id=office.id,
            text="due_moved",
            params=_moved_to(matter, moments),
            dedupe=f"{occasion}:{person.id}:{channel}",
            person_id=person.id,
            channel=channel,
            link=f"/desk/matters/{matter.number}/",
        )
        for person, moments in first.values()
        for channel in ([Channel.INAPP, Channel.EMAIL] if person.email else [Channel.INAPP])
    ]
    awaited = [moments for row, moments in moves if row.what in time_limit.AWAITED]
    if awaited and matter.applicant_email:
        drafts.append(
            delivery.Draft(
                tenant_id=office.id,
                text="due_moved",
                params=_moved_to(matter, awaited[0]),
                dedupe=f"{occasion}:applicant",
                address=matter.applicant_email,
                channel=Channel.EMAIL,
                link=f"/{office.slug}/t/{matter.number}",
            )
        )
    return drafts


def _moved_to(matter: Served, moments: Moments) -> dict[str, str | int]:
    return {"number": matter.number, "day": moments.due.astimezone(SHANGHAI).date().isoformat()}


def _but_quiet(dossier: Dossier, event: e.Event, people: Sequence[UUID]) -> list[UUID]:
    quiet = _quiet(dossier, event)
    return [one for one in dict.fromkeys(people) if str(one) not in quiet]


def _quiet(dossier: Dossier, event: e.Event) -> set[str]:
    return {event.actor, *dossier.state.accused}


def _to_colleagues(dossier: Dossier, told: Sequence[_Told]) -> list[delivery.Draft]:
    heard = [(one, hearer) for one, hearers in _heard(dossier, told) for hearer in hearers]
    people = _people(dossier, {hearer.person_id for _, hearer in heard})
    return [
        draft
        for one, hearer in heard
        for draft in _to_colleague(
            dossier, one.event, one.seq, _INSTEAD.get(hearer.instead, one.text), people[hearer.person_id]
        )
    ]


def _people(dossier: Dossier, ids: Collection[UUID]) -> Mapping[UUID, Person]:
    if len(ids) == 1:
        # Mostly the custodian, whom the dossier knows.
        return {one: dossier.people(str(one)) for one in ids}
    return organisation.colleagues_by_id(dossier.matter.tenant_id, ids)


def _heard(dossier: Dossier, told: Sequence[_Told]) -> Iterator[tuple[_Told, list[Hearer]]]:
    """Whom each text reaches; what is asked of the office is asked once for all of one moment."""
    hearing: dict[datetime, Hearing] = {}
    for at in dict.fromkeys(one.event.at for one in told if one.concerned):
        concerned = {who for one in told if one.event.at == at for who in one.concerned}
        hearing[at] = Hearing([dossier.matter.id], concerned, at)
    for one in told:
        if one.text in _PERSONAL or not one.concerned:
            yield one, [Hearer(who) for who in one.concerned]
        else:
            quiet = _quiet(dossier, one.event)
            found = hearing[one.event.at].of(dossier.matter, one.concerned)
            yield one, [hearer for hearer in found if str(hearer.person_id) not in quiet]


def _to_applicants(dossier: Dossier, first: int) -> list[delivery.Draft]:
    """What the person served hears by letter; what was withdrawn is not rated."""
    if not dossier.matter.applicant_email:
        return []
    return [
        _to_applicant(dossier, event, seq, _FOR_APPLICANT[type(event)])
        for seq, event in enumerate(dossier.events, start=first + 1)
        if type(event) in _FOR_APPLICANT
        and not (isinstance(event, e.Closed) and dossier.state.outcome == "withdrawn")
    ]


def _to_colleague(
    dossier: Dossier, event: e.Event, seq: int, text: str, person: Person
) -> list[delivery.Draft]:
    """One message in the system and, for people with an address, one letter."""
    channels = [Channel.INAPP, Channel.EMAIL] if person.email else [Channel.INAPP]
    return [
        delivery.Draft(
            tenant_id=dossier.matter.tenant_id,
            text=text,
            params={"number": dossier.matter.number, **_days(dossier, event)},
            dedupe=f"{_occasion(dossier, event, seq)}:{person.id}:{channel}",
            person_id=person.id,
            channel=channel,
            link=f"/desk/matters/{dossier.matter.number}/",
        )
        for channel in channels
    ]


def _to_applicant(dossier: Dossier, event: e.Event, seq: int, text: str) -> delivery.Draft:
    matter = dossier.matter
    return delivery.Draft(
        tenant_id=matter.tenant_id,
        text=text,
        params={"number": matter.number, **_days(dossier, event)},
        dedupe=f"{_occasion(dossier, event, seq)}:applicant",
        address=matter.applicant_email,
        channel=Channel.EMAIL,
        link=f"/{dossier.tenant.slug}/t/{matter.number}",
    )


def _days(dossier: Dossier, event: e.Event) -> dict[str, str]:
    """Since when silence took it on, and until when it will be decided."""
    if not isinstance(event, e.DeemedAccepted):
        return {}
    due = dossier.last_duty(time_limit.DECIDE)
    days = {"since": event.since, "day": due.due if due else event.at}
    return {name: one.astimezone(SHANGHAI).date().isoformat() for name, one in days.items()}


def _occasion(dossier: Dossier, event: e.Event, seq: int) -> str:
    """One for each event of the matter: two units that kept silent at once are two occasions."""
    return f"{dossier.matter.id}:{seq}:{event.kind}"


_INSTEAD: Final = {AWAY: "stand_in", GONE: "left_behind"}
"""What somebody is told who hears instead of a colleague: the text for that one speaks to "you"."""

_PERSONAL: Final = frozenset({"clause_invoked"})
"""What is about the person and not about their work: nobody hears it for them."""

_FOR_APPLICANT: Final[dict[type[e.Event], str]] = {
    e.Registered: "matter_received",
    e.NoticeIssued: "notice_issued",
    e.ApplicationAccepted: "matter_accepted",
    e.DeemedAccepted: "matter_deemed_accepted",
    e.SpecialProcedureStarted: "clock_paused",
    e.ExtensionTold: "matter_extended",
    e.Granted: "matter_decided",
    e.Refused: "matter_decided",
    e.RefusalCorrected: "refusal_taken_back",
    e.MaterialsReturned: "materials_returned",
    e.Answered: "matter_decided",
    e.OverrunExplained: "overrun_explained",
    e.ResultTold: "result_told",
    e.Withdrawn: "matter_withdrawn",
    e.Closed: "rating_invited",
}
