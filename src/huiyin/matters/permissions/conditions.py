"""When a step of the work is open to whoever handles a matter: what the table cannot say by itself."""

from __future__ import annotations

from huiyin.matters.permissions import refusals
from huiyin.matters.permissions.case import Case
from huiyin.matters.queries.decisions import lies_in_vain, signer_of, somebody_decides
from huiyin.matters.queries.one import law_for
from huiyin.matters.queries.overdue import overran
from huiyin.matters.queries.serving import unproved
from huiyin.obligations import queries as duties
from huiyin.rules import events as e
from huiyin.rules import joint, unsure
from huiyin.rules.docket import AROUND
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import Stage
from huiyin.rules.regimes import first_responder, one_time_notice, service_commitment, time_limit
from huiyin.rules.workdays import SHANGHAI


def answerable(case: Case) -> bool:
    """An opinion or a complaint is answered only by whoever took it over, where the rulebook says so.

    Nothing is answered while a leader is asked for more time, or how to go on.
    """
    state = case.state
    if state.extension_by or (state.kind is e.MatterKind.ENQUIRY and state.instruction_to):
        return False
    apart = state.nature is not e.Nature.BUSINESS and state.custodian == state.first_responder
    return not (apart and law_for(case.matter).book.has(first_responder.TRANSFER))


def regulated(case: Case) -> bool:
    """Whether a clause speaks of any way to lead on what nobody has been offered, by what it came in."""
    book = law_for(case.matter).book
    if not first_responder.is_led(case.state.channel, book, case.at.astimezone(SHANGHAI).date()):
        return False
    return not case.state.offered_to and any(book.has(part) for part in first_responder.ROUTES.values())


def consultable(case: Case) -> bool:
    """Whether a clause speaks of matters that several bodies have to do with, and there is time to ask."""
    law = law_for(case.matter)
    if not joint.regulated(law.book, case.at.astimezone(SHANGHAI).date()):
        return False
    open_rows = (row for row in duties.of_subject(case.matter.id) if row.ended_at is None)
    ends = [row.due_at for row in open_rows if row.what in AROUND]
    until = joint.cap(ends, case.at, law.book, law.calendar)
    return until is None or until > case.at


def keeps(case: Case) -> bool:
    """Whether a clause lets papers be taken in for a colleague."""
    return law_for(case.matter).book.has(first_responder.HANDOVER)


def no_offer(case: Case) -> bool:
    """Whether nobody is asked to take the matter over, and it need not stay with its handler."""
    stays = first_responder.stays(case.state, law_for(case.matter).book, case.at.astimezone(SHANGHAI).date())
    return not (case.state.offered_to or stays)


def offer(case: Case) -> bool:
    """Whether somebody is asked to take the matter over."""
    return bool(case.state.offered_to)


def may_extend(case: Case) -> bool:
    """Whether there may be more time: the limit runs, somebody decides, and it was not had before."""
    book, day = law_for(case.matter).book, case.at.astimezone(SHANGHAI).date()
    spent = time_limit.more_time.used_up(case.state, book, day)
    waits = case.state.extension_by or case.state.extension_untold
    if waits or spent or not limit_runs(case):
        return False
    return somebody_decides(case.matter, {case.asker.person_id}, case.at)


def asked_for_more(case: Case) -> bool:
    """Whether a leader is asked for more time."""
    return bool(case.state.extension_by)


def limit_runs(case: Case) -> bool:
    """Whether the matter's own limit has not passed yet; a pause begun too late does not bring it back."""
    running = [
        row
        for row in duties.of_subject(case.matter.id)
        if row.what == time_limit.MAIN[case.state.kind] and row.ended_at is None
    ]
    return any(not row.overdue_noted and (row.paused or case.at <= row.due_at) for row in running)


def lacking(case: Case) -> bool:
    """The last check found something missing to tell of; before any check there is nothing to tell."""
    return any(row.checked and row.required and row.lacking for row in case.papers)


def checkable(case: Case) -> bool:
    """Of what is in hand, only what silence took on, or papers that went back and come in again."""
    state = case.state
    in_hand = state.stage is Stage.IN_HAND and not (state.deemed or state.papers_out)
    return refusals.checkable(case) and not in_hand


def asked_for(case: Case) -> bool:
    """While a supplement is awaited; after silence, while what was told of is still missing."""
    late = case.state.deemed and case.state.notices and lacking(case)
    return case.state.stage is Stage.AWAITING_SUPPLEMENT or bool(late)


def acceptable(case: Case) -> bool:
    """Whether every demanded paper is there and nothing took the application on yet."""
    return case.state.accepted_at is None and all(row.present for row in case.papers if row.required)


def somebody_else_signs(case: Case) -> bool:
    """Whether the form lies with nobody yet, or in vain, and can go to somebody else."""
    filing = case.pending.filing
    if filing is None or not lies_in_vain(filing, case.matter, case.at):
        return False
    try:
        signer, _ = signer_of(case.matter, filing.level, case.at, filed_by={case.asker.person_id})
    except Unlawful:
        return False
    return signer.id != filing.filed_to_id


def meets(case: Case) -> bool:
    """Whether a clause says what is owed to the applicant when a meeting has to decide."""
    return law_for(case.matter).book.has(time_limit.MEETING)


def may_pause(case: Case) -> bool:
    """Whether the clock may stand still: not where the rulebook wants it done at once."""
    return not (case.state.instant and law_for(case.matter).book.has(time_limit.AT_ONCE))


def may_explain(case: Case) -> bool:
    """Whether somebody wants the reason told, and there was an overrun, or the regulation wants it before."""
    part = time_limit.wants_reason(case.state.kind, law_for(case.matter, case.at).book)
    early = time_limit.FINISHING if part == time_limit.REASON else ()
    if any(row.ended_at is None and row.what in early for row in duties.of_subject(case.matter.id)):
        return True
    return bool(part) and overran(case.matter, case.at, but=time_limit.INSIDE)


def untold(case: Case) -> bool:
    """Whether more time was given that the applicant was not told of."""
    return case.state.extension_untold


def settled(case: Case) -> bool:
    """Whether no leader is asked for more time."""
    return not case.state.extension_by


def to_prove(case: Case) -> bool:
    """Whether a paper was issued that nothing shows to have reached anybody."""
    return bool(unproved(case.matter))


def explainable(case: Case) -> bool:
    """Whether something was told that a clause wants explained by word of mouth."""
    return bool(case.state.notices) and law_for(case.matter).book.has(one_time_notice.ORALLY)


def ready_to_close(case: Case) -> bool:
    """Whether nothing is waited for that must come before the end."""
    if case.state.stage is Stage.CONCLUDED and not case.state.anonymous:
        return False
    state = case.state
    if state.stage is Stage.ANSWERED and service_commitment.feedback_owed(state, law_for(case.matter).book):
        return False
    return not (state.offered_to or state.extension_untold or state.papers_for or unsure.untold(state))


def deliverable(case: Case) -> bool:
    """A decision; and of enquiries the answer to one that was weighty, where the rulebook has it told."""
    if case.state.kind is not e.MatterKind.ENQUIRY:
        return True
    return bool(service_commitment.feedback_owed(case.state, law_for(case.matter).book))
