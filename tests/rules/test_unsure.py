"""What a handler is not sure of: referred at once, decided on a word, ended when the applicant was told."""

from __future__ import annotations

import pytest

from huiyin.rules import events as e
from huiyin.rules import unsure
from huiyin.rules.docket import Docket, follow
from huiyin.rules.errors import Unlawful
from huiyin.rules.vocabulary import Finding, Outcome
from tests.rules.happenings import CLERK, COLLEAGUE, LAW, LEADER, after, application, at, happen, without

CLAUSE = "p4.one-time-notice.3.b"
ACCEPTED = happen(e.ApplicationAccepted, "2026-03-02T10:30")
FLAGGED = happen(e.FlaggedUncertain, "2026-03-02T11:00")
ASKED = happen(e.InstructionAsked, "2026-03-02T11:10")
ANSWERED = happen(e.InstructionGiven, "2026-03-02T14:00", actor=LEADER, allows=False)
CANNOT = happen(e.InstructionGiven, "2026-03-02T14:00", actor=LEADER, allows=True)
TOLD = happen(e.ResultTold, "2026-03-02T15:00")


def flagged(*more: e.Event) -> Docket:
    return after(application(), ACCEPTED, FLAGGED, *more)


def referrals(docket: Docket) -> list[tuple[str, Outcome | None]]:
    return [(one.clause, one.outcome) for one in docket.owed if one.what == unsure.REFER]


@pytest.mark.parametrize(
    "asked",
    [ASKED, happen(e.UnitConsulted, "2026-03-02T11:10")],
)
def test_who_is_asked_in_the_same_sitting_is_asked_in_time(asked: e.Event) -> None:
    before = after(application(), FLAGGED)
    assert referrals(before) == [(CLAUSE, None)]
    assert referrals(follow(before, asked, LAW).docket) == [(CLAUSE, Outcome.ON_TIME)]


def test_a_late_question_is_found_once() -> None:
    late = follow(flagged(), happen(e.InstructionAsked, "2026-03-04T09:00"), LAW)
    assert [one for one in late.findings if one.what == "referred_late"] == [
        Finding("referred_late", CLAUSE, at("2026-03-02T17:30"), CLERK)
    ]


def test_nobody_flags_what_a_leader_is_being_asked_about() -> None:
    asked = after(application(), ACCEPTED, happen(e.InstructionAsked, "2026-03-02T10:40"))
    with pytest.raises(Unlawful) as refused:
        follow(asked, FLAGGED, LAW)
    assert refused.value.code == "instruction_pending"


@pytest.mark.parametrize(
    ("word", "can"),
    [(ANSWERED, False), (CANNOT, True)],
)
def test_nobody_is_told_the_contrary_of_the_leaders_word(word: e.Event, *, can: bool) -> None:
    heard = flagged(ASKED, word)
    with pytest.raises(Unlawful) as refused:
        follow(heard, happen(e.ResultTold, "2026-03-02T15:00", can=can), LAW)
    assert (refused.value.code, refused.value.clause) == ("against_the_word", CLAUSE)
    told = follow(heard, happen(e.ResultTold, "2026-03-02T15:00", can=not can), LAW).docket.state
    assert told.uncertain == ("told" if not can else "told_no")


def test_a_leader_asked_anew_may_say_otherwise() -> None:
    anew = happen(e.InstructionAsked, "2026-03-02T14:10")
    again = flagged(
        ASKED, ANSWERED, anew, happen(e.InstructionGiven, "2026-03-02T14:20", actor=LEADER, allows=True)
    )
    told = follow(again, happen(e.ResultTold, "2026-03-02T15:00", can=False), LAW)
    assert told.docket.state.uncertain == "told_no"


def test_a_unit_without_an_opinion_has_said_no_word() -> None:
    asked = after(application(), FLAGGED, happen(e.UnitConsulted, "2026-03-02T11:10"))
    for verdict in ("none", "missing"):
        silent = follow(
            asked, happen(e.UnitAnswered, "2026-03-02T14:00", actor=COLLEAGUE, verdict=verdict), LAW
        )
        assert silent.docket.state.uncertain == "referred"


def test_a_units_word_refuses_nothing() -> None:
    answer = happen(e.UnitAnswered, "2026-03-02T14:00", actor=COLLEAGUE, verdict="opinion")
    heard = after(application(), FLAGGED, happen(e.UnitConsulted, "2026-03-02T11:10"), answer)
    with pytest.raises(Unlawful) as refused:
        follow(heard, happen(e.ResultTold, "2026-03-02T15:00", can=False), LAW)
    assert refused.value.code == "against_the_word"
    assert follow(heard, TOLD, LAW).docket.state.uncertain == "told"


@pytest.mark.parametrize("docket", [flagged(), flagged(ASKED)])
@pytest.mark.parametrize("kind", [e.Granted, e.RefusalProposed])
def test_nothing_is_decided_before_there_is_a_word(docket: Docket, kind: type[e.Event]) -> None:
    with pytest.raises(Unlawful) as refused:
        follow(docket, happen(kind, "2026-03-02T13:50"), LAW)
    assert (refused.value.code, refused.value.clause) == ("instruction_pending", CLAUSE)
    follow(follow(flagged(ASKED), ANSWERED, LAW).docket, happen(kind, "2026-03-02T14:10"), LAW)


def test_nothing_ends_before_the_applicant_was_told() -> None:
    granted = happen(e.Granted, "2026-03-02T14:10"), happen(e.Delivered, "2026-03-02T14:20")
    untold = flagged(ASKED, ANSWERED, *granted)
    closing = happen(e.Closed, "2026-03-02T15:30")
    with pytest.raises(Unlawful) as refused:
        follow(untold, closing, LAW)
    assert (refused.value.code, refused.value.clause) == ("result_untold", CLAUSE)
    follow(follow(untold, TOLD, LAW).docket, closing, LAW)
    gone = flagged(happen(e.Withdrawn, "2026-03-02T11:20"))
    assert referrals(gone) == [(CLAUSE, Outcome.WAIVED)]
    follow(gone, closing, LAW)


def test_a_units_answer_is_a_word_too_but_not_in_place_of_the_leaders() -> None:
    asked = after(application(), FLAGGED, happen(e.UnitConsulted, "2026-03-02T11:10"))
    answer = happen(e.UnitAnswered, "2026-03-02T14:00", actor=COLLEAGUE, verdict="opinion")
    assert follow(asked, answer, LAW).docket.state.uncertain == "instructed"
    both = follow(asked, happen(e.InstructionAsked, "2026-03-02T11:20"), LAW).docket
    assert follow(both, answer, LAW).docket.state.uncertain == "referred"


def test_nobody_flags_twice_and_where_no_clause_says_so_nobody_at_all() -> None:
    with pytest.raises(Unlawful) as twice:
        follow(flagged(), happen(e.FlaggedUncertain, "2026-03-02T11:30"), LAW)
    assert twice.value.code == "flagged_already"
    with pytest.raises(Unlawful) as early:
        follow(flagged(), happen(e.ResultTold, "2026-03-02T11:30"), LAW)
    assert early.value.code == "no_word_yet"
    again = follow(flagged(ASKED, ANSWERED, TOLD), happen(e.FlaggedUncertain, "2026-03-02T15:30"), LAW)
    assert again.docket.state.uncertain == "flagged"
    [objection] = unsure.objections(after(application()).state, FLAGGED, without(CLAUSE))
    assert objection.code == "not_regulated"
