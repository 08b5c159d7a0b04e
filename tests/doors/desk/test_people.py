"""Whom a form means."""

from __future__ import annotations

from uuid import uuid4

import pytest

from huiyin.doors.desk.people import chosen
from huiyin.rules.errors import Invalid, NotFound
from tests.doors.desk.browser import Desk, application
from tests.factories import Office


def test_the_chosen_one_counts_before_the_text(office: Office) -> None:
    clerk = office.people["clerk"]
    typed = {"to": str(clerk.id), "to_text": "别人"}
    assert chosen(office.asker("head"), typed, "to") == clerk.id


@pytest.mark.parametrize("text", ["1005", "卫经办", " 卫经 "])
def test_a_name_or_number_is_enough_when_only_one_goes_by_it(office: Office, text: str) -> None:
    typed = {"to": "", "to_text": text}
    assert chosen(office.asker("head"), typed, "to") == office.people["clerk"].id


@pytest.mark.parametrize("text", ["", "经办", "无此人"])
def test_nobody_and_several_are_refused(office: Office, text: str) -> None:
    with pytest.raises(Invalid):
        chosen(office.asker("head"), {"to": "", "to_text": text}, "to")


def test_what_is_no_id_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        chosen(office.asker("head"), {"to": "nonsense", "to_text": ""}, "to")


def test_handing_over_works_without_scripts_and_keeps_the_name(clerk: Desk, office: Office) -> None:
    number = application(clerk).number
    wrong = clerk.act(number, "offer_handover", to="", to_text="无此人", reason="急")
    assert wrong.status_code == 422
    assert 'value="无此人"' in wrong.content.decode()
    assert clerk.act(number, "offer_handover", to="", to_text="1006", reason="急").status_code == 302
    assert clerk.act(number, "withdraw_handover", key=str(uuid4())).status_code == 302
