"""The list of what ran out: to urge, and with the clause and the facts filled into the matter's form."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from unittest import mock

from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from tests.doors.desk.browser import Desk, application, enquiry, said
from tests.factories import AT, Office


def test_an_empty_list_says_what_will_come(office: Office) -> None:
    assert "没有超期未办的事" in said(Desk(office, "head").get("overdue/"))


def test_a_clause_is_invoked_from_the_list_with_the_facts_filled_in(
    clerk: Desk, office: Office, now: mock.Mock
) -> None:
    number = application(clerk).number
    now.return_value = office.at = AT + timedelta(days=40)
    head = Desk(office, "head")
    page = head.get("overdue/").content.decode()
    assert number in page
    assert "已超" in page
    (address,) = {unescape(one) for one in re.findall(r'href="/desk/(matters/[^"]+invoke=[^"#]+)', page)}
    form = head.get(address).content.decode()
    shape = r'<details class="verb" name="verb" id="verb-invoke_clause" open>(.*?)</details>'
    opened = re.search(shape, form, re.DOTALL)
    assert opened is not None
    assert '<option value="p4.time-limit.end" selected>' in opened[1]
    facts = re.search(r"<textarea[^>]*name=\"facts\"[^>]*>([^<]*)", opened[1])
    assert facts is not None
    assert "，已超" in facts[1]
    typed = {
        "clause": "p4.time-limit.end",
        "gravity": "minor",
        "facts": facts[1],
        "against": "",
        "against_text": "",
    }
    assert head.act(number, "invoke_clause", **typed).status_code == 302
    found = duties.findings_of(Matter.objects.get(number=number).id)
    assert [one.clause for one in found if one.what == "invoked"] == ["p4.time-limit.end"]


def test_what_is_filled_in_stays_out_of_the_page_of_who_may_not(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    page = said(clerk.get(f"matters/{number}/?invoke=p4.time-limit.end&facts=编出来的"))
    assert "编出来的" not in page


def test_a_leader_urges_and_it_stands_on_the_timeline(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    head = Desk(office, "head")
    assert head.act(number, "urge", words="请今天办完").status_code == 302
    page = said(head.get(f"matters/{number}/"))
    assert "已催办" in page
    assert "请今天办完" in page
    again = head.act(number, "urge", words="再催一次")
    assert again.status_code == 409
    assert "今天已经催办过" in said(again)
    assert "再催一次" in said(again)
    assert "有人催办" in said(clerk.get("inbox/"))


def test_page_by_page(receptionist: Desk, office: Office, now: mock.Mock) -> None:
    for _ in range(3):
        enquiry(receptionist)
    now.return_value = office.at = AT + timedelta(days=40)
    leader = Desk(office, "main_leader")
    assert "3–3" in said(leader.get("overdue/?from=2"))
    assert "上一页" in said(leader.get("overdue/?from=2"))
