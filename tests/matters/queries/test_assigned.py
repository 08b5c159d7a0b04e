"""Who hears why work is late: whom the rulebook names, and nobody else."""

from __future__ import annotations

from uuid import UUID

import pytest

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.rules.docket import Law
from huiyin.rules.errors import Unlawful
from huiyin.rules.rulebook import load
from tests.matters.handling import Desk


def told(desk: Desk, number: str, book: str, *hands: UUID) -> list[object]:
    matter: Matter = desk.matter(number)
    law = queries.law_for(matter)
    return list(queries.told_of_lateness(matter, Law(load(book), law.calendar), desk.at, hands))


def test_nobody_is_told_by_themselves_but_whoever_is_above_them(desk: Desk) -> None:
    leader, main = desk.id("leader_in_charge"), desk.id("main_leader")
    number = desk.given(source="meeting_decision", who="main_leader", to="leader_in_charge")
    assert told(desk, number, "headquarters") == [main]
    number = desk.given(source="meeting_decision")
    assert told(desk, number, "headquarters", leader) == [main]
    with pytest.raises(Unlawful) as caught:
        told(desk, number, "headquarters", leader, main)
    assert caught.value.code == "nobody_above"
    matter = desk.matter(desk.given(source="supervised", who="main_leader", to="leader_in_charge"))
    law = Law(load("headquarters"), queries.law_for(matter).calendar)
    assert queries.told_of_progress(matter, law, desk.at) == [main]
    assert queries.told_of_progress(matter, law, desk.at, {main}) == []


def test_of_what_a_meeting_decided_it_is_the_leader_in_charge(desk: Desk) -> None:
    number = desk.given(source="meeting_decision")
    assert told(desk, number, "headquarters") == [desk.id("leader_in_charge")]
    assert told(desk, number, "township") == []
    assert told(desk, desk.given(source="supervised"), "headquarters") == []
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    # No clause of the headquarters puts the main leader in the place of one who is away.
    assert told(desk, number, "headquarters") == [desk.id("leader_in_charge")]
