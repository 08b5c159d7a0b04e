"""One matter is found by those who may see it, and by nobody else."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk


def test_not_yours_answers_like_not_there(desk: Desk) -> None:
    number = desk.register()
    other = make_office("linzhen").asker("main_leader", desk.at)
    said = set()
    for asker, wanted in ((other, number), (other, "ZHAO-2026-999999-0")):
        with pytest.raises(NotFound) as caught:
            queries.get(asker, wanted)
        said.add((str(caught.value), caught.value.code))
    assert len(said) == 1
    assert queries.get(desk.office.asker("clerk", desk.at), number.lower()).number == number


def test_papers_belong_to_their_matter(desk: Desk) -> None:
    first, second = desk.granted(), desk.granted()
    asker = desk.office.asker("clerk", desk.at)
    (paper, *_) = queries.documents_of(desk.matter(first))
    assert queries.document(asker, first, paper.id) == paper
    with pytest.raises(NotFound):
        queries.document(asker, second, paper.id)


def test_found_is_what_is_seen(desk: Desk) -> None:
    numbers = [
        desk.enquiry(who="receptionist"),
        desk.accepted(),
        desk.accepted(),
        desk.filed(),
        desk.enquiry(),
    ]
    desk.do("offer_handover", numbers[2], to=desk.id("receptionist"))
    Matter.objects.filter(number=numbers[-1]).update(kind="report")
    for who in desk.office.people:
        asker = desk.office.asker(who, desk.at)
        seen = set(queries.visible_to(asker).values_list("number", flat=True))
        assert {number for number in numbers if is_found(asker, number)} == seen, who


def test_a_report_is_not_found_by_whom_it_is_against_though_it_lies_with_them(desk: Desk) -> None:
    number = desk.enquiry()
    asker = desk.office.asker("clerk", desk.at)
    Matter.objects.filter(number=number).update(kind="report", accused=str(desk.id("head")))
    assert is_found(asker, number)
    Matter.objects.filter(number=number).update(accused=str(desk.id("clerk")))
    assert not is_found(asker, number)


def test_who_handles_it_finds_it_at_the_first_look(desk: Desk) -> None:
    number = desk.accepted()
    for who, looks in (("clerk", 1), ("head", 2)):
        asker = desk.office.asker(who, desk.at)
        with CaptureQueriesContext(connection) as asked:
            assert queries.get(asker, number).number == number
        assert len(asked) == looks


def test_locking_finds_the_row_as_it_is_now_or_says_that_there_is_none(desk: Desk) -> None:
    number = desk.accepted()
    asker = desk.office.asker("clerk", desk.at)
    before = queries.locked(asker, number)
    Matter.objects.filter(number=number).update(custodian=desk.id("second_clerk"))
    found = queries.locked_for_sweep(before.id)
    assert (found.number, found.custodian.id) == (number, desk.id("second_clerk"))
    with pytest.raises(Matter.DoesNotExist):
        queries.locked_for_sweep(uuid4())


def is_found(asker: Asker, number: str) -> bool:
    try:
        return queries.get(asker, number).number == number
    except NotFound:
        return False
