"""Who urges whom, how often, who hears of it; and who tells the person served why it took so long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from huiyin.delivery import actions as delivery
from huiyin.delivery.models import Message
from huiyin.matters import queries
from huiyin.matters.permissions import lawful_verbs
from huiyin.obligations import queries as duties
from huiyin.organisation import actions as organisation
from huiyin.rules.errors import Forbidden, NotFound, Unlawful
from tests.matters.handling import Desk, moment


def verbs(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {choice.verb for choice in lawful_verbs(asker, desk.matter(number), desk.at)}


@pytest.mark.parametrize("who", ["efficiency_office", "head", "leader_in_charge", "main_leader"])
def test_who_is_over_the_work_urges_and_the_bearer_hears_at_once(desk: Desk, who: str) -> None:
    number = desk.accepted()
    assert "urge" in verbs(desk, who, number)
    desk.do("urge", number, who=who, words="请今天办完")
    told = Message.objects.filter(text="urged")
    assert {(row.person_id, row.channel) for row in told} == {
        (desk.id("clerk"), "inapp"),
        (desk.id("clerk"), "email"),
    }
    assert {row.params["number"] for row in told} == {number}
    (row,) = duties.reminders_of(desk.matter(number).id)
    assert (row.stage, row.person_id, row.told_at) == ("urged", desk.id("clerk"), desk.at)
    (event,) = [one for one in queries.timeline(desk.matter(number)) if one.kind == "duty.urged"]
    assert event.body["step"] == "请今天办完"
    assert "urge" not in verbs(desk, who, number)


def test_nobody_below_elsewhere_or_themselves(desk: Desk) -> None:
    number = desk.accepted()
    with pytest.raises(Forbidden):
        desk.do("urge", number, who="clerk")
    with pytest.raises(NotFound):
        desk.do("urge", number, who="office_head")
    desk.do("offer_handover", number, to=desk.id("head"), reason="由科长办")
    desk.do("accept_handover", number, who="head")
    assert "urge" not in verbs(desk, "head", number)
    with pytest.raises(Unlawful) as refused:
        desk.do("urge", number, who="head")
    assert refused.value.code == "nothing_owed"
    desk.do("urge", number, who="leader_in_charge")


def test_once_a_working_day_whoever_presses(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("urge", number, at="2026-03-06 10:00", who="head")  # a Friday
    with pytest.raises(Unlawful) as refused:
        desk.do("urge", number, at="2026-03-06 16:00", who="main_leader")
    assert refused.value.code == "urged_today"
    desk.do("urge", number, at="2026-03-07 10:00", who="head")  # counts for Monday
    with pytest.raises(Unlawful):
        desk.do("urge", number, at="2026-03-09 16:00", who="head")
    desk.do("urge", number, at="2026-03-10 09:00", who="head")


def test_what_stands_still_or_is_done_is_not_urged(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("pause", number, procedure="hearing", planned_days=5, basis="听证")
    # The clock stands still; what the procedure itself takes is urged like anything else.
    desk.do("urge", number, who="head")
    asked = [
        event.body["what"] for event in queries.timeline(desk.matter(number)) if event.kind == "duty.urged"
    ]
    assert asked == ["end_procedure"]
    desk.do("resume", number)
    desk.do("grant", number, reply="准予")
    desk.do("deliver", number, how="post")
    with pytest.raises(Unlawful) as refused:
        desk.do("urge", number, who="head")
    assert refused.value.code == "nothing_owed"
    assert "urge" not in verbs(desk, "head", number)


def test_of_who_has_left_the_successor_is_urged_and_with_none_nobody(desk: Desk) -> None:
    number = desk.accepted()
    for who in ("clerk", "second_clerk"):
        organisation.leave(desk.office.people[who], by=organisation.OPERATOR, at=desk.at)
        desk.at += timedelta(minutes=1)
        if who == "clerk":
            desk.do("urge", number, who="head")
            assert {row.person_id for row in Message.objects.filter(text="urged")} == {
                desk.id("second_clerk")
            }
    desk.at += timedelta(days=1)
    with pytest.raises(Unlawful) as refused:
        desk.do("urge", number, who="head")
    assert refused.value.code == "nobody_hears"


def test_a_letter_at_night_waits_for_the_morning(desk: Desk) -> None:
    number = desk.accepted()
    mail.outbox.clear()
    desk.do("urge", number, at="2026-03-03 21:00", who="head")
    delivery.deliver_due(moment("2026-03-03 21:01"))
    assert [one.subject for one in mail.outbox if "催" in one.subject] == []
    delivery.deliver_due(moment("2026-03-04 08:31"))
    assert [one.to for one in mail.outbox if "催" in one.subject] == [[desk.office.people["clerk"].email]]


def test_who_stands_in_is_urged(desk: Desk) -> None:
    number = desk.accepted()
    desk.office.absent("clerk", starts_at=desk.at, hours=8)
    desk.do("urge", number, who="head")
    assert {row.person_id for row in Message.objects.filter(text="urged")} == {desk.id("second_clerk")}


def test_the_person_served_reads_why_it_took_so_long_and_only_they(desk: Desk) -> None:
    number = desk.accepted(applicant_email="wang@citizens.example")
    code = desk.code
    assert "explain_overrun" not in verbs(desk, "clerk", number)
    desk.at = moment("2026-03-20 09:00")
    assert "explain_overrun" in verbs(desk, "clerk", number)
    assert "explain_overrun" not in verbs(desk, "head", number)
    with pytest.raises(Forbidden):
        desk.do("explain_overrun", number, who="head", reason="等批复")
    desk.do("explain_overrun", number, reason="等上级批复")
    desk.do("explain_overrun", number, reason="上级批复3月18日才到")
    found = queries.track(desk.office.tenant, number, code, desk.at, "zh")
    assert found.overrun == "上级批复3月18日才到"
    assert [one.kind for one in found.moments].count("overrun.explained") == 2
    (*_, letter) = Message.objects.filter(text="overrun_explained").order_by("created_at")
    assert letter.address == "wang@citizens.example"


def test_in_time_there_is_nothing_to_explain(desk: Desk) -> None:
    number = desk.accepted()
    with pytest.raises(Unlawful) as refused:
        desk.do("explain_overrun", number, reason="等批复")
    assert refused.value.code == "nothing_overrun"
    desk.at += timedelta(minutes=1)
    assert queries.track(desk.office.tenant, number, desk.code, desk.at, "zh").overrun == ""
