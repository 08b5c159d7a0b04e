from __future__ import annotations

from unittest import mock

from django.test import RequestFactory
from django.utils import translation

from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import receipts
from huiyin.doors.portal.receipts import Slip
from huiyin.matters import queries
from tests.doors.portal.citizen import Citizen, pair
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
