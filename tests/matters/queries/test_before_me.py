"""What lies before somebody: whose it is, for what, what has gone on without them, and at what cost."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions, queries
from huiyin.matters.queries import Before
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, on_its_way, sent


def before(desk: Desk, who: str) -> Before:
    return queries.before(desk.office.asker(who, desk.at), desk.at)


def numbers(rows: list[queries.Lying]) -> list[str]:
    return [one.listed.matter.number for one in rows]


def test_what_was_sent_waits_for_its_handler_until_it_is_signed_for(desk: Desk) -> None:
    number = sent(desk)
    found = before(desk, "clerk")
    assert numbers(found.to_sign_for) == [number]
    assert (found.for_a_word, found.others) == ([], [])
    assert queries.count_before(desk.office.asker("clerk", desk.at)) == 1
    # Whoever keeps the register sees for whom it waits; a colleague sees nothing.
    assert [one.asked_by for one in before(desk, KEEPER).others] == [desk.office.people["clerk"].name]
    assert before(desk, "second_clerk") == Before([], [], [])
    actions.sign_for_document(desk.by("clerk"), number)
    assert before(desk, "clerk") == Before([], [], [])
    assert before(desk, KEEPER).others == []


def test_a_leader_is_no_longer_waited_for_once_it_has_gone_on(desk: Desk) -> None:
    number = on_its_way(desk)
    leaders = ("main_leader", "leader_in_charge")
    assert [numbers(before(desk, who).for_a_word) for who in leaders] == [[number], [number]]
    actions.send_document(desk.by(KEEPER), number, to=desk.id("clerk"))
    for who in ("main_leader", "leader_in_charge"):
        found = before(desk, who)
        assert (found.to_sign_for, found.for_a_word) == ([], [])


def test_drafts_and_readers_wait_too_and_another_office_has_none_of_it(desk: Desk) -> None:
    out, read = checked(desk), comes_in(desk)
    actions.circulate(desk.by(KEEPER), read, to=[desk.id("second_clerk")])
    waiting = {
        who: [(one.role, one.listed.matter.number) for one in before(desk, who).for_a_word]
        for who in ("second_clerk", "leader_in_charge", "clerk")
    }
    assert ("reader", read) in waiting["second_clerk"]
    assert [("signer", out)] in waiting.values()
    other = make_office("biechu")
    found = queries.before(other.asker("office_head", desk.at), desk.at)
    assert (found.to_sign_for, found.for_a_word, found.others) == ([], [], [])


def test_its_cost_does_not_grow_with_the_number(desk: Desk) -> None:
    counts = []
    for _ in range(2):
        sent(desk)
        sent(desk)
        asker = desk.office.asker("clerk", desk.at)
        with CaptureQueriesContext(connection) as captured:
            queries.before(asker, desk.at)
        counts.append(len(captured))
    assert counts[0] == counts[1]
