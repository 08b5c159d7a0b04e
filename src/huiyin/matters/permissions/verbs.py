"""The next lawful verbs of a person on a matter: what the table allows and the rules permit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from huiyin.matters import rows
from huiyin.matters.models import Matter
from huiyin.matters.permissions import conditions, given, refusals, unsure
from huiyin.matters.permissions import persons as permissions
from huiyin.matters.permissions.case import Case, Choice, power_of
from huiyin.matters.permissions.paperwork import verbs_of
from huiyin.matters.permissions.stepping import may_sign_step
from huiyin.matters.queries.one import extension_approver
from huiyin.matters.queries.overdue import to_urge
from huiyin.matters.queries.waiting import pending_of, unreachable
from huiyin.obligations import queries as duties
from huiyin.organisation.queries import Asker, lent_power
from huiyin.rules import events as e
from huiyin.rules import joint
from huiyin.rules.lifecycle import Stage, State, possible
from huiyin.rules.verdict import Verdict

DOCUMENTS: Final = frozenset({e.MatterKind.DOCUMENT_IN, e.MatterKind.DOCUMENT_OUT})
Check = Callable[[Case], Choice | None]


def lawful_verbs(asker: Asker, matter: Matter, at: datetime) -> list[Choice]:
    """What this person may do now, in the order of the work; a verb not listed would be refused."""
    state = rows.state_of(matter)
    case = Case(asker, at, matter, state, pending_of(matter))
    allowed = set(possible(state)) - _held_back(matter, state, at)
    if state.kind in DOCUMENTS:
        return [*(Choice(*one) for one in verbs_of(asker, matter, allowed)), *_usual(case, allowed)]
    return _usual(case, allowed)


def _held_back(matter: Matter, state: State, at: datetime) -> set[type[e.Event]]:
    """What nobody may do while a unit that was asked may still answer in time."""
    if state.stage not in {Stage.OPEN, Stage.RECEIVED}:
        return set()
    asked = (row for row in duties.of_subject(matter.id) if row.what == joint.CONSULT)
    return set(joint.TELLING) if any(row.ended_at is None and at <= row.due_at for row in asked) else set()


def _usual(case: Case, allowed: set[type[e.Event]]) -> list[Choice]:
    found = (check(case) for event, check in _VERBS if event in allowed)
    return [choice for choice in found if choice is not None]


def _handler(verb: str, when: Callable[[Case], bool] = lambda _: True) -> Check:
    """A step of the work: for the custodian or the stand-in, when `when` holds."""

    def check(case: Case) -> Choice | None:
        power = power_of(case.asker, case.matter.custodian_id)
        if not permissions.may_handle(case.asker, power, case.matter) or not when(case):
            return None
        return Choice(verb, power)

    return check


def _taker(verb: str) -> Check:
    def check(case: Case) -> Choice | None:
        power = power_of(case.asker, case.matter.offered_to_id)
        allowed = permissions.may_take_over(case.asker, power, case.matter)
        return Choice(verb, power) if allowed else None

    return check


def _extension_leader(verb: str, when: Callable[[Case], bool] = lambda _: True) -> Check:
    def check(case: Case) -> Choice | None:
        if case.pending.extension is None or not case.state.extension_by or not when(case):
            return None
        approver = extension_approver(case.matter, case.at)
        for principal, power in _powers(case):
            if permissions.may_decide_extension(case.asker, power, case.matter, approver=approver):
                return Choice(verb, principal)
        return None

    return check


def _filing_leader(verb: str) -> Check:
    def check(case: Case) -> Choice | None:
        row = case.pending.filing
        if row is None:
            return None
        power = power_of(case.asker, row.filed_to_id)
        allowed = permissions.may_sign_filing(case.asker, power, row, case.matter)
        return Choice(verb, power) if allowed else None

    return check


def _of_whoever(verb: str, may: Callable[[Asker, UUID | None, Matter], Verdict]) -> Check:
    """A verb of whoever something waits for, or of their stand-in."""

    def check(case: Case) -> Choice | None:
        for principal in (None, *sorted(case.asker.stands_in_for)):
            if may(case.asker, principal, case.matter):
                return Choice(verb, principal)
        return None

    return check


def _assign(case: Case) -> Choice | None:
    # Asked once, and not for every power, since it nearly always ends the question.
    if not permissions.forsaken(case.matter, case.at):
        return None
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if permissions.may_assign(case.asker, power, case.matter):
            return Choice("assign_custodian", principal)
    return None


def _readdress(case: Case) -> Choice | None:
    if not unreachable(case.matter, case.at):
        return None
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if permissions.may_readdress(case.asker, power, case.matter):
            return Choice("readdress", principal)
    return None


def _withdraw(case: Case) -> Choice | None:
    if not given.may_take_back(case):
        return None
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if permissions.may_withdraw(case.asker, power, case.matter):
            return Choice("withdraw", principal)
    return None


def _judge(verb: str, when: Callable[[Case], bool] = lambda _: True) -> Check:
    """For whoever gave the work, or is over it, and did not do it."""

    def check(case: Case) -> Choice | None:
        if not when(case):
            return None
        for principal in (None, *sorted(case.asker.stands_in_for)):
            power = lent_power(case.asker, principal)
            if permissions.may_sign_off(case.asker, power, case.matter):
                return Choice(verb, principal)
        return None

    return check


def _reissue(case: Case) -> Choice | None:
    for principal in (None, *sorted(case.asker.stands_in_for)):
        if permissions.may_reissue_code(case.asker, case.matter, principal):
            return Choice("reissue_code", principal)
    return None


def _invoke(case: Case) -> Choice | None:
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if permissions.may_invoke(case.asker, power, case.matter, None):
            return Choice("invoke_clause", principal)
    return None


def _urge(case: Case) -> Choice | None:
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if not permissions.may_urge(case.asker, power, case.matter):
            continue
        if to_urge(case.matter, {case.asker.person_id, power.person_id}, case.at).rows:
            return Choice("urge", principal)
    return None


def _powers(case: Case) -> list[tuple[UUID | None, Asker]]:
    return [(one, lent_power(case.asker, one)) for one in (None, *sorted(case.asker.stands_in_for))]


_VERBS: Final[tuple[tuple[type[e.Event], Check], ...]] = (
    (e.HandoverAccepted, _taker("accept_handover")),
    (e.HandoverBounced, _taker("bounce_handover")),
    (e.CustodyAssigned, _assign),
    (e.Readdressed, _readdress),
    (e.ExtensionApproved, _extension_leader("approve_extension", conditions.limit_runs)),
    (e.ExtensionRefused, _extension_leader("refuse_extension")),
    (e.RefusalApproved, _filing_leader("approve_refusal")),
    (e.RefusalApproved, refusals.minute),
    (e.RefusalOverturned, _filing_leader("overturn_refusal")),
    (e.InstructionGiven, refusals.instruct),
    (e.SignedOff, _judge("sign_off", given.may_end)),
    (e.SentBack, _judge("send_back")),
    (e.Concluded, _handler("conclude", conditions.settled)),
    (e.PapersTaken, _of_whoever("take_papers", permissions.may_take_papers)),
    (e.UnitAnswered, _of_whoever("answer_consultation", permissions.may_answer_consultation)),
    (e.StepSigned, _of_whoever("sign_step", may_sign_step)),
    (e.Instructed, _of_whoever("instruct", permissions.may_instruct)),
    (e.Answered, _handler("answer", given.may_answer)),
    (e.Routed, _handler("route_contact", conditions.regulated)),
    (e.PapersKept, _handler("keep_papers", conditions.keeps)),
    (e.UnitConsulted, _handler("consult_unit", conditions.consultable)),
    (e.SuperiorAnswered, _handler("answer_superior", given.wants_answer)),
    (e.Finished, _handler("finish", conditions.settled)),
    (e.ProgressReported, _handler("report_progress", given.may_report)),
    (e.LatenessExplained, _handler("explain_lateness", given.must_explain)),
    (e.MaterialsChecked, _handler("check_materials", conditions.checkable)),
    (e.NoticeIssued, _handler("issue_notice", conditions.lacking)),
    (e.SupplementReceived, _handler("receive_supplement", conditions.asked_for)),
    (e.SentToMeeting, _handler("send_to_meeting", conditions.meets)),
    (e.ApplicationAccepted, _handler("accept_application", conditions.acceptable)),
    (e.ExtensionTold, _handler("tell_extension", conditions.untold)),
    (e.Granted, _handler("grant", unsure.decidable)),
    (e.Refused, refusals.decide),
    (e.RefusalFiled, _handler("file_refusal", conditions.somebody_else_signs)),
    (e.SpecialProcedureStarted, _handler("pause", conditions.may_pause)),
    (e.SpecialProcedureEnded, _handler("resume")),
    (e.ExtensionRequested, _handler("request_extension", conditions.may_extend)),
    (e.ExtensionWithdrawn, _handler("withdraw_extension", conditions.asked_for_more)),
    (e.FlaggedUncertain, _handler("flag_uncertain", unsure.may_flag)),
    (e.FlagTakenBack, _handler("unflag_uncertain", unsure.to_unflag)),
    (e.ResultTold, _handler("tell_result", unsure.to_tell)),
    (e.InstructionAsked, _handler("ask_instruction", refusals.may_ask)),
    (e.RefusalProposed, _handler("propose_refusal", refusals.may_propose)),
    (e.Delivered, _handler("deliver", conditions.deliverable)),
    (e.MaterialsReturned, _handler("return_materials", refusals.to_return)),
    (e.ReturnAsked, _handler("ask_return", refusals.may_ask_return)),
    (e.NoticeExplained, _handler("explain_notice", conditions.explainable)),
    (e.PaperServed, _handler("prove_delivery", conditions.to_prove)),
    (e.Closed, _handler("close", conditions.ready_to_close)),
    (e.RefusalCorrected, refusals.correct),
    (e.HandoverOffered, _handler("offer_handover", conditions.no_offer)),
    (e.HandoverWithdrawn, _handler("withdraw_handover", conditions.offer)),
    (e.AccusedNamed, _handler("name_accused")),
    (e.Withdrawn, _withdraw),
    (e.CodeReissued, _reissue),
    (e.DutyUrged, _urge),
    (e.OverrunExplained, _handler("explain_overrun", conditions.may_explain)),
    (e.ClauseInvoked, _invoke),
)
