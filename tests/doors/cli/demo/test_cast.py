from __future__ import annotations

import re
from random import Random

import pytest

from huiyin.doors.cli.demo.cast import Cast, Words, read
from huiyin.storage.masking import mask_phone
from tests.doors.cli.demo.conftest import UNTIL

pytestmark = pytest.mark.django_db


def test_the_colleague_who_is_away_has_a_stand_in(cast: Cast) -> None:
    post = cast.posts["MZ03"]
    assert cast.is_away(post.a, UNTIL)
    assert cast.on_duty(post, UNTIL) == post.b
    assert cast.hand(post.a, UNTIL) == (str(post.b.id), str(post.a.id))


def test_who_is_there_acts_for_nobody(cast: Cast) -> None:
    clerk = cast.posts["MZ01"].a
    assert cast.hand(clerk, UNTIL) == (str(clerk.id), "")


def test_the_main_leader_is_asked_while_the_leader_in_charge_is_away(cast: Cast) -> None:
    unit = cast.posts["MZ01"].unit
    leader, fell_back = cast.leader(unit, UNTIL)
    assert (leader, fell_back) == (cast.posts["LD02"].a, False)
    begins, ends = next(iter(cast.away[leader.id]))
    assert cast.leader(unit, begins) == (cast.posts["LD01"].a, True)
    assert cast.leader(unit, ends) == (leader, False)


def test_names_and_phones_are_invented() -> None:
    words = Words(Random(1))
    for _ in range(50):
        assert re.fullmatch(r"[\u4e00-\u9fff]{2,3}", words.name())
        phone = words.phone()
        # No operator was ever given this range; yet it is masked like any mobile number.
        assert re.fullmatch(r"154\d{8}", phone)
        assert mask_phone(phone).startswith("154****")


def test_villages_are_put_into_sentences() -> None:
    words = Words(Random(1))
    said = {words.of("details") for _ in range(50)}
    assert not any("%(" in one for one in said)
    assert any("村" in one for one in said)


def test_nothing_said_is_a_brush_off_or_empty() -> None:
    replies = [answer for _, _, answer in read("words")["enquiries"]]
    banned = ("不知道", "不归我管", "找领导去")
    assert all(reply.strip() for reply in replies)
    assert not any(phrase in reply for phrase in banned for reply in [*replies, *read("words")["grants"]])
