from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest

from huiyin.doors.portal.tracking import normal_code, normal_number
from huiyin.matters.models import Matter
from huiyin.organisation.models import Tenant
from huiyin.rules.identifiers import receipt_number
from huiyin.storage.models import Attempt
from tests.doors.portal.citizen import SECRETS, Citizen, hidden, main, pair, text
from tests.factories import AT, Office

WRONG = "0000000000"


def whole(response: Any) -> tuple[int, bytes, dict[str, str], str]:
    """An answer as it came, but for the number that whoever asked had typed themselves."""
    content = re.sub(rb'(name="number" value=")[^"]*', rb"\1", response.content)
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return response.status_code, content, headers, str(response.cookies)


def test_number_and_code_open_the_matter(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    shown = citizen.track(number, code)
    assert shown.status_code == 200
    assert number in main(shown)
    assert "最低生活保障申请" in main(shown)


def test_they_are_read_however_they_were_typed(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    typed = number.replace("-", " ").lower()
    assert citizen.track(typed, f" {code[:5].lower()}-{code[5:]} ").status_code == 200
    assert normal_code("oil7k3 qp9-x") == "0117K3QP9X"
    assert normal_number("  what ever ") == "WHAT EVER"
    assert normal_number(receipt_number("ZG", 2026, 7).lower()) == receipt_number("ZG", 2026, 7)


def test_a_wrong_number_a_wrong_code_and_another_office_are_answered_alike(
    citizen: Citizen, other: Office
) -> None:
    number, code = pair(citizen.apply())
    theirs, their_code = pair(Citizen(other).apply())
    unknown = receipt_number("ZHAO", 2026, 999)
    tries = [
        (number, WRONG),
        (unknown, code),
        (unknown, WRONG),
        (theirs, their_code),
        (number[:-1] + "?", code),
        ("没有这个编号", "x"),
    ]
    assert "没有这个编号" in text(Citizen(citizen.office, "203.0.113.9").track("没有这个编号", "x"))
    answers = [
        whole(Citizen(citizen.office, f"203.0.113.{i}").track(*pair_)) for i, pair_ in enumerate(tries)
    ]
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)
    # The control: what is right is answered otherwise, at the office it belongs to.
    assert whole(citizen.track(number, code)) != answers[0]
    assert Citizen(other).track(theirs, their_code).status_code == 200


def test_a_closed_and_a_reissued_matter_are_answered_like_any_other(citizen: Citizen) -> None:
    number, _ = pair(citizen.apply())
    unknown = whole(citizen.track(receipt_number("ZHAO", 2026, 999), WRONG))
    Matter.objects.filter(number=number).update(code_hash="")
    assert whole(citizen.track(number, "")) != unknown  # an empty field is asked for, not looked up
    assert whole(citizen.track(number, WRONG)) == unknown


def test_the_page_shows_nothing_the_person_told(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    page = text(citizen.track(number, code))
    assert not [secret for secret in (*SECRETS, code) if secret in page]


@pytest.mark.parametrize("path", ["/track/", "/t/ZHAO-2026-000001-X"])
def test_tracking_pages_are_kept_by_no_cache_and_tell_no_other_site(citizen: Citizen, path: str) -> None:
    number, code = pair(citizen.apply())
    for response in (citizen.get(path), citizen.track(number, code), citizen.track(number, WRONG)):
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"


def test_nothing_is_looked_up_from_an_address(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    shown = citizen.get(f"/track/?number={number}&code={code}")
    assert whole(shown)[:2] == whole(citizen.get("/track/"))[:2]
    assert number not in main(shown)


def test_the_receipts_address_fills_in_the_number_whether_it_exists_or_not(citizen: Citizen) -> None:
    number, _ = pair(citizen.apply())
    unknown = receipt_number("ZHAO", 2026, 999)
    known_page = main(citizen.get(f"/t/{number}"))
    assert f'value="{number}"' in known_page
    assert known_page.replace(number, "") == main(citizen.get(f"/t/{unknown}")).replace(unknown, "")
    assert "最低生活保障" not in known_page
    assert "evil" not in main(citizen.get("/t/evil"))


def test_an_empty_field_is_named_and_the_number_kept(citizen: Citizen) -> None:
    shown = citizen.track("ZHAO-1", "")
    assert shown.status_code == 422
    assert "请填写回执上的查询码" in main(shown)
    assert 'value="ZHAO-1"' in main(shown)
    assert "请填写回执上的编号" in main(citizen.track("", "x"))
    # Looking something up submits nothing.
    assert "还不能查询" in main(shown)
    assert "还没有提交" not in main(shown)


def test_one_address_waits_after_ten_wrong_tries_in_a_minute(citizen: Citizen, now: mock.Mock) -> None:
    number, code = pair(citizen.apply())
    for serial in range(10):
        assert citizen.track(receipt_number("ZHAO", 2026, 900 + serial), WRONG).status_code == 404
    waiting = citizen.track(number, code)
    assert waiting.status_code == 429
    assert waiting["Retry-After"] == "60"
    assert "请过1分钟再试" in main(waiting)
    assert Citizen(citizen.office, "198.51.100.9").track(number, code).status_code == 200
    now.return_value = AT + timedelta(minutes=1)
    assert citizen.track(number, code).status_code == 200


@pytest.mark.parametrize("exists", [True, False])
def test_one_number_waits_after_five_wrong_tries_but_its_owner_is_served(
    citizen: Citizen, exists: bool
) -> None:
    number, code = pair(citizen.apply())
    tried = number if exists else receipt_number("ZHAO", 2026, 999)
    for i in range(5):
        assert Citizen(citizen.office, f"198.51.100.{i}").track(tried, WRONG).status_code == 404
    again = Citizen(citizen.office, "198.51.100.0").track(tried, code)
    assert again.status_code == 429
    assert "请过15分钟再试" in main(again)
    stranger = Citizen(citizen.office, "198.51.100.77")
    assert stranger.track(tried, WRONG).status_code == 429
    assert stranger.track(tried, code).status_code == 429
    assert citizen.track(number, code).status_code == 200


def test_waiting_costs_no_writes(citizen: Citizen) -> None:
    for _ in range(6):
        citizen.track(receipt_number("ZHAO", 2026, 999), WRONG)
    assert Attempt.objects.count() == 5


def test_reading_it_again_in_another_size_or_language_needs_no_code_typed(citizen: Citizen) -> None:
    number, code = pair(citizen.ask())
    token = hidden_pass(citizen.track(number, code))
    large = citizen.client.post("/zhaogong/track/", {"pass": token, "type": "large"})
    assert number in main(large)
    assert 'class="large"' in text(large)
    english = citizen.client.post("/zhaogong/track/", {"pass": token, "language": "en"})
    assert '<html lang="en"' in text(english)
    assert citizen.client.post("/zhaogong/track/", {"pass": "forged"}).status_code == 403


def test_the_form_needs_no_cookie_but_a_browser_that_names_another_site_is_refused(citizen: Citizen) -> None:
    number, code = pair(citizen.apply())
    typed = {"number": number, "code": code}
    post = Citizen(citizen.office).client.post
    assert post("/zhaogong/track/", typed, headers={"origin": "null"}).status_code == 200
    refused = post("/zhaogong/track/", typed, headers={"sec-fetch-site": "cross-site"})
    assert refused.status_code == 403
    assert number not in text(refused)


@pytest.mark.parametrize(
    "typed", ["\x00", "'; DROP TABLE matter;--", "{{7*7}}", "é" * 500, "\u202e123"], ids=range(5)
)
def test_odd_input_is_a_wrong_pair(citizen: Citizen, typed: str) -> None:
    assert citizen.track(typed + "1", typed + "1").status_code == 404
    assert citizen.get(f"/t/{typed.strip(chr(0)) or 'x'}").status_code in {200, 404}


def hidden_pass(response: Any) -> str:
    found = text(response).partition('name="pass" value="')[2].partition('"')[0]
    assert found, hidden(response)
    return found


def test_nobody_is_sent_to_a_telephone_that_is_not_there(citizen: Citizen, office: Office) -> None:
    number, _ = pair(citizen.apply())
    assert "打下面的电话" in main(citizen.track(number, WRONG))
    Tenant.objects.filter(id=office.tenant.id).update(phone="")
    told = main(citizen.track(number, WRONG))
    assert "到窗口补打" in told
    assert "电话" not in told
