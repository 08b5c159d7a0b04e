"""Which days and which office time a pause takes out."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.rules.facts import Extended, Fact, Paused, Resumed
from huiyin.rules.pauses import as_office_time, day_spans, midnight, moment_spans, office_spans, pauses
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI, load_calendar

CALENDAR = load_calendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def paused(when: str, planned_days: int = 3) -> Paused:
    return Paused("hearing", "law.licensing.45", at(when), planned_days)


def spans(*facts: Fact) -> list[tuple[str, str]]:
    return [(str(first), str(last)) for first, last in day_spans(pauses(facts), CALENDAR)]


def test_facts_are_taken_in_the_order_of_their_moments() -> None:
    end, begin = Resumed(at("2026-03-05T10:00")), paused("2026-03-03T10:00")
    extension = Extended(Limit(1, Unit.WORKING_DAY), at("2026-03-04T10:00"), "digest")
    assert spans(end, extension, begin) == spans(begin, end) == [("2026-03-03", "2026-03-05")]


def test_an_end_without_a_beginning_changes_nothing() -> None:
    assert pauses([Resumed(at("2026-03-05T10:00"))]) == ()


def test_two_procedures_run_until_both_have_ended() -> None:
    two = (
        paused("2026-03-03T10:00"),
        paused("2026-03-04T10:00"),
        Resumed(at("2026-03-04T11:00")),
        Resumed(at("2026-03-09T10:00")),
    )
    assert spans(*two) == [("2026-03-03", "2026-03-09")]
    assert any(pause.ends is None for pause in pauses(two[:3]))


def test_a_procedure_ended_and_one_begun_at_the_same_moment() -> None:
    facts = (
        paused("2026-03-03T10:00"),
        Resumed(at("2026-03-04T10:00")),
        paused("2026-03-04T10:00", planned_days=1),
    )
    assert [pause.ends for pause in pauses(facts)] == [at("2026-03-04T10:00"), None]
    assert spans(*facts) == [("2026-03-03", "2026-03-04")]


def test_a_running_procedure_ends_on_its_last_planned_working_day() -> None:
    assert spans(paused("2026-03-05T10:00")) == [("2026-03-05", "2026-03-09")]
    assert spans(paused("2026-03-05T18:00")) == [("2026-03-06", "2026-03-10")]
    assert spans(paused("2026-03-07T10:00", planned_days=1)) == [("2026-03-07", "2026-03-09")]
    assert spans(paused("2026-03-05T10:00", planned_days=0)) == []


def test_a_short_plan_inside_a_longer_pause_does_not_cut_it() -> None:
    outer, inner = paused("2026-03-03T10:00"), paused("2026-03-04T10:00", planned_days=1)
    assert spans(outer, inner, Resumed(at("2026-03-09T10:00"))) == [("2026-03-03", "2026-03-09")]


def test_an_evening_takes_nothing_out() -> None:
    assert spans(paused("2026-03-05T17:30"), Resumed(at("2026-03-05T23:00"))) == []


def test_office_time_is_taken_out_exactly() -> None:
    facts = (paused("2026-03-02T11:59"), Resumed(at("2026-03-02T14:01:00.5")))
    [(first, last)] = office_spans(pauses(facts), CALENDAR)
    assert last - first == 120_500_000
    assert office_spans(pauses([paused("2026-03-02T12:00"), Resumed(at("2026-03-02T14:00"))]), CALENDAR) == ()
    assert office_spans(pauses([paused("2026-03-02T12:00", planned_days=0)]), CALENDAR) == ()


def test_clock_time_is_taken_out_day_and_night() -> None:
    night = (paused("2026-03-06T17:00"), Resumed(at("2026-03-08T02:30")))
    assert moment_spans(pauses(night), CALENDAR) == ((at("2026-03-06T17:00"), at("2026-03-08T02:30")),)
    running = moment_spans(pauses([paused("2026-03-06T18:00", planned_days=1)]), CALENDAR)
    assert running == ((at("2026-03-06T18:00"), at("2026-03-09T17:30")),)
    assert moment_spans(pauses([paused("2026-03-06T10:00", planned_days=0)]), CALENDAR) == ()


def test_whole_days_as_office_time() -> None:
    [(first, last)] = as_office_time([(date(2026, 3, 6), date(2026, 3, 9))], CALENDAR)
    assert last - first == 2 * CALENDAR.day_length
    assert midnight(date(2026, 3, 6)) == at("2026-03-06T00:00")
