"""Which refusal a decision number names, what leaders said, and who may refuse."""

from __future__ import annotations

import pytest

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.matters import queries
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk


def refused(desk: Desk) -> tuple[str, str]:
    """A refused matter's number and its decision's."""
    number = desk.filed()
    desk.do("approve_refusal", number, opinion="同意")
    desk.do("refuse", number, explanation="已当面说明")
    row = documents.latest(desk.office.tenant.id, desk.matter(number).id, Kind.REFUSAL_DECISION)
    assert row is not None
    return number, row.number


def test_a_decision_number_leads_to_its_refusal_also_once_corrected(desk: Desk) -> None:
    number, decision = refused(desk)
    found = queries.refusal_decided(desk.office.tenant.id, f" {decision} ")
    assert (found.matter_number, found.decision_number, found.corrected_at) == (number, decision, None)
    desk.do("correct_refusal", number, who="leader_in_charge", opinion="收入重复计算")
    assert queries.refusal_decided(desk.office.tenant.id, decision).corrected_at is not None


def test_another_office_and_another_number_find_nothing(desk: Desk) -> None:
    _, decision = refused(desk)
    for tenant, number in (
        (make_office("linzhen").tenant.id, decision),
        (desk.office.tenant.id, f"{decision}1"),
    ):
        with pytest.raises(NotFound):
            queries.refusal_decided(tenant, number)


def test_opinions_are_those_of_the_latest_filing(desk: Desk) -> None:
    number = desk.filed()
    assert queries.opinions_of(desk.matter(number)) == []
    desk.do("overturn_refusal", number, opinion="收入算错")
    (overturned,) = queries.opinions_of(desk.matter(number))
    assert (overturned.approved, overturned.opinion) == (False, "收入算错")


def test_without_a_restriction_everybody_with_a_post_may_refuse(desk: Desk) -> None:
    matter = desk.matter(desk.accepted())
    assert queries.has_refusal_power(matter, desk.id("clerk"), desk.at)
