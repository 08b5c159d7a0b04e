"""Changing the office's rulebook at the desk: one proposes, another confirms, later matters only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from unittest import mock

import pytest

from huiyin.doors.desk import amendments
from huiyin.obligations.models import Obligation
from huiyin.organisation.models import RulebookChange, Tenant
from huiyin.organisation.queries import book_of
from huiyin.organisation.queries import rulebooks as books_of_offices
from huiyin.rules.rulebook import load
from tests.doors.desk.browser import Desk, enquiry, said
from tests.doors.desk.test_amendment_form import CLAUSE, typed
from tests.factories import Office


@pytest.fixture
def efficiency(office: Office) -> Desk:
    return Desk(office, "efficiency_office")


@pytest.fixture
def leader(office: Office) -> Desk:
    return Desk(office, "main_leader")


def test_others_propose_nothing(efficiency: Desk, clerk: Desk) -> None:
    assert clerk.post(f"rules/{CLAUSE}/amend/", **typed()).status_code == 403
    assert efficiency.post("rules/p4.none/amend/", **typed()).status_code == 404
    assert not RulebookChange.objects.exists()


def test_one_proposes_and_another_confirms(office: Office, efficiency: Desk, leader: Desk) -> None:
    assert efficiency.post(f"rules/{CLAUSE}/amend/", **typed()).status_code == 302
    row = RulebookChange.objects.get()
    own = said(efficiency.get("rules/changes/"))
    assert "须由主要领导或效能办的另一人确认" in own
    assert "原来 紧急 1个工作日、一般 2个工作日、不急 3个工作日" in own
    assert "改为 紧急 1个工作日、一般 1个工作日、不急 3个工作日" in own
    assert efficiency.post(f"rules/changes/{row.id}/confirm/").status_code == 403
    assert (
        book_of(Tenant.objects.get(id=office.tenant.id), row.since)
        .limit(CLAUSE, row.since, urgency="normal")
        .amount
        == 2
    )
    assert leader.post(f"rules/changes/{row.id}/confirm/").status_code == 302
    assert "已确认，待施行" in said(leader.get("rules/changes/"))
    assert leader.post(f"rules/changes/{row.id}/confirm/").status_code == 409
    assert leader.post(f"rules/changes/{row.id}/else/").status_code == 404


def test_later_matters_only_follow_it_and_the_dry_run_had_foretold_that(
    office: Office, efficiency: Desk, leader: Desk, receptionist: Desk, now: mock.Mock
) -> None:
    before = enquiry(receptionist).number
    efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    row = RulebookChange.objects.get()
    asked = {"rules": f"change:{row.id}", "from": "2026-01", "to": "2026-01"}
    foretold = said(leader.get("rules/dry-run/", **asked, all="1"))
    assert "试算的办件 1 会有不同的办件 1 期限改变的时限 1" in foretold
    assert before in foretold
    leader.post(f"rules/changes/{row.id}/confirm/")
    now.return_value = office.at = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
    running = said(Desk(office, "main_leader").get(f"matters/{before}/"))
    assert "2个工作日" in running
    assert "按收件时的规定" in running
    after = enquiry(receptionist).number
    limits = Obligation.objects.filter(what="answer").order_by("started_at")
    assert [one.limit_amount for one in limits] == [2, 1]
    assert limits[1].rulebook != limits[0].rulebook
    own = said(Desk(office, "main_leader").get(f"matters/{after}/"))
    assert "1个工作日" in own
    assert "按收件时的规定" not in own


def test_who_may_confirm_sees_that_something_waits(efficiency: Desk, leader: Desk, clerk: Desk) -> None:
    efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    waiting = '<span class="count">1</span>'
    assert "待确认" in said(leader.get("rules/changes/"))
    menu = {desk.key: _menu(desk) for desk in (leader, efficiency, clerk)}
    assert menu == {"main_leader": 1, "efficiency_office": 0, "clerk": 0}
    assert waiting in leader.get("rules/changes/").content.decode()


def _menu(desk: Desk) -> int:
    context = desk.get("rules/").context  # type: ignore[attr-defined]
    return int(next(entry.count for entry in context["menu"] if entry.name == "library"))


def test_it_is_sent_back_withdrawn_or_taken_back(efficiency: Desk, leader: Desk) -> None:
    def one(number: int) -> RulebookChange:
        efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
        return RulebookChange.objects.get(number=number)

    first, second, third = one(1), one(2), one(3)
    assert leader.post(f"rules/changes/{first.id}/reject/", why="").status_code == 422
    assert leader.post(f"rules/changes/{first.id}/reject/", why="期限太短").status_code == 302
    assert efficiency.post(f"rules/changes/{second.id}/withdraw/").status_code == 302
    assert leader.post(f"rules/changes/{third.id}/confirm/").status_code == 302
    assert efficiency.post(f"rules/changes/{third.id}/revoke/", why="会议改期").status_code == 302
    page = said(leader.get("rules/changes/"))
    assert "撤销第 3 号修订" in page
    back = RulebookChange.objects.get(number=4)
    assert leader.post(f"rules/changes/{back.id}/confirm/").status_code == 302
    assert "没有施行中的修订" in said(leader.get("rules/changes/"))
    assert "期限太短" in said(leader.get("rules/changes/"))


def test_an_office_without_changes_is_told_so(clerk: Desk) -> None:
    page = said(clerk.get("rules/changes/"))
    assert "没有施行中的修订" in page
    assert "还没有人提出过修订" in page
    assert "要修订哪一条" not in page


def test_what_waits_and_what_is_adopted_never_leave_the_page(
    efficiency: Desk, leader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amendments, "_HISTORY", 1)
    for _ in range(3):
        efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    first = RulebookChange.objects.get(number=1)
    leader.post(f"rules/changes/{first.id}/confirm/")
    context = leader.get("rules/changes/").context  # type: ignore[attr-defined]
    assert [one["change"].number for one in context["waiting"]] == [2, 3]
    assert [one["change"].number for one in context["to_come"]] == [1]
    assert [one.number for one in context["history"]] == [3]


def test_a_proposal_whose_day_has_come_is_not_offered_for_confirmation(
    office: Office, efficiency: Desk, leader: Desk, now: mock.Mock
) -> None:
    efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    row = RulebookChange.objects.get()
    confirm = f"/desk/rules/changes/{row.id}/confirm/"
    assert confirm in leader.get("rules/changes/").content.decode()
    now.return_value = office.at = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
    late = Desk(office, "main_leader")
    page = late.get("rules/changes/")
    assert confirm not in page.content.decode()
    assert "施行日期已到" in said(page)
    assert late.post(f"rules/changes/{row.id}/confirm/").status_code == 409
    assert late.post(f"rules/changes/{row.id}/reject/", why="过期").status_code == 302


def test_a_change_the_rulebook_cannot_follow_is_left_out_and_said(
    office: Office, efficiency: Desk, leader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        efficiency.post(f"rules/{CLAUSE}/amend/", **typed())
    leader.post(f"rules/changes/{RulebookChange.objects.get(number=1).id}/confirm/")
    assert "没有采用" not in said(leader.get("rules/changes/"))
    book = load("township")
    left = {key: one for key, one in book.clauses.items() if key != CLAUSE}
    monkeypatch.setattr(
        books_of_offices, "load", lambda _: replace(book, clauses=left, version="township@later")
    )
    page = said(leader.get("rules/changes/"))
    assert "第 1 号修订与这一版所带的制度不符，没有采用" in page
    waiting = RulebookChange.objects.get(number=2)
    asked = {"rules": f"change:{waiting.id}", "from": "2026-01", "to": "2026-01"}
    answer = leader.get("rules/dry-run/", **asked, all="1")
    assert answer.status_code == 422
    assert "与制度不符" in said(answer)
