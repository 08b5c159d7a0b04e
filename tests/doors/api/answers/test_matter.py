from __future__ import annotations

from datetime import timedelta
from unittest import mock

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.doors.api.answers.addresses import ADDRESSES
from huiyin.matters import labels
from tests.doors.api import samples
from tests.doors.api.programs import Program, application, papers, said
from tests.factories import AT, Office

PERSONAL = ("孙申请", "13800001234", "孙妻13900005678")


def test_every_verb_has_an_address_that_is_served() -> None:
    assert set(ADDRESSES) == set(labels.VERBS)
    served = {one.path for one in samples.posts()}
    assert {f"/api/v1/matters/{{number}}/{place}" for place in ADDRESSES.values()} - served == set()


def test_what_is_listed_as_lawful_is_done_and_what_is_not_is_refused(clerk: Program) -> None:
    """Each verb is tried on a matter of its own, in the stage of a new application with a paper missing."""
    bodies = {**samples.BODIES, "grant": samples.BODIES["decide"]}
    bodies["refuse"] = {"outcome": "refused", "explanation": "不符合条件"}
    for verb, place in ADDRESSES.items():
        number = application(clerk, materials=papers("收入证明"))["number"]
        listed = {one["verb"]: one for one in said(clerk.get(f"/matters/{number}"))["lawful"]}
        answer = clerk.post(f"/matters/{number}/{place}", bodies[verb])
        if verb in listed and verb != "accept_application":
            assert answer.status_code == 200, (verb, answer.content)
            assert listed[verb]["href"] == f"/api/v1/matters/{number}/{place}"
        else:
            assert answer.status_code in {403, 409}, (verb, answer.status_code)


def test_the_applicant_is_whole_for_those_who_deal_with_them_and_masked_for_others(
    office: Office, clerk: Program
) -> None:
    number = application(clerk, details="另有联系人孙妻13900005678")["number"]
    whole = clerk.get(f"/matters/{number}")
    assert said(whole)["applicant"] == {
        "name": "孙申请",
        "phone": "13800001234",
        "id_number": "",
        "email": "",
        "masked": False,
    }
    for key in ("head", "second_clerk", "leader_in_charge", "main_leader", "efficiency_office"):
        answer = Program(office, key).get(f"/matters/{number}")
        assert said(answer)["applicant"]["masked"]
        assert said(answer)["applicant"]["name"] == "孙**"
        for secret in PERSONAL:
            assert secret not in answer.content.decode(), (key, secret)
    # The control: once the matter is theirs they see whom they serve.
    said(clerk.post(f"/matters/{number}/handovers", {"to": "1006"}))
    second = Program(office, "second_clerk")
    said(second.post(f"/matters/{number}/handovers/accept"))
    assert said(second.get(f"/matters/{number}"))["applicant"]["name"] == "孙申请"
    assert said(clerk.get(f"/matters/{number}"))["applicant"]["name"] == "孙申请"


def test_a_stand_in_is_told_for_whom_they_would_act(office: Office, clerk: Program, now: mock.Mock) -> None:
    number = application(clerk)["number"]
    office.absent("clerk", starts_at=AT + timedelta(hours=1))
    now.return_value = AT + timedelta(hours=2)
    second = Program(office, "second_clerk")
    lawful = {one["verb"]: one for one in said(second.get(f"/matters/{number}"))["lawful"]}
    assert lawful["accept_application"]["acting_for"] == "1005"
    said(second.post(f"/matters/{number}/acceptance", **{"Huiyin-Acting-For": "1005"}))


def test_a_clock_says_why_in_the_language_asked_for(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    english = Program(office, "clerk", headers={"Accept-Language": "en-GB, zh;q=0.5"})
    (chinese_clock,) = said(clerk.get(f"/matters/{number}"))["clocks"]
    (english_clock,) = said(english.get(f"/matters/{number}"))["clocks"]
    assert "工作日" in chinese_clock["why"]
    assert english_clock["why"].isascii()
    assert english_clock["clause_text"].isascii()


def test_one_matter_costs_the_same_however_much_happened(office: Office, clerk: Program) -> None:
    number = application(clerk)["number"]
    with CaptureQueriesContext(connection) as few:
        said(clerk.get(f"/matters/{number}"))
    for _ in range(3):
        said(clerk.post(f"/matters/{number}/handovers", {"to": "1006"}))
        said(clerk.post(f"/matters/{number}/handovers/withdraw"))
    with CaptureQueriesContext(connection) as many:
        custody = said(clerk.get(f"/matters/{number}"))["custody"]
    assert len(custody) == 3
    assert len(many) <= len(few)
