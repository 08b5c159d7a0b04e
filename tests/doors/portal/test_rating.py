from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from huiyin.matters.models import Matter
from huiyin.organisation.models import Tenant
from tests.doors.portal.citizen import Citizen, answer, hidden, main, pair, text
from tests.factories import AT, Office


@pytest.fixture
def answered(citizen: Citizen, office: Office) -> tuple[Any, str]:
    """The page of an answered question, and its number."""
    number, code = pair(citizen.ask())
    answer(office, number)
    return citizen.track(number, code), number


def test_rating_is_thanked_for_and_kept(citizen: Citizen, answered: tuple[Any, str]) -> None:
    page, number = answered
    thanked = citizen.send("/rate/", page, score="5", comment="很快")
    assert thanked.status_code == 200
    assert "谢谢您的评价" in main(thanked)
    assert "您的评价：非常满意" in main(thanked)
    assert "您满意吗" not in main(thanked)
    matter = Matter.objects.get(number=number)
    assert (matter.rating, matter.rating_comment) == (5, "很快")


def test_clicking_twice_rates_once_and_thanks_twice(citizen: Citizen, answered: tuple[Any, str]) -> None:
    page, number = answered
    for _ in range(2):
        assert "谢谢您的评价" in main(citizen.send("/rate/", page, score="4", comment=""))
    assert Matter.objects.get(number=number).rating == 4


def test_one_rating_for_one_matter(citizen: Citizen, answered: tuple[Any, str]) -> None:
    page, number = answered
    citizen.send("/rate/", page, score="5", comment="")
    again = citizen.send("/rate/", page, score="1", comment="", key="another-key-of-somebody")
    assert again.status_code == 409
    assert "已经评价过了" in main(again)
    assert Matter.objects.get(number=number).rating == 5


@pytest.mark.parametrize("score", ["", "0", "6", "five", "5.0", "٥"])
def test_without_a_score_it_asks_for_one_and_keeps_the_comment(
    citizen: Citizen, answered: tuple[Any, str], score: str
) -> None:
    page, number = answered
    shown = citizen.send("/rate/", page, score=score, comment="写了很多")
    assert shown.status_code == 422
    assert "请先选一项满意程度" in main(shown)
    assert "写了很多" in main(shown)
    assert Matter.objects.get(number=number).rating == 0


def test_what_is_not_finished_cannot_be_rated(citizen: Citizen) -> None:
    number, code = pair(citizen.ask())
    page = citizen.track(number, code)
    token = text(page).partition('name="pass" value="')[2].partition('"')[0]
    shown = citizen.client.post("/zhaogong/rate/", {"pass": token, "key": "a-key-of-somebody", "score": "1"})
    assert shown.status_code >= 400
    assert Matter.objects.get(number=number).rating == 0


def test_rating_needs_the_sealed_pair_of_this_office_and_hour(
    citizen: Citizen, answered: tuple[Any, str], other: Office, now: mock.Mock
) -> None:
    page, number = answered
    fields = {**hidden(page), "score": "5"}
    assert citizen.client.post("/linzhen/rate/", fields).status_code == 403
    assert citizen.client.post("/zhaogong/rate/", {**fields, "pass": "forged"}).status_code == 403
    now.return_value = AT + timedelta(minutes=31)
    assert citizen.client.post("/zhaogong/rate/", fields).status_code == 403
    assert Matter.objects.get(number=number).rating == 0


def test_reception_is_asked_where_a_clause_has_it_rated(citizen: Citizen, office: Office) -> None:
    number, code = pair(citizen.ask())
    answer(office, number)
    assert "第一个接待您的人" not in main(citizen.track(number, code))
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="headquarters")
    # Who asked online met nobody.
    assert "第一个接待您的人" not in main(citizen.track(number, code))
    Matter.objects.filter(number=number).update(channel="counter")
    page = citizen.track(number, code)
    assert "第一个接待您的人" in main(page)
    wrong = citizen.send("/rate/", page, score="", reception="2", missed="cold_manner")
    assert wrong.status_code == 422
    again = wrong.content.decode()
    assert 'name="reception" value="2" checked' in again
    assert 'value="cold_manner" checked' in again
    thanked = main(citizen.send("/rate/", page, score="4", reception="2", missed="cold_manner"))
    assert "接待：" in thanked
    assert "接待生冷硬" in thanked
    matter = Matter.objects.get(number=number)
    assert (matter.rating, matter.reception_rating, matter.rating_missed) == (4, 2, ["cold_manner"])
