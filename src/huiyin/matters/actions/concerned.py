"""Whom each event concerns, and with which text they hear of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from uuid import UUID

from huiyin.matters import queries
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import DelayExplanation
from huiyin.organisation import queries as organisation
from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.lifecycle.states import ASKED, CAN, CANNOT
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.regimes.time_limit.assigned import GIVEN

Told = Callable[[Dossier, e.Event], list[UUID]]


def concerned(dossier: Dossier, event: e.Event) -> list[tuple[str, list[UUID]]]:
    """Return each text that an event is told with, and the people whom it concerns; who acted may be one."""
    return [(text, whom(dossier, event)) for text, whom in _CONCERNED.get(type(event), ())]


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


def _custodian_of_asked(dossier: Dossier, event: e.Event) -> list[UUID]:
    """The custodian of what somebody came with; who gave a task takes it back in person."""
    return [] if dossier.state.kind in GIVEN else _custodian(dossier, event)


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
        doing = dossier.state.uncertain in ASKED | {CAN, CANNOT}
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
    e.StepPassed: (("step_to_sign", _named),),
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
    e.Withdrawn: (("taken_back", _custodian_of_asked),),
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
