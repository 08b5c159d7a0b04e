"""Who keeps the calendar hears once that a duty needs a year nobody published."""

from __future__ import annotations

from datetime import timedelta

from huiyin.delivery.models import Message
from huiyin.delivery.texts import render
from huiyin.matters import actions
from tests.matters.handling import Desk, moment


def _told(desk: Desk) -> set[str]:
    rows = Message.objects.filter(text="calendar_missing")
    names = {person.id: key for key, person in desk.office.people.items()}
    assert rows.count() == len({row.person_id for row in rows})
    return {names[row.person_id] for row in rows if row.person_id}


def test_nobody_hears_of_a_year_that_no_duty_needs(desk: Desk) -> None:
    desk.accepted()
    assert actions.warn_of_missing_years(desk.at) == 0
    assert _told(desk) == set()


def test_the_keepers_hear_once_when_the_first_duty_needs_it(desk: Desk) -> None:
    desk.at = moment("2026-12-21 09:00")
    desk.accepted()
    assert actions.warn_of_missing_years(desk.at) == 3
    assert _told(desk) == {"administrator", "office_head", "efficiency_office"}
    desk.accepted()
    actions.warn_of_missing_years(desk.at + timedelta(days=1))
    assert Message.objects.filter(text="calendar_missing").count() == 3
    row = Message.objects.filter(text="calendar_missing")[0]
    assert "2027-01-01" in render(row.text, row.params)[1]
