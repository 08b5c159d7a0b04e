from __future__ import annotations

from datetime import date, datetime
from unittest import mock

from django.test import RequestFactory
from django.utils import translation

from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import receipts
from huiyin.doors.portal.receipts import Slip
from huiyin.matters import actions, queries
from huiyin.organisation import actions as organisation
from huiyin.rules.schedules import Notice
from huiyin.rules.workdays import SHANGHAI
from huiyin.rules.yearfiles import Gathered, draft
from tests.doors.portal.citizen import Citizen, main, pair
from tests.factories import AT


def request() -> DoorRequest:
    made = RequestFactory().get("/")
    made.now = AT  # type: ignore[attr-defined]
    return made  # type: ignore[return-value]


def test_a_code_is_shown_in_two_groups() -> None:
    assert Slip("N", "7K3QP9XZ2M").spaced == "7K3QP 9XZ2M"


def test_a_sealed_slip_comes_back_whole(citizen: Citizen) -> None:
    slip = Slip("ZG-1", "7K3QP9XZ2M", "欧***")
    office = citizen.office.tenant
    assert receipts.opened(receipts.sealed(slip, office, AT), office, AT) == slip


def test_the_soonest_running_clock_is_told(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    tracked = queries.track(citizen.office.tenant, number, code, AT, "zh")
    due = receipts.soonest(tracked)
    assert due is not None
    assert due.at == "2026年1月12日 星期一 17:30"
    assert due.why


def test_the_paper_names_nobody_and_its_address_holds_the_number_only(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    with mock.patch("huiyin.doors.portal.receipts.pdf.render", return_value=b"%PDF-") as render:
        receipts.page(request(), citizen.office.tenant, Slip(number, code, "欧***"))
    content = render.call_args.args[1]
    assert content.track_url == f"http://testserver/zhaogong/t/{number}"
    assert content.applicant_masked == "欧***"
    assert content.materials == ()
    assert code not in repr(content)
    assert render.call_args.kwargs == {"query_code": code}


def test_it_is_drawn_in_the_readers_language(citizen: Citizen) -> None:
    number, code = pair(citizen.ask())
    for language in ("zh-hans", "en"):
        with translation.override(language):
            assert receipts.page(request(), citizen.office.tenant, Slip(number, code)).startswith(b"%PDF-")


def test_a_day_in_a_year_without_its_schedule_is_marked_until_the_schedule_is_out(
    citizen: Citizen, now: mock.Mock
) -> None:
    office = citizen.office
    now.return_value = office.at = datetime(2026, 12, 30, 10, 0, tzinfo=SHANGHAI)
    shown = citizen.apply()
    number, code = pair(shown)
    hint, paper = "放假安排还没有公布", []

    def drawn() -> bool:
        with mock.patch("huiyin.doors.portal.receipts.pdf.render", return_value=b"%PDF-") as render:
            receipts.page(request(), office.tenant, Slip(number, code, "欧***"))
        paper.append(render.call_args.args[1])
        return bool(paper[-1].provisional)

    assert hint in main(citizen.get(shown.url) if shown.status_code == 302 else shown)
    assert hint in main(citizen.track(number, code))
    assert drawn()
    notice = Notice("关于2027年部分节假日安排的通知", "", date(2026, 11, 9))
    made = draft(Gathered(2027, notice, {date(2027, 1, 1): "元旦"}, frozenset()))
    at = office.at
    change = organisation.propose_year(office.tenant, made, by=office.asker("office_head", at), at=at)[0]
    organisation.confirm_calendar(change, by=office.asker("administrator", at), at=at)
    actions.recompute_due_dates(at)
    assert hint not in main(citizen.track(number, code))
    assert not drawn()
