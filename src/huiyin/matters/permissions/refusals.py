"""When the verbs around a refusal are offered."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters.permissions import persons as permissions
from huiyin.matters.permissions.case import Case, Choice, power_of
from huiyin.matters.queries.decisions import signer_of
from huiyin.matters.queries.one import law_for
from huiyin.matters.queries.refusals import has_refusal_power
from huiyin.organisation.queries import lent_power
from huiyin.rules import unsure
from huiyin.rules.errors import Unlawful
from huiyin.rules.regimes import refusal_filing
from huiyin.rules.workdays import SHANGHAI


def minute(case: Case) -> Choice | None:
    """Where the form waits for the last signature on an important matter."""
    row, book = case.pending.filing, law_for(case.matter).book
    day = case.at.astimezone(SHANGHAI).date()
    wanted = refusal_filing.levels(book, day, case.state.refusal_importance)
    important = case.state.refusal_importance == refusal_filing.IMPORTANT
    if row is None or not important or len(case.state.refusal_levels) + 1 != len(wanted):
        return None
    allowed = permissions.may_record_minute(case.asker, row, case.matter)
    return Choice("record_minute") if allowed else None


def decide(case: Case) -> Choice | None:
    """Enter a refusal that was approved, with the power to refuse the item, and not one's own signature."""
    if case.state.extension_by or not case.state.refusal_approved:
        return None
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        hands = {str(case.asker.person_id), str(power.person_id)}
        allowed = permissions.may_refuse(case.asker, power, case.matter)
        if allowed and hands.isdisjoint(case.state.refusal_signers) and _has_power(case, power.person_id):
            return Choice("refuse", principal)
    return None


def _has_power(case: Case, person_id: UUID) -> bool:
    """Whether somebody may refuse the item, whose form it was, or by a leader's word on this matter."""
    own = case.state.refusal_allowed or str(person_id) in case.state.refusal_by
    if own or not refusal_filing.power_part(law_for(case.matter).book):
        return True
    return has_refusal_power(case.matter, person_id, case.at)


def correct(case: Case) -> Choice | None:
    """Take back a refusal that was decided."""
    if case.state.outcome != "refused":
        return None
    for principal in (None, *sorted(case.asker.stands_in_for)):
        power = lent_power(case.asker, principal)
        if permissions.may_correct_refusal(case.asker, power, case.matter):
            return Choice("correct_refusal", principal)
    return None


def instruct(case: Case) -> Choice | None:
    """Answer the question that was put to them."""
    power = power_of(case.asker, case.matter.instruction_to_id)
    allowed = permissions.may_give_instruction(case.asker, power, case.matter)
    return Choice("give_instruction", power) if allowed else None


def may_ask(case: Case) -> bool:
    """Whether a leader may be asked before refusing, and has not been already."""
    if not (case.state.uncertain or refusal_filing.may_be_asked(law_for(case.matter).book)):
        return False
    try:
        leader, _ = signer_of(case.matter, "leader_in_charge", case.at, filed_by={case.asker.person_id})
    except Unlawful:
        return False
    return leader.id != case.matter.instruction_to_id


def may_propose(case: Case) -> bool:
    """Not while more time is asked for, nor without the power or a leader's word where it takes one."""
    if case.state.extension_by or unsure.waits(case.state):
        return False
    if case.state.refusal_allowed or not refusal_filing.power_part(law_for(case.matter).book):
        return True
    return has_refusal_power(case.matter, case.matter.custodian_id, case.at)


def checkable(case: Case) -> bool:
    """Before the application is decided; afterwards to complete the file of a refused one."""
    return case.state.outcome in {"", "refused"} and not case.state.returned


def to_return(case: Case) -> bool:
    """Whether there are papers to hand back after a refusal."""
    if case.state.outcome != "refused" or case.state.returned:
        return False
    regulated = law_for(case.matter).book.has(refusal_filing.RETURN)
    return regulated and any(row.checked and row.present for row in case.papers)


def may_ask_return(case: Case) -> bool:
    """Whether the wish for them is not on record yet."""
    return not case.state.return_asked and to_return(case)
