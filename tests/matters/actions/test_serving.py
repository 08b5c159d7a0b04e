"""The custodian records that a paper was served; nobody else, and each paper once."""

from __future__ import annotations

import pytest

from huiyin.matters import permissions, queries
from huiyin.matters.models import DeliveryProof
from huiyin.rules.errors import HuiyinError, Unlawful
from tests.factories import make_office
from tests.matters.handling import INCOMPLETE, Desk

pytestmark = pytest.mark.django_db
TAKEN = {"how": "in_person", "receiver": "王小明", "relation": "self"}


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def told(desk: Desk) -> tuple[str, str]:
    """An application whose applicant was told what is missing: its number and the notice's."""
    number = desk.register()
    desk.do("check_materials", number, found=INCOMPLETE)
    desk.do("issue_notice", number, supplement_how="到2号窗口")
    [row] = queries.unproved(desk.matter(number))
    return number, row.number


def verbs(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {one.verb for one in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_the_custodian_proves_it_once(desk: Desk) -> None:
    number, paper = told(desk)
    assert "prove_delivery" in verbs(desk, "clerk", number)
    assert "prove_delivery" not in verbs(desk, "head", number)
    with pytest.raises(HuiyinError):
        desk.do("prove_delivery", number, who="head", paper=paper, **TAKEN)
    desk.do("prove_delivery", number, paper=paper, **TAKEN)
    row = DeliveryProof.objects.get()
    assert (row.number, row.receiver, row.recorded_by_id) == (paper, "王小明", desk.id("clerk"))
    assert "prove_delivery" not in verbs(desk, "clerk", number)
    with pytest.raises(Unlawful):
        desk.do("prove_delivery", number, paper=paper, **TAKEN)


def test_a_decision_is_delivered_by_it_and_the_matter_may_be_closed(desk: Desk) -> None:
    number = desk.refused()
    [row] = queries.unproved(desk.matter(number))
    desk.do("prove_delivery", number, paper=row.number, how="post", tracking="1234567890")
    assert desk.matter(number).stage == "delivered"
    desk.do("close", number)
    assert "prove_delivery" not in verbs(desk, "clerk", number)


def test_who_explains_a_notice_does_so_where_a_clause_says_so(desk: Desk) -> None:
    number, _ = told(desk)
    assert "explain_notice" not in verbs(desk, "clerk", number)
    with pytest.raises(Unlawful) as refused:
        desk.do("explain_notice", number, words="村委会开", told_to="王小明")
    assert refused.value.code == "not_regulated"
