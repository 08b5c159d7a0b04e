"""A promise is kept when the promised limit was, without extensions and without the time that stood still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.matters import actions
from huiyin.matters.steps import Paper
from huiyin.organisation.queries import tenant as office_of
from huiyin.reports.promises import Kept, Promises, Shown, promises_kept, public_promises, shown_promises
from huiyin.rules.errors import HuiyinError
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import Office, make_office
from tests.scenarios.story import moment

pytestmark = pytest.mark.django_db

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def by(office: Office, who: str, text: str) -> actions.By:
    at = moment(text)
    return actions.By(office.asker(who, at), at, str(uuid4()))


def nothing(number: str) -> None:
    """What happens between accepting and deciding, usually."""


def decided(
    office: Office, day: str, *, accepted: str = "2026-03-02", between: Callable[[str], None] = nothing
) -> None:
    """One application for the item with 20 days by law and 10 promised, accepted and decided so."""
    request = actions.Request(
        kind="application", channel="counter", item="DB-1", applicant_name="王小明", summary="低保"
    )
    number = actions.register(by(office, "clerk", f"{accepted} 09:00"), request).number
    whole = [Paper("居民户口簿", present=True), Paper("收入证明", present=True)]
    actions.check_materials(by(office, "clerk", f"{accepted} 09:01"), number, found=whole)
    actions.accept_application(by(office, "clerk", f"{accepted} 09:02"), number)
    between(number)
    actions.grant(by(office, "clerk", f"{day} 15:00"), number, reply="已办好。")


def figures(office: Office, who: str = "main_leader") -> Promises:
    return promises_kept(office.asker(who, moment("2026-12-01 09:00")), *YEAR)


def test_kept_early_and_broken() -> None:
    office = make_office()
    decided(office, "2026-03-06")  # four working days
    decided(office, "2026-03-16")  # the tenth and last
    decided(office, "2026-03-17")  # the eleventh
    total = figures(office).total
    assert (total.decided, total.promised, total.kept, total.lawful, total.within) == (3, 3, 2, 3, 3)
    assert (total.early, total.late) == (1, 1)
    assert total.days == 4 + 10 + 11
    assert (total.share_kept, total.average_days, total.speedup) == (2 / 3, 25 / 3, 0.5)


def test_an_extension_does_not_keep_the_promise() -> None:
    office = make_office()

    def extended(number: str) -> None:
        more = Limit(5, Unit.WORKING_DAY)
        asked = by(office, "clerk", "2026-03-10 09:00")
        actions.request_extension(asked, number, limit=more, reason="需要核实")
        actions.approve_extension(by(office, "main_leader", "2026-03-10 10:00"), number)

    decided(office, "2026-03-20", between=extended)
    total = figures(office).total
    assert (total.decided, total.kept, total.within, total.late) == (1, 0, 1, 0)


def test_time_that_stood_still_is_not_counted() -> None:
    office = make_office()

    def still(number: str) -> None:
        paused = by(office, "clerk", "2026-03-03 09:00")
        actions.pause(paused, number, procedure="hearing", planned_days=10, basis="依法听证")
        actions.resume(by(office, "clerk", "2026-03-17 09:00"), number)

    decided(office, "2026-03-20", between=still)
    total = figures(office).total
    # Three days after the hearing; the days on which it began and ended are not counted.
    assert (total.decided, total.kept, total.days) == (1, 1, 3)


def test_what_was_withdrawn_counts_nowhere() -> None:
    office = make_office()

    def withdrawn(number: str) -> None:
        actions.withdraw(by(office, "clerk", "2026-03-04 09:00"), number, reason="不办了")

    with pytest.raises(HuiyinError):
        decided(office, "2026-03-20", between=withdrawn)
    assert figures(office).total == Kept()


def test_no_share_rests_on_nothing() -> None:
    office = make_office()
    found = figures(office)
    assert (found.total, found.items, found.months) == (Kept(), [], {})
    assert found.total.share_kept is None
    assert found.total.speedup is None


def test_by_unit_item_and_month_and_only_what_one_may_see() -> None:
    office, other = make_office(), make_office("linzhen")
    decided(office, "2026-03-06")
    decided(office, "2026-04-10", accepted="2026-04-01")
    decided(other, "2026-03-06")
    found = figures(office)
    assert [(one.code, one.figures.decided) for one in found.items] == [("DB-1", 2)]
    assert {month: one.decided for month, one in found.months.items()} == {"2026-03": 1, "2026-04": 1}
    assert list(found.units) == [office.units["MZ"].name]
    assert figures(office, "receptionist").total.decided == 0
    march = promises_kept(office.asker("main_leader"), date(2026, 3, 1), date(2026, 3, 31))
    assert march.total.decided == 1
    public = public_promises(office_of(office.tenant.id), *YEAR)
    assert public.total.decided == 2


def test_the_public_figures_are_worked_out_once_an_hour() -> None:
    office, other = make_office(), make_office("linzhen")
    decided(office, "2026-03-06")
    shown = [shown_promises(office.tenant, moment(f"2026-03-20 {at}")) for at in ("09:00", "09:59")]
    assert shown[0] is shown[1]
    assert shown[0].figures.total.decided == 1
    assert (shown[0].figures.since, shown[0].figures.until) == (date(2026, 1, 1), date(2026, 3, 20))
    decided(office, "2026-03-16")
    with CaptureQueriesContext(connection) as asked:
        assert shown_promises(office.tenant, moment("2026-03-20 09:59")) is shown[0]
    assert len(asked) == 0
    assert shown_promises(office.tenant, moment("2026-03-20 10:00")).figures.total.decided == 2
    assert shown_promises(other.tenant, moment("2026-03-20 10:00")).figures.total.decided == 0


def test_whoever_comes_while_they_are_worked_out_reads_those_of_the_hour_before() -> None:
    office = make_office()
    before = shown_promises(office.tenant, moment("2026-03-20 09:00"))
    asked: list[Shown] = []

    def slowly(*_: object) -> Promises:
        asked.append(shown_promises(office.tenant, moment("2026-03-20 10:01")))
        return Promises(*YEAR)

    with patch("huiyin.reports.promises.public_promises", side_effect=slowly):
        after = shown_promises(office.tenant, moment("2026-03-20 10:00"))
    assert asked == [before]
    assert after.at == moment("2026-03-20 10:00")


def test_what_could_not_be_worked_out_is_tried_again() -> None:
    office = make_office()
    with (
        patch("huiyin.reports.promises.public_promises", side_effect=OSError("the disk is gone")),
        pytest.raises(OSError, match="disk"),
    ):
        shown_promises(office.tenant, moment("2026-03-20 09:00"))
    assert shown_promises(office.tenant, moment("2026-03-20 09:00")).figures.total.decided == 0


def test_more_matters_ask_no_more_queries() -> None:
    office = make_office()
    counts = []
    for _ in range(2):
        decided(office, "2026-03-06")
        asker = office.asker("main_leader")
        with CaptureQueriesContext(connection) as asked:
            promises_kept(asker, *YEAR)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 4
