"""Where the rulebook says so, the statutory limit is the one of the provision in force that day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.catalogue import actions, queries
from huiyin.catalogue.bases import Basis, demanding, plain_bases, read_bases, statutory_on
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Invalid
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Limit, Unit
from tests.catalogue.files import ITEMS, row, sheets
from tests.catalogue.files import load as load_sheets
from tests.factories import AT, make_office

OLD = Basis("许可法", "第42条", Limit(15, Unit.WORKING_DAY), date(2004, 7, 1), date(2026, 4, 1))
NEW = Basis("许可法", "第42条", Limit(12, Unit.WORKING_DAY), date(2026, 4, 1))
BASES = st.lists(
    st.builds(
        Basis,
        st.text(min_size=1, max_size=9),
        st.text(max_size=9),
        st.builds(Limit, st.integers(1, 90), st.sampled_from([Unit.WORKING_DAY, Unit.MONTH])),
        st.dates(date(2000, 1, 1), date(2030, 1, 1)),
        st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    ),
    max_size=4,
)


@given(BASES)
def test_what_is_written_reads_back(bases: list[Basis]) -> None:
    assert read_bases(plain_bases(bases)) == tuple(bases)


@given(BASES, st.dates(date(2000, 1, 1), date(2030, 1, 1)))
def test_the_limit_is_of_a_provision_that_holds(bases: list[Basis], on: date) -> None:
    found = statutory_on(bases, on)
    held = [one.limit for one in bases if one.since <= on and (one.until is None or on < one.until)]
    assert (found in held) if held else found is None


def test_the_change_of_the_law_counts_from_its_day() -> None:
    days = [date(2004, 6, 30), date(2004, 7, 1), date(2026, 3, 31), date(2026, 4, 1)]
    found = [statutory_on([OLD, NEW], day) for day in days]
    assert [one.amount if one else None for one in found] == [None, 15, 15, 12]


def test_only_the_profile_that_says_so_asks_for_it() -> None:
    asked = {slug: demanding(load(slug), "approval") for slug in ("commission", "headquarters", "township")}
    assert asked == {"commission": "", "headquarters": "approval_basis", "township": "item_limit_by_law"}
    assert demanding(load("township"), "petition") == ""
    assert demanding(load("headquarters"), "petition") == "petition_basis"
    assert demanding(load("headquarters"), "") == ""


@pytest.mark.django_db
def test_nobody_types_a_limit_of_the_law_not_even_by_workbook() -> None:
    office = make_office("zhihui", rulebook="headquarters")
    item = office.items["DB-1"]
    with pytest.raises(Invalid) as caught:
        actions.change_item(item, category="approval", bases=[], by=OPERATOR, at=AT)
    assert (set(caught.value.fields), caught.value.clause) == ({"bases"}, "p2.time-limit.10")
    item = actions.change_item(item, category="approval", bases=[OLD, NEW], by=OPERATOR, at=AT)
    assert queries.limits_of(item)[0] == Limit(15, Unit.WORKING_DAY)
    book = load("headquarters")
    later = date(2026, 4, 1)
    assert queries.limits_on(item, book, later)[0] == Limit(12, Unit.WORKING_DAY)
    assert queries.limits_on(item, load("commission"), later)[0] == Limit(15, Unit.WORKING_DAY)
    typed = sheets(office, [ITEMS[1], row(code="DB-1", law="30个工作日")], None)
    assert [one.message for one in load_sheets(office, typed, days=1).errors] == [
        "法定时限取自设定依据，不能另填"
    ]
    blank = sheets(office, [ITEMS[1], row(code="DB-1", law="", promise="")], None)
    assert load_sheets(office, blank, days=1).errors == []
    item.refresh_from_db()
    assert queries.limits_of(item)[0] == Limit(15, Unit.WORKING_DAY)
