"""Official documents (公文处理): a staged clock for each hand the document has to reach.

A part of the time limits (限时办结), which take over what these functions say.

What the document itself says goes first; the limits of the rulebook are for those
that name none. The stages of an incoming document run from its registration, not
one from another, and so do those of an outgoing one from the order to draft it
(note N23); the days to complete it run from when it was first sent on. What is
important or urgent is due at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    Finding,
    Limit,
    Relimit,
    Reopen,
    ScheduleEvent,
    Transfer,
    Unit,
)

KINDS: Final = frozenset({e.MatterKind.DOCUMENT_IN, e.MatterKind.DOCUMENT_OUT})
"""What comes in and what goes out on paper; the limit of either may be its own."""

TO_MAIN_LEADER: Final = "present_to_main_leader"
TO_LEADER: Final = "present_to_leader_in_charge"
TO_A_LEADER: Final = "present_to_a_leader"
TO_HANDLER: Final = "send_to_handler"
COMPLETE: Final = "complete_document"
DRAFT: Final = "draft_document"
DISPATCH: Final = "dispatch_document"
"""What is owed, and in a rulebook the part of the clause that says by when."""

A_LEADER_AT_ONCE: Final = "present_at_once"
INCOMING_GIVEN: Final = "incoming_document_limit"
OUTGOING_GIVEN: Final = "outgoing_document_limit"
EXPLAIN: Final = "explain_document_delay"

UNEXPLAINED: Final = "delay_unexplained"
ORDINARY: Final = "ordinary"
IMPORTANT: Final = "important"
TELEGRAM: Final = "urgent_telegram"
GRADES: Final = (ORDINARY, IMPORTANT, TELEGRAM)

# With the duty to tell of an extension, which every kind of matter may owe.
_EVERY: Final = (
    TO_MAIN_LEADER,
    TO_LEADER,
    TO_A_LEADER,
    TO_HANDLER,
    COMPLETE,
    DRAFT,
    DISPATCH,
    "tell_extension",
)
_PRESSING: Final = frozenset({"urgent", "extra_urgent"})
_STAGES: Final = (TO_MAIN_LEADER, TO_LEADER, TO_HANDLER)


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """Who sees it first, how much time it may be given, and who has to be told of a delay."""
    match event:
        case e.PresentedToLeader() if before is not None:
            yield from _main_leader_first(before, book)
        case e.DocumentSent() if before is not None:
            yield from _handed_over_first(before)
            yield from _leaders_first(before, event, book)
            yield from _special_circumstances(before, event, book)
        case e.DelayExplained():
            yield from _addressees(event, book)
        case e.DocumentVoided() if before is not None and offered_by_hand(before):
            # What was sent to its handler is void with the rest; a colleague's hand-over has to end first.
            yield Unlawful(msg("移交尚未接收，不能作废；请先撤回移交"), code="handover_pending")


def offered_by_hand(state: State) -> bool:
    """Whether a colleague is offered the document to keep: not one whom it was sent to, to handle."""
    return bool(state.offered_to) and state.stage is not Stage.SENT


def skips_main_leader(state: State, book: Rulebook) -> bool:
    """Whether the main leader has to see it before any other leader, and has not."""
    return _staged(state, book) and book.has(TO_MAIN_LEADER) and state.stage is Stage.TO_PRESENT


def unseen(state: State, on: date, book: Rulebook) -> list[str]:
    """The parts that say which leaders see it before whoever handles it, of leaders who have not.

    Empty where it is to be handed out at once.
    """
    nobody = state.stage is Stage.TO_PRESENT
    missing = [
        part
        for part, lacking in ((TO_MAIN_LEADER, nobody), (TO_LEADER, nobody or _half_way(state)))
        if lacking and _staged(state, book) and book.has(part)
    ]
    if nobody and not missing and book.has(TO_A_LEADER) and not _at_once(state, on, book):
        return [TO_A_LEADER]
    return missing


def _handed_over_first(before: State) -> Iterator[Unlawful]:
    """To send it would leave the colleague an offer that nobody can take or take back any more."""
    if offered_by_hand(before):
        yield Unlawful(
            msg("移交尚未接收，不能送承办人"),
            code="handover_pending",
            remedy=msg("请等对方接收或退回，或者先撤回移交，再送承办人。"),
        )


def _main_leader_first(before: State, book: Rulebook) -> Iterator[Unlawful]:
    if skips_main_leader(before, book):
        yield Unlawful(
            msg("应当先呈主要领导阅示"),
            code="main_leader_first",
            clause=book.cite(TO_MAIN_LEADER),
            remedy=msg("请先登记呈送主要领导。"),
        )


def _leaders_first(before: State, event: e.DocumentSent, book: Rulebook) -> Iterator[Unlawful]:
    missing = unseen(before, event.on, book)
    if missing:
        yield Unlawful(
            msg("领导还没有批阅，不能送承办人"),
            code="leaders_first",
            clause=book.cite(missing[0]),
            remedy=msg("请先呈送领导，再送承办人。"),
        )


def _half_way(before: State) -> bool:
    return before.stage is Stage.WITH_MAIN_LEADER


def _special_circumstances(before: State, event: e.DocumentSent, book: Rulebook) -> Iterator[Unlawful]:
    if event.limit is None:
        return
    if _has_given(before) or not book.has(COMPLETE):
        yield Unlawful(
            msg("这份文件的办理时限不由送办的人另定"),
            code="limit_not_open",
            clause=book.cite(INCOMING_GIVEN),
            remedy=msg("请不填办理时限。"),
        )
        return
    usual = book.limit(COMPLETE, event.on)
    if event.limit.unit is not usual.unit:
        yield Unlawful(msg("办理时限请按工作日填写"), code="limit_in_other_unit", clause=book.cite(COMPLETE))
    elif event.limit.amount > usual.amount and not event.special_digest:
        yield Unlawful(
            msg("超过%(amount)s个工作日的，须写明特殊情况"),
            code="special_circumstances",
            params={"amount": usual.amount},
            clause=book.cite(COMPLETE),
            remedy=msg("请写明特殊情况，或者缩短时限。"),
        )


def _addressees(event: e.DelayExplained, book: Rulebook) -> Iterator[Unlawful]:
    if not book.has(EXPLAIN):
        yield Unlawful(msg("本单位的制度没有规定公文逾期前的说明"), code="not_regulated")
        return
    wanted = book.value(EXPLAIN, "addressees", event.on)
    if not set(wanted) <= set(event.addressees):
        yield Unlawful(
            msg("须向交办部门和分管领导都说明原因"),
            code="addressee_missing",
            clause=book.cite(EXPLAIN),
            remedy=msg("请把两方都告知后再登记。"),
        )


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Start and end the clocks of each stage."""
    del before
    match event:
        case e.Registered() if after.kind is e.MatterKind.DOCUMENT_IN:
            yield from _received(event, after, book)
        case e.Registered() if after.kind is e.MatterKind.DOCUMENT_OUT:
            yield from _ordered(event, after, book)
        case e.DraftReturned():
            # As with other work that is sent back: no draft, its time runs on (p1.time-limit.2.f).
            yield Reopen(DRAFT, after.custodian)
        case e.DocumentSent():
            yield from _sent_on(event, after, book)
        case e.DocumentSignedFor():
            yield from _in_hand(event, after, book)
        case e.LimitPassed() if event.what == COMPLETE and book.has(EXPLAIN) and not after.delay_explained:
            yield Finding(UNEXPLAINED, book.cite(EXPLAIN), event.at, event.against)
        case e.DocumentVoided():
            yield from (Discharge(what, event.at, waived=True) for what in _EVERY)
        case _:
            yield from (Discharge(what, event.at) for what in _ENDS.get(type(event), ()))


def _received(event: e.Registered, after: State, book: Rulebook) -> Iterator[Consequence]:
    if _has_given(after) and book.has(INCOMING_GIVEN):
        yield from _given(COMPLETE, INCOMING_GIVEN, event, after, book)
    else:
        yield from (_duty(what, what, event, after, book) for what in _STAGES if book.has(what))
    if book.has(A_LEADER_AT_ONCE) and _at_once(after, event.on, book):
        yield _duty(TO_A_LEADER, A_LEADER_AT_ONCE, event, after, book)
    elif book.has(TO_A_LEADER):
        yield _duty(TO_A_LEADER, TO_A_LEADER, event, after, book)


def _ordered(event: e.Registered, after: State, book: Rulebook) -> Iterator[Consequence]:
    if _has_given(after) and book.has(OUTGOING_GIVEN):
        yield from _given(DISPATCH, OUTGOING_GIVEN, event, after, book)
    else:
        yield from (_duty(what, what, event, after, book) for what in (DRAFT, DISPATCH) if book.has(what))


def _sent_on(event: e.DocumentSent, after: State, book: Rulebook) -> Iterator[Consequence]:
    """The days to complete it run from the first sending, as "document_assigned" says (p2.time-limit.9.e).

    Neither leaving it lie unsigned nor sending it back gives time.
    """
    if book.has(COMPLETE) and _staged(after, book):
        limit = event.limit or book.limit(COMPLETE, event.on)
        yield Duty(COMPLETE, book.cite(COMPLETE), after.custodian, event.at, limit, once=True)
        if event.limit is not None:
            yield Relimit(COMPLETE, event.limit, event.at)


def _in_hand(event: e.DocumentSignedFor, after: State, book: Rulebook) -> Iterator[Consequence]:
    """The last stage is reached; what is still owed goes with the document, on the clock it has."""
    yield Discharge(TO_HANDLER, event.at)
    yield Discharge(TO_A_LEADER, event.at)
    if book.has(COMPLETE) and _staged(after, book):
        # Only for what was sent by a version whose clock began here.
        limit = after.allotted or book.limit(COMPLETE, event.on)
        yield Duty(COMPLETE, book.cite(COMPLETE), after.custodian, event.at, limit, once=True)
    yield Transfer(bearer=after.custodian)


def _given(what: str, part: str, event: e.Registered, after: State, book: Rulebook) -> Iterator[Consequence]:
    """The limit that came with the document: so long, or until a day."""
    clause = book.cite(part)
    if after.given_for is not None:
        yield Duty(what, clause, after.custodian, event.at, Limit(0, Unit.BEFORE_EVENT))
        yield ScheduleEvent(what, after.given_for, event.at)
    elif after.given is not None:
        yield Duty(what, clause, after.custodian, event.at, after.given)


def _duty(what: str, part: str, event: e.Event, after: State, book: Rulebook) -> Duty:
    return Duty(what, book.cite(part), after.custodian, event.at, book.limit(part, event.on))


def _has_given(state: State) -> bool:
    return state.given is not None or state.given_for is not None


def _staged(state: State, book: Rulebook) -> bool:
    """Whether the stages have their own clocks: not where the document's own limit takes their place."""
    return not (_has_given(state) and book.has(INCOMING_GIVEN))


def _at_once(state: State, day: date, book: Rulebook) -> bool:
    """Whether it is of a class that is presented at once; what is marked urgent counts as a telegram."""
    if not book.has(A_LEADER_AT_ONCE):
        return False
    classes = book.value(A_LEADER_AT_ONCE, "classes", day)
    return state.grade in classes or (state.urgency in _PRESSING and TELEGRAM in classes)


_ENDS: Final[Mapping[type[e.Event], tuple[str, ...]]] = {
    e.PresentedToMainLeader: (TO_MAIN_LEADER, TO_A_LEADER),
    e.PresentedToLeader: (TO_LEADER, TO_A_LEADER),
    e.DocumentCompleted: (COMPLETE,),
    e.Drafted: (DRAFT,),
    e.DocumentDispatched: (DISPATCH,),
}
