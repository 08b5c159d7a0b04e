"""What the public reads of the office's promises."""

from __future__ import annotations

import io
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.test import Client
from pypdf import PdfReader

from huiyin.catalogue import actions
from huiyin.catalogue.models import Commitment
from huiyin.organisation.models import Tenant
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import AT, Office
from tests.reports.test_promises import decided
from tests.scenarios.story import moment

pytestmark = pytest.mark.django_db


def publish(office: Office, unit: str) -> Commitment:
    by = office.asker("efficiency_office")
    said = {"duties": "救助", "powers": "审核", "content": "受理", "standards": f"当天答复{unit}"}
    section = office.units[unit] if unit else None
    row = actions.draft_commitment(office.tenant, section, said=said, by=by, at=AT)
    return actions.publish_commitment(row, by=by, at=AT)


def test_nothing_is_public_before_it_is_published(office: Office, client: Client) -> None:
    by = office.asker("head")
    actions.draft_commitment(office.tenant, office.units["MZ"], said={"duties": "草稿里的话"}, by=by, at=AT)
    page = client.get("/zhaogong/promises/").content.decode()
    assert "还没有公布服务承诺" in page
    assert client.get("/zhaogong/promises/MZ/").status_code == 404
    assert client.get("/zhaogong/promises/MZ/board.pdf").status_code == 404


def test_units_and_the_office_each_have_their_page(office: Office, client: Client) -> None:
    publish(office, "MZ")
    whole = publish(office, "")
    page = client.get("/zhaogong/promises/").content.decode()
    assert "当天答复" in page
    assert 'href="/zhaogong/promises/MZ/"' in page
    unit = client.get("/zhaogong/promises/MZ/").content.decode()
    assert "当天答复MZ" in unit
    assert "10个工作日" in unit
    assert "0571-88881111" in unit
    actions.withdraw_commitment(whole, why="改版", by=office.asker("main_leader"), at=AT)
    assert "当天答复" not in client.get("/zhaogong/promises/").content.decode()


def test_board_and_guide_are_for_everybody(office: Office, client: Client) -> None:
    publish(office, "MZ")
    for address, wanted in (
        ("/zhaogong/promises/MZ/board.pdf", "当天答复MZ"),
        ("/zhaogong/items/DB-1/guide.pdf", "居民户口簿"),
    ):
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/pdf"
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert wanted in "".join(text.split())
    actions.change_item(office.items["DB-1"], open_to_public=False, by=office.asker("administrator"), at=AT)
    assert client.get("/zhaogong/items/DB-1/guide.pdf").status_code == 404


def test_a_browser_that_has_the_sheet_is_told_so_and_never_keeps_an_old_one(
    office: Office, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[object] = []

    def draw(content: object, _language: str) -> bytes:
        drawn.append(content)
        return repr(content).encode()

    monkeypatch.setattr("huiyin.documents.pdf.sheet", draw)
    # A number that no other test prints: what they drew would be found again here.
    Tenant.objects.filter(id=office.tenant.id).update(complaint_phone="0571-70707070")
    first = publish(office, "MZ")
    board, guide = "/zhaogong/promises/MZ/board.pdf", "/zhaogong/items/DB-1/guide.pdf"
    tags = {one: client.get(one)["ETag"] for one in (board, guide)}
    assert len(drawn) == 2
    for one, tag in tags.items():
        still = client.get(one, headers={"If-None-Match": tag})
        assert (still.status_code, still.content, still["ETag"]) == (304, b"", tag)
        assert client.get(one).status_code == 200
    assert len(drawn) == 2, "what is the same is not drawn again"
    # The limit of an item stands on both, the item's version on the guide alone.
    by = office.asker("administrator")
    actions.change_item(
        office.items["DB-1"], committed=Limit(7, Unit.WORKING_DAY), by=by, at=AT + timedelta(minutes=1)
    )
    for one, tag in tags.items():
        changed = client.get(one, headers={"If-None-Match": tag})
        assert changed.status_code == 200
        assert changed["ETag"] != tag
        assert b"amount=7" in changed.content
        tags[one] = changed["ETag"]
    second = publish(office, "MZ")
    assert (first.version, second.version) == (1, 2)
    renewed = client.get(board, headers={"If-None-Match": tags[board]})
    assert renewed.status_code == 200
    actions.withdraw_commitment(second, why="改版", by=office.asker("main_leader"), at=AT)
    gone = client.get(board, headers={"If-None-Match": renewed["ETag"]})
    assert gone.status_code == 404, "what is withdrawn is not confirmed from anybody's cache"


def test_the_guide_offers_its_print(office: Office, client: Client) -> None:
    assert "/zhaogong/items/DB-1/guide.pdf" in client.get("/zhaogong/items/DB-1/").content.decode()


def test_how_promises_were_kept_is_public_with_its_number(office: Office, client: Client, now: Mock) -> None:
    assert "承诺兑现情况" not in client.get("/zhaogong/promises/").content.decode()
    decided(office, "2026-03-06")
    decided(office, "2026-03-17")
    now.return_value = moment("2026-03-20 09:00")
    page = client.get("/zhaogong/promises/").content.decode()
    assert "50.0%" in page
    assert "办结 2 件，其中 1 件在承诺时限内" in page
    assert "统计至" in page
    decided(office, "2026-03-18")
    now.return_value = moment("2026-03-20 09:40")
    assert "办结 2 件" in client.get("/zhaogong/promises/").content.decode()
    now.return_value = moment("2026-03-20 10:00")
    assert "办结 3 件" in client.get("/zhaogong/promises/").content.decode()
