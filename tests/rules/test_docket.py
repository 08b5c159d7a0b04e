"""A docket follows events: the table, the regimes and the clocks together."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.rules import clocks, joint
from huiyin.rules import events as e
from huiyin.rules.clauses import Values
from huiyin.rules.docket import Docket, Followed, Law, Owed, follow, reckoned, run_out
from huiyin.rules.docket import _settle as settle
from huiyin.rules.errors import Unlawful
from huiyin.rules.lifecycle import TRANSITIONS, Stage, possible
from huiyin.rules.recorded import EVENTS
from huiyin.rules.regimes import post_substitution
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Duty, Finding, Limit, Outcome, Relimit, ScheduleEvent, Unit
from tests.rules.happenings import (
    CLERK,
    COLLEAGUE,
    LAW,
    LEADER,
    MAIN_LEADER,
    MORE,
    after,
    application,
    at,
    enquiry,
    happen,
    registered,
    report,
    task,
    without,
)

ASKED = application(committed=Limit(10, Unit.WORKING_DAY))
ACCEPTED = happen(e.ApplicationAccepted)
DUE_OF_REVIEW = at("2026-03-09T17:30")
# Ten working days after Tuesday 3 March, at the close of the office.
DUE = at("2026-03-17T17:30")


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


def named(docket: Docket, what: str) -> Owed:
    """Return the newest duty of that name."""
    return [one for one in docket.owed if one.what == what][-1]


def refused(docket: Docket | None, event: e.Event, law: Law = LAW) -> Unlawful:
    with pytest.raises(Unlawful) as caught:
        follow(docket, event, law)
    return caught.value


def test_a_registration_opens_the_docket_and_only_the_first() -> None:
    docket = after(ASKED)
    (review,) = docket.owed
    assert (review.key, review.clause, review.bearer) == ("review-1", "law.licensing.32.4", CLERK)
    assert (review.due, review.yellow) == (at("2026-03-09T17:30"), at("2026-03-06T17:30"))
    assert review.is_open
    assert refused(docket, ASKED).code == "already_registered"
    assert refused(None, ACCEPTED).code == "not_registered"


def test_an_acceptance_ends_the_review_and_starts_deciding() -> None:
    docket = after(ASKED, ACCEPTED)
    review, decide = docket.owed
    assert (review.ended_at, review.outcome) == (ACCEPTED.at, Outcome.EARLY)
    assert (decide.key, decide.clause, decide.due) == ("decide-1", "p4.time-limit.2", DUE)


def test_a_law_that_is_not_in_the_book_makes_no_duty() -> None:
    bare = Law(without("law.licensing.32.4", "p4.time-limit.2", "law.licensing.42.1"), LAW.calendar)
    assert after(ASKED, ACCEPTED, law=bare).owed == ()


@pytest.mark.parametrize(
    ("when", "outcome"),
    [
        ("2026-03-16T17:00", Outcome.EARLY),
        ("2026-03-17T08:30", Outcome.ON_TIME),
        ("2026-03-17T17:30", Outcome.ON_TIME),
        ("2026-03-17T17:31", Outcome.LATE),
    ],
)
def test_a_duty_ends_with_an_outcome_by_its_day(when: str, outcome: Outcome) -> None:
    assert named(after(ASKED, ACCEPTED, happen(e.Granted, when)), "decide").outcome is outcome


def test_a_limit_that_ran_out_is_recorded_first_at_its_due_moment() -> None:
    came = follow(after(ASKED, ACCEPTED), happen(e.Granted, "2026-03-20T10:00"), LAW)
    passed, granted = came.events
    assert passed == e.LimitPassed(
        at=DUE, actor="system", what="decide", clause="p4.time-limit.2", bearer=CLERK
    )
    assert isinstance(granted, e.Granted)
    assert came.findings == (Finding("overdue", "p4.time-limit.8.a", DUE, CLERK),)
    assert named(came.docket, "decide").overdue_noted


def test_whoever_stood_in_answers_for_what_ran_out_where_the_rulebook_says_so() -> None:
    asked = after(ASKED, ACCEPTED)

    def covering(person: str, moment: datetime) -> str:
        return COLLEAGUE if (person, moment) == (CLERK, DUE) else ""

    liable = replace(LAW.book.clause("p4.time-limit.8.a"), id="own.cover", plays=post_substitution.LIABILITY)
    strict = replace(LAW.book, clauses={**LAW.book.clauses, liable.id: liable})
    held, *_ = run_out(asked, DUE + timedelta(hours=1), Law(strict, LAW.calendar, covering)).events
    assert isinstance(held, e.LimitPassed)
    assert (held.bearer, held.covered_by, held.against) == (CLERK, COLLEAGUE, COLLEAGUE)
    alone, *_ = run_out(asked, DUE + timedelta(hours=1), replace(LAW, covering=covering)).events
    assert isinstance(alone, e.LimitPassed)
    assert (alone.covered_by, alone.against) == ("", CLERK)


def test_a_limit_is_noted_once_and_not_at_its_due_moment() -> None:
    docket = after(ASKED, ACCEPTED)
    assert run_out(docket, DUE, LAW) == Followed((), docket, ())
    swept = run_out(docket, DUE + timedelta(seconds=1), LAW)
    assert [one.at for one in swept.events] == [DUE]
    assert run_out(swept.docket, DUE + timedelta(days=9), LAW) == Followed((), swept.docket, ())
    assert named(swept.docket, "decide").is_open


def test_limits_that_ran_out_are_noted_oldest_first() -> None:
    two = after(ASKED, happen(e.RefusalProposed))
    events = run_out(two, at("2026-04-01T10:00"), LAW).events
    assert [one.what for one in events if isinstance(one, e.LimitPassed)] == [
        "file_refusal",
        "review",
        "decide",
    ]
    assert events[0].at < events[1].at


def test_it_makes_no_difference_whether_the_sweep_came_by_in_time() -> None:
    before, event = after(ASKED, ACCEPTED), happen(e.Granted, "2026-03-20T10:00")
    swept = run_out(before, at("2026-03-18T09:00"), LAW)
    later, at_once = follow(swept.docket, event, LAW), follow(before, event, LAW)
    assert (*swept.events, *later.events) == at_once.events
    assert (*swept.findings, *later.findings) == at_once.findings
    assert later.docket == at_once.docket


def test_silence_takes_an_application_on_from_the_day_it_came_in() -> None:
    came = run_out(after(ASKED), at("2026-03-10T09:00"), LAW)
    deemed = came.events[-1]
    assert isinstance(deemed, e.DeemedAccepted)
    assert (deemed.at, deemed.since, deemed.clause) == (DUE_OF_REVIEW, ASKED.at, "law.licensing.32.4.b")
    assert came.docket.state.stage is Stage.IN_HAND
    assert (came.docket.state.accepted_at, came.docket.state.deemed_at) == (ASKED.at, DUE_OF_REVIEW)
    assert named(came.docket, "review").outcome is Outcome.LATE
    assert named(came.docket, "decide").clock.start == ASKED.at
    late = refused(came.docket, happen(e.ApplicationAccepted, "2026-03-10T10:00"))
    assert (late.code, late.clause) == ("deemed_accepted", "law.licensing.32.4.b")


def test_a_clock_that_silence_starts_may_have_run_out_before_the_silence_was_complete() -> None:
    short = application(committed=Limit(2, Unit.WORKING_DAY))
    came = run_out(after(short), at("2026-03-10T09:00"), LAW)
    assert [(type(one), one.at) for one in came.events] == [
        (e.LimitPassed, DUE_OF_REVIEW),
        (e.DeemedAccepted, DUE_OF_REVIEW),
        (e.LimitPassed, DUE_OF_REVIEW),
    ]
    assert named(came.docket, "decide").due == at("2026-03-04T17:30")
    assert run_out(came.docket, at("2026-03-11T09:00"), LAW).events == ()


def test_a_refusal_under_way_when_silence_is_complete_goes_on_as_one_of_what_was_taken_on() -> None:
    refusing = after(ASKED, happen(e.RefusalProposed), happen(e.RefusalFiled))
    came = run_out(refusing, at("2026-03-10T09:00"), LAW).docket
    assert (came.state.stage, came.state.refusal_from) == (Stage.REFUSAL_FILED, Stage.IN_HAND)
    back = follow(came, happen(e.RefusalOverturned, "2026-03-10T10:00", LEADER), LAW).docket
    assert back.state.stage is Stage.IN_HAND


@pytest.mark.parametrize(
    "timely",
    [
        (happen(e.NoticeIssued),),
        (happen(e.NoticeIssued), happen(e.RefusalProposed)),
        (ACCEPTED,),
        (happen(e.Withdrawn),),
    ],
)
def test_whoever_spoke_in_time_is_not_held_to_silence(timely: tuple[e.Event, ...]) -> None:
    came = run_out(after(ASKED, *timely), at("2026-06-01T09:00"), LAW)
    assert not [one for one in came.events if isinstance(one, e.DeemedAccepted)]
    assert came.docket.state.deemed_at is None


def test_where_no_clause_says_so_silence_takes_nothing_on() -> None:
    law = Law(without("law.licensing.32.4.b"), LAW.calendar)
    came = run_out(after(ASKED, law=law), at("2026-03-10T09:00"), law)
    assert [type(one) for one in came.events] == [e.LimitPassed]
    assert came.docket.state.stage is Stage.RECEIVED


def test_a_breach_stays_with_whoever_bore_it_then() -> None:
    offered = after(ASKED, ACCEPTED, happen(e.HandoverOffered))
    came = follow(offered, happen(e.HandoverAccepted, "2026-03-20T10:00", COLLEAGUE), LAW)
    assert [one.against for one in came.findings] == [CLERK]
    assert named(came.docket, "decide").bearer == COLLEAGUE


def test_a_handover_moves_open_duties_and_keeps_their_due() -> None:
    before = after(ASKED, ACCEPTED, happen(e.HandoverOffered))
    assert {one.bearer for one in before.owed} == {CLERK}
    moved = follow(before, happen(e.HandoverAccepted, "2026-03-09T10:00", COLLEAGUE), LAW).docket
    review, decide = moved.owed
    assert decide == replace(named(before, "decide"), bearer=COLLEAGUE)
    assert decide.due == DUE
    assert review == before.owed[0]


def test_a_pause_takes_its_days_out_and_no_limit_passes_in_it() -> None:
    paused = after(ASKED, ACCEPTED, happen(e.SpecialProcedureStarted, "2026-03-05T10:00", planned_days=30))
    assert named(paused, "decide").paused
    assert run_out(paused, at("2026-03-25T10:00"), LAW).events == ()
    running = follow(paused, happen(e.SpecialProcedureEnded, "2026-03-11T10:00"), LAW).docket
    assert not named(running, "decide").paused
    assert named(running, "decide").due > DUE


def test_an_extension_lengthens_a_running_limit() -> None:
    asked = after(ASKED, ACCEPTED, happen(e.ExtensionRequested, "2026-03-16T10:00"))
    approved = happen(e.ExtensionApproved, "2026-03-17T10:00", MAIN_LEADER)
    docket = follow(asked, approved, LAW).docket
    assert named(docket, "decide").due == at("2026-03-24T17:30")


def test_at_the_due_moment_more_time_may_still_be_given() -> None:
    asked = after(ASKED, ACCEPTED, happen(e.ExtensionRequested, "2026-03-16T10:00"))
    assert follow(asked, happen(e.ExtensionApproved, DUE, MAIN_LEADER), LAW).docket.state.times_extended == 1


@pytest.mark.parametrize(
    ("asked", "event"),
    [
        ((), happen(e.ExtensionRequested, "2026-03-18T10:00")),
        (
            (happen(e.ExtensionRequested, "2026-03-16T10:00"),),
            happen(e.ExtensionApproved, "2026-03-18T10:00", MAIN_LEADER),
        ),
    ],
)
def test_after_the_limit_there_is_no_extension(asked: tuple[e.Event, ...], event: e.Event) -> None:
    objection = refused(after(ASKED, ACCEPTED, *asked), event)
    assert (objection.code, objection.clause) == ("extension_after_limit", "p4.time-limit.8.b")
    assert objection.remedy


def test_a_pause_does_not_bring_a_passed_limit_back() -> None:
    late = after(ASKED, ACCEPTED, happen(e.SpecialProcedureStarted, "2026-03-18T10:00"))
    assert refused(late, happen(e.ExtensionRequested, "2026-03-19T10:00")).code == "extension_after_limit"


def test_without_a_deciding_limit_there_is_nothing_to_extend() -> None:
    bare = Law(without("p4.time-limit.2", "law.licensing.42.1"), LAW.calendar)
    docket = after(ASKED, ACCEPTED, law=bare)
    assert refused(docket, happen(e.ExtensionRequested), bare).code == "no_running_clock"


def test_nobody_approves_an_own_extension() -> None:
    asked = after(ASKED, ACCEPTED, happen(e.ExtensionRequested, actor=MAIN_LEADER))
    own = happen(e.ExtensionApproved, actor=MAIN_LEADER)
    assert refused(asked, own).code == "own_request"
    assert refused(asked, happen(e.ExtensionApproved, actor=CLERK)).code == "own_matter"


def test_a_regimes_objection_comes_before_the_table_and_changes_nothing() -> None:
    docket = after(ASKED, ACCEPTED)
    objection = refused(docket, happen(e.Refused))
    assert (objection.code, objection.clause) == ("refusal_not_filed", "p4.refusal-filing.1.a")
    assert docket == after(ASKED, ACCEPTED)


def test_an_overturned_refusal_waives_the_old_clock_and_numbers_the_new_one() -> None:
    docket = after(
        ASKED,
        ACCEPTED,
        happen(e.RefusalProposed),
        happen(e.RefusalFiled),
        happen(e.RefusalOverturned, "2026-03-05T10:00", LEADER),
    )
    old, new = (one for one in docket.owed if one.what == "decide")
    assert (old.key, old.outcome, new.key, new.is_open) == ("decide-1", Outcome.WAIVED, "decide-2", True)
    assert new.clock.start == at("2026-03-05T10:00")


def test_a_withdrawal_waives_everything_owed() -> None:
    docket = after(ASKED, ACCEPTED, happen(e.SpecialProcedureStarted), happen(e.Withdrawn))
    decide = named(docket, "decide")
    assert (decide.outcome, decide.paused) == (Outcome.WAIVED, False)
    assert not [one for one in docket.owed if one.is_open]


# --- random histories ---------------------------------------------------------------------------

# Nobody takes a step by these: the register, the sweep and the recomputation write them.
UNTAKEN = {e.Registered, e.LimitPassed, e.DeemedAccepted, e.ClockRecomputed}
KINDS = [kind for kind in EVENTS.values() if kind not in UNTAKEN]
PEOPLE = [CLERK, COLLEAGUE, LEADER, MAIN_LEADER]
# An outgoing document takes so many hands that chance alone hardly brings one to its end.
ONWARD = {
    e.Drafted,
    e.DraftChecked,
    e.DocumentSigned,
    e.DocumentNumbered,
    e.DocumentDispatched,
    e.DocumentArchived,
}


@dataclass(frozen=True)
class Move:
    """One step of a history: a kind, sensible or not, by somebody, some hours later."""

    pick: int
    actor: str
    hours: int
    sensible: bool
    sweep: bool
    onward: bool = False


@dataclass
class History:
    """What a row of moves came to."""

    first: e.Registered
    dockets: list[Docket]
    recorded: list[e.Event]
    refusals: list[str]


MOVES = st.builds(
    Move,
    pick=st.integers(0, 999),
    actor=st.sampled_from(PEOPLE),
    hours=st.sampled_from([0, 1, 5, 24, 72, 400]),
    sensible=st.sampled_from([True, True, True, False]),
    sweep=st.booleans(),
)
GIVEN = [task(), task(given=MORE), report(), report(anonymous=True)]
PETITION = registered(e.MatterKind.PETITION, "2026-03-02T10:00", source="transferred")
PAPERS = [
    registered(e.MatterKind.DOCUMENT_IN, "2026-03-02T10:00"),
    registered(e.MatterKind.DOCUMENT_OUT, "2026-03-02T10:00"),
]
FIRST = st.sampled_from(
    [ASKED, application(), application(instant=True), enquiry(), *GIVEN, PETITION, *PAPERS]
)


def live(first: e.Registered, moves: Sequence[Move], *, sweeping: bool = True) -> History:
    """Let the moves happen; what is refused does not."""
    docket, now = after(first), first.at
    history = History(first, [docket], [first], [])
    for move in moves:
        now += timedelta(hours=move.hours)
        caught_up = run_out(docket, now, LAW)
        if sweeping and move.sweep:
            docket = caught_up.docket
            history.recorded += caught_up.events
        # Whoever acts sees what silence brought about, swept or not.
        sensible = [kind for kind in possible(caught_up.docket.state) if kind in KINDS]
        onward = [kind for kind in sensible if kind in ONWARD] if move.onward else []
        choice = onward or (sensible if move.sensible else KINDS)
        event = happen(choice[move.pick % len(choice)], now, move.actor)
        try:
            came = follow(docket, event, LAW)
        except Unlawful as objection:
            history.refusals.append(objection.code)
            continue
        docket = came.docket
        history.dockets.append(docket)
        history.recorded += came.events
    return history


def check(docket: Docket) -> None:
    """Assert what holds after every event."""
    owed = docket.owed
    running = [one.what for one in owed if one.is_open]
    # What other units were asked is theirs to answer, each by itself.
    own = [one for one in owed if one.is_open and one.what != joint.CONSULT]
    assert docket.state.custodian in PEOPLE
    assert {one.bearer for one in own} <= {docket.state.custodian}
    assert len({one.key for one in owed}) == len(owed)
    assert len({one.what for one in own}) == len(own), "no duty is owed twice at a time"
    for one in owed:
        assert (one.ended_at is None) is (one.outcome is None)
        assert not (one.paused and one.ended_at)
        assert reckoned(one, LAW).due == one.due
    if docket.state.stage is Stage.CLOSED:
        assert running == []
    assert docket.state.custodian not in docket.state.accused, "nobody looks into a report against themselves"
    if docket.state.anonymous:
        assert "investigate" not in {one.what for one in owed}, "an anonymous report has no clock"


def refused_on_an_approved_filing(events: Sequence[e.Event]) -> bool:
    """Tell whether each refusal had a form, filed and finally signed since it was last proposed."""
    filed = signed = False
    for event in events:
        match event:
            case e.RefusalProposed() | e.RefusalOverturned():
                filed = signed = False
            case e.RefusalFiled():
                filed = True
            case e.RefusalApproved(final=True):
                signed = filed
            case e.Refused() if not signed:
                return False
    return True


@given(FIRST, st.lists(MOVES, max_size=25))
def test_whatever_happens_is_unlawful_or_keeps_the_promises(first: e.Registered, moves: list[Move]) -> None:
    history = live(first, moves)
    for docket in history.dockets:
        check(docket)
    assert all(history.refusals)
    assert refused_on_an_approved_filing(history.recorded)
    moments = [event.at for event in history.recorded]
    assert moments == sorted(moments)


def silent(events: Sequence[e.Event]) -> bool:
    """Tell whether silence took on only what nobody had noticed, accepted or withdrawn since it came in."""
    spoken = taken = noticed = False
    for event in events:
        match event:
            case e.SupplementReceived() | e.RefusalOverturned() | e.RefusalCorrected():
                spoken = False
            case e.NoticeIssued() if not noticed:
                spoken = noticed = True
            case e.ApplicationAccepted() | e.Withdrawn() | e.Refused():
                spoken = True
            case e.DeemedAccepted():
                if spoken or taken or event.since > event.at:
                    return False
                taken = True
    return True


@given(FIRST, st.lists(MOVES, max_size=25))
def test_nothing_that_was_noticed_accepted_or_withdrawn_in_time_is_deemed_accepted(
    first: e.Registered, moves: list[Move]
) -> None:
    assert silent(live(first, moves).recorded)


@given(FIRST, st.lists(MOVES, max_size=25))
def test_a_history_is_the_same_unswept_and_replayed(first: e.Registered, moves: list[Move]) -> None:
    swept, unswept = live(first, moves), live(first, moves, sweeping=False)
    assert swept.refusals == unswept.refusals
    assert [docket.state for docket in swept.dockets] == [docket.state for docket in unswept.dockets]
    told = [one for one in unswept.recorded if not isinstance(one, e.LimitPassed | e.DeemedAccepted)]
    assert after(*told) == unswept.dockets[-1]
    assert [one for one in swept.recorded if one.at <= told[-1].at] == unswept.recorded


def test_the_random_histories_come_everywhere() -> None:
    dice, reached, codes = random.Random(2), set[Stage](), set[str]()
    for number in range(2000):
        moves = [
            Move(
                pick=dice.randrange(1000),
                actor=dice.choice(PEOPLE),
                hours=dice.choice([0, 1, 24, 400]),
                sensible=dice.random() < 0.9,
                sweep=False,
                onward=dice.random() < 0.3,
            )
            for _ in range(30)
        ]
        history = live(
            [ASKED, enquiry(), ASKED, GIVEN[number // 5 % 4], PAPERS[number // 5 % 2]][number % 5],
            moves,
            sweeping=False,
        )
        reached |= {docket.state.stage for docket in history.dockets}
        codes |= set(history.refusals)
    assert reached == set(Stage)
    assert {"own_request", "refusal_not_filed", "extension_after_limit", "not_now"} <= codes


def test_the_check_of_silence_notices_a_notice() -> None:
    deemed = happen(e.DeemedAccepted, "2026-03-09T17:30", "system")
    assert silent([ASKED, deemed])
    assert not silent([ASKED, happen(e.NoticeIssued), deemed])
    assert not silent([ASKED, deemed, deemed])


def test_the_checks_notice_what_they_look_for() -> None:
    docket = after(ASKED, ACCEPTED)
    decide = named(docket, "decide")
    for wrong in (
        replace(decide, bearer=COLLEAGUE),
        replace(decide, ended_at=ACCEPTED.at),
        replace(decide, due=DUE + timedelta(days=1)),
        replace(decide, clock=replace(decide.clock, limit=MORE)),
    ):
        with pytest.raises(AssertionError):
            check(replace(docket, owed=(wrong,)))
    with pytest.raises(AssertionError):
        check(replace(docket, owed=(decide, replace(decide, key="decide-2"))))
    with pytest.raises(AssertionError):
        check(replace(docket, state=replace(docket.state, stage=Stage.CLOSED)))
    assert not refused_on_an_approved_filing([ASKED, happen(e.RefusalProposed), happen(e.Refused)])
    signed = replace(docket.state, kind=e.MatterKind.REPORT, accused=(CLERK,))
    with pytest.raises(AssertionError):
        check(replace(docket, state=signed))
    clocked = replace(after(report()), state=after(report(anonymous=True)).state)
    with pytest.raises(AssertionError):
        check(clocked)
    assert {kind for table in TRANSITIONS.values() for kind in table} >= set(KINDS)


# --- how the office counts ---------------------------------------------------------------------------------


def counting_law(*values: tuple[date, dict[str, str]]) -> Law:
    dated = tuple(Values(since, read=switches) for since, switches in values)
    clause = replace(LAW.book.clause("house.counting"), values=dated)
    return Law(replace(LAW.book, clauses={**LAW.book.clauses, clause.id: clause}), LAW.calendar)


def test_the_counting_in_force_on_the_day_it_began_decides() -> None:
    law = counting_law((date(2000, 1, 1), {}), (date(2026, 3, 3), {"late_receipt": "next_opening"}))
    limit = Limit(1, Unit.WORKING_DAY)
    before = law.reckon(clocks.Clock(at("2026-03-02T18:00"), limit))
    since = law.reckon(clocks.Clock(at("2026-03-03T18:00"), limit))
    assert (before.due, since.due) == (at("2026-03-03T17:30"), at("2026-03-05T17:30"))


def test_the_counting_reaches_the_obligations() -> None:
    law = counting_law((date(2000, 1, 1), {"late_receipt": "next_opening"}))
    asked = replace(ASKED, at=at("2026-03-02T18:00"))
    (plain,) = follow(None, asked, LAW).docket.owed
    (moved,) = follow(None, asked, law).docket.owed
    assert (plain.due, moved.due) == (at("2026-03-09T17:30"), at("2026-03-10T17:30"))


def test_an_event_is_a_fact_of_the_clock_that_waits_for_it() -> None:
    waiting = Duty("prepare", "house.lights", CLERK, at("2026-03-02T10:00"), Limit(0, Unit.BEFORE_EVENT))
    owed = settle((), waiting, LAW)
    assert owed[0].due == clocks.NOT_YET_KNOWN
    told = ScheduleEvent("prepare", at("2026-03-20T14:30"), at("2026-03-05T09:00"))
    assert settle(owed, told, LAW)[0].due == at("2026-03-20T14:30")


def test_a_duty_owed_once_is_not_begun_anew_while_it_is_open() -> None:
    checked = [happen(e.MaterialsChecked, f"2026-03-02T1{hour}:00", complete=True) for hour in (1, 2)]
    docket = after(application(instant=True), *checked)
    (finish,) = [owed for owed in docket.owed if owed.what == "finish"]
    assert finish.clock.start == checked[0].at
    again = after(
        application(instant=True), checked[0], happen(e.MaterialsChecked, "2026-03-02T12:00"), checked[1]
    )
    assert [owed.key for owed in again.owed if owed.what == "finish"] == ["finish-1", "finish-2"]


def test_another_limit_counts_from_where_the_first_began() -> None:
    first = settle((), Duty("complete", "p2.x", CLERK, at("2026-03-02T10:00"), days(5)), LAW)
    later = at("2026-03-04T10:00")
    old, new = settle(first, Relimit("complete", days(8), later), LAW)
    assert (old.outcome, old.ended_at) == (Outcome.WAIVED, later)
    assert (new.key, new.due, new.is_open) == ("complete-2", at("2026-03-12T17:30"), True)
    assert settle(first, Relimit("complete", days(5), later), LAW) == first
    assert settle((), Relimit("complete", days(5), later), LAW) == ()


def test_choosing_the_own_way_again_gives_no_time() -> None:
    law = replace(LAW, book=load("headquarters"))
    docket = follow(None, enquiry(), law).docket
    own = happen(e.Routed, "2026-03-02T11:00", route=e.Route.OWN, limit=days(3))
    docket = follow(docket, own, law).docket
    shared = replace(own, at=at("2026-03-04T11:00"), route=e.Route.SHARED, limit=None, bodies=1)
    docket = follow(docket, shared, law).docket
    with pytest.raises(Unlawful, match="3") as caught:
        follow(docket, replace(own, at=at("2026-03-05T11:00"), limit=days(9)), law)
    assert (caught.value.code, caught.value.clause) == ("limit_stands", "p2.first-responder.4.a")
    docket = follow(docket, replace(own, at=at("2026-03-05T11:00")), law).docket
    (handle,) = [owed for owed in docket.owed if owed.what == "handle"]
    assert (handle.due, handle.is_open) == (at("2026-03-05T17:30"), True)
