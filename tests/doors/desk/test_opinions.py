"""The opinion book at the desk."""

from __future__ import annotations

import pytest

from huiyin.catalogue import actions as catalogue
from huiyin.doors.desk import opinions
from huiyin.organisation.models import Tenant
from huiyin.supervision.models import Opinion
from tests.doors.desk.browser import Desk, said
from tests.factories import AT, Office
from tests.supervision.actions.test_writing import WHOLE

TOLD = {"told_how": "book", "told_on": "2026-01-05"}
TYPED = {"kind": "complaint", "text": "电话没人接", "written_on": "2026-01-05"}


@pytest.fixture(autouse=True)
def commission(office: Office) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")


def test_copied_from_paper_handled_and_shown(office: Office, receptionist: Desk) -> None:
    unit = str(office.units["MZ"].id)
    page = said(receptionist.post("opinions/copy/", **TYPED, unit=unit, writer="王秀兰"))
    row = Opinion.objects.get()
    assert row.number in page
    assert (row.source, row.recorded_by_id) == ("paper", office.people["receptionist"].id)
    assert "还没有处理的" not in page
    efficiency = Desk(office, "efficiency_office")
    assert "未处理" in said(efficiency.get("opinions/"))
    wrong = efficiency.post(f"opinions/{row.id}/", finding="noted", result="写了一半的结果")
    assert wrong.status_code == 422
    assert "写了一半的结果" in wrong.content.decode()
    untold = efficiency.post(f"opinions/{row.id}/", finding="confirmed", result="没告诉人")
    assert untold.status_code == 422
    for words in ("没告诉人", "告知投诉人后才能办结", "p3.service-commitment.3.c"):
        assert words in untold.content.decode()
    assert (
        efficiency.post(f"opinions/{row.id}/", finding="confirmed", result="已改", **TOLD).status_code == 302
    )
    page = said(efficiency.get(f"opinions/{row.id}/"))
    assert "已改" in page
    assert "写在窗口意见簿上答复" in page
    assert receptionist.get(f"opinions/{row.id}/").status_code == 404


def test_what_was_typed_stays(receptionist: Desk) -> None:
    answer = receptionist.post("opinions/copy/", **{**TYPED, "kind": ""}, phone="打我")
    assert answer.status_code == 422
    assert "电话没人接" in answer.content.decode()
    assert 'value="打我"' in answer.content.decode()
    assert not Opinion.objects.exists()


def test_an_answer_that_was_lost_is_given_again_with_its_code(receptionist: Desk) -> None:
    sent = {**TYPED, "key": "one-form-sent-twice"}
    first, again = (said(receptionist.post("opinions/copy/", **sent)) for _ in range(2))
    number = Opinion.objects.get().number
    assert number in first
    assert first == again
    broken = receptionist.post("opinions/copy/", **{**TYPED, "key": "a\x00b"})
    assert broken.status_code == 422
    assert "电话没人接" in broken.content.decode()


def test_the_one_concerned_is_told_why_not(office: Office, receptionist: Desk) -> None:
    receptionist.post("opinions/copy/", **TYPED, unit=str(office.units["ZH"].id))
    page = said(Desk(office, "efficiency_office").get(f"opinions/{Opinion.objects.get().id}/"))
    assert "须由另一人处理" in page
    assert "记录处理结果" not in page


def test_an_office_without_a_book_says_so(office: Office, receptionist: Desk) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="township")
    assert "没有设意见簿" in said(receptionist.get("opinions/"))
    assert receptionist.post("opinions/copy/", **TYPED).status_code == 409


def test_a_broken_promise_waits_until_it_is_dealt_with(office: Office, receptionist: Desk) -> None:
    efficiency = Desk(office, "efficiency_office")
    by = office.asker("efficiency_office")
    row = catalogue.draft_commitment(office.tenant, office.units["MZ"], said=WHOLE, by=by, at=AT)
    catalogue.publish_commitment(row, by=by, at=AT)
    wrong = receptionist.post("opinions/copy/", **TYPED, line="MZ/1/99", writer="王秀兰")
    assert wrong.status_code == 422
    assert 'value="MZ/1/99"' in wrong.content.decode()
    receptionist.post("opinions/copy/", **{**TYPED, "kind": "not_kept"}, line="mz/1/4")
    address = f"opinions/{Opinion.objects.get().id}/"
    assert "MZ/1/4" in said(efficiency.get(address))
    assert efficiency.post(address, finding="confirmed", result="确实没有", line="MZ/1/4").status_code == 302
    assert "等待处理的" in said(efficiency.get("opinions/"))
    page = said(efficiency.get(address))
    assert "p3.service-commitment.3.d" in page
    assert "已记入效能记录：违反公开承诺" in page
    late = efficiency.post(address, what="handle", finding="confirmed", result="同时写的另一份结果", line="")
    assert late.status_code == 409
    assert "同时写的另一份结果" in said(late)
    assert "记录处理结果" not in page
    undecided = efficiency.post(address, disposition="", words="写了一半的处理", **TOLD)
    assert undecided.status_code == 422
    assert "写了一半的处理" in undecided.content.decode()
    assert efficiency.post(address, disposition="dealt_with", words="批评教育", **TOLD).status_code == 302
    page = said(efficiency.get(address))
    assert "已按规定处理责任人" in page
    assert "记录处理并了结" not in page
    assert "等待处理的" not in said(efficiency.get("opinions/"))


def test_what_waits_is_shown_however_old_it_is(
    office: Office, receptionist: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opinions, "PAGE", 1)
    for n in range(3):
        receptionist.post("opinions/copy/", **{**TYPED, "text": f"第{n}条"})
    page = said(Desk(office, "efficiency_office").get("opinions/"))
    assert all(row.number in page for row in Opinion.objects.all())
