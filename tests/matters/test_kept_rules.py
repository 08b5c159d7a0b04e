"""A matter keeps the rules under which it was received, at every step and on everything that names them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiyin.delivery.models import Message
from huiyin.doors.api.answers import matter as answers
from huiyin.matters import queries
from huiyin.matters.actions.replay import write_histories
from huiyin.matters.histories import History, Step
from huiyin.matters.permissions import lawful_verbs
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Tenant
from huiyin.organisation.queries import book_of, rulebooks
from huiyin.reports.dry_runs import dry_run, trying
from huiyin.reports.making import finish
from huiyin.rules.errors import Forbidden, Invalid, Unlawful
from huiyin.rules.overlays import Change, Overlay
from huiyin.rules.rulebook import load
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests.factories import make_office
from tests.matters.handling import FIVE_DAYS, MONDAY, Desk

pytestmark = pytest.mark.django_db

BY_URGENCY, EXTENSION = "p4.time-limit.5.b", "p4.time-limit.8.b"
PHRASES, FILING = "p4.first-responder.3.a", load("township").cite("filing_limit")
SINCE: date = (MONDAY + timedelta(days=1)).astimezone(SHANGHAI).date()
NEW = MONDAY + timedelta(days=2)


def quicker(normal: int = 1) -> dict[str, Any]:
    days = {"urgent": 1, "normal": normal, "low": 3}
    return {"limit": {"unit": "working_day", "range": [1, 3], "by_urgency": days}}


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def adopt(desk: Desk, *changes: Change) -> None:
    office = desk.office
    row = organisation.propose_rules(
        office.tenant,
        changes,
        reason="镇长办公会",
        by=office.asker("efficiency_office", MONDAY),
        at=MONDAY,
    )
    organisation.confirm_rules(row, by=office.asker("main_leader", MONDAY), at=MONDAY)


def pair(desk: Desk, begin: Callable[[], str]) -> tuple[str, str]:
    """One matter from before the change's day and one from after it; the desk then stands after both."""
    desk.at = MONDAY + timedelta(hours=1)
    old = begin()
    desk.at = NEW
    return old, begin()


def test_who_decides_on_more_time(desk: Desk) -> None:
    adopt(desk, Change(EXTENSION, SINCE, {"approver": "leader_in_charge"}))
    old, new = pair(desk, desk.asked_for_time)
    asked = dict(Message.objects.filter(text="extension_wanted").values_list("link", "person_id"))
    assert {link: key for link, key in asked.items() if old in link or new in link} == {
        f"/desk/matters/{old}/": desk.id("main_leader"),
        f"/desk/matters/{new}/": desk.id("leader_in_charge"),
    }
    waiting = {
        who: {one.number for one in queries.decisions(desk.office.asker(who, desk.at), desk.at)}
        for who in ("main_leader", "leader_in_charge")
    }
    assert waiting == {"main_leader": {old}, "leader_in_charge": {new}}
    for who, number in (("main_leader", new), ("leader_in_charge", old)):
        verbs = {
            one.verb for one in lawful_verbs(desk.office.asker(who, desk.at), desk.matter(number), desk.at)
        }
        assert "approve_extension" not in verbs
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number, who=who)
    for who, number in (("main_leader", old), ("leader_in_charge", new)):
        verbs = {
            one.verb for one in lawful_verbs(desk.office.asker(who, desk.at), desk.matter(number), desk.at)
        }
        assert "approve_extension" in verbs
        desk.do("approve_extension", number, who=who)


def verbs(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {one.verb for one in lawful_verbs(asker, desk.matter(number), desk.at)}


def test_whether_anybody_decides_on_more_time(desk: Desk) -> None:
    adopt(desk, Change(EXTENSION, SINCE, {"approver": "nobody"}))
    old, new = pair(desk, desk.accepted)
    desk.do("request_extension", old, limit=FIVE_DAYS, reason="入户核查")
    with pytest.raises(Unlawful):
        desk.do("request_extension", new, limit=FIVE_DAYS, reason="入户核查")


def test_a_duty_that_arises_later_has_the_limit_of_its_matters_time(desk: Desk) -> None:
    adopt(desk, Change(FILING, SINCE, {"limit": {"unit": "working_day", "amount": 5}}))
    for number in pair(desk, desk.accepted):
        desk.filed(number)
    duties = Obligation.objects.filter(clause=FILING).order_by("started_at")
    assert [one.limit_amount for one in duties] == [2, 5]
    # The dry run knows it, too: a change that touches neither leaves both as they are.
    desk.office.tenant.refresh_from_db()
    trial = Overlay("township", "x", (Change(BY_URGENCY, SINCE, quicker()),), "x")
    theirs = trying(desk.office.tenant, trial, MONDAY.date())
    found = finish(dry_run(desk.office.tenant, theirs, asker=None, at=NEW + timedelta(days=1)))
    assert (found.total["matters"], found.total["matters_changed"]) == (2, 0)


def test_what_may_not_be_said(desk: Desk) -> None:
    adopt(desk, Change(PHRASES, SINCE, {"phrases": ["改天再来"]}))
    old, new = pair(desk, desk.enquiry)
    with pytest.raises(Invalid):
        desk.do("answer", new, reply="请改天再来。")
    desk.do("report_progress", old, words="要到县里核实", how="phone")
    desk.do("answer", old, reply="请改天再来。")
    desk.do("answer", new, reply="不知道。")


def test_how_it_is_worded_and_which_version_it_says(desk: Desk) -> None:
    adopt(desk, Change(BY_URGENCY, SINCE, quicker(), zh="按缓急一日内办理。"))
    old, new = pair(desk, desk.enquiry)
    said = {
        number: (clock.clause_text, clock.limit)
        for number in (old, new)
        for clock in [desk.clocks(number)["answer-1"]]
    }
    assert said[new] == ("按缓急一日内办理。", Limit(1, Unit.WORKING_DAY))
    assert said[old] != said[new]
    assert said[old][1] == Limit(2, Unit.WORKING_DAY)
    owed = {one.number: one.book.clause(one.clause).zh for one in desk_owed(desk)}
    assert owed == {number: text for number, (text, _) in said.items()}
    asker = desk.office.asker("clerk", desk.at)
    versions = [
        answers.matter(asker, queries.get(asker, number), desk.at, "/").rulebook for number in (old, new)
    ]
    assert versions[0] != versions[1]
    assert versions == [row.rulebook for row in Obligation.objects.order_by("started_at")]


def desk_owed(desk: Desk) -> list[Any]:
    return queries.owed(desk.office.asker("clerk", desk.at), desk.at)


def test_a_past_that_is_told_later_follows_the_rules_of_its_time(desk: Desk) -> None:
    adopt(desk, Change(BY_URGENCY, SINCE, quicker()), Change(PHRASES, SINCE, {"phrases": ["改天再来"]}))
    office = desk.office
    clerk = office.people["clerk"]
    unit = desk.matter(desk.enquiry()).unit
    later = NEW + timedelta(hours=1)

    def history(at: datetime, reply: str) -> History:
        answer = Step("answer", str(clerk.id), later, {"reply": reply})
        return History("enquiry", "counter", "咨询", clerk, unit, at, (answer,))

    histories = [history(MONDAY + timedelta(hours=1), "请改天再来。"), history(NEW, "不知道。")]
    Obligation.objects.all().delete()
    tenant = Tenant.objects.get(id=office.tenant.id)
    write_histories(tenant, histories, via="import", until=NEW + timedelta(days=30))
    limits = Obligation.objects.order_by("started_at").values_list("limit_amount", flat=True)
    assert list(limits) == [2, 1]
    with pytest.raises(Invalid):
        write_histories(tenant, [history(NEW, "请改天再来。")], via="import", until=NEW + timedelta(days=30))


def test_a_trial_stands_on_what_bound_each_matter(desk: Desk) -> None:
    adopt(desk, Change(BY_URGENCY, SINCE, quicker()))
    desk.office.tenant.refresh_from_db()
    pair(desk, desk.enquiry)
    row = organisation.propose_rules(
        desk.office.tenant,
        [Change(EXTENSION, NEW.date() + timedelta(days=30), {"approver": "leader_in_charge"})],
        reason="x",
        by=desk.office.asker("efficiency_office", NEW),
        at=NEW,
    )
    theirs = trying(desk.office.tenant, rulebooks.overlay_of(row), MONDAY.date())
    found = finish(dry_run(desk.office.tenant, theirs, asker=None, at=NEW + timedelta(days=1)))
    # Neither matter asked for more time: the trial leaves both as they were, each under its own rules.
    assert (found.total["matters"], found.total["matters_changed"]) == (2, 0)
    back = rulebooks.overlay_of(row)
    slower = trying(desk.office.tenant, back, MONDAY.date())(NEW.date())
    assert slower.limit(BY_URGENCY, NEW.date(), urgency="normal") == Limit(1, Unit.WORKING_DAY)


def test_rules_in_memory_are_those_of_the_row_at_hand(desk: Desk) -> None:
    adopt(desk, Change(BY_URGENCY, SINCE, quicker()))
    stale = Tenant.objects.get(id=desk.office.tenant.id)
    adopt(desk, Change(EXTENSION, SINCE, {"approver": "leader_in_charge"}))
    rulebooks._overlays.clear()
    assert book_of(stale, SINCE).value("extension", "approver", SINCE) == "leader_in_charge"
    second = rulebooks.adopted_changes(stale.id).get(number=2)
    back = organisation.propose_taking_back(
        second, reason="x", by=desk.office.asker("efficiency_office", MONDAY), at=MONDAY
    )
    organisation.confirm_rules(back, by=desk.office.asker("main_leader", MONDAY), at=MONDAY)
    fresh = Tenant.objects.get(id=stale.id)
    assert fresh.rulebook_digest == stale.rulebook_digest
    assert book_of(fresh, SINCE).value("extension", "approver", SINCE) == "main_leader"
