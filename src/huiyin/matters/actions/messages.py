"""Who must hear of what: messages for the people concerned, by the event that happened.

Texts name the matter's number and nobody; the outbox sends them after the
commit. Programs that replay histories do not call this: old news is no news.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple
from uuid import UUID

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Channel
from huiyin.matters import queries
from huiyin.matters.actions.commands import By
from huiyin.matters.actions.hearing import AWAY, GONE, Hearer, Hearing, hearers
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import DelayExplanation, Matter
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Person, Tenant
from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.lifecycle.states import CAN, CANNOT, REFERRED
from huiyin.rules.recomputing import Moments
from huiyin.rules.regimes import refusal_filing, time_limit
from huiyin.rules.workdays import SHANGHAI

Told = Callable[[Dossier, e.Event], list[UUID]]


def post(dossier: Dossier, by: By) -> None:
    """Put messages in the outbox for everybody the new events concern, except who acted."""
    first = dossier.matter.version - len(dossier.events)
    drafts = [
        draft
        for seq, event in enumerate(dossier.events, start=first + 1)
        for draft in _drafts(dossier, event, seq)
    ]
    if drafts:
        delivery.post(drafts, at=by.at)


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


def _drafts(dossier: Dossier, event: e.Event, seq: int) -> list[delivery.Draft]:
    found: list[delivery.Draft] = []
    for text, whom in _CONCERNED.get(type(event), ()):
        for hearer in _hearers(dossier, event, text, whom(dossier, event)):
            found += _to_colleague(
                dossier, event, seq, _INSTEAD.get(hearer.instead, text), dossier.people(str(hearer.person_id))
            )
    # What was withdrawn is not rated.
    told = type(event) in _FOR_APPLICANT and not (
        isinstance(event, e.Closed) and dossier.state.outcome == "withdrawn"
    )
    if told and dossier.matter.applicant_email:
        found.append(_to_applicant(dossier, event, seq, _FOR_APPLICANT[type(event)]))
    return found


def _hearers(dossier: Dossier, event: e.Event, text: str, concerned: Sequence[UUID]) -> list[Hearer]:
    """Whom a text reaches: never who acted, nor whom a report is against."""
    quiet = {event.actor, *dossier.state.accused}
    told = [one for one in dict.fromkeys(concerned) if str(one) not in quiet]
    if text in _PERSONAL:
        return [Hearer(one) for one in told]
    found = hearers(dossier.matter, told, event.at)
    return [one for one in found if str(one.person_id) not in quiet]


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


def _custodian(dossier: Dossier, _: e.Event) -> list[UUID]:
    return [dossier.matter.custodian_id]


def _offered(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.HandoverOffered) else []


def _asked_leader(_: Dossier, event: e.Event) -> list[UUID]:
    asked = isinstance(event, e.Routed) and event.route is e.Route.UNCLEAR
    return [UUID(event.to)] if asked and isinstance(event, e.Routed) and event.to else []


def _consulted(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.UnitConsulted) else []


def _left_without_answer(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The custodian, who may go on now without the unit that kept silent."""
    silent = isinstance(event, e.LimitPassed) and event.what == joint.CONSULT
    return _custodian(dossier, event) if silent else []


def _reported_to(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(one) for one in event.to] if isinstance(event, e.ProgressReported) else []


def _keeps_for(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.PapersKept) else []


def _giver(dossier: Dossier, _: e.Event) -> list[UUID]:
    return [dossier.pending_or_last_handover().giver_id]


def _decides_on_time(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The leader who decides on more time by the matter's rulebook; nobody where none is regulated."""
    matter = dossier.matter
    rank = queries.extension_approver(matter, event.at)
    if rank == "leader_in_charge":
        asked_by = {UUID(one) for one in (event.actor, event.acting_for) if one}
        leader = queries.decider_of_extension(matter, asked_by, event.at)
        return [leader] if leader else []
    return [organisation.main_leader(matter.tenant_id, event.at).id] if rank else []


def _filed_to(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.RefusalFiled) else []


def _custodian_of_rerouted(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The custodian, who did not put the form before this leader: it went by itself."""
    return _custodian(dossier, event) if event.actor == e.SYSTEM else []


def _of_refusals(told: Told, *, important: bool) -> Told:
    """Whom `told` names, where the refusal is an important one, or where it is not."""

    def found(dossier: Dossier, event: e.Event) -> list[UUID]:
        weighty = dossier.state.refusal_importance == refusal_filing.IMPORTANT
        return told(dossier, event) if weighty is important else []

    return found


def _instructs(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.to)] if isinstance(event, e.InstructionAsked) else []


def _of_doing(told: Told, *, unsure: bool) -> Told:
    """Whom a question to a leader concerns: about what was not clear, or about refusing."""

    def found(dossier: Dossier, event: e.Event) -> list[UUID]:
        doing = dossier.state.uncertain in {REFERRED, CAN, CANNOT}
        return told(dossier, event) if doing is unsure else []

    return found


def _custodian_at_last(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The custodian, once the last level has signed."""
    return _custodian(dossier, event) if isinstance(event, e.RefusalApproved) and event.final else []


def _next_level(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The leader of the level after this one, before whom the form lies now."""
    if not isinstance(event, e.RefusalApproved) or event.final:
        return []
    to = dossier.open_filing().filed_to_id
    return [to] if to else []


def _accused(_: Dossier, event: e.Event) -> list[UUID]:
    return [UUID(event.against)] if isinstance(event, e.ClauseInvoked) else []


def _named(_: Dossier, event: e.Event) -> list[UUID]:
    """Whom an official document, or the step of an approval, was put before."""
    return [UUID(str(event.body()["to"]))]


def _main_leader(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The main leader it was put before, and while that one is away whoever writes for them."""
    return [*_named(dossier, event), organisation.main_leader(dossier.matter.tenant_id, event.at).id]


def _told_of_delay(dossier: Dossier, _: e.Event) -> list[UUID]:
    """The leader in charge, and who handed the document over for handling (p2.time-limit.9.d)."""
    told = [row.leader_id for row in dossier.fresh if isinstance(row, DelayExplanation) and row.leader_id]
    return [*told, dossier.matter.first_responder_id]


_CONCERNED: Final[dict[type[e.Event], tuple[tuple[str, Told], ...]]] = {
    e.Registered: (("matter_assigned", _custodian),),
    e.HandoverOffered: (("handover_offered", _offered),),
    e.Routed: (("instruction_wanted", _asked_leader),),
    e.Instructed: (("instructed", _custodian),),
    e.UnitConsulted: (("consult_wanted", _consulted),),
    e.UnitAnswered: (("consult_answered", _custodian),),
    e.LimitPassed: (("consult_silent", _left_without_answer),),
    e.StepBegun: (("step_to_sign", _named),),
    e.PapersKept: (("papers_kept", _keeps_for),),
    e.ProgressReported: (("progress_told", _reported_to),),
    e.DeemedAccepted: (("deemed_accepted", _custodian),),
    e.CustodyAssigned: (("matter_assigned", _custodian),),
    e.Readdressed: (("readdressed", _named),),
    e.HandoverAccepted: (("handover_accepted", _giver),),
    e.HandoverBounced: (("handover_bounced", _custodian),),
    e.ExtensionRequested: (("extension_wanted", _decides_on_time),),
    e.ExtensionApproved: (("extension_granted", _custodian),),
    e.ExtensionRefused: (("extension_denied", _custodian),),
    e.RefusalFiled: (
        ("refusal_wanted", _of_refusals(_filed_to, important=False)),
        ("refusal_wanted_important", _of_refusals(_filed_to, important=True)),
        ("refusal_rerouted", _custodian_of_rerouted),
    ),
    e.RefusalApproved: (
        ("refusal_granted", _custodian_at_last),
        ("refusal_wanted", _of_refusals(_next_level, important=False)),
        ("refusal_wanted_important", _of_refusals(_next_level, important=True)),
    ),
    e.RefusalOverturned: (("refusal_overturned", _custodian),),
    e.RefusalCorrected: (("refusal_corrected", _custodian),),
    e.InstructionAsked: (
        ("refusal_question", _of_doing(_instructs, unsure=False)),
        ("uncertain_question", _of_doing(_instructs, unsure=True)),
    ),
    e.InstructionGiven: (
        ("refusal_answered", _of_doing(_custodian, unsure=False)),
        ("uncertain_answered", _of_doing(_custodian, unsure=True)),
    ),
    e.ReturnAsked: (("return_wanted", _custodian),),
    e.ClauseInvoked: (("clause_invoked", _accused),),
    e.PresentedToMainLeader: (("document_presented", _main_leader),),
    e.PresentedToLeader: (("document_presented", _named),),
    e.Circulated: (("document_circulated", _named),),
    e.DocumentSent: (("document_sent", _named),),
    e.DocumentReturned: (("document_returned", _custodian),),
    e.DelayExplained: (("document_delayed", _told_of_delay),),
    e.Drafted: (("document_to_sign", _named),),
    e.DraftChecked: (("document_to_sign", _named),),
    e.CountersignAsked: (("document_to_sign", _named),),
    e.DraftReturned: (("draft_returned", _custodian),),
}

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
