"""The promised limit is shorter than the law."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.catalogue import actions, queries
from huiyin.catalogue.promises import CLASSIFIED, SHORTER, limits_fault
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Invalid
from huiyin.rules.rulebook import Clause, load
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db


def days(amount: int) -> Limit:
    return Limit(amount, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("statutory", "committed", "clause"),
    [
        (days(20), days(20), "p3.service-commitment.2.2.c"),
        (days(20), days(21), ""),
        (None, None, "p3.service-commitment.2.2.a"),
    ],
)
def test_limits_a_commission_refuses(statutory: Limit | None, committed: Limit | None, clause: str) -> None:
    parts = {"p3.service-commitment.2.2.c": SHORTER, "p3.service-commitment.2.2.a": CLASSIFIED}
    clauses = {
        name: Clause(name, "service-commitment", "duty", "unit", "测", "test", "required", plays=part)
        for name, part in parts.items()
    }
    book = replace(load("township"), clauses=clauses)
    fault = limits_fault(book, instant=False, statutory=statutory, committed=committed)
    assert fault is not None
    assert fault.clause == clause


@pytest.mark.parametrize(
    ("statutory", "committed", "wrong"),
    [
        (Limit(10, Unit.CALENDAR_DAY), days(10), True),
        (Limit(15, Unit.CALENDAR_DAY), days(10), True),
        (Limit(30, Unit.CALENDAR_DAY), days(10), False),
        (days(10), Limit(10, Unit.CALENDAR_DAY), False),
        (Limit(0, Unit.BEFORE_EVENT), days(1), True),
    ],
)
def test_no_promise_outlasts_the_law_in_another_unit_either(
    statutory: Limit, committed: Limit, wrong: bool
) -> None:
    fault = limits_fault(load("township"), instant=False, statutory=statutory, committed=committed)
    assert (fault is not None) is wrong


def test_what_another_profile_asks_is_not_borrowed() -> None:
    book = load("township")
    assert limits_fault(book, instant=False, statutory=days(20), committed=days(20)) is None
    assert limits_fault(book, instant=False, statutory=None, committed=None) is None


@pytest.mark.parametrize(("statutory", "committed", "clause"), [(days(20), days(21), "")])
def test_limits_that_are_refused(
    office: Office, statutory: Limit | None, committed: Limit | None, clause: str
) -> None:
    with pytest.raises(Invalid) as caught:
        actions.add_item(
            office.positions["MZ01"], code="N", name="新事项", statutory=statutory, committed=committed,
            by=OPERATOR, at=AT,
        )  # fmt: skip
    assert (caught.value.clause, caught.value.code) == (clause, "limits")


@pytest.mark.parametrize(
    ("statutory", "committed"),
    [(days(20), days(19)), (days(20), None), (None, days(5)), (days(20), Limit(25, Unit.CALENDAR_DAY))],
)
def test_limits_that_pass(office: Office, statutory: Limit | None, committed: Limit | None) -> None:
    item = actions.add_item(
        office.positions["MZ01"],
        code="N",
        name="新",
        statutory=statutory,
        committed=committed,
        by=OPERATOR,
        at=AT,
    )
    assert queries.limits_of(item) == (statutory, committed)
    item.refresh_from_db()
    assert queries.limits_of(item) == (statutory, committed)
