"""Duty sheets: written by those over the work, issued whole, and the same line for ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR, Line
from huiyin.organisation.models import Tenant
from huiyin.rules.errors import Forbidden, Invalid, NotFound, Unlawful
from huiyin.rules.workdays import SHANGHAI
from tests.factories import AT, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db

TODAY = AT.astimezone(SHANGHAI).date()
LINES = (Line("content", "办理低保"), Line("task", "核查在保对象", "每漏一户扣1分"))


def bound_by(office: Office, rulebook: str) -> None:
    Tenant.objects.filter(id=office.tenant.id).update(rulebook=rulebook)
    office.tenant.refresh_from_db()
    for one in office.positions.values():
        one.tenant = office.tenant
    for person in office.people.values():
        person.tenant = office.tenant


def test_versions_count_up_and_only_an_issued_one_counts(office: Office) -> None:
    post = office.positions["MZ01"]
    for text in ("办理低保", "办理低保和临时救助"):
        actions.write_sheet(post, [Line("content", text)], by=office.asker("head"), at=AT)
    first, second = reversed(queries.sheets_of(post))
    assert (first.version, second.version) == (1, 2)
    assert queries.record(office.asker("clerk"), "mz01", AT).sheet is None
    actions.issue_sheet(first, since=TODAY, by=office.asker("administrator"), at=AT)
    found = queries.record(office.asker("clerk"), "MZ01", AT)
    assert found.sheet == first
    assert found.duties == ["办理低保"]
    actions.issue_sheet(second, since=TODAY + timedelta(days=7), by=OPERATOR, at=AT)
    assert queries.record(office.asker("clerk"), "MZ01", AT).sheet == first
    later = AT + timedelta(days=7)
    assert queries.record(office.asker("clerk"), "MZ01", later).duties == ["办理低保和临时救助"]
    assert kinds(post.id)[-4:] == ["sheet_written", "sheet_written", "sheet_issued", "sheet_issued"]


def test_a_line_keeps_its_name_and_says_when_it_counted(office: Office) -> None:
    post = office.positions["MZ01"]
    for _ in range(2):
        actions.write_sheet(post, LINES, by=OPERATOR, at=AT)
    first, second = reversed(queries.sheets_of(post))
    with pytest.raises(NotFound):
        queries.duty_line(office.tenant.id, "MZ01/1/2")  # a draft binds nobody
    actions.issue_sheet(first, since=TODAY, by=OPERATOR, at=AT)
    week = TODAY + timedelta(days=7)
    actions.issue_sheet(second, since=week, by=OPERATOR, at=AT)
    line = queries.duty_line(office.tenant.id, " mz01/1/2 ")
    assert (line.text, queries.reference(line)) == ("核查在保对象", "MZ01/1/2")
    assert queries.was_in_force(line, TODAY, TODAY)
    assert queries.was_in_force(line, TODAY, week)
    assert not queries.was_in_force(line, week, week + timedelta(days=1))
    assert not queries.was_in_force(line, TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    assert [one.number for one in queries.lines_of(office.people["clerk"].id, AT)] == [1, 2]


@pytest.mark.parametrize(
    "reference", ["", "MZ01", "MZ01/1", "MZ01/x/1", "MZ01/1/1/1", "MZ01/99999/1", "XX/1/1"]
)
def test_what_names_no_line_is_not_found(office: Office, other: Office, reference: str) -> None:
    actions.write_sheet(other.positions["MZ01"], LINES, by=OPERATOR, at=AT)
    with pytest.raises(NotFound):
        queries.duty_line(office.tenant.id, reference)


def test_who_may_write_one(office: Office, other: Office) -> None:
    post = office.positions["MZ01"]
    for who in ("clerk", "office_head", "main_leader"):
        with pytest.raises(Forbidden):
            actions.write_sheet(post, LINES, by=office.asker(who), at=AT)
    with pytest.raises(Forbidden):  # nobody writes what they answer for themselves
        actions.write_sheet(office.positions["MZ00"], LINES, by=office.asker("head"), at=AT)
    with pytest.raises(NotFound):
        actions.write_sheet(post, LINES, by=other.asker("administrator"), at=AT)
    with pytest.raises(NotFound):
        queries.record(other.asker("administrator"), "no-such", AT)


def test_every_fault_of_the_lines_is_named(office: Office) -> None:
    wrong = [Line("poetry", "诗"), Line("content", " "), Line("content", "好", "长" * 201)]
    with pytest.raises(Invalid) as caught:
        actions.write_sheet(office.positions["MZ01"], wrong, by=OPERATOR, at=AT)
    assert set(caught.value.fields) == {"lines.0.element", "lines.1.text", "lines.2.measure"}
    for lines in ([], [Line("content", "办")] * 61):
        with pytest.raises(Invalid):
            actions.write_sheet(office.positions["MZ01"], lines, by=OPERATOR, at=AT)


def test_it_is_issued_once_forwards_and_whole(office: Office) -> None:
    bound_by(office, "commission")
    post = office.positions["MZ01"]
    sheet = actions.write_sheet(post, [Line("content", "办理低保")], by=OPERATOR, at=AT)
    with pytest.raises(Unlawful) as caught:
        actions.issue_sheet(sheet, since=TODAY, by=OPERATOR, at=AT)
    assert (caught.value.code, caught.value.clause) == ("sheet_incomplete", "p3.post-responsibility.2")
    whole = actions.write_sheet(post, LINES, by=OPERATOR, at=AT)
    with pytest.raises(Invalid):
        actions.issue_sheet(whole, since=TODAY - timedelta(days=1), by=OPERATOR, at=AT)
    actions.issue_sheet(whole, since=TODAY + timedelta(days=3), by=OPERATOR, at=AT)
    with pytest.raises(Unlawful):
        actions.issue_sheet(whole, since=TODAY + timedelta(days=4), by=OPERATOR, at=AT)
    newer = actions.write_sheet(post, LINES, by=OPERATOR, at=AT)
    with pytest.raises(Invalid):
        actions.issue_sheet(newer, since=TODAY, by=OPERATOR, at=AT)


def test_secret_posts_take_a_clause_and_a_reason(office: Office) -> None:
    post = office.positions["MZ02"]
    with pytest.raises(Unlawful):
        actions.mark_secret(post, secret=True, reason="涉密", by=office.asker("administrator"), at=AT)
    bound_by(office, "commission")
    by = office.asker("administrator")
    with pytest.raises(Invalid):
        actions.mark_secret(post, secret=True, reason=" ", by=by, at=AT)
    actions.mark_secret(post, secret=True, reason="经确定", by=by, at=AT)
    shown = queries.public_posts(office.tenant, AT)
    assert shown is not None
    assert "MZ02" not in {one.held.position.code for one in shown}
    actions.mark_secret(post, secret=False, reason="解密", by=by, at=AT)
    assert kinds(post.id)[-2:] == ["position_secret", "position_open"]


def test_charges_are_kept_version_by_version(office: Office, other: Office) -> None:
    by = office.asker("administrator")
    for text in ("为民服务", "为民办实事"):
        actions.describe_charge(office.tenant, None, text, by=by, at=AT)
    unit = office.units["MZ"]
    actions.describe_charge(office.tenant, unit, "社会救助", by=by, at=AT)
    found = queries.charges_of(office.tenant)
    assert (found[None].text, found[None].version, found[unit.id].text) == ("为民办实事", 2, "社会救助")
    assert queries.charges_of(other.tenant) == {}
    with pytest.raises(Invalid):
        actions.describe_charge(office.tenant, None, " ", by=by, at=AT)
    with pytest.raises(NotFound):
        actions.describe_charge(office.tenant, other.units["MZ"], "别家的", by=by, at=AT)


def test_the_book_has_the_levels_of_its_own_rulebook(office: Office) -> None:
    book = queries.responsibility_book(office.tenant, AT)
    assert [one.code for one in book.levels] == [
        "organ_functions",
        "unit_duties",
        "posts_and_duties",
        "post_holder",
    ]
    assert book.clause == "p4.post-responsibility.3.b"
    assert [one.complete for one in book.levels] == [False, False, False, True]
    assert len(book.levels[2].missing) == len(office.positions)
    bound_by(office, "headquarters")
    assert queries.responsibility_book(office.tenant, AT).levels == []


def test_what_an_office_must_not_show_has_no_page(office: Office) -> None:
    shown_by = {
        "township": "p4.post-responsibility.5",
        "headquarters": "p2.post-substitution.5",
        "company": "",
    }
    for rulebook, clause in shown_by.items():
        bound_by(office, rulebook)
        assert queries.shown_by(office.tenant, AT) == clause
        assert (queries.public_posts(office.tenant, AT) is not None) is bool(clause)


def test_held_between_is_about_days(office: Office) -> None:
    post, clerk = office.positions["MZ01"].id, office.people["clerk"].id
    assert queries.held_between(post, clerk, date(2024, 1, 1), date(2025, 1, 1))
    assert not queries.held_between(post, clerk, date(2024, 1, 1), date(2024, 12, 31))
