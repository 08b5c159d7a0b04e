"""What the public reads of the office's promises."""

from __future__ import annotations

import io
from unittest.mock import Mock

import pytest
from django.test import Client
from pypdf import PdfReader

from huiyin.catalogue import actions
from huiyin.catalogue.models import Commitment
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
