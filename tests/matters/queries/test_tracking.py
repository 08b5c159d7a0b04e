"""Number and code together show where it stands, and nothing of the person."""

from __future__ import annotations

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.queries import tracking
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import NotFound
from huiyin.storage.crypto import check_code
from tests.factories import make_office
from tests.matters.handling import TAKEN_BACK, Desk

SECRETS = {
    "applicant_name": "欧阳喆堃",
    "applicant_phone": "13800001234",
    "applicant_id_number": "11010519491231002X",
    "applicant_email": "ouyang@example.com",
    "details": "家中变故",
    "summary": "欧阳家的低保",
}


def wrong_pairs(desk: Desk, number: str) -> list[tuple[Tenant | None, str, str]]:
    other = make_office("linzhen").tenant
    return [
        (desk.office.tenant, number, "0000000000"),
        (desk.office.tenant, number, desk.code[:-1]),
        (desk.office.tenant, number, ""),
        (desk.office.tenant, "ZHAO-2026-999999-0", desk.code),
        (desk.office.tenant, "", desk.code),
        (desk.office.tenant, "\0", "\0"),
        (other, number, desk.code),
        (None, "ZHAO-2026-999999-0", desk.code),
    ]


def refusal(tenant: Tenant | None, number: str, code: str, desk: Desk) -> tuple[object, ...]:
    with pytest.raises(NotFound) as caught:
        queries.track(tenant, number, code, desk.at, "zh")
    error = caught.value
    return type(error), str(error), error.code, error.remedy, error.clause, error.status, tuple(error.params)


def test_the_right_pair_shows_where_it_stands(desk: Desk) -> None:
    number = desk.closed()
    shown = queries.track(desk.office.tenant, number.lower(), f" {desk.code.lower()}", desk.at, "zh")
    assert (shown.number, shown.stage, shown.outcome, shown.may_rate) == (number, "closed", "granted", True)
    assert shown.reply == "准予。"
    assert queries.office_of(number, desk.code) == desk.office.tenant
    assert shown.event_hash == queries.timeline(desk.matter(number))[-1].hash


def test_every_wrong_pair_gets_the_same_answer(desk: Desk) -> None:
    number = desk.closed()
    assert len({refusal(*pair, desk) for pair in wrong_pairs(desk, number)}) == 1


def test_every_wrong_pair_costs_the_same_hashing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.closed()
    hashed: list[str] = []
    check = check_code

    def counted(code: str, kept: str) -> bool:
        hashed.append(code)
        return check(code, kept)

    monkeypatch.setattr(tracking, "check_code", counted)
    work = []
    for pair in wrong_pairs(desk, number):
        before = len(hashed)
        with CaptureQueriesContext(connection) as seen:
            refusal(*pair, desk)
        work.append((len(hashed) - before, len(seen)))
    assert set(work) == {(1, work[0][1])}


def test_the_comparison_of_answers_can_fail(desk: Desk) -> None:
    # Negative control: an error that says more than another is seen to differ.
    number = desk.closed()
    plain = refusal(desk.office.tenant, number, "0000000000", desk)
    chatty = NotFound("没有这个编号", code="unknown_number")
    assert (type(chatty), str(chatty), chatty.code) != plain[:3]


def test_the_persons_data_does_not_come_back(desk: Desk) -> None:
    number = desk.register(**SECRETS)
    shown = queries.track(desk.office.tenant, number, desk.code, desk.at, "zh")
    text = str(dataclasses.asdict(shown))
    assert not [secret for secret in SECRETS.values() if secret in text]
    # Negative control: the row they were looked for in does hold them.
    row = desk.matter(number)
    assert all(getattr(row, name) == secret for name, secret in SECRETS.items())


def test_what_happens_inside_the_office_stays_there(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("second_clerk"), reason="他更熟")
    desk.do("bounce_handover", number, reason="我不熟")
    desk.filed(number)
    desk.do("overturn_refusal", number, opinion="算错了")
    shown = queries.track(desk.office.tenant, number, desk.code, desk.at, "zh")
    kinds = {one.kind for one in shown.moments}
    assert kinds == {"matter.registered", "application.accepted"}
    assert {one.kind for one in queries.timeline(desk.matter(number))} - kinds >= {
        "custody.offered",
        "refusal.proposed",
        "refusal.overturned",
    }


def test_a_reply_shows_once_there_is_a_decision(desk: Desk) -> None:
    number = desk.enquiry()
    assert queries.track(desk.office.tenant, number, desk.code, desk.at, "zh").reply == ""
    desk.do("answer", number, reply="请来2号窗口。")
    assert queries.track(desk.office.tenant, number, desk.code, desk.at, "zh").reply == "请来2号窗口。"


def test_a_withdrawn_matter_is_not_offered_for_rating(desk: Desk) -> None:
    number = desk.enquiry()
    desk.do("withdraw", number, reason="不问了", withdrawn_by="王小明", how="phone")
    assert not queries.track(desk.office.tenant, number, desk.code, desk.at, "zh").may_rate


def test_what_is_still_open_may_be_taken_back_with_number_and_code(desk: Desk) -> None:
    def way(number: str) -> str:
        return queries.track(desk.office.tenant, number, desk.code, desk.at, "zh").way_to_withdraw

    number = desk.accepted()
    assert way(number) == queries.ITSELF
    desk.do("propose_refusal", number, facts="月收入9000元", reasons="收入超标", legal_basis="社会救助办法")
    assert way(number) == queries.VERIFIED
    desk.do("withdraw", number, who="head", reason="不办了", **TAKEN_BACK)
    assert way(number) == ""


def test_two_offices_with_one_number_are_told_apart_by_the_code(desk: Desk) -> None:
    other = Desk(make_office("linzhen"), desk.at)
    type(desk.office.tenant).objects.update(receipt_prefix="SAME")
    for one in (desk, other):
        one.office.tenant.refresh_from_db()
    first, second = desk.enquiry(), other.enquiry()
    assert first == second
    assert queries.office_of(first, desk.code) == desk.office.tenant
    assert queries.office_of(second, other.code) == other.office.tenant
