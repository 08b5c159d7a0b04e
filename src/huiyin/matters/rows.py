"""Between a matter's row and its state: the only translation, in both directions."""

from __future__ import annotations

from uuid import UUID

from huiyin.matters.labels import KINDS
from huiyin.matters.models import Matter
from huiyin.rules.events import Channel, MatterKind, Nature, Route, Urgency
from huiyin.rules.identifiers import narrow
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.storage.masking import mask_applicant

LONGEST_SUMMARY = 200
REPORT_SUMMARY = KINDS[MatterKind.REPORT]


def state_of(row: Matter) -> State:
    """The row as the rules know it."""
    return State(
        kind=MatterKind(row.kind),
        stage=Stage(row.stage),
        channel=Channel(row.channel),
        urgency=Urgency(row.urgency),
        custodian=str(row.custodian_id),
        first_responder=str(row.first_responder_id),
        received_at=row.received_at,
        item=str(row.item_id or ""),
        instant=row.instant,
        approval=row.approval,
        statutory=limit_from(row.statutory_amount, row.statutory_unit),
        committed=limit_from(row.committed_amount, row.committed_unit),
        grade=row.grade,
        allotted=limit_from(row.allotted_amount, row.allotted_unit),
        delay_explained=row.delay_explained,
        offered_to=str(row.offered_to_id or ""),
        notices=row.notices,
        accepted_at=row.accepted_at,
        deemed_at=row.deemed_at,
        decided_at=row.decided_at,
        closed_at=row.closed_at,
        outcome=row.outcome,
        extension_by=tuple(row.extension_by),
        extension=limit_from(row.extension_amount, row.extension_unit),
        extension_untold=row.extension_untold,
        times_extended=row.times_extended,
        refusal_by=tuple(row.refusal_by),
        refusal_from=Stage(row.refusal_from) if row.refusal_from else None,
        refusal_levels=tuple(row.refusal_levels),
        refusal_signers=tuple(row.refusal_signers),
        refusal_importance=row.refusal_importance,
        refusal_to=str(row.refusal_to_id or ""),
        instruction_to=str(row.instruction_to_id or ""),
        refusal_allowed=row.refusal_allowed,
        return_asked=row.return_asked,
        returned=row.returned,
        papers_out=row.papers_out,
        rating=row.rating,
        source=row.source,
        given=limit_from(row.given_amount, row.given_unit),
        given_for=row.given_for,
        assigner=str(row.assigner_id or ""),
        anonymous=row.anonymous,
        accused=tuple(row.accused.split()),
        superior_answered_at=row.superior_answered_at,
        leader_told_at=row.leader_told_at,
        finished_by=tuple(row.finished_by),
        drafted_by=tuple(row.drafted_by),
        nature=Nature(row.nature),
        important=row.important,
        route=Route(row.route) if row.route else None,
        papers_for=tuple(row.papers_for),
        uncertain=row.uncertain,
    )


def put_state(row: Matter, state: State) -> None:
    """Write the state into the row's columns; saving is the caller's."""
    row.kind = state.kind.value
    row.stage = state.stage.value
    row.channel = state.channel.value
    row.urgency = state.urgency.value
    row.custodian_id = UUID(state.custodian)
    row.first_responder_id = UUID(state.first_responder)
    row.offered_to_id = UUID(state.offered_to) if state.offered_to else None
    row.received_at = state.received_at
    row.item_id = UUID(state.item) if state.item else None
    row.instant, row.approval = state.instant, state.approval
    row.statutory_amount, row.statutory_unit = limit_columns(state.statutory)
    row.committed_amount, row.committed_unit = limit_columns(state.committed)
    row.grade = state.grade
    row.allotted_amount, row.allotted_unit = limit_columns(state.allotted)
    row.delay_explained = state.delay_explained
    row.notices = state.notices
    row.accepted_at = state.accepted_at
    row.deemed_at = state.deemed_at
    row.decided_at = state.decided_at
    row.closed_at = state.closed_at
    row.outcome = state.outcome
    row.extension_by = list(state.extension_by)
    row.extension_amount, row.extension_unit = limit_columns(state.extension)
    row.extension_untold = state.extension_untold
    row.times_extended = state.times_extended
    _put_refusal(row, state)
    row.rating = state.rating
    row.source = state.source
    row.given_amount, row.given_unit = limit_columns(state.given)
    row.given_for = state.given_for
    row.assigner_id = UUID(state.assigner) if state.assigner else None
    row.anonymous = state.anonymous
    row.accused = " ".join(state.accused)
    row.superior_answered_at = state.superior_answered_at
    row.leader_told_at = state.leader_told_at
    row.finished_by = list(state.finished_by)
    row.drafted_by = list(state.drafted_by)
    row.nature = state.nature.value
    row.important = state.important
    row.route = state.route.value if state.route else ""
    row.papers_for = list(state.papers_for)
    row.uncertain = state.uncertain


def _put_refusal(row: Matter, state: State) -> None:
    row.refusal_by = list(state.refusal_by)
    row.refusal_from = state.refusal_from.value if state.refusal_from else ""
    row.refusal_levels = list(state.refusal_levels)
    row.refusal_signers = list(state.refusal_signers)
    row.refusal_importance = state.refusal_importance
    row.refusal_to_id = UUID(state.refusal_to) if state.refusal_to else None
    row.instruction_to_id = UUID(state.instruction_to) if state.instruction_to else None
    row.refusal_allowed = state.refusal_allowed
    row.return_asked = state.return_asked
    row.returned, row.papers_out = state.returned, state.papers_out


def put_question(row: Matter, text: str) -> None:
    """Write what was asked: in full where it is encrypted, masked where lists show and search it.

    What a misconduct report says stands nowhere in the clear: it may name people, and few may know of it.
    """
    row.question = text
    if row.kind == MatterKind.REPORT:
        row.summary = REPORT_SUMMARY
        return
    row.summary = mask_applicant(text, row.applicant_name, row.applicant_phone)[:LONGEST_SUMMARY]


def as_kept(typed: str) -> str:
    """A number or a code as it is kept, however wide, small or spaced it was typed."""
    return narrow(typed).strip().upper()


def parties_to_extension(row: Matter) -> frozenset[UUID]:
    """Everybody who would decide on themselves with the extension.

    Who asked, for whom, the custodian, and whom a misconduct report is against.
    """
    return frozenset({row.custodian_id, *map(UUID, row.extension_by), *map(UUID, row.accused.split())})


def parties_to_refusal(row: Matter) -> frozenset[UUID]:
    """Everybody who would decide on themselves with the filing: who proposed, for whom, and the custodian."""
    return frozenset({row.custodian_id, *map(UUID, row.refusal_by)})


def limit_from(amount: int | None, unit: str) -> Limit | None:
    """A limit from its two columns; None when there is none."""
    return Limit(amount, Unit(unit)) if unit and amount is not None else None


def limit_columns(limit: Limit | None) -> tuple[int | None, str]:
    """The two columns of a limit."""
    return (limit.amount, limit.unit.value) if limit else (None, "")
