"""More time only before the limit and never from oneself, by the verbs and by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection

from huiyin.matters import permissions, queries
from huiyin.matters.models import ExtensionRequest, Pause
from huiyin.organisation import actions as organisation
from huiyin.rules import docket
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, NotFound, Unlawful
from huiyin.rules.lifecycle import extending
from huiyin.rules.verdict import ALLOWED
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.storage.transactions import write
from tests.factories import SINCE
from tests.matters.handling import FIVE_DAYS, TAKEN_BACK, Desk

LATE = "2026-03-16 17:31"
INSPECTION: dict[str, Any] = {"procedure": "inspection", "planned_days": 5, "basis": "入户检验"}
ASK: dict[str, Any] = {"limit": FIVE_DAYS, "reason": "需入户核查"}


@pytest.fixture
def with_deputy(desk: Desk) -> Desk:
    """An office whose main leader has a stand-in."""
    office = desk.office
    organisation.appoint(
        office.positions["LD01"],
        office.people["stand_in"],
        "B",
        since=SINCE,
        by=organisation.OPERATOR,
        at=office.at,
    )
    return desk


@pytest.fixture
def without_guards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken rules and permissions: everybody may decide on everything, at any time."""
    monkeypatch.setattr(docket, "_beyond_limit", lambda *_: ())
    monkeypatch.setattr(extending, "same_hand", lambda *_: False)
    for name in ("may_decide_extension", "may_act_for"):
        monkeypatch.setattr(permissions, name, lambda *_args, **_more: ALLOWED)


def code_of(error: pytest.ExceptionInfo[HuiyinError]) -> str:
    return error.value.code


def test_an_extension_is_asked_granted_and_told(desk: Desk) -> None:
    number = desk.asked_for_time()
    desk.do("approve_extension", number, opinion="同意")
    assert desk.clocks(number)["decide-1"].due_at.date().isoformat() == "2026-03-23"
    with pytest.raises(Invalid):
        desk.do("tell_extension", number, how="王小明来取")
    desk.do("tell_extension", number, how="phone")
    row = ExtensionRequest.objects.get(matter__number=number)
    assert (row.granted, row.decided_by_id, row.told_how) == (True, desk.id("main_leader"), "phone")
    with pytest.raises(Unlawful):
        desk.do("tell_extension", number, how="phone")


def test_a_refused_extension_leaves_the_clock(desk: Desk) -> None:
    number = desk.asked_for_time()
    before = desk.clocks(number)["decide-1"].due_at
    with pytest.raises(Invalid):
        desk.do("refuse_extension", number, opinion=" ")
    desk.do("refuse_extension", number, opinion="不需要")
    assert desk.clocks(number)["decide-1"].due_at == before
    desk.do("request_extension", number, **ASK)
    assert ExtensionRequest.objects.filter(matter__number=number).count() == 2


class TestAfterTheLimit:
    def test_none_is_asked(self, desk: Desk) -> None:
        with pytest.raises(Unlawful) as caught:
            desk.do("request_extension", desk.accepted(), at=LATE, **ASK)
        assert code_of(caught) == "extension_after_limit"

    def test_none_is_granted_that_was_asked_in_time(self, desk: Desk) -> None:
        number = desk.asked_for_time()
        with pytest.raises(Unlawful) as caught:
            desk.do("approve_extension", number, at=LATE)
        assert code_of(caught) == "extension_after_limit"
        desk.do("refuse_extension", number, opinion="已过期")

    def test_the_last_minute_counts(self, desk: Desk) -> None:
        # Negative control: the same two commands a minute earlier.
        number = desk.accepted()
        desk.do("request_extension", number, at="2026-03-16 17:29", **ASK)
        desk.do("approve_extension", number, at="2026-03-16 17:30")

    def test_a_pause_begun_too_late_does_not_bring_the_limit_back(self, desk: Desk) -> None:
        number = desk.accepted()
        desk.do("pause", number, at=LATE, **INSPECTION)
        with pytest.raises(Unlawful) as caught:
            desk.do("request_extension", number, **ASK)
        assert code_of(caught) == "extension_after_limit"

    def test_a_pause_begun_in_time_keeps_the_limit_running(self, desk: Desk) -> None:
        # Negative control of the one before: even when the procedure outlasts its plan.
        number = desk.accepted()
        desk.do("pause", number, at="2026-03-16 09:00", **INSPECTION)
        desk.do("request_extension", number, at="2026-04-20 09:00", **ASK)
        desk.do("approve_extension", number)

    def test_a_request_from_before_a_late_pause_is_not_granted(self, desk: Desk) -> None:
        number = desk.asked_for_time()
        desk.do("pause", number, at=LATE, **INSPECTION)
        with pytest.raises(Unlawful) as caught:
            desk.do("approve_extension", number)
        assert code_of(caught) == "extension_after_limit"

    @pytest.mark.usefixtures("without_guards")
    def test_without_the_guard_it_would_go_through(self, desk: Desk) -> None:
        number = desk.accepted()
        desk.do("request_extension", number, at=LATE, **ASK)
        desk.do("approve_extension", number)
        assert desk.clocks(number)["decide-1"].due_at.date().isoformat() == "2026-03-23"


class TestOnesOwn:
    """Nobody decides on their own extension, under whichever name."""

    def handled_by_main_leader(self, desk: Desk) -> str:
        """An application of the main leader's, in an office that has a second one."""
        desk.office.second_main_leader("office_head")
        number = desk.accepted()
        desk.do("offer_handover", number, to=desk.id("main_leader"))
        desk.do("accept_handover", number, who="main_leader")
        return number

    def test_asked_and_granted_by_one_person(self, desk: Desk) -> None:
        number = self.handled_by_main_leader(desk)
        desk.do("request_extension", number, who="main_leader", **ASK)
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number)
        with pytest.raises(Forbidden):
            desk.do("refuse_extension", number, opinion="不")

    @pytest.mark.parametrize(
        ("who", "acting_for"), [("main_leader", ""), ("stand_in", ""), ("stand_in", "main_leader")]
    )
    def test_asked_by_the_stand_in_for_the_leader(self, with_deputy: Desk, who: str, acting_for: str) -> None:
        desk = with_deputy
        number = self.handled_by_main_leader(desk)
        desk.office.absent("main_leader", starts_at=desk.at, hours=1)
        desk.do("request_extension", number, who="stand_in", acting_for="main_leader", **ASK)
        if not acting_for and who == "main_leader":
            desk.at = desk.at.replace(hour=14)
        with pytest.raises((Forbidden, NotFound)):
            desk.do("approve_extension", number, who=who, acting_for=acting_for)
        assert ExtensionRequest.objects.get(matter__number=number).granted is None

    def test_asked_by_the_leader_and_granted_by_the_stand_in_for_the_leader(self, with_deputy: Desk) -> None:
        desk = with_deputy
        number = self.handled_by_main_leader(desk)
        desk.do("request_extension", number, who="main_leader", **ASK)
        desk.office.absent("main_leader", starts_at=desk.at)
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number, who="stand_in", acting_for="main_leader")

    def test_asked_by_the_stand_in_for_the_handler_and_granted_by_the_stand_in(
        self, with_deputy: Desk
    ) -> None:
        # The stand-in of both: asks for the clerk, and decides for the leader.
        desk = with_deputy
        office = desk.office
        number = desk.accepted()
        organisation.appoint(
            office.positions["MZ00"],
            office.people["stand_in"],
            "B",
            since=SINCE,
            by=organisation.OPERATOR,
            at=office.at,
        )
        desk.do("offer_handover", number, to=desk.id("head"))
        desk.do("accept_handover", number, who="head")
        for who in ("head", "main_leader"):
            office.absent(who, starts_at=desk.at)
        desk.do("request_extension", number, who="stand_in", acting_for="head", **ASK)
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number, who="stand_in", acting_for="main_leader")

    def test_with_nobody_else_to_decide_it_is_not_even_asked(self, desk: Desk) -> None:
        number = desk.accepted()
        desk.do("offer_handover", number, to=desk.id("main_leader"))
        desk.do("accept_handover", number, who="main_leader")
        with pytest.raises(Unlawful) as caught:
            desk.do("request_extension", number, who="main_leader", **ASK)
        assert code_of(caught) == "nobody_may_decide"
        # Negative control: with a second main leader it is asked, and that one decides.
        desk.office.second_main_leader("office_head")
        desk.do("request_extension", number, who="main_leader", **ASK)
        desk.do("approve_extension", number, who="office_head")

    def test_laundered_through_a_hand_over(self, desk: Desk) -> None:
        number = desk.asked_for_time()
        desk.do("offer_handover", number, to=desk.id("main_leader"))
        desk.do("accept_handover", number, who="main_leader")
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number)
        desk.do("offer_handover", number, who="main_leader", to=desk.id("clerk"))
        desk.do("accept_handover", number, who="clerk")
        desk.do("approve_extension", number)

    def test_the_stand_in_decides_what_others_asked(self, with_deputy: Desk) -> None:
        # Negative control: the same person, the same power, somebody else's request.
        desk = with_deputy
        number = desk.asked_for_time()
        desk.office.absent("main_leader", starts_at=desk.at)
        [waiting] = queries.decisions(desk.office.asker("stand_in", desk.at), desk.at)
        assert (waiting.number, waiting.own, waiting.acting_for_id) == (number, False, desk.id("main_leader"))
        desk.do("approve_extension", number, who="stand_in", acting_for="main_leader")
        assert ExtensionRequest.objects.get(matter__number=number).granted

    @pytest.mark.usefixtures("without_guards")
    def test_without_rules_and_permissions_the_database_still_refuses(self, desk: Desk) -> None:
        number = self.handled_by_main_leader(desk)
        desk.do("request_extension", number, who="main_leader", **ASK)
        with pytest.raises(IntegrityError), write():
            desk.do("approve_extension", number)

    def test_raw_sql_cannot_write_it(self, desk: Desk) -> None:
        number = desk.asked_for_time()
        decide = "UPDATE matter_extension SET decided_by_id = requested_by_id"
        with pytest.raises(IntegrityError), write(), connection.cursor() as cursor:
            cursor.execute(decide)
        # Negative control: another person passes the same constraint.
        with write(), connection.cursor() as cursor:
            cursor.execute(f"{decide} WHERE 1 = 0")
            ExtensionRequest.objects.filter(matter__number=number).update(decided_by=desk.id("main_leader"))


def test_only_the_rank_the_rulebook_names_decides(desk: Desk) -> None:
    number = desk.asked_for_time()
    for who in ("leader_in_charge", "head", "second_clerk"):
        with pytest.raises(Forbidden):
            desk.do("approve_extension", number, who=who)


def test_a_second_request_waits_for_the_first(desk: Desk) -> None:
    number = desk.asked_for_time()
    with pytest.raises(Unlawful) as caught:
        desk.do("request_extension", number, **ASK)
    assert code_of(caught) == "extension_pending"
    row = ExtensionRequest.objects.get(matter__number=number)
    row.pk = None
    with pytest.raises(IntegrityError), write():
        ExtensionRequest(
            matter=row.matter,
            requested_by=row.requested_by,
            requested_at=desk.at,
            amount=1,
            unit="working_day",
            reason="再",
        ).save()


@pytest.mark.parametrize("limit", [Limit(11, Unit.WORKING_DAY), Limit(5, Unit.CALENDAR_DAY)])
def test_no_longer_than_the_law_allows(desk: Desk, limit: Limit) -> None:
    with pytest.raises(Unlawful) as caught:
        desk.do("request_extension", desk.accepted(), limit=limit, reason="要")
    assert code_of(caught) == "extension_too_long"


def test_nothing_waits_where_nothing_was_asked(desk: Desk) -> None:
    number = desk.accepted()
    for verb, fields in (
        ("approve_extension", {}),
        ("refuse_extension", {"opinion": "不"}),
        ("withdraw_extension", {}),
    ):
        with pytest.raises(HuiyinError):
            desk.do(verb, number, **fields)
    with pytest.raises(Unlawful):
        desk.do("tell_extension", number, how="phone")
    with pytest.raises(Unlawful):
        desk.do("resume", number)


class TestPauses:
    def test_the_days_do_not_count_and_the_applicant_is_told(self, desk: Desk) -> None:
        number = desk.accepted()
        receipt = desk.do("pause", number, at="2026-03-10 09:00", **INSPECTION)
        assert len(receipt.documents) == 1
        desk.do("resume", number, at="2026-03-16 17:30")
        assert desk.clocks(number)["decide-1"].due_at.date().isoformat() == "2026-03-23"
        assert Pause.objects.get(matter__number=number).ended_at == desk.at

    def test_while_an_extension_waits(self, desk: Desk) -> None:
        number = desk.asked_for_time()
        desk.do("pause", number, **INSPECTION)
        desk.do("approve_extension", number)
        desk.do("resume", number)
        assert desk.matter(number).extension_untold

    @pytest.mark.parametrize("planned", [0, -1, 1000, 40000])
    def test_a_plan_that_no_calendar_holds(self, desk: Desk, planned: int) -> None:
        with pytest.raises(Invalid):
            desk.do("pause", desk.accepted(), **{**INSPECTION, "planned_days": planned})

    def test_only_procedures_the_law_names(self, desk: Desk) -> None:
        number = desk.accepted()
        with pytest.raises(Unlawful) as caught:
            desk.do("pause", number, **{**INSPECTION, "procedure": "lunch"})
        assert (caught.value.code, caught.value.clause) == ("no_such_procedure", "law.licensing.45")
        assert not Pause.objects.filter(matter__number=number).exists()


def test_a_request_taken_back_is_neither_granted_nor_refused(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("request_extension", number, **ASK)
    desk.do("withdraw_extension", number)
    row = ExtensionRequest.objects.get()
    assert (row.granted, row.decided_at, row.withdrawn_at) == (None, None, desk.at)
    assert queries.decisions(desk.office.asker("main_leader", desk.at), desk.at) == []
    desk.do("request_extension", number, **ASK)
    assert len(queries.decisions(desk.office.asker("main_leader", desk.at), desk.at)) == 1


def test_a_matter_taken_back_leaves_no_request_waiting(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("request_extension", number, **ASK)
    desk.do("withdraw", number, reason="不办了", **TAKEN_BACK)
    assert ExtensionRequest.objects.get().withdrawn_at == desk.at
    assert queries.decisions(desk.office.asker("main_leader", desk.at), desk.at) == []
