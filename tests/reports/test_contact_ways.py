"""What 处理方式 says of each way somebody was dealt with."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from huiyin.matters.models import Deposit, Guidance, Handover, Matter
from huiyin.reports.contact_ways import ways
from tests.matters.handling import MONDAY

TO = "00000000-0000-0000-0000-000000000001"


def guided(route: str, *, to: str | None = None) -> Guidance:
    return Guidance(route=route, to_id=to)


@pytest.mark.parametrize(
    ("guidance", "said"),
    [
        (guided("outside"), ["告知外单位"]),
        (guided("unclear", to=TO), ["请示"]),
        (guided("shared"), ["引导"]),
        (guided("colleague"), ["引导"]),
        (guided("own"), ["本岗办理"]),
        (guided("barred"), ["说明不能办"]),
        (guided("unable"), ["说明答不了"]),
    ],
)
def test_each_way_has_its_word(guidance: Guidance, said: list[str]) -> None:
    assert ways(Matter(received_at=MONDAY), [guidance], [], []) == said


def test_several_ways_are_told_together_and_once() -> None:
    found = ways(
        Matter(received_at=MONDAY),
        [guided("unclear"), guided("unclear"), guided("colleague", to=TO)],
        [Deposit()],
        [Handover(ending="bounced"), Handover(ending="accepted"), Handover(ending="")],
    )
    assert found == ["请示", "转交", "转交中", "代收"]


def test_on_the_spot_is_the_same_day_and_not_another() -> None:
    done = Matter(received_at=MONDAY, decided_at=MONDAY + timedelta(hours=3))
    later = Matter(received_at=MONDAY, decided_at=MONDAY + timedelta(days=1))
    assert ways(done, [], [], []) == ["当场办理"]
    assert ways(later, [], [], []) == ways(Matter(received_at=MONDAY), [], [], []) == ["本岗办理"]


def test_what_was_given_to_another_was_not_done_by_whoever_was_asked() -> None:
    given = Matter(
        received_at=MONDAY, decided_at=MONDAY, first_responder_id=UUID(int=1), custodian_id=UUID(int=2)
    )
    assert ways(given, [], [], []) == ["转交"]
