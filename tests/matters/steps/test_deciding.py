"""Answers and endings on the dossier."""

from __future__ import annotations

import pytest

from huiyin.matters import steps
from huiyin.rules.errors import HuiyinError, Invalid
from tests.factories import Office
from tests.matters.steps.memory import hand, in_hand, received


@pytest.mark.parametrize("reply", ["", " ", "不知道", "这不归我管"])
def test_an_empty_reply_and_a_brush_off_are_refused(office: Office, reply: str) -> None:
    dossier = received(office, "enquiry")
    with pytest.raises(Invalid):
        steps.answer(dossier, hand(office, minutes=1), reply=reply)
    steps.answer(dossier, hand(office, minutes=2), reply="请带户口簿来窗口。")
    assert dossier.matter.reply == "请带户口簿来窗口。"


def test_the_words_are_not_in_the_event(office: Office) -> None:
    dossier = received(office, "enquiry")
    steps.answer(dossier, hand(office, minutes=2), reply="请带户口簿来窗口。")
    assert "户口簿" not in str(dossier.events[-1].body())


def test_a_whole_life_ends_closed(office: Office) -> None:
    dossier = in_hand(office)
    steps.grant(dossier, hand(office, minutes=3), reply="准予。")
    with pytest.raises(Invalid):
        steps.deliver(dossier, hand(office, minutes=4), how="pigeon")
    steps.deliver(dossier, hand(office, minutes=4), how="post")
    steps.close(dossier, hand(office, minutes=5))
    assert dossier.state.closed_at == hand(office, minutes=5).at
    with pytest.raises(HuiyinError):
        steps.note(dossier, hand(office, minutes=6), step="再议")


def test_a_rating_is_from_one_to_five(office: Office) -> None:
    dossier = in_hand(office)
    steps.grant(dossier, hand(office, minutes=3), reply="准予。")
    for score in (0, 6):
        with pytest.raises(Invalid):
            steps.rate(dossier, hand(office, minutes=4), score=score)
    steps.rate(dossier, hand(office, minutes=4), score=5)
    assert dossier.state.rating == 5
