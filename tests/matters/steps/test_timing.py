"""Steps of pausing and extending on a dossier in memory."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.documents import queries as documents
from huiyin.documents.models import Document
from huiyin.matters.models import ExtensionRequest
from huiyin.rules.errors import Invalid, Unlawful
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import Office
from tests.matters.handling import FIVE_DAYS, moment
from tests.matters.in_memory import Bench, in_hand

HEARING: dict[str, Any] = {"procedure": "hearing", "planned_days": 3, "basis": "依法听证"}


def asked(office: Office) -> Bench:
    one = in_hand(office)
    one.take("ask_more_time", limit=FIVE_DAYS, reason="需入户核查")
    return one


def granted(office: Office) -> Bench:
    one = asked(office)
    one.take("give_more_time", "main_leader", level="main_leader", opinion="同意")
    return one


def test_a_pause_is_told_on_paper_with_its_number(office: Office) -> None:
    one = in_hand(office)
    row = one.take("pause", **HEARING)
    assert [paper.kind for paper in one.fresh(Document)][-1] == "pause_notice"
    assert row.number == one.dossier.events[-1].body()["number"]
    assert one.dossier.running_pause() is row
    one.take("resume")
    assert row.ended_at == one.at
    with pytest.raises(Unlawful):
        one.take("resume")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"planned_days": 0}, "planned_days"),
        ({"planned_days": 1000}, "planned_days"),
        ({"basis": " "}, "basis"),
    ],
)
def test_a_pause_says_how_long_and_why(office: Office, change: dict[str, Any], field: str) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid) as caught:
        one.take("pause", **{**HEARING, **change})
    assert set(caught.value.fields) == {field}
    assert "pause" not in one.numbers


def test_a_request_needs_a_reason_that_stays_out_of_the_event(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid):
        one.take("ask_more_time", limit=FIVE_DAYS, reason="")
    one.take("ask_more_time", limit=FIVE_DAYS, reason="王小明外出")
    assert "王小明" not in str(one.dossier.events[-1].body())
    assert one.dossier.waiting_extension().reason == "王小明外出"


def test_what_is_granted_is_what_was_asked(office: Office) -> None:
    one = granted(office)
    [row] = one.fresh(ExtensionRequest)
    assert (row.granted, row.decided_by_id, row.decided_at, row.opinion) == (
        True,
        office.people["main_leader"].id,
        one.at,
        "同意",
    )
    decide = one.dossier.open_duty("decide")
    assert decide is not None
    assert decide.due == moment("2026-03-23 17:30")


def test_only_the_level_the_rulebook_names_grants(office: Office) -> None:
    one = asked(office)
    with pytest.raises(Unlawful) as caught:
        one.take("give_more_time", "leader_in_charge", level="leader_in_charge")
    assert caught.value.code == "wrong_approver"
    assert one.dossier.waiting_extension().decided_by_id is None


def test_a_denial_needs_words_and_leaves_the_clock(office: Office) -> None:
    one = asked(office)
    before = one.dossier.open_duty("decide")
    with pytest.raises(Invalid):
        one.take("deny_more_time", "main_leader", opinion="")
    one.take("deny_more_time", "main_leader", opinion="不需要")
    assert one.dossier.open_duty("decide") == before
    assert [row.granted for row in one.fresh(ExtensionRequest)] == [False]


def test_the_applicant_is_told_both_days_and_once(office: Office) -> None:
    one = granted(office)
    with pytest.raises(Invalid):
        one.take("tell_more_time", how="告诉了王小明")
    one.take("tell_more_time", how="phone")
    content: Any = documents.content_of(one.fresh(Document)[-1])
    assert (content.previous_due_at, content.due_at) == (
        moment("2026-03-16 17:30"),
        moment("2026-03-23 17:30"),
    )
    assert (content.extension, content.reason) == (Limit(5, Unit.WORKING_DAY), "需入户核查")
    with pytest.raises(Unlawful):
        one.take("tell_more_time", how="phone")


def test_the_earlier_day_counts_the_pause_that_came_before(office: Office) -> None:
    one = in_hand(office)
    one.at = moment("2026-03-04 09:00")
    one.take("pause", **HEARING)
    one.take("resume")
    one.take("ask_more_time", limit=FIVE_DAYS, reason="需入户核查")
    one.take("give_more_time", "main_leader", level="main_leader")
    one.take("tell_more_time", how="post")
    content: Any = documents.content_of(one.fresh(Document)[-1])
    # The day of the pause does not count: one working day later than without it.
    assert content.previous_due_at == moment("2026-03-17 17:30")
    assert content.due_at == moment("2026-03-24 17:30")
