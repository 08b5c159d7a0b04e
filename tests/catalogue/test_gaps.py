"""What should be public and is not is listed, as the office's own rulebook asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.catalogue import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.workdays import SHANGHAI
from tests.factories import AT, make_office

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(SHANGHAI).date()


@pytest.mark.parametrize(
    ("rulebook", "expected"),
    [
        ("company", [("commitment", "p1.service-commitment.1")] * 2),
        ("township", [("commitment", "p4.service-commitment.1")] * 2),
        (
            "headquarters",
            [("commitment", "p2.service-commitment.4.a")] * 2 + [("guide_part", "p2.one-time-notice.5")],
        ),
        (
            "commission",
            [("commitment", "p3.service-commitment.1"), ("guide_part", "p3.one-time-notice.2.a")],
        ),
        ("report", []),
    ],
)
def test_each_profile_has_its_own_gaps(rulebook: str, expected: list[tuple[str, str]]) -> None:
    office = make_office("zhaogong", rulebook=rulebook)
    assert [(gap.what, gap.clause) for gap in queries.gaps(office.tenant, TODAY)] == expected


def test_a_guide_says_what_it_lacks() -> None:
    office = make_office("zhaogong", rulebook="commission")
    [gap] = [one for one in queries.gaps(office.tenant, TODAY) if one.what == "guide_part"]
    assert (gap.code, gap.parts) == ("ZM-1", ("legal_basis", "conditions", "procedure"))


def test_a_hundred_items_ask_no_more_queries_than_two() -> None:
    office = make_office("zhaogong", rulebook="commission")
    counts = []
    for start in (0, 100):
        for number in range(start, start + 3):
            actions.add_item(
                office.positions["MZ01"], code=f"N-{number}", name=f"事项{number}", instant=True,
                materials=[actions.PaperSpec("身份证")], by=OPERATOR, at=AT,
            )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            queries.gaps(office.tenant, TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 7
