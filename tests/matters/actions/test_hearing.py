"""What concerns somebody who is not there reaches whoever holds their work now."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.delivery.models import Message
from huiyin.matters.actions.hearing import AWAY, GONE, Hearing
from huiyin.organisation import actions as organisation
from tests.matters.handling import Desk


def told(desk: Desk, number: str, event: str) -> set[tuple[str, str]]:
    """Who was told of an event, and with which text."""
    people = {person.id: key for key, person in desk.office.people.items()}
    rows = Message.objects.filter(params__number=number, dedupe__contains=event, channel="inapp")
    return {(people[row.person_id], row.text) for row in rows if row.person_id in people}


def heard(desk: Desk, number: str, who: str = "clerk") -> set[tuple[str, str]]:
    people = {person.id: key for key, person in desk.office.people.items()}
    matter = desk.matter(number)
    found = Hearing([matter.id], [desk.id(who)], desk.at).of(matter, [desk.id(who)])
    return {(people[one.person_id], one.instead) for one in found}


def leave(desk: Desk, who: str) -> None:
    organisation.leave(
        desk.office.people[who], by=organisation.OPERATOR, at=desk.at - timedelta(days=1), reason="调离"
    )


def test_who_is_here_hears_and_nobody_else(desk: Desk) -> None:
    assert heard(desk, desk.register()) == {("clerk", "")}


def test_while_the_custodian_is_away_the_stand_in_hears_besides(desk: Desk) -> None:
    number = desk.asked_for_time()
    desk.office.absent("clerk", starts_at=desk.at - timedelta(minutes=30))
    assert heard(desk, number) == {("clerk", ""), ("second_clerk", AWAY)}
    desk.do("approve_extension", number)
    assert told(desk, number, "extension.approved") == {
        ("clerk", "extension_granted"),
        ("second_clerk", "stand_in"),
    }


def test_with_nobody_standing_in_the_head_hears_who_may_name_another(desk: Desk) -> None:
    number = desk.register()
    for who in ("clerk", "second_clerk"):
        desk.office.absent(who, starts_at=desk.at - timedelta(minutes=30))
    assert heard(desk, number) == {("clerk", ""), ("head", AWAY)}


def test_for_a_custodian_who_has_left_the_stand_in_of_the_post_and_the_head_hear(desk: Desk) -> None:
    number = desk.asked_for_time()
    leave(desk, "clerk")
    assert heard(desk, number) == {("second_clerk", GONE), ("head", GONE)}
    desk.do("approve_extension", number)
    assert told(desk, number, "extension.approved") == {
        ("second_clerk", "left_behind"),
        ("head", "left_behind"),
    }
    # Nothing goes to somebody who works elsewhere by now, no letter either.
    after = Message.objects.filter(dedupe__contains="extension.approved")
    assert not after.filter(person=desk.id("clerk")).exists()


def test_a_successor_in_the_post_hears_before_the_stand_in(desk: Desk) -> None:
    number = desk.register()
    leave(desk, "clerk")
    post, by = desk.office.positions["MZ01"], organisation.OPERATOR
    organisation.appoint(
        post, desk.office.people["stand_in"], "A", since=desk.at.date(), by=by, at=desk.at, reason="接任"
    )
    assert heard(desk, number) == {("stand_in", GONE), ("head", GONE)}


def test_with_the_head_away_too_it_goes_up_the_line(desk: Desk) -> None:
    number = desk.register()
    for who in ("clerk", "second_clerk", "head"):
        leave(desk, who)
    assert heard(desk, number) == {("leader_in_charge", GONE)}


def test_of_a_report_only_those_hear_who_may_see_it_and_never_whom_it_is_against(desk: Desk) -> None:
    number = desk.reported(against="main_leader")
    matter = desk.matter(number)
    keeper = next(key for key, one in desk.office.people.items() if one.id == matter.custodian_id)
    leave(desk, keeper)
    found = {who for who, _ in heard(desk, number, keeper)}
    assert "main_leader" not in found
    assert found.isdisjoint({"head", "office_head", "leader_in_charge"})


def test_what_is_about_the_person_is_heard_by_nobody_for_them(desk: Desk) -> None:
    number = desk.register()
    desk.office.absent("clerk", starts_at=desk.at - timedelta(minutes=30))
    desk.do(
        "invoke_clause",
        number,
        who="efficiency_office",
        clause="p4.first-responder.4",
        against=desk.id("clerk"),
        facts="没有登记",
    )
    assert told(desk, number, "clause") == {("clerk", "clause_invoked")}


def test_the_queries_grow_with_the_people_and_not_with_the_matters(desk: Desk) -> None:
    numbers = [desk.register() for _ in range(3)]
    leave(desk, "clerk")
    asked = {}
    for count in (1, 3):
        matters = [desk.matter(number) for number in numbers[:count]]
        with CaptureQueriesContext(connection) as seen:
            hearing = Hearing([one.id for one in matters], [desk.id("clerk")], desk.at)
            found = [hearing.of(one, [desk.id("clerk")]) for one in matters]
        assert [len(one) for one in found] == [2] * count
        asked[count] = len(seen)
    assert asked[3] == asked[1]
