"""Reminders: who hears of what, once, in office hours, and nothing that is not so."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.delivery import actions as delivery
from huiyin.delivery import queries as inboxes
from huiyin.delivery.models import Message
from huiyin.matters import actions
from huiyin.obligations import actions as obligations
from huiyin.obligations.models import Obligation, Reminder
from huiyin.organisation import actions as organisation
from huiyin.rules.overlays import Change
from tests.factories import make_office
from tests.matters.handling import FIVE_DAYS, Desk, moment
from tests.matters.queries.test_lists import two_posts_and_away

# DB-1 is promised in ten working days: accepted on Monday 2 March, it is due on Monday 16 March.
YELLOW = moment("2026-03-12 17:29")
DUE = moment("2026-03-16 17:30")


def told(desk: Desk) -> Counter[tuple[str, str]]:
    """(who, text) of every message at the desk that reminds of something."""
    people = {person.id: key for key, person in desk.office.people.items()}
    texts = ("due_soon", "due_near", "overdue", "escalated", "digest")
    rows = Message.objects.filter(channel="inapp", text__in=texts, tenant=desk.office.tenant)
    return Counter((people[row.person_id], row.text) for row in rows if row.person_id)


def sweep(*moments: str) -> None:
    for one in moments:
        actions.remind(moment(one))


def test_twice_before_the_end_and_once_after_it(desk: Desk) -> None:
    number = desk.accepted()
    due = desk.clocks(number)["decide-1"]
    assert due.due_at == DUE
    sweep("2026-03-11 09:00")
    assert told(desk) == {}
    sweep("2026-03-13 09:00", "2026-03-13 09:01", "2026-03-13 15:00")
    assert told(desk) == {("clerk", "due_soon"): 1}
    sweep("2026-03-16 09:00")
    assert told(desk) == {("clerk", "due_soon"): 1}
    sweep("2026-03-16 15:00", "2026-03-16 16:00")
    assert told(desk) == {("clerk", "due_soon"): 1, ("clerk", "due_near"): 1}
    sweep("2026-03-17 09:00", "2026-03-17 09:01")
    before = told(desk)
    assert before[("clerk", "overdue")] == 1
    assert before[("head", "escalated")] == 1


def test_up_the_line_by_working_days(desk: Desk) -> None:
    desk.accepted()
    sweep("2026-03-17 09:00")
    assert told(desk)[("leader_in_charge", "escalated")] == 1
    assert told(desk)[("main_leader", "escalated")] == 0
    sweep("2026-03-18 09:00")
    assert told(desk)[("main_leader", "escalated")] == 0
    sweep("2026-03-19 09:00")
    assert told(desk)[("main_leader", "escalated")] == 1
    sweep("2026-03-20 09:00")
    assert told(desk)[("efficiency_office", "escalated")] == 0
    sweep("2026-03-23 09:00", "2026-03-24 09:00", "2026-04-24 09:00")
    found = told(desk)
    line = ("head", "leader_in_charge", "main_leader", "efficiency_office")
    assert [found[(who, "escalated")] for who in line] == [1, 1, 1, 1]
    assert found[("clerk", "overdue")] == 1


def test_nothing_while_the_office_is_closed(desk: Desk) -> None:
    desk.accepted()
    sweep("2026-03-13 08:00", "2026-03-13 12:30", "2026-03-13 19:00", "2026-03-14 10:00", "2026-03-15 10:00")
    assert told(desk) == {}
    assert not Reminder.objects.exists()
    sweep("2026-03-16 08:30")
    assert told(desk) == {("clerk", "due_soon"): 1}


def test_none_for_what_is_paused_or_done(desk: Desk) -> None:
    paused, done = desk.accepted(), desk.accepted()
    desk.do("pause", paused, procedure="hearing", planned_days=30, basis="听证")
    desk.do("grant", done, reply="准予。")
    desk.do("deliver", done, how="in_person")
    sweep("2026-03-13 09:00", "2026-03-17 09:00", "2026-03-30 09:00")
    assert told(desk) == {}


def test_more_time_makes_what_was_said_moot_and_begins_anew(desk: Desk) -> None:
    number = desk.accepted()
    sweep("2026-03-13 09:00")
    clerk = desk.office.asker("clerk", moment("2026-03-13 09:10"))
    assert [one.moot for one in inboxes.inbox(clerk) if "2026-03-16" in one.body] == [False]
    before = inboxes.unread_count(clerk)
    desk.do("request_extension", number, at="2026-03-13 09:10", limit=FIVE_DAYS, reason="等公示")
    desk.do("approve_extension", number, at="2026-03-13 09:20")
    assert [one.moot for one in inboxes.inbox(clerk) if "2026-03-16" in one.body] == [True]
    unread = [one for one in inboxes.inbox(clerk, unread_only=True) if not one.moot]
    assert inboxes.unread_count(clerk) == len(unread) == before
    sweep("2026-03-16 15:00", "2026-03-17 09:00")
    soon = Message.objects.filter(channel="inapp", text="due_soon", person=desk.office.people["clerk"])
    assert [row.params["day"] for row in soon] == ["2026-03-16"]
    sweep("2026-03-20 17:29", "2026-03-23 09:00")
    assert sorted(row.params["day"] for row in soon.all()) == ["2026-03-16", "2026-03-23"]


def test_a_letter_that_waited_is_not_sent_when_it_is_not_so_any_more(desk: Desk) -> None:
    number = desk.accepted()
    delivery.deliver_due(moment("2026-03-12 09:00"))
    mail.outbox.clear()
    sweep("2026-03-13 09:00")
    desk.do("grant", number, at="2026-03-13 09:01", reply="准予。")
    done = delivery.deliver_due(moment("2026-03-13 09:02"))
    assert done.moot == 1
    assert [one.subject for one in mail.outbox if "到期" in one.subject] == []
    assert delivery.deliver_due(moment("2026-03-13 09:03")).moot == 0


def test_who_stands_in_gets_what_the_absent_would(desk: Desk) -> None:
    desk.accepted()
    desk.office.absent("clerk", starts_at=moment("2026-03-13 08:00"), hours=10)
    sweep("2026-03-13 09:00")
    assert told(desk) == {("second_clerk", "due_soon"): 1}


def test_with_nobody_standing_in_the_absent_are_told_all_the_same(desk: Desk) -> None:
    desk.accepted()
    for who in ("clerk", "second_clerk"):
        desk.office.absent(who, starts_at=moment("2026-03-13 08:00"), hours=10)
    sweep("2026-03-13 09:00")
    assert told(desk) == {("clerk", "due_soon"): 1}


def test_of_a_report_only_the_stand_in_of_the_first_post_hears(desk: Desk) -> None:
    desk.reported(against="clerk")
    two_posts_and_away(desk)
    sweep("2026-03-13 09:00")
    assert told(desk) == {("receptionist", "due_soon"): 1}


def left(desk: Desk, *whom: str) -> None:
    for who in whom:
        organisation.leave(desk.office.people[who], by=organisation.OPERATOR, at=moment("2026-03-12 09:00"))


def appointed(desk: Desk, who: str, post: str = "MZ01") -> None:
    organisation.appoint(
        desk.office.positions[post],
        desk.office.people[who],
        "A",
        since=moment("2026-03-12 09:00").date(),
        by=organisation.OPERATOR,
        at=moment("2026-03-12 09:10"),
    )


def test_of_who_has_left_hear_the_successor_and_who_may_name_a_custodian(desk: Desk) -> None:
    desk.accepted()
    left(desk, "clerk")
    appointed(desk, "stand_in")
    sweep("2026-03-13 09:00")
    assert told(desk) == {("stand_in", "due_soon"): 1, ("head", "due_soon"): 1}


def test_until_there_is_a_successor_the_second_of_the_post_hears(desk: Desk) -> None:
    desk.accepted()
    left(desk, "clerk")
    sweep("2026-03-13 09:00")
    assert told(desk) == {("second_clerk", "due_soon"): 1, ("head", "due_soon"): 1}


def test_a_duty_that_is_not_the_custodians_goes_to_the_successor_alone(desk: Desk) -> None:
    number = desk.accepted()
    Obligation.objects.filter(subject_id=desk.matter(number).id).update(
        bearer=desk.office.people["second_clerk"]
    )
    left(desk, "second_clerk")
    appointed(desk, "stand_in", "MZ02")
    sweep("2026-03-13 09:00")
    assert told(desk) == {("stand_in", "due_soon"): 1}


def test_with_nobody_in_the_post_only_who_is_over_the_unit_hears(desk: Desk) -> None:
    desk.accepted()
    left(desk, "clerk", "second_clerk")
    sweep("2026-03-13 09:00")
    assert told(desk) == {("head", "due_soon"): 1}


def test_where_the_head_has_left_too_the_next_above_hears_of_it(desk: Desk) -> None:
    desk.accepted()
    left(desk, "clerk", "second_clerk", "head")
    sweep("2026-03-13 09:00")
    assert told(desk) == {("leader_in_charge", "due_soon"): 1}


def test_whoever_bears_it_is_not_told_as_the_leader_over_it(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("head"), reason="由科长办")
    desk.do("accept_handover", number, who="head")
    sweep("2026-03-17 09:00")
    found = told(desk)
    assert found[("head", "overdue")] == 1
    assert found[("head", "escalated")] == 0
    assert found[("leader_in_charge", "escalated")] == 2


def test_a_new_bearer_is_told_and_the_old_no_more(desk: Desk) -> None:
    number = desk.accepted()
    sweep("2026-03-13 09:00")
    desk.do("offer_handover", number, at="2026-03-13 09:10", to=desk.id("second_clerk"), reason="换岗")
    desk.do("accept_handover", number, at="2026-03-13 09:20")
    sweep("2026-03-13 09:30", "2026-03-16 15:00")
    assert told(desk) == {
        ("clerk", "due_soon"): 1,
        ("second_clerk", "due_soon"): 1,
        ("second_clerk", "due_near"): 1,
    }


def test_a_flood_becomes_one_digest_at_the_desk_and_by_letter(desk: Desk) -> None:
    numbers = [desk.accepted() for _ in range(5)]
    sweep("2026-03-13 08:30", "2026-03-13 08:31")
    assert told(desk) == {("clerk", "digest"): 1}
    (row,) = Message.objects.filter(text="digest", channel="inapp")
    assert (row.params, row.link) == ({"count": 5, "overdue": 0}, "/desk/")
    mail.outbox.clear()
    delivery.deliver_due(moment("2026-03-13 08:32"))
    assert [one.subject for one in mail.outbox if "留意" in one.subject] == ["您有5件办件需要留意"]
    desk.do("grant", numbers[0], at="2026-03-16 09:00", reply="准予。")
    sweep("2026-03-17 08:30")
    late = Message.objects.filter(text="digest", channel="inapp", person=desk.office.people["clerk"])
    assert [one.params for one in late.order_by("created_at")][1] == {"count": 4, "overdue": 4}


def test_a_few_go_one_by_one_and_the_rest_waits_for_the_digest(desk: Desk) -> None:
    for _ in range(3):
        desk.accepted()
    desk.at = moment("2026-03-03 09:00")
    for _ in range(2):
        desk.accepted()
    sweep("2026-03-13 08:30")
    assert told(desk) == {("clerk", "due_soon"): 3}
    sweep("2026-03-16 08:31")
    assert told(desk)[("clerk", "due_soon")] == 5
    sweep("2026-03-16 15:00", "2026-03-16 15:01")
    assert told(desk)[("clerk", "digest")] == 1
    assert not Reminder.objects.filter(told_at=None).exists()


def test_a_digest_letter_that_is_late_is_not_sent(desk: Desk) -> None:
    for _ in range(5):
        desk.accepted()
    sweep("2026-03-13 08:30")
    mail.outbox.clear()
    delivery.deliver_due(moment("2026-03-14 08:30"))
    assert [one.subject for one in mail.outbox if "留意" in one.subject] == []


def test_who_wants_a_digest_gets_one_a_sitting_and_who_wants_no_letters_none(desk: Desk) -> None:
    desk.accepted()
    clerk = desk.office.asker("clerk", desk.at)
    delivery.prefer(clerk, inboxes.Wish(digest=True, mail=False), desk.at)
    sweep("2026-03-13 08:30")
    assert told(desk) == {("clerk", "digest"): 1}
    delivery.deliver_due(moment("2026-03-13 08:31"))
    assert not [one for one in mail.outbox if one.to == [desk.office.people["clerk"].email]]


def test_what_waits_for_a_digest_is_dropped_when_it_is_done(desk: Desk) -> None:
    delivery.prefer(desk.office.asker("clerk", desk.at), inboxes.Wish(digest=True), desk.at)
    first, second = desk.accepted(), desk.accepted()
    Obligation.objects.filter(subject_id=desk.matter(second).id).update(yellow_at=moment("2026-03-13 09:30"))
    sweep("2026-03-13 09:00", "2026-03-13 10:00")
    assert told(desk) == {("clerk", "digest"): 1}
    assert Reminder.objects.filter(told_at=None, moot_at=None).count() == 1
    desk.do("grant", second, at="2026-03-13 10:30", reply="准予。")
    sweep("2026-03-13 15:00")
    assert told(desk) == {("clerk", "digest"): 1}
    assert [row.duty.subject_id for row in Reminder.objects.exclude(moot_at=None)] == [desk.matter(second).id]
    assert first != second


@pytest.mark.parametrize("step", ["_digest", "_one_by_one"])
def test_a_worker_that_dies_between_says_nothing_twice_and_loses_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    for _ in range(4 if step == "_digest" else 1):
        desk.accepted()

    def dies(*_: object, **__: object) -> int:
        raise RuntimeError("the machine went down")

    at = moment("2026-03-13 09:00")
    for place in ("climb", "told"):
        monkeypatch.setattr(obligations, place, dies)
        with pytest.raises(RuntimeError):
            actions.remind(at)
        monkeypatch.undo()
        assert told(desk) == {}
    assert actions.remind(at + timedelta(minutes=1)) == 0
    assert sum(told(desk).values()) == 1
    actions.remind(at + timedelta(minutes=2))
    assert sum(told(desk).values()) == 1


def test_what_was_yellow_from_the_start_is_not_announced_as_soon(desk: Desk) -> None:
    desk.enquiry()
    actions.remind(desk.at + timedelta(minutes=1))
    assert ("clerk", "due_soon") not in told(desk)


def test_an_office_may_change_the_figures(desk: Desk) -> None:
    office = desk.office
    change = Change(
        "house.escalation", (desk.at + timedelta(days=1)).date(), {"main_leader": 1}, running=True
    )
    row = organisation.propose_rules(
        office.tenant,
        [change],
        reason="镇长办公会",
        by=office.asker("efficiency_office", desk.at),
        at=desk.at,
    )
    organisation.confirm_rules(row, by=office.asker("main_leader", desk.at), at=desk.at)
    office.tenant.refresh_from_db()
    desk.accepted()
    sweep("2026-03-17 09:00")
    assert told(desk)[("main_leader", "escalated")] == 1


def test_each_office_hears_of_its_own(desk: Desk) -> None:
    other = Desk(make_office("beihe", rulebook="company", at=desk.office.at))
    desk.accepted()
    sweep("2026-03-17 09:00")
    assert sum(told(desk).values()) == 3
    assert told(other) == {}


def test_as_many_queries_for_one_as_for_many(desk: Desk) -> None:
    def counted(at: datetime) -> int:
        with CaptureQueriesContext(connection) as found:
            actions.remind(at)
        return len(found)

    desk.accepted()
    few = counted(moment("2026-03-17 09:00"))
    desk.at = moment("2026-04-07 09:00")
    for _ in range(12):
        desk.accepted()
    many = counted(moment("2026-05-12 09:00"))
    assert Reminder.objects.count() > 40
    assert many <= few + 2


@pytest.mark.parametrize("most", [1, 2, 100])
def test_told_are_noted_a_few_at_a_time_and_none_is_left_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    for _ in range(5):
        desk.accepted()
    monkeypatch.setattr(obligations, "MOST_AT_ONCE", most)
    sweep("2026-03-17 08:30")
    assert told(desk)[("clerk", "digest")] == told(desk)[("head", "digest")] == 1
    assert Reminder.objects.filter(digest=True, told_at=moment("2026-03-17 08:30")).count() == 15
    assert not Reminder.objects.filter(told_at=None).exists()
