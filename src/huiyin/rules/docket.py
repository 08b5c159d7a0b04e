"""A matter's docket: its state and what is owed, and what one more event does to both.

`follow` is where everything meets: the transition table, every regime's
objections, and every regime's consequences. The desk, the interface for
programs, and the replay of old histories all write exactly what it returns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeAlias

from huiyin.rules import clocks, examining, invoking, joint, official_documents, signing, unsure
from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.happened import fact_of
from huiyin.rules.law import Law
from huiyin.rules.lifecycle import State, advance, begin
from huiyin.rules.owed import Docket, Followed, Owed
from huiyin.rules.regimes import (
    REGIMES,
    first_responder,
    one_time_notice,
    post_substitution,
    time_limit,
)
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.vocabulary import (
    Consequence,
    Discharge,
    Duty,
    ExtendClock,
    Finding,
    Outcome,
    PauseClock,
    Relimit,
    Reopen,
    ResumeClock,
    ScheduleEvent,
    Transfer,
)

__all__ = ["AROUND", "ClockChange", "Docket", "Followed", "Law", "Owed", "follow", "reckoned", "run_out"]

AROUND: Final = frozenset({one_time_notice.REVIEW, time_limit.ANSWER, first_responder.HANDLE})
"""The matter's own clocks before which there must be time to tell what other units answered."""

ClockChange: TypeAlias = Discharge | PauseClock | ResumeClock | ExtendClock | ScheduleEvent


def follow(
    docket: Docket | None, event: e.Event, law: Law, *, forgiven: list[tuple[str, str]] | None = None
) -> Followed:
    """Apply one event; raises Unlawful when the table, a guard or a regime forbids it.

    With a list for `forgiven`, what a regime objects to is written there, by
    code and clause, and done all the same: only a dry run may ask for that.

    Limits that ran out before the event are recorded first, at their due
    moments, so that it makes no difference whether the sweep came by in time.
    """
    recorded: list[e.Event] = []
    findings: list[Finding] = []
    if docket is not None:
        passed = run_out(docket, event.at, law)
        recorded += passed.events
        findings += passed.findings
        docket = passed.docket
    docket, more = _apply(docket, event, law, forgiven)
    passed = Followed((), docket, ())
    if isinstance(event, e.RefusalCorrected):
        # What ran on while the wrong refusal stood has run out by its correction, and not before.
        passed = run_out(docket, event.at, law, since=event.at)
    return Followed((*recorded, event, *passed.events), passed.docket, (*findings, *more, *passed.findings))


def run_out(docket: Docket, at: datetime, law: Law, *, since: datetime | None = None) -> Followed:
    """Record each limit that ran out before `at` and was not recorded yet, oldest first, and what follows.

    It is recorded at its due moment, or at `since` if that is later.

    What one clause wants done by one moment is one breach however many duties it makes: a motion
    neither done nor answered (p2.time-limit.5) is found fault with once.
    """
    events: list[e.Event] = []
    findings: list[Finding] = []
    found: set[tuple[str, Finding]] = set()
    # A calendar published since may have moved what the clocks must end within.
    docket = replace(docket, owed=_within(docket.owed, law))
    while (owed := _first_passed(docket, at)) is not None:
        # A clock that silence started may have been due before the silence was complete.
        moment = max(owed.due, events[-1].at if events else since or owed.due)
        noted = tuple(replace(o, overdue_noted=True) if o.key == owed.key else o for o in docket.owed)
        docket = replace(docket, owed=noted)
        covers = law.covering(owed.bearer, owed.due) if law.book.has(post_substitution.LIABILITY) else ""
        passed = e.LimitPassed(
            at=moment,
            actor="system",
            what=owed.what,
            clause=owed.clause,
            bearer=owed.bearer,
            covered_by=covers,
        )
        for event in (passed, *one_time_notice.silence(docket.state, passed, owed.clock.start, law.book)):
            docket, more = _apply(docket, event, law)
            events.append(event)
            findings += [one for one in more if (owed.clause, one) not in found]
            found |= {(owed.clause, one) for one in more}
    return Followed(tuple(events), docket, tuple(findings))


def _first_passed(docket: Docket, at: datetime) -> Owed | None:
    """The oldest limit that ran out before `at` and was not recorded yet."""
    late = (o for o in docket.owed if o.is_open and not o.paused and not o.overdue_noted and o.due < at)
    return min(late, key=lambda o: (o.due, o.key), default=None)


def _apply(
    docket: Docket | None, event: e.Event, law: Law, forgiven: list[tuple[str, str]] | None = None
) -> tuple[Docket, list[Finding]]:
    before = docket.state if docket else None
    owed = docket.owed if docket else ()
    for objection in _objections(before, owed, event, law):
        if forgiven is None:
            raise objection
        forgiven.append((objection.code, objection.clause))
    after = _next_state(before, event, law.book)
    findings: list[Finding] = []
    for consequence in _consequences(before, event, after, law.book):
        if isinstance(consequence, Finding):
            findings.append(consequence)
        else:
            owed = _settle(owed, consequence, law)
    return Docket(after, _within(owed, law)), findings


def _within(owed: tuple[Owed, ...], law: Law) -> tuple[Owed, ...]:
    """Who was asked answers in time for the matter's own clocks, wherever those have moved."""
    if not any(_is_asked(one) for one in owed):
        return owed
    return tuple(_capped(one, _until(owed, one.clock.start, law), law) for one in owed)


def _is_asked(one: Owed) -> bool:
    return one.what == joint.CONSULT and one.is_open and not one.overdue_noted


def _capped(one: Owed, until: datetime | None, law: Law) -> Owed:
    if until is None or not _is_asked(one):
        return one
    facts = (fact for fact in one.clock.facts if not isinstance(fact, clocks.Capped))
    return reckoned(replace(one, clock=replace(one.clock, facts=(*facts, clocks.Capped(until)))), law)


def _until(owed: Iterable[Owed], at: datetime, law: Law) -> datetime | None:
    """Until when a unit asked at `at` must answer; None where nothing else runs."""
    ends = [one.due for one in owed if one.is_open and one.what in AROUND]
    return joint.cap(ends, at, law.book, law.calendar)


def _objections(before: State | None, owed: Sequence[Owed], event: e.Event, law: Law) -> Iterator[Unlawful]:
    book = law.book
    for regime in REGIMES:
        yield from regime.objections(before, event, book)
    if isinstance(event, e.ExtensionApproved | e.ExtensionRequested):
        yield from _beyond_limit(before, owed, event, book)
    if isinstance(event, e.ClauseInvoked):
        yield from invoking.objections(event, book)
    yield from time_limit.assigned.unreported(event, {o.what for o in owed if o.is_open}, book)
    yield from unsure.objections(before, event, book)
    yield from signing.objections(event, [o for o in owed if o.is_open], book)
    waiting = sum(_is_asked(one) for one in owed)
    yield from joint.objections(event, book, waiting=waiting, until=_until(owed, event.at, law))
    if isinstance(event, e.DocumentSent) and event.limit is not None:
        yield from _run_out_already(owed, book)
    if isinstance(event, e.Routed) and event.limit is not None:
        yield from _limit_stands(owed, event, book)
    if isinstance(event, e.OverrunExplained):
        yield from _nothing_overrun(before, owed, book)
    if isinstance(event, e.DutyUrged) and not any(o.key == event.key and _runs(o) for o in owed):
        yield Unlawful(msg("没有正在计时、可以催办的事"), code="nothing_owed")


def _next_state(before: State | None, event: e.Event, book: Rulebook) -> State:
    if isinstance(event, e.Registered):
        if before is not None:
            raise Unlawful(msg("这件事已经登记过了"), code="already_registered")
        return begin(event)
    if before is None:
        raise Unlawful(msg("这件事还没有登记"), code="not_registered")
    try:
        return advance(before, event)
    except Unlawful as refused:
        # The table knows parts only: which clause plays one is the rulebook's to say.
        refused.clause = book.cite(refused.clause)
        raise


def _consequences(
    before: State | None, event: e.Event, after: State, book: Rulebook
) -> Iterator[Consequence]:
    for regime in REGIMES:
        yield from regime.consequences(before, event, after, book)
    yield from joint.consequences(event, book)
    yield from signing.consequences(event, after, book)
    yield from examining.consequences(event, after, book)
    yield from unsure.consequences(event, after, book)
    if isinstance(event, e.ClauseInvoked):
        yield invoking.finding(event)


def _beyond_limit(
    before: State | None,
    owed: Iterable[Owed],
    event: e.ExtensionApproved | e.ExtensionRequested,
    book: Rulebook,
) -> Iterator[Unlawful]:
    """An extension is possible only while its limit still runs (p4.time-limit.8.b).

    A pause begun after the limit had passed does not bring it back.
    """
    main = time_limit.MAIN[before.kind] if before else ""
    running = [o for o in owed if o.is_open and o.what == main]
    if not running:
        yield Unlawful(msg("没有正在计时的办理时限，不能延期"), code="no_running_clock")
    elif any(o.overdue_noted or (event.at > o.due and not o.paused) for o in running):
        yield Unlawful(
            msg("时限已过，不能再延期"),
            code="extension_after_limit",
            clause=book.cite(time_limit.more_time.part_of(before.kind, book)) if before else "",
            remedy=msg("请尽快办结并说明超期原因。"),
        )


def _run_out_already(owed: Iterable[Owed], book: Rulebook) -> Iterator[Unlawful]:
    """Who sends a document on once more gives no more time for it after its time has passed."""
    if any(o.is_open and o.what == official_documents.COMPLETE and o.overdue_noted for o in owed):
        yield Unlawful(
            msg("办理时限已过，不能另定"),
            code="extension_after_limit",
            clause=book.cite(official_documents.COMPLETE),
            remedy=msg("请不填办理时限，并催促尽快办结。"),
        )


def _limit_stands(owed: Iterable[Owed], event: e.Routed, book: Rulebook) -> Iterator[Unlawful]:
    """Who takes a matter as their own work says once by when: choosing again gives no time."""
    for one in owed:
        if one.is_open and one.what == first_responder.HANDLE and one.clock.limit != event.limit:
            yield Unlawful(
                msg("办理时限第一次选择时已定为%(amount)s个工作日，不能改"),
                code="limit_stands",
                params={"amount": one.clock.limit.amount},
                clause=book.cite(first_responder.ROUTES[e.Route.OWN]),
                remedy=msg("请填写原定的工作日数。"),
            )


def _nothing_overrun(before: State | None, owed: Iterable[Owed], book: Rulebook) -> Iterator[Unlawful]:
    """A reason is given where somebody wants one: of what runs only by the regulation's own clause.

    The law wants it once a limit was overrun (law.business.36).
    """
    part = time_limit.wants_reason(before.kind, book) if before else ""
    early = time_limit.FINISHING if part == time_limit.REASON else ()
    if not part:
        yield Unlawful(msg("本单位的制度没有规定公开超期原因"), code="not_regulated")
    elif not any(_is_overrun(o) or (o.is_open and o.what in early) for o in owed):
        yield Unlawful(
            msg("这件事没有超过时限，不用说明超期原因"),
            code="nothing_overrun",
            clause=book.cite(part),
        )


def _is_overrun(owed: Owed) -> bool:
    """Whether whoever is served waited too long for it; what colleagues owe one another is no such thing."""
    return owed.overdue_noted and owed.what not in time_limit.INSIDE


def _runs(owed: Owed) -> bool:
    return owed.is_open and not owed.paused


def _settle(
    owed: tuple[Owed, ...], consequence: Duty | Transfer | Reopen | Relimit | ClockChange, law: Law
) -> tuple[Owed, ...]:
    if isinstance(consequence, Duty):
        if consequence.once and any(o.is_open and o.what == consequence.what for o in owed):
            return owed
        return (*owed, _begin_duty(owed, consequence, law))
    if isinstance(consequence, Reopen):
        return _reopened(owed, consequence)
    if isinstance(consequence, Relimit):
        return _relimited(owed, consequence, law)
    if isinstance(consequence, Transfer):
        return tuple(replace(o, bearer=consequence.bearer) if _passes(o, consequence) else o for o in owed)
    return tuple(_touch(o, consequence, law) if _concerns(consequence, o) else o for o in owed)


def _passes(owed: Owed, consequence: Transfer) -> bool:
    given = owed.is_open and consequence.giver in {"", owed.bearer}
    meant = consequence.only in {"", owed.what}
    return given and meant and owed.what not in consequence.keeps


def _concerns(consequence: ClockChange, owed: Owed) -> bool:
    key = consequence.key if isinstance(consequence, Discharge) else ""
    return owed.is_open and owed.what == consequence.what and key in {"", owed.key}


def _reopened(owed: tuple[Owed, ...], consequence: Reopen) -> tuple[Owed, ...]:
    # Obligations stand in the order they arose.
    ended = {None, consequence.ended_at}
    same = (o.key for o in reversed(owed) if o.what == consequence.what and ended <= {None, o.ended_at})
    latest = next(same, "")
    return tuple(
        replace(o, ended_at=None, outcome=None, bearer=consequence.bearer) if o.key == latest else o
        for o in owed
    )


def _relimited(owed: tuple[Owed, ...], consequence: Relimit, law: Law) -> tuple[Owed, ...]:
    what, limit = consequence.what, consequence.limit
    old = next((o for o in owed if o.is_open and o.what == what and o.clock.limit != limit), None)
    if old is None:
        return owed
    set_aside = _touch(old, Discharge(what, consequence.at, waived=True), law)
    anew = Duty(what, old.clause, old.bearer, old.clock.start, limit)
    return (*(set_aside if o is old else o for o in owed), _begin_duty(owed, anew, law))


def _begin_duty(owed: tuple[Owed, ...], duty: Duty, law: Law) -> Owed:
    ordinal = 1 + sum(o.what == duty.what for o in owed)
    blank = Owed(
        key=f"{duty.what}-{ordinal}",
        what=duty.what,
        clause=duty.clause,
        bearer=duty.bearer,
        clock=clocks.Clock(duty.start, duty.limit),
        due=duty.start,
        yellow=duty.start,
        provisional=False,
    )
    return reckoned(blank, law)


def _touch(owed: Owed, consequence: ClockChange, law: Law) -> Owed:
    if isinstance(consequence, Discharge):
        return replace(owed, ended_at=consequence.at, outcome=_outcome(owed, consequence), paused=False)
    fact = fact_of(consequence, law.book)
    clock = replace(owed.clock, facts=(*owed.clock.facts, fact))
    return reckoned(replace(owed, clock=clock), law)


def _outcome(owed: Owed, discharge: Discharge) -> Outcome:
    if discharge.waived:
        return Outcome.WAIVED
    # Silence ends the review at the very moment its limit passed: that is not in time.
    return Outcome.LATE if owed.overdue_noted else clocks.outcome(owed.due, discharge.at)


def reckoned(owed: Owed, law: Law) -> Owed:
    """The same obligation with its moments as its clock's facts give them now."""
    result = law.reckon(owed.clock)
    return replace(
        owed,
        due=result.due,
        yellow=result.yellow_at,
        provisional=result.provisional,
        paused=result.paused,
    )
