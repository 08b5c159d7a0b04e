"""Which forms a matter has; how many queries they take."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import queries as matters
from huiyin.matters.steps import Paper
from huiyin.organisation.models import Tenant
from huiyin.reports.forms.matters import form_of, offered
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import comes_in, ordered
from tests.reports.forms.reading import CHINESE

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def names(desk: Desk, number: str, who: str = "clerk") -> list[str]:
    asker = desk.office.asker(who, desk.at)
    matter = matters.get(asker, number)
    book = matters.law_for(matter).book
    return [one.name for one in offered(matter, book, matters.deposits_of(matter))]


def test_each_kind_has_its_own_and_a_slip_for_every_deposit(desk: Desk) -> None:
    assert names(desk, comes_in(desk), "office_head") == ["incoming"]
    assert names(desk, ordered(desk)) == ["outgoing"]
    assert names(desk, desk.given()) == ["task"]
    assert names(desk, desk.reported(), "main_leader") == []
    number = desk.enquiry()
    papers = (Paper("居民户口簿", present=True),)
    for to in ("second_clerk", "receptionist"):
        desk.do("keep_papers", number, to=desk.id(to), papers=papers, contact="13900001234")
    assert names(desk, number) == ["contact", "papers-1", "papers-2"]


def test_where_first_responders_are_not_regulated_there_is_no_register(desk: Desk) -> None:
    number = desk.enquiry()
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook="report")
    assert names(desk, number) == []


def test_every_form_offered_is_made_and_no_other(desk: Desk) -> None:
    number = desk.enquiry()
    desk.do(
        "keep_papers", number, to=desk.id("second_clerk"), papers=(Paper("证", present=True),), contact="1"
    )
    asker = desk.office.asker("clerk", desk.at)
    matter = matters.get(asker, number)
    assert [form_of(asker, matter, name, CHINESE).title for name in names(desk, number)] == [
        "首问责任登记表",
        "代收材料转交单",
    ]
    for unknown in ("papers-2", "incoming", "task", "papers-x"):
        with pytest.raises(NotFound):
            form_of(asker, matter, unknown, CHINESE)


def test_queries_do_not_grow_with_what_happened(desk: Desk) -> None:
    number = desk.given()
    asker = desk.office.asker("clerk", desk.at)

    def queries() -> int:
        matter = matters.get(asker, number)
        with CaptureQueriesContext(connection) as caught:
            form_of(asker, matter, "task", CHINESE)
        return len(caught)

    desk.do("report_progress", number, words="一")
    first = queries()
    for words in ("二", "三", "四"):
        desk.do("report_progress", number, words=words)
    assert queries() == first
