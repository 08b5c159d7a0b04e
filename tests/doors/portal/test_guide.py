from __future__ import annotations

from datetime import UTC, datetime
from unittest import mock

import pytest
from django.test import Client

from huiyin.catalogue import actions as catalogue
from huiyin.organisation import actions as organisation
from huiyin.rules.identifiers import receipt_number
from tests.doors.portal.citizen import Citizen, main, text
from tests.factories import Office, make_office


@pytest.fixture
def shared_office(db: None) -> Office:
    """Made for each test: for one of them there is none."""
    return make_office()


def test_the_only_office_is_gone_straight_to(citizen: Citizen) -> None:
    response = citizen.client.get("/")
    assert response.status_code == 302
    assert response["Location"] == "/zhaogong/"
    assert "全部单位" not in text(citizen.get("/"))


def test_several_offices_are_listed(citizen: Citizen, other: Office) -> None:
    page = text(citizen.client.get("/"))
    assert "/zhaogong/" in page
    assert "/linzhen/" in page
    assert "全部单位" in text(citizen.get("/"))


def test_without_any_office_the_page_says_so(db: None, client: Client) -> None:
    assert "还没有单位" in text(client.get("/"))


def test_home_offers_the_three_doors_and_who_receives_people_today(citizen: Citizen) -> None:
    page = text(citizen.get("/"))
    for address in ("/zhaogong/items/", "/zhaogong/ask/", "/zhaogong/track/"):
        assert f'href="{address}"' in page
    assert "韩接待" in page
    assert "7号窗口" in page
    assert "0571-88882007" in page
    assert "0571-88881111" in page
    assert "今天上班" in page


def test_the_stand_in_is_shown_while_the_receptionist_is_away(citizen: Citizen, office: Office) -> None:
    office.absent("receptionist")
    page = main(citizen.get("/"))
    assert "卫经办" in page
    assert "韩接待" not in page


def test_a_day_off_names_the_next_working_day(citizen: Citizen, now: mock.Mock) -> None:
    now.return_value = datetime(2026, 1, 10, 2, 0, tzinfo=UTC)
    assert "2026年1月12日 星期一恢复办公" in text(citizen.get("/"))


def test_an_office_without_anybody_still_has_a_home(citizen: Citizen, office: Office) -> None:
    organisation.open_office(
        slug="empty", name="空镇", rulebook="township", receipt_prefix="KZ", at=office.at
    )
    page = citizen.client.get("/empty/")
    assert page.status_code == 200
    assert "还没有公布" in text(page)


def test_items_are_listed_by_unit_and_found_in_peoples_own_words(citizen: Citizen) -> None:
    assert "最低生活保障申请" in main(citizen.get("/items/"))
    found = main(citizen.get("/items/?q=低保怎么办"))
    assert "最低生活保障申请" in found
    assert "居住证明" not in found
    assert "没有找到" in main(citizen.get("/items/?q=护照"))


def test_what_was_searched_for_is_escaped(citizen: Citizen) -> None:
    page = text(citizen.get('/items/?q="><script>alert(1)</script>'))
    assert "<script>alert" not in page


def test_a_receipt_number_in_the_search_leads_to_tracking(citizen: Citizen) -> None:
    number = receipt_number("ZHAO", 2026, 1)
    page = text(citizen.get(f"/items/?q={number.lower()}"))
    assert f"/zhaogong/t/{number}" in page
    assert "没有找到" not in page
    # The control: what is no receipt number is looked for among the items.
    assert "没有找到" in text(citizen.get("/items/?q=护照"))


def test_the_guide_says_everything_about_an_item(citizen: Citizen, office: Office) -> None:
    page = main(citizen.get("/items/DB-1/"))
    for said in (
        "最低生活保障申请", "社会救助暂行办法", "家庭人均收入低于当地标准", "申请、审核、确认", "不收费",
        "20个工作日", "10个工作日", "居民户口簿", "收入证明", "近期照片", "原件", "复印件", "2份",
        "必须有", "可以后补", "卫经办", "4号窗口", "0571-88882004", "0571-88881111", "/zhaogong/apply/DB-1/",
    ):  # fmt: skip
        assert said in page, said
    office.absent("clerk")
    assert "蒋经办" in main(citizen.get("/items/DB-1/"))


def test_an_item_without_a_fee_on_record_is_not_called_free(citizen: Citizen) -> None:
    page = main(citizen.get("/items/ZM-1/"))
    assert "不收费" not in page
    assert "当场办结" in page


def test_codes_with_slashes_are_addresses_too(citizen: Citizen, office: Office) -> None:
    catalogue.add_item(
        office.positions["MZ01"],
        code="11/0105#A?b",
        name="怪编码事项",
        instant=True,
        by=organisation.OPERATOR,
        at=office.at,
    )
    page = text(citizen.get("/items/"))
    address = page.partition("怪编码事项")[0].rpartition('href="')[2].partition('"')[0]
    shown = citizen.client.get(address)
    assert "怪编码事项" in text(shown)
    assert "11/0105#A?b" in text(shown)


def test_what_is_not_open_to_the_public_is_not_there(citizen: Citizen, office: Office) -> None:
    catalogue.add_item(
        office.positions["MZ01"],
        code="NB-1",
        name="内部事项",
        instant=True,
        open_to_public=False,
        by=organisation.OPERATOR,
        at=office.at,
    )
    assert "内部事项" not in text(citizen.get("/items/"))
    for path in ("/items/NB-1/", "/apply/NB-1/", "/ask/NB-1/", "/items/none/"):
        assert citizen.get(path).status_code == 404


def test_an_unknown_office_is_not_found_in_the_portals_look(citizen: Citizen) -> None:
    response = citizen.client.get("/nowhere/")
    assert response.status_code == 404
    assert "网上办事" in text(response)


def test_offices_do_not_leak_into_each_other(citizen: Citizen, office: Office, other: Office) -> None:
    for path in ("/", "/items/", "/items/DB-1/", "/apply/DB-1/", "/ask/", "/ask/DB-1/", "/track/"):
        page = text(citizen.get(path))
        assert other.canary not in page, path
        assert office.canary in page, path


def test_pages_for_reading_set_no_cookie_and_need_no_script(citizen: Citizen) -> None:
    for path in ("/", "/items/", "/items/DB-1/", "/track/"):
        response = citizen.get(path)
        assert not response.cookies, path
        assert "onclick" not in text(response)
        assert " style=" not in text(response)
