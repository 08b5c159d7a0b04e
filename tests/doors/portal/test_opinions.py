"""The public writes into the opinion book and reads what came of it."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client

from huiyin.catalogue import actions as catalogue
from huiyin.organisation.models import Tenant
from huiyin.supervision import actions, queries
from huiyin.supervision.models import Opinion
from tests.factories import AT, Office
from tests.supervision.actions.test_writing import WHOLE

pytestmark = pytest.mark.django_db
ADDRESS = "/zhaogong/opinions/"


@pytest.fixture(autouse=True)
def commission(office: Office) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="commission")


def send(client: Client, **typed: str) -> str:
    fields = {"kind": "not_kept", "text": "说好当天，等了三天", "key": str(uuid4())}
    return client.post(ADDRESS, {**fields, **typed}).content.decode()


def test_written_and_followed(office: Office, client: Client) -> None:
    unit = office.units["MZ"]
    page = send(client, unit=str(unit.id))
    [number] = re.findall(r"YJ-2026-\d{4}", page)
    [code] = re.findall(r"<strong>([0-9A-Z]{10})</strong>", page)
    row = Opinion.objects.get()
    assert (row.number, row.unit_id, row.source) == (number, unit.id, "portal")
    asked = {"number": number.lower(), "code": f" {code[:5]} {code[5:]}"}
    assert "还没有处理" in client.post(f"{ADDRESS}result/", asked).content.decode()
    by = office.asker("efficiency_office")
    actions.handle_opinion(
        row, finding="confirmed", result="已向您致歉", told=actions.Told("page"), by=by, at=AT
    )
    page = client.post(f"{ADDRESS}result/", asked).content.decode()
    assert "已向您致歉" in page
    assert "等了三天" not in page


def test_the_line_that_was_not_kept_is_chosen_from_what_is_promised(office: Office, client: Client) -> None:
    by = office.asker("efficiency_office")
    row = catalogue.draft_commitment(office.tenant, office.units["MZ"], said=WHOLE, by=by, at=AT)
    catalogue.publish_commitment(row, by=by, at=AT)
    promises = client.get("/zhaogong/promises/MZ/").content.decode()
    assert "/zhaogong/opinions/?line=MZ/1/4" in promises
    form = client.get(f"{ADDRESS}?line=MZ/1/4").content.decode()
    assert '<option value="MZ/1/4" selected>' in form
    assert re.search(r'value="not_kept" checked', form)
    assert "没有这一条承诺" in send(client, line="MZ/1/99")
    again = catalogue.draft_commitment(
        office.tenant, office.units["MZ"], said={"limits": "一小时答复"}, by=by, at=AT
    )
    catalogue.publish_commitment(again, by=by, at=AT)
    assert '<option value="MZ/1/4" selected>' in send(client, kind="", line="MZ/1/4")
    page = send(client, line="MZ/1/4")
    [code] = re.findall(r"<strong>([0-9A-Z]{10})</strong>", page)
    found = Opinion.objects.get()
    assert (found.commitment, found.line, found.unit) == (row, 4, office.units["MZ"])
    actions.handle_opinion(found, finding="confirmed", result="确实没有", by=by, at=AT)
    asked = {"number": found.number, "code": code}
    assert "已查实，正在处理" in client.post(f"{ADDRESS}result/", asked).content.decode()
    told = actions.Told("page")
    found = queries.opinion(by, found.id)
    actions.dispose_breach(found, disposition="corrected", words="内部处理", told=told, by=by, at=AT)
    page = client.post(f"{ADDRESS}result/", asked).content.decode()
    assert "已改正并补救" in page
    assert "内部处理" not in page


def test_what_is_wrong_is_said_and_kept(client: Client) -> None:
    page = send(client, kind="", phone="打我")
    assert "请选择意见的种类" in page
    assert "说好当天，等了三天" in page
    assert 'value="打我"' in page
    assert not Opinion.objects.exists()


def test_a_wrong_pair_is_answered_alike_and_counted(client: Client) -> None:
    send(client)
    number = Opinion.objects.get().number
    answers = [
        client.post(f"{ADDRESS}result/", {"number": typed, "code": "0000000000"})
        for typed in (number, "YJ-2026-0999")
    ]
    assert [one.status_code for one in answers] == [404, 404]
    # What somebody typed comes back; nothing else tells the two apart.
    assert number in answers[0].content.decode()
    assert answers[0].content.replace(number.encode(), b"YJ-2026-0999") == answers[1].content
    for _ in range(5):
        last = client.post(f"{ADDRESS}result/", {"number": number, "code": "0000000000"})
    assert last.status_code == 429


def test_sending_twice_enters_once(client: Client) -> None:
    key = str(uuid4())
    first = re.findall(r"<strong>([0-9A-Z-]{10,})</strong>", send(client, key=key))
    again = send(client, key=key)
    assert re.findall(r"<strong>([0-9A-Z-]{10,})</strong>", again) == first
    assert len(first) == 2
    assert Opinion.objects.count() == 1
    other = send(client, key=key, text="另一件事")
    assert "内容和现在的不同" in other
    assert f'value="{key}"' not in other
    assert "另一件事" in other


def test_where_no_book_is_kept_there_is_none(office: Office, client: Client) -> None:
    assert "写意见簿" in client.get("/zhaogong/promises/").content.decode()
    Tenant.objects.filter(id=office.tenant.id).update(rulebook="township")
    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}result/").status_code == 404
    assert "写意见簿" not in client.get("/zhaogong/promises/").content.decode()


def test_strangers_lock_nobody_out_of_their_own_entry(client: Client, other: Office) -> None:
    Tenant.objects.filter(id=other.tenant.id).update(rulebook="commission")
    page = send(client)
    [number] = re.findall(r"YJ-2026-\d{4}", page)
    [code] = re.findall(r"<strong>([0-9A-Z]{10})</strong>", page)
    for stranger in range(5):
        wrong = {"number": number, "code": "0000000000"}
        answer = client.post(f"{ADDRESS}result/", wrong, REMOTE_ADDR=f"203.0.113.{stranger}")
        assert answer.status_code == 404
    mine = Client(REMOTE_ADDR="198.51.100.7")
    found = mine.post(f"{ADDRESS}result/", {"number": number, "code": code})
    assert (found.status_code, "还没有处理" in found.content.decode()) == (200, True)
    # A wrong one waits, from anywhere; another office's entry of that number is untouched.
    late = mine.post(f"{ADDRESS}result/", {"number": number, "code": "0000000000"})
    assert late.status_code == 429
    assert int(late["Retry-After"]) > 0
    theirs = f"/{other.tenant.slug}/opinions/result/"
    assert client.post(theirs, {"number": number, "code": "0000000000"}).status_code == 404


def test_the_phone_of_somebody_else_is_not_used_up(client: Client) -> None:
    for _ in range(5):
        assert "YJ-2026" in send(client, phone="13900001234")
    assert "今天交得太多了" in send(client, phone="13900001234")
    there = {"kind": "not_kept", "text": "等了三天", "phone": "13900001234", "key": str(uuid4())}
    assert client.post(ADDRESS, there, REMOTE_ADDR="198.51.100.7").status_code == 200
    # Without a phone the address alone counts: ten an hour.
    for _ in range(5):
        assert "YJ-2026" in send(client)
    assert "今天交得太多了" in send(client)
