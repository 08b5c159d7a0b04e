"""What a notice must say, in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.catalogue import actions as catalogue
from huiyin.matters.models import Notice
from huiyin.matters.steps import telling
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Invalid, Unlawful
from tests.factories import Office
from tests.matters.handling import INCOMPLETE
from tests.matters.in_memory import bench


def test_each_empty_field_of_the_item_is_named_and_nothing_is_issued(office: Office) -> None:
    office.items["KB-1"] = catalogue.add_item(
        office.positions["MZ01"], code="KB-1", name="临时救助", procedure=" ", by=OPERATOR, at=office.at
    )
    one = bench(office, item="KB-1")
    one.take("check", found=INCOMPLETE)
    with pytest.raises(Invalid) as caught:
        one.take("notify", supplement_how="到窗口")
    assert caught.value.clause == "p4.one-time-notice.1"
    assert set(caught.value.fields) == {"item.basis", "item.procedure"}
    assert one.fresh(Notice) == []


def test_every_part_a_rulebook_may_demand_has_its_sentence() -> None:
    assert set(telling.EMPTY) == set(telling._SAID)


def test_an_explanation_says_how_to_whom_and_when(office: Office) -> None:
    one = bench(office)
    for said, wrong in (
        ({"words": " ", "told_to": "王小明"}, "words"),
        ({"words": "村委会开", "told_to": ""}, "told_to"),
        (
            {"words": "村委会开", "told_to": "王小明", "explained_at": one.at + timedelta(days=9)},
            "explained_at",
        ),
    ):
        with pytest.raises(Invalid) as caught:
            one.take("explain_notice", **said)
        assert set(caught.value.fields) == {wrong}
    with pytest.raises(Unlawful) as refused:
        one.take("explain_notice", words="村委会开", told_to="王小明")
    assert refused.value.code == "not_regulated"
