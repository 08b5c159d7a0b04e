"""Number and code together show where it stands, and nothing of the person."""

from __future__ import annotations

import dataclasses

import pytest

from huiyin.matters import queries
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk


def test_the_right_pair_shows_where_it_stands(desk: Desk) -> None:
    number = desk.closed()
    shown = queries.track(desk.office.tenant, number.lower(), desk.code.lower(), desk.at, "zh")
    assert (shown.number, shown.stage, shown.outcome, shown.may_rate) == (number, "closed", "granted", True)


def test_every_wrong_pair_gets_the_same_answer(desk: Desk) -> None:
    number = desk.closed()
    other = make_office("linzhen").tenant
    wrong = [
        (desk.office.tenant, number, "0000000000"),
        (desk.office.tenant, "ZHAO-2026-999999-0", desk.code),
        (other, number, desk.code),
        (desk.office.tenant, number, ""),
    ]
    said = set()
    for tenant, typed, code in wrong:
        with pytest.raises(NotFound) as caught:
            queries.track(tenant, typed, code, desk.at, "zh")
        said.add((str(caught.value), caught.value.code, caught.value.remedy))
    assert len(said) == 1


def test_the_persons_data_does_not_come_back(desk: Desk) -> None:
    number = desk.register(applicant_name="欧阳喆堃", applicant_phone="13800001234", details="家中变故")
    shown = queries.track(desk.office.tenant, number, desk.code, desk.at, "zh")
    text = str(dataclasses.asdict(shown))
    for secret in ("欧阳", "13800001234", "家中变故"):
        assert secret not in text
