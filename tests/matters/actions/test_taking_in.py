"""Taking in what the office is given to do: by whom, for whom, until when, and without whose eyes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from huiyin.delivery.models import Message
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.matters.actions import Errand
from huiyin.matters.models import Matter
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Conflict, Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.storage.models import Counter
from tests.factories import make_office
from tests.matters.handling import MONDAY, Desk

REPORT = Errand(
    kind="report",
    channel="online",
    summary="收受礼品",
    applicant_name="王小明",
    applicant_phone="13900001234",
)
NAMELESS = replace(REPORT, applicant_name="", applicant_phone="", anonymous=True)


def refused(desk: Desk, who: str, **fields: Any) -> HuiyinError:
    """What taking in a task is refused with; nothing is stored and no number spent."""
    before = Counter.objects.count(), Matter.objects.count()
    with pytest.raises(HuiyinError) as caught:
        desk.given(who, **fields)
    assert (Counter.objects.count(), Matter.objects.count()) == before
    return caught.value


def test_a_task_has_a_custodian_at_once_and_keeps_who_gave_it(desk: Desk) -> None:
    matter = desk.matter(desk.given(origin="县政府办〔2026〕3号", limit=Limit(8, Unit.WORKING_DAY)))
    assert (matter.custodian_id, matter.assigner_id) == (desk.id("clerk"), desk.id("leader_in_charge"))
    assert (matter.unit, matter.source, matter.origin) == (
        desk.office.units["MZ"],
        "assigned",
        "县政府办〔2026〕3号",
    )
    (event,) = LedgerEvent.objects.filter(subject_id=matter.id)
    assert "县政府办" not in event.body


def test_the_year_is_the_offices_also_while_it_is_not_yet_new_elsewhere(desk: Desk) -> None:
    # Half an hour into 2027 in Shanghai, and still 2026 by the clock of the door.
    desk.at = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert desk.matter(desk.given(until=date(2037, 3, 20), urgency="")).given_for is not None
    error = refused(desk, "head", until=date(2038, 1, 1))
    assert isinstance(error, Invalid)


def test_a_set_day_ends_at_close_of_business_and_never_lies_behind(desk: Desk) -> None:
    matter = desk.matter(desk.given(until=date(2026, 3, 20), urgency=""))
    assert matter.given_for is not None
    assert matter.given_for.isoformat() == "2026-03-20T09:30:00+00:00"
    desk.at = MONDAY.replace(hour=18)
    for day in (date(2026, 3, 2), date(2025, 12, 31), date(2099, 1, 1)):
        error = refused(desk, "head", until=day)
        assert isinstance(error, Invalid)
        assert set(error.fields) == {"until"}
    both = refused(desk, "head", until=date(2026, 3, 20), limit=Limit(3, Unit.WORKING_DAY))
    assert isinstance(both, Invalid)
    assert set(both.fields) == {"until"}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"summary": " "}, "summary"),
        ({"summary": "长" * 201}, "summary"),
        ({"details": "长" * 5001}, "details"),
        ({"origin": "长" * 121}, "origin"),
        ({"kind": "enquiry"}, "kind"),
        ({"channel": "pigeon"}, "channel"),
        ({"urgency": "whenever"}, "urgency"),
        ({"urgency": ""}, "urgency"),
        ({"anonymous": True}, "anonymous"),
        ({"custodian": None}, "custodian"),
        ({"item": "no-such-item"}, "item"),
        ({"to": "leader_in_charge"}, "assigner"),
        ({"applicant_phone": "1"}, "applicant_phone"),
    ],
)
def test_each_wrong_field_is_named(desk: Desk, fields: dict[str, Any], wrong: str) -> None:
    error = refused(desk, "leader_in_charge", **fields)
    assert isinstance(error, Invalid)
    assert set(error.fields) == {wrong}


def test_work_is_given_by_those_who_may_and_taken_in_for_oneself_by_all(desk: Desk) -> None:
    assert isinstance(refused(desk, "second_clerk"), Forbidden)
    for who in ("head", "leader_in_charge", "main_leader", "office_head", "efficiency_office"):
        assert desk.given(who)
    own = desk.given("second_clerk", to="second_clerk", assigner=desk.id("main_leader"))
    assert desk.matter(own).assigner_id == desk.id("main_leader")
    with pytest.raises(Forbidden, match="单位自己登记"):
        actions.take_in(
            desk.by("applicant"),
            Errand(
                "task",
                source="assigned",
                summary="x",
                urgency="low",
                custodian=desk.id("clerk"),
                assigner=desk.id("head"),
            ),
        )


def test_nobody_of_another_office_and_nobody_who_left_is_given_work(desk: Desk) -> None:
    other = make_office("gaocun")
    stranger = refused(desk, "head", custodian=other.people["clerk"].id)
    assert isinstance(stranger, Invalid)
    assert set(stranger.fields) == {"custodian"}
    organisation.leave(desk.office.people["second_clerk"], by=organisation.OPERATOR, at=desk.at)
    gone = refused(desk, "head", to="second_clerk")
    assert isinstance(gone, Invalid)
    assert set(gone.fields) == {"custodian"}


def test_the_same_key_takes_in_once_and_another_errand_under_it_is_refused(desk: Desk) -> None:
    errand = Errand("task", source="assigned", summary="清理", urgency="low", custodian=desk.id("clerk"))
    first = actions.take_in(desk.by("head", key="once"), errand)
    assert actions.take_in(desk.by("head", key="once"), errand) == first
    with pytest.raises(Conflict):
        actions.take_in(desk.by("head", key="once"), replace(errand, summary="别的"))
    assert Matter.objects.count() == 1


def test_a_named_report_can_be_answered_and_an_anonymous_one_keeps_nobody(desk: Desk) -> None:
    for errand, wrong in (
        (replace(REPORT, applicant_name=""), {"applicant_name"}),
        (replace(REPORT, applicant_phone=""), {"applicant_phone"}),
        (replace(REPORT, anonymous=True), {"anonymous"}),
        (replace(NAMELESS, applicant_email="a@example.com"), {"anonymous"}),
    ):
        with pytest.raises(Invalid) as caught:
            actions.take_in(desk.by("applicant"), errand)
        assert set(caught.value.fields) == wrong
    row = desk.matter(actions.take_in(desk.by("applicant"), NAMELESS).number)
    assert (row.anonymous, row.applicant_name, row.applicant_phone, row.applicant_email) == (True, "", "", "")
    (event,) = LedgerEvent.objects.filter(subject_id=row.id)
    assert event.actor == "applicant"


def test_a_report_goes_to_somebody_it_is_not_against(desk: Desk) -> None:
    expected = ("efficiency_office", "main_leader", "leader_in_charge", "stand_in", "head", "office_head")
    against: list[str] = []
    for who in expected:
        row = desk.matter(desk.reported(accused=tuple(desk.id(one) for one in against)))
        assert row.custodian_id == desk.id(who), against
        against.append(who)
    with pytest.raises(Unlawful) as caught:
        desk.reported(accused=tuple(desk.id(one) for one in against))
    assert caught.value.code == "nobody_may_investigate"


def test_every_colleague_whose_name_stands_in_a_report_stays_out_of_it(desk: Desk) -> None:
    names = {key: person.name for key, person in desk.office.people.items()}
    told = f"{names['head'][:2]} {names['head'][2:]}"
    row = desk.matter(
        desk.reported(
            summary=f"{names['clerk']}收礼", details=f"{names['efficiency_office']}也在场", accused_told=told
        )
    )
    assert row.accused.split() == [desk.id(key).__str__() for key in ("head", "clerk", "efficiency_office")]
    assert row.custodian_id == desk.id("main_leader")
    # Negative control: without a name nobody is kept out.
    assert desk.matter(desk.reported(accused_told="窗口那位")).accused == ""


def test_a_report_against_a_position_is_kept_from_its_holder_and_stand_in(desk: Desk) -> None:
    post = desk.office.positions["ZH02"].title
    row = desk.matter(desk.reported(summary=f"{post}收礼"))
    assert row.accused == str(desk.id("efficiency_office"))
    assert row.custodian_id == desk.id("main_leader")
    number = desk.reported(details=f"找{desk.office.positions['MZ01'].title}办事被刁难")
    assert set(desk.matter(number).accused.split()) == {str(desk.id("clerk")), str(desk.id("second_clerk"))}
    for who in ("clerk", "second_clerk"):
        Matter.objects.filter(number=number).update(first_responder=desk.id(who), custodian=desk.id(who))
        with pytest.raises(NotFound):
            queries.get(desk.office.asker(who, desk.at), number)


def test_a_report_against_more_holders_than_a_form_can_name_is_taken_all_the_same(desk: Desk) -> None:
    titles = "、".join(one.title for code, one in desk.office.positions.items() if code != "ZH02")
    row = desk.matter(desk.reported(details=titles))
    assert len(row.accused.split()) == 9
    assert row.custodian_id == desk.id("efficiency_office")


def test_what_a_report_says_stands_nowhere_in_the_clear(desk: Desk) -> None:
    row = desk.matter(desk.reported(summary="收受礼品", details="一箱酒"))
    assert (row.summary, row.question) == ("检举", "收受礼品")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM matter WHERE kind = 'report'")
        stored = str(cursor.fetchall())
    assert "收受礼品" not in stored
    assert "一箱酒" not in stored
    # Negative control: a task is looked for by its words.
    assert desk.matter(desk.given(summary="清理台账")).summary == "清理台账"


def test_the_registrar_of_a_report_at_the_counter_does_not_keep_it(desk: Desk) -> None:
    number = desk.reported("receptionist", against="clerk")
    row = desk.matter(number)
    assert row.custodian_id == row.first_responder_id == desk.id("efficiency_office")


def test_a_petition_stays_with_whoever_took_it_in(desk: Desk) -> None:
    number = desk.given("receptionist", kind="petition", source="direct", channel="counter", custodian=None)
    row = desk.matter(number)
    assert (row.custodian_id, row.assigner_id) == (desk.id("receptionist"), None)


def test_whoever_stands_in_sees_and_hears_nothing_of_a_report_against_them(desk: Desk) -> None:
    task, report = desk.given(), desk.reported()
    Matter.objects.filter(number=report).update(custodian=desk.id("clerk"), first_responder=desk.id("clerk"))
    Obligation.objects.filter(subject_id=desk.matter(report).id).update(bearer=desk.id("clerk"))
    desk.office.absent("clerk", starts_at=desk.at)
    desk.at += timedelta(minutes=10)
    stand_in = desk.office.asker("second_clerk", desk.at)
    assert desk.id("clerk") in stand_in.stands_in_for
    # Negative control: while it is against nobody, the stand-in has both in hand.
    assert {one.number for one in queries.covered(stand_in)} == {task, report}
    assert report in {one.number for one in queries.followed(stand_in)}
    Matter.objects.filter(number=report).update(accused=str(desk.id("second_clerk")))
    assert {one.number for one in queries.covered(stand_in)} == {task}
    assert report not in {one.number for one in queries.followed(stand_in)}
    for number in (task, report):
        desk.do("urge", number, who="main_leader", words="")
    told = Message.objects.filter(person=desk.id("second_clerk"), text="urged")
    assert {one.params["number"] for one in told} == {task}
