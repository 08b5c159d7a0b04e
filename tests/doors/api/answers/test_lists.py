from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.obligations.models import Obligation
from tests.doors.api.programs import Program, application, said
from tests.factories import Office

FORM = {"facts": "事实", "reasons": "理由", "legal_basis": "《社会救助暂行办法》"}


def one_more(clerk: Program) -> None:
    """A matter that is owed, one that is offered to the second clerk, and one that waits for the leader."""
    number = application(clerk)["number"]
    said(clerk.post(f"/matters/{number}/handovers", {"to": "1006"}))
    filed = application(clerk)["number"]
    said(clerk.post(f"/matters/{filed}/refusal", FORM))
    said(clerk.post(f"/matters/{filed}/refusal/filing"))


@pytest.mark.parametrize(
    ("path", "who", "each"),
    [
        ("/matters", "clerk", 2),
        ("/matters", "main_leader", 2),
        ("/owed", "clerk", 2),
        ("/owed?staff_no=1005", "head", 2),
        ("/handovers", "second_clerk", 1),
        ("/decisions", "leader_in_charge", 1),
    ],
)
def test_a_list_costs_the_same_for_one_and_for_three(
    office: Office, clerk: Program, path: str, who: str, each: int
) -> None:
    reader = Program(office, who)
    one_more(clerk)
    said(reader.get(path))
    with CaptureQueriesContext(connection) as few:
        assert len(said(reader.get(path))["rows"]) == each
    one_more(clerk)
    one_more(clerk)
    with CaptureQueriesContext(connection) as many:
        answer = reader.get(path)
        assert len(said(answer)["rows"]) == 3 * each
    assert len(many) == len(few)
    assert "孙申请" not in answer.content.decode()
    assert "13800001234" not in answer.content.decode()


def test_pages_follow_one_another(clerk: Program) -> None:
    numbers = [application(clerk)["number"] for _ in range(5)]
    seen = []
    for offset in (0, 2, 4):
        page = said(clerk.get("/matters", offset=offset, limit=2))
        seen += [one["number"] for one in page["rows"]]
        assert page["more"] is (offset < 4)
    assert sorted(seen) == sorted(numbers)
    assert said(clerk.get("/matters", offset=5)) == {"rows": [], "more": False}


def test_filters_narrow_and_unknown_words_are_refused(office: Office, clerk: Program) -> None:
    number = application(clerk, external_ref="MZ-77")["number"]
    decided = application(clerk)["number"]
    said(
        clerk.post(
            f"/matters/{decided}/withdrawal", {"reason": "改日", "withdrawn_by": "王小明", "how": "phone"}
        )
    )

    def found(**query: str) -> set[str]:
        return {one["number"] for one in said(clerk.get("/matters", **query))["rows"]}

    assert found() == {number, decided}
    assert found(text="MZ-77") == {number}
    assert found(text="mz-7") == set()
    assert found(stage="withdrawn") == {decided}
    assert found(light="green") == {number}
    assert found(mine="custodian") == {number, decided}
    assert found(kind="enquiry") == set()
    second = Program(office, "second_clerk")
    assert said(second.get("/matters", mine="custodian"))["rows"] == []
    for query in ({"stage": "x"}, {"light": "purple"}, {"limit": "0"}, {"limit": "x"}, {"offset": "-1"}):
        assert clerk.get("/matters", **query).status_code == 422, query


def test_a_provisional_day_says_so_in_every_list(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    said(clerk.post(f"/matters/{number}/refusal", FORM))
    said(clerk.post(f"/matters/{number}/refusal/filing"))
    leader = Program(office, "leader_in_charge")
    asked = (("/matters", clerk), ("/owed", clerk), ("/decisions", leader))
    for path, who in asked:
        assert [one["provisional"] for one in said(who.get(path))["rows"]] == [False] * len(
            said(who.get(path))["rows"]
        )
    Obligation.objects.update(provisional=True)
    for path, who in asked:
        rows = said(who.get(path))["rows"]
        assert rows
        assert all(one["provisional"] is True for one in rows)
    assert all(one["provisional"] for one in said(clerk.get(f"/matters/{number}"))["clocks"])
