"""A comparison of two versions says what became shorter."""

from __future__ import annotations

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.simplified import differences, is_shorter
from huiyin.catalogue.stages import Step
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (days(5), days(3), True),
        (days(3), days(5), False),
        (None, days(3), False),
        (days(5), Limit(3, Unit.CALENDAR_DAY), False),
    ],
)
def test_limits_of_different_units_are_not_compared(old: Limit, new: Limit, expected: bool) -> None:
    assert is_shorter(old, new) is expected


@pytest.mark.django_db
def test_a_version_says_that_another_post_signs_a_step(office: Office) -> None:
    item = office.items["DB-1"]
    for post in ("", "MZ00"):
        actions.change_item(item, steps=[Step("审核", days(5), post)], by=OPERATOR, at=AT)
    new, old, *_ = queries.versions(office.asker("clerk"), item.id)
    (one,) = differences(old[1], new[1])
    assert (one.field, one.name, one.before, one.after) == ("signer", "审核", "", "MZ00")


@pytest.mark.django_db
def test_a_version_says_what_became_shorter(office: Office) -> None:
    item = office.items["DB-1"]
    actions.change_item(
        item, steps=[Step("受理", days(1)), Step("审核", days(5)), Step("会签")], by=OPERATOR, at=AT
    )
    actions.change_item(
        item,
        steps=[Step("受理", days(2)), Step("审核", days(3))],
        committed=days(8),
        materials=[actions.PaperSpec("居民户口簿"), actions.PaperSpec("申请书")],
        fee="1元",
        by=OPERATOR,
        at=AT,
    )
    (_, third), (_, second), (_, first) = queries.versions(office.asker("clerk"), item.id)
    found = {(one.field, one.name): one for one in differences(second, third)}
    assert {key: one.shorter for key, one in found.items()} == {
        ("fee", ""): False,
        ("committed", ""): True,
        ("step", "会签"): True,
        ("step", "受理"): False,
        ("step", "审核"): True,
        ("material", "收入证明"): True,
        ("material", "近期照片"): True,
        ("material", "申请书"): False,
    }
    assert (found["step", "审核"].before, found["step", "审核"].after) == (days(5), days(3))
    assert first.steps == ()
    assert differences(third, third) == []
