from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from huiyin.doors.cli.demo import plots
from huiyin.doors.cli.demo.cast import Cast
from huiyin.matters.actions import History, write_histories
from tests.doors.cli.demo.conftest import UNTIL

RECEIVED = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)


def _tell(cast: Cast, seed: int, channel: str = "counter") -> History:
    return plots.tell(cast, Random(seed), received=RECEIVED, channel=channel, until=UNTIL)


def test_calls_and_letters_are_enquiries(cast: Cast) -> None:
    for channel in ("phone", "letter"):
        assert {_tell(cast, seed, channel).kind for seed in range(20)} == {"enquiry"}
    kinds = Counter(_tell(cast, seed).kind for seed in range(200))
    assert kinds["enquiry"] > 50
    assert kinds["application"] > 50


def test_letters_come_to_whoever_opens_them(cast: Cast) -> None:
    assert {_tell(cast, seed, "letter").first_responder for seed in range(5)} == {cast.posts["DZ01"].a}


def test_steps_are_in_the_order_of_their_time(cast: Cast) -> None:
    for seed in range(200):
        moments = [step.at for step in _tell(cast, seed).steps]
        assert moments == sorted(moments)
        assert all(RECEIVED <= at <= UNTIL for at in moments)


def test_everything_that_can_happen_does(cast: Cast) -> None:
    verbs = Counter(step.verb for seed in range(1500) for step in _tell(cast, seed).steps)
    assert set(verbs) >= {
        "offer",
        "take",
        "bounce",
        "check",
        "notify",
        "prove",
        "supplement",
        "accept",
        "note",
        "pause",
        "resume",
        "ask_more_time",
        "give_more_time",
        "deny_more_time",
        "tell_more_time",
        "propose",
        "file",
        "approve",
        "overturn",
        "refuse",
        "grant",
        "answer",
        "deliver",
        "withdraw",
        "rate",
        "close",
    }


@pytest.mark.parametrize("seed", range(3))
def test_every_story_is_lawful(cast: Cast, seed: int) -> None:
    told = [_tell(cast, seed * 1000 + number) for number in range(80)]
    written = write_histories(cast.tenant, told, via="demo", until=UNTIL)
    assert written.matters == 80
    assert written.open == 0
