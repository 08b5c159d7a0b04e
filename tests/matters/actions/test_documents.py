"""Entering documents: numbers without gaps, every wrong field at once, and no state secret."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiyin.matters import actions, queries
from huiyin.matters.actions import IncomingDocument
from huiyin.matters.models import Matter, OfficialDocument
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import row_counts
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, comes_in, ordered, signed


def row_of(number: str) -> OfficialDocument:
    return OfficialDocument.objects.get(matter__number=number)


def faults(desk: Desk, **fields: Any) -> set[str]:
    with pytest.raises(Invalid) as caught:
        comes_in(desk, **fields)
    return set(caught.value.fields)


def test_numbers_run_without_a_gap_in_each_book_also_past_what_was_refused(desk: Desk) -> None:
    serials = []
    for title in ("甲", "", "乙"):
        if title:
            serials.append(row_of(comes_in(desk, title=title)).serial or 0)
        else:
            faults(desk, title=title)
    assert serials[1] == serials[0] + 1
    letters: list[OfficialDocument] = []
    official: list[OfficialDocument] = []
    for book, found in (("letter", letters), ("official", official), ("letter", letters)):
        number = signed(desk, book=book)
        desk.do("number_document", number, who=KEEPER)
        found.append(row_of(number))
    assert letters[1].serial == (letters[0].serial or 0) + 1
    assert "函〔2026〕" in letters[0].register_number
    assert "发〔2026〕" in official[0].register_number


@pytest.mark.parametrize(
    ("field", "day"),
    [
        ("received_on", date(1, 1, 1)),
        ("received_on", date(1949, 12, 31)),
        ("until", date(9999, 12, 31)),
        ("until", date(1, 1, 1)),
    ],
)
def test_a_day_before_calendars_begin_or_after_they_end_is_wrong(desk: Desk, field: str, day: date) -> None:
    assert faults(desk, **{field: day}) == {field}


def test_whoever_orders_a_document_sees_it_whatever_unit_writes_it(desk: Desk) -> None:
    writer = desk.id("receptionist")
    number = ordered(desk, who="head", drafter=writer)
    asker = desk.office.asker("head", desk.at)
    row = queries.get(asker, number)
    assert (row.assigner_id, row.unit_id in asker.unit_ids) == (desk.id("head"), False)
    # Nobody else of that unit does, and who writes their own has no assigner.
    with pytest.raises(NotFound):
        queries.get(desk.office.asker("clerk", desk.at), number)
    assert desk.matter(ordered(desk)).assigner_id is None


def test_every_wrong_field_is_named_and_nothing_is_stored(desk: Desk) -> None:
    before = row_counts()
    typed = {"title": " ", "source": "", "urgency": "x", "grade": "x", "pages": 0, "note": "长" * 5001}
    wrong = faults(desk, **typed, received_on=date(2026, 3, 3))
    assert wrong == {"title", "source", "urgency", "grade", "pages", "received_on", "note"}
    assert faults(desk, until=date(2026, 3, 20), limit=Limit(2, Unit.WORKING_DAY)) == {"until"}
    assert faults(desk, until=date(2026, 3, 1)) == {"until"}
    assert row_counts() == before


def test_a_state_secret_is_refused_before_anything_of_it_is_kept(desk: Desk) -> None:
    before = row_counts()
    with pytest.raises(Unlawful) as caught:
        comes_in(desk, secrecy="top_secret", title="不该写在这里")
    assert caught.value.code == "state_secret"
    assert row_counts() == before


def test_only_the_keeper_enters_and_a_clerk_orders_for_nobody_else(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        comes_in(desk, who="clerk")
    with pytest.raises(Forbidden):
        ordered(desk, who="second_clerk")
    assert ordered(desk, who="head")


def test_repeating_a_command_enters_one_document(desk: Desk) -> None:
    by = desk.by(KEEPER)
    told = IncomingDocument(title="甲", source="乙")
    first, again = actions.register_incoming(by, told), actions.register_incoming(by, told)
    assert first == again
    assert Matter.objects.filter(number=first.number).count() == 1


def test_the_rows_say_what_the_events_say_to_the_end(desk: Desk, office: Any) -> None:
    number = signed(desk)
    desk.do("number_document", number, who=KEEPER)
    desk.do("dispatch_document", number, who=KEEPER, how="post")
    desk.do("archive_document", number, who=KEEPER, archive_number="2026-1")
    arrived = comes_in(desk, until=date(2026, 3, 20))
    tenant = Tenant.objects.get(id=office.tenant.id)
    assert queries.verify(tenant.id).faults == []
    assert Matter.objects.get(number=arrived).given_for is not None
