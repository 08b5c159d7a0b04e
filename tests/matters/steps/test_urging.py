"""Urging and explaining, on a dossier in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.matters.models import StepNote
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.in_memory import in_hand


def test_the_words_stay_apart_from_the_event(office: Office) -> None:
    one = in_hand(office)
    one.take("urge", "head", keys=["decide-1"], words=" 请今天办完 ")
    (event,) = [event for event in one.dossier.events if event.kind == "duty.urged"]
    assert (event.body()["bearer"], event.body()["what"]) == (one.id("clerk"), "decide")
    assert "今天" not in str(event.body())
    assert [row.text for row in one.fresh(StepNote)] == ["请今天办完"]


def test_without_words_nothing_is_kept_beside_it(office: Office) -> None:
    one = in_hand(office)
    one.take("urge", "head", keys=["decide-1"])
    assert one.fresh(StepNote) == []


@pytest.mark.parametrize("keys", [[], ["answer-1"]])
def test_what_is_not_owed_is_not_urged(office: Office, keys: list[str]) -> None:
    one = in_hand(office)
    with pytest.raises(Unlawful):
        one.take("urge", "head", keys=keys)


def test_what_stands_still_is_not_urged(office: Office) -> None:
    one = in_hand(office)
    one.take("pause", procedure="hearing", planned_days=3, basis="听证")
    with pytest.raises(Unlawful) as refused:
        one.take("urge", "head", keys=["decide-1"])
    assert refused.value.code == "nothing_owed"


def test_long_words_are_refused(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Invalid):
        one.take("urge", "head", keys=["decide-1"], words="字" * 501)
    with pytest.raises(Invalid):
        one.take("explain", reason="字" * 1001)


def test_a_reason_is_given_for_an_overrun_only(office: Office) -> None:
    one = in_hand(office)
    with pytest.raises(Unlawful) as refused:
        one.take("explain", reason="等批复")
    assert (refused.value.code, refused.value.clause) == ("nothing_overrun", "law.business.36")
    one.at += timedelta(days=60)
    with pytest.raises(Invalid):
        one.take("explain", reason="  ")
    one.take("explain", reason="等上级批复")
    assert one.kinds()[-2:] == ["limit.passed", "overrun.explained"]
    assert [row.text for row in one.fresh(StepNote)] == ["等上级批复"]
