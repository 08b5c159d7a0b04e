"""Verbs on work that was given: by whom each is done, and what each leaves behind."""

from __future__ import annotations

import pytest

from huiyin.matters import permissions, queries
from huiyin.matters.models import StepNote
from huiyin.obligations import queries as duties
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from tests.factories import Office
from tests.matters.handling import Desk


def verbs(desk: Desk, who: str, number: str) -> set[str]:
    matter = desk.matter(number)
    return {one.verb for one in permissions.lawful_verbs(desk.office.asker(who, desk.at), matter, desk.at)}


def test_a_task_from_the_leader_through_the_head_to_the_clerk_and_back(desk: Desk) -> None:
    number = desk.given("main_leader", to="head")
    desk.do("offer_handover", number, who="head", to=desk.id("clerk"), reason="归口")
    desk.do("accept_handover", number, who="clerk")
    assert duties.of_subject(desk.matter(number).id)[0].bearer_id == desk.id("clerk")
    desk.do("report_progress", number, words="已核对一半")
    desk.do("finish", number, result="清退3户")
    assert "sign_off" in verbs(desk, "main_leader", number)
    assert "sign_off" in verbs(desk, "head", number), "whoever is over the unit and did not do it"
    assert not {"sign_off", "send_back"} & verbs(desk, "clerk", number)
    receipt = desk.do("sign_off", number, who="main_leader", opinion="好")
    assert receipt.stage == "closed"
    moments = queries.timeline(desk.matter(number))
    assert [one.kind for one in moments if one.kind.startswith("task.")] == [
        "task.progress",
        "task.finished",
        "task.signed_off",
    ]
    assert [one.body["step"] for one in moments if "step" in one.body] == ["已核对一半", "清退3户", "好"]
    assert desk.matter(number).reply == "清退3户"


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("report_progress", {"words": "x"}),
        ("finish", {"result": "x"}),
        ("answer_superior", {"words": "x", "how": "post"}),
        ("explain_lateness", {"words": "x"}),
    ],
)
def test_the_steps_of_the_work_are_the_custodians(desk: Desk, verb: str, fields: dict[str, str]) -> None:
    number = desk.given(source="superior_decision")
    for who in ("leader_in_charge", "second_clerk", "head"):
        with pytest.raises(Forbidden):
            desk.do(verb, number, who=who, **fields)


def test_nobody_signs_off_what_they_did_also_not_as_stand_in(desk: Desk) -> None:
    number = desk.given("head", to="clerk")
    desk.do("finish", number, result="好了")
    for who in ("clerk", "second_clerk", "receptionist", "stand_in"):
        with pytest.raises((Forbidden, NotFound)):
            desk.do("sign_off", number, who=who)
    desk.office.absent("clerk", starts_at=desk.at)
    with pytest.raises(Forbidden):
        desk.do("sign_off", number, who="second_clerk", acting_for="clerk")
    desk.do("sign_off", number, who="leader_in_charge")


def test_an_order_is_taken_back_by_whoever_gave_it_and_not_by_whoever_must_do_it(desk: Desk) -> None:
    number = desk.given("head", to="clerk")
    with pytest.raises(Forbidden):
        desk.do("withdraw", number, who="clerk", reason="不想办")
    desk.do("withdraw", number, who="head", reason="已由县里统一办理")
    assert [row.outcome for row in duties.of_subject(desk.matter(number).id)] == ["waived"]
    desk.do("close", number)


def test_lateness_is_explained_only_where_the_rulebook_names_somebody(desk: Desk) -> None:
    number = desk.given(source="meeting_decision")
    with pytest.raises(Unlawful) as caught:
        desk.do("explain_lateness", number, words="等材料")
    assert caught.value.code == "not_regulated"
    assert "explain_lateness" not in verbs(desk, "clerk", number)


def test_an_extension_of_a_task_is_decided_and_told_as_any_other(desk: Desk) -> None:
    number = desk.given()
    desk.do(
        "request_extension",
        number,
        limit=queries.clocks_of(desk.matter(number), desk.at)[0].limit,
        reason="等",
    )
    assert "approve_extension" in verbs(desk, "main_leader", number)
    desk.do("approve_extension", number)
    desk.do("tell_extension", number, how="in_person")
    due = {row.what: row.due_at.isoformat() for row in duties.of_subject(desk.matter(number).id)}
    assert due["settle"] == "2026-03-10T09:30:00+00:00"
    # The law's one extension is for applications; a task may be extended again while its limit runs.
    assert "request_extension" in verbs(desk, "clerk", number)


def test_a_report_is_concluded_answered_and_closed(desk: Desk) -> None:
    number = desk.reported(against="clerk")
    with pytest.raises(Invalid) as caught:
        desk.do("conclude", number, who="efficiency_office", outcome="perhaps", words="x")
    assert set(caught.value.fields) == {"outcome"}
    desk.do("conclude", number, who="efficiency_office", outcome="proven", words="查明属实")
    assert "close" not in verbs(desk, "efficiency_office", number)
    desk.do("answer", number, who="efficiency_office", reply="已处理")
    desk.do("close", number, who="efficiency_office")
    assert StepNote.objects.filter(matter__number=number).count() == 1


def test_whoever_is_named_later_loses_sight_of_it_at_once(desk: Desk, office: Office) -> None:
    number = desk.reported()
    leader = office.asker("main_leader", desk.at)
    assert queries.get(leader, number).number == number
    desk.do("name_accused", number, who="efficiency_office", accused=desk.id("main_leader"))
    with pytest.raises(NotFound):
        queries.get(leader, number)
    with pytest.raises(Invalid):
        desk.do("name_accused", number, who="efficiency_office", accused=desk.id("main_leader"))
    with pytest.raises(Unlawful):
        desk.do("name_accused", number, who="efficiency_office", accused=desk.id("efficiency_office"))


def test_nobody_accused_gets_a_report_by_standing_in(desk: Desk) -> None:
    number = desk.reported(against="stand_in")
    desk.do("offer_handover", number, who="efficiency_office", to=desk.id("leader_in_charge"))
    desk.do("accept_handover", number, who="leader_in_charge")
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    asker = desk.office.asker("stand_in", desk.at)
    assert asker.stands_in_for == {desk.id("leader_in_charge")}
    with pytest.raises(NotFound):
        desk.do(
            "conclude", number, who="stand_in", acting_for="leader_in_charge", outcome="unfounded", words="x"
        )
    assert queries.owed(asker, desk.at) == []
    assert not queries.matters(asker, desk.at).rows
    # Negative control: of another report the stand-in sees what the absent leader owes.
    other = desk.reported(against="clerk")
    desk.do("offer_handover", other, who="efficiency_office", to=desk.id("leader_in_charge"))
    assert [one.matter.number for one in queries.handovers_to(desk.office.asker("stand_in", desk.at))] == [
        other
    ]


def test_a_custodian_who_left_a_report_is_followed_by_nobody_it_is_against(desk: Desk) -> None:
    number = desk.reported(against="main_leader")
    organisation.leave(desk.office.people["efficiency_office"], by=organisation.OPERATOR, at=desk.at)
    assert queries.deserted(desk.office.asker("main_leader", desk.at), desk.at) == []
    with pytest.raises(NotFound):
        desk.do("assign_custodian", number, who="main_leader", reason="接手")


def test_nobody_signs_off_what_they_finished_for_another_or_before_handing_it_on(desk: Desk) -> None:
    number = desk.given()
    desk.do("offer_handover", number, to=desk.id("head"), reason="由科长办")
    desk.do("accept_handover", number, who="head")
    desk.do("finish", number, who="head", result="已清理。")
    desk.do("offer_handover", number, who="head", to=desk.id("second_clerk"), reason="核对")
    desk.do("accept_handover", number, who="second_clerk")
    with pytest.raises(HuiyinError):
        desk.do("sign_off", number, who="head")
    # Negative control: whoever gave it may.
    desk.do("sign_off", number, who="leader_in_charge")
    assert desk.matter(number).stage == "closed"
