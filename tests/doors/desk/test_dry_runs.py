"""The dry run at the desk: month by month for the script, at once without one, and as a workbook."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook

from huiyin.ledger.models import LedgerEvent
from huiyin.organisation.models import RulebookChange
from tests.doors.desk.browser import Desk, enquiry, said
from tests.doors.desk.test_amendment_form import CLAUSE, typed
from tests.factories import Office


@pytest.fixture
def efficiency(office: Office) -> Desk:
    return Desk(office, "efficiency_office")


@pytest.fixture
def asked(efficiency: Desk) -> dict[str, str]:
    efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    row = RulebookChange.objects.get()
    return {"rules": f"change:{row.id}", "from": "2025-12", "to": "2026-01"}


def test_the_page_names_the_months_and_each_is_told_by_itself(
    receptionist: Desk, efficiency: Desk, asked: dict[str, str]
) -> None:
    number = enquiry(receptionist).number
    events = LedgerEvent.objects.count()
    page = efficiency.get("rules/dry-run/", **asked)
    assert 'data-months="2025-12 2026-01"' in page.content.decode()
    assert "<noscript>" in page.content.decode()
    part = efficiency.get("rules/dry-run/month/", **asked, month="2026-01")
    assert "matters=1;matters_changed=1;duties_changed=1;" in part.content.decode()
    assert number in said(part)
    assert "<main" not in part.content.decode()
    empty = said(efficiency.get("rules/dry-run/month/", **asked, month="2025-12"))
    assert "这个月没有收到您能看到的事" in empty
    whole = said(efficiency.get("rules/dry-run/", **asked, all="1"))
    assert "试算的办件 1 会有不同的办件 1" in whole
    assert number in whole
    assert LedgerEvent.objects.count() == events


def test_a_script_gets_the_same_figures_for_another_regulation(receptionist: Desk, efficiency: Desk) -> None:
    enquiry(receptionist)
    asked = {"rules": "book:company", "from": "2026-01", "to": "2026-01"}
    assert "matters=1;" in efficiency.get("rules/dry-run/month/", **asked, month="2026-01").content.decode()


def test_the_workbook_lists_the_matters(receptionist: Desk, efficiency: Desk, asked: dict[str, str]) -> None:
    number = enquiry(receptionist).number
    answer = efficiency.get("rules/dry-run.xlsx", **asked)
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_name("涉及的办件").to_python()
    )
    assert [row[0] for row in rows] == ["编号", number]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rules": "book:township"}, "请选择要试算的修订或制度"),
        ({"rules": "change:"}, "请选择要试算的修订或制度"),
        ({"from": "soon"}, "请填写月份"),
        ({"to": "2026-13"}, "请填写月份"),
        ({"to": "2025-11"}, "结束的月份早于开始的月份"),
        ({"from": "2020-01"}, "一次最多试算60个月"),
    ],
)
def test_a_wrong_question_is_named(
    efficiency: Desk, asked: dict[str, str], wrong: dict[str, str], told: str
) -> None:
    answer = efficiency.get("rules/dry-run/", **(asked | wrong))
    assert answer.status_code == 422
    assert told in said(answer)
    assert efficiency.get("rules/dry-run.xlsx", **(asked | wrong)).status_code == 422
    assert efficiency.get("rules/dry-run/month/", **asked, month="2026-02").status_code == 404


def test_only_who_changes_the_rules_tries_them(clerk: Desk, office: Office, asked: dict[str, str]) -> None:
    for address in ("rules/dry-run/", "rules/dry-run/month/", "rules/dry-run.xlsx"):
        assert clerk.get(address, **asked, month="2026-01").status_code == 403
    assert Desk(office, "main_leader").get("rules/dry-run/").status_code == 200


def test_a_link_of_a_change_chooses_it(efficiency: Desk, asked: dict[str, str]) -> None:
    key = asked["rules"].removeprefix("change:")
    page = efficiency.get("rules/dry-run/", change=key).content.decode()
    assert f'<option value="change:{key}" selected>' in page
    assert 'name="from" value="2025-02"' in page
