"""A filing that lies with a leader who is away goes before the main leader by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, permissions, queries
from huiyin.matters.actions import rerouting
from huiyin.matters.models import RefusalFiling
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Absence, Tenant
from huiyin.rules.errors import Unlawful
from tests.matters.handling import Desk

HOUR = timedelta(hours=1)


def away(desk: Desk, who: str = "leader_in_charge", *, after: timedelta = timedelta(0)) -> Absence:
    return actions.go_away(
        desk.office.people[who],
        starts_at=desk.at + after,
        ends_at=desk.at + after + 24 * HOUR,
        kind="meeting",
        by=organisation.OPERATOR,
        at=desk.at,
    )


def lies_with(number: str) -> tuple[object, bool]:
    row = RefusalFiling.objects.get(matter__number=number)
    return row.filed_to_id, row.fell_back


def verbs(desk: Desk, who: str, number: str) -> set[str]:
    asker = desk.office.asker(who, desk.at)
    return {one.verb for one in permissions.lawful_verbs(asker, desk.matter(number), desk.at)}


def test_it_goes_when_the_absence_is_entered_and_once(desk: Desk) -> None:
    number = desk.filed()
    away(desk)
    assert lies_with(number) == (desk.id("main_leader"), True)
    event = LedgerEvent.objects.filter(subject_id=desk.matter(number).id).latest("seq")
    assert (event.kind, event.actor, event.via) == ("refusal.filed", "system", "worker")
    assert actions.put_before_main_leader(desk.at + HOUR) == 0
    # Nobody's hand was in it: the parties are those who were, and the main leader signs.
    assert desk.matter(number).refusal_by == [str(desk.id("clerk"))]
    assert desk.do("approve_refusal", number, who="main_leader").stage == "refusal_approved"


def test_of_an_absence_to_come_it_goes_when_it_begins(desk: Desk) -> None:
    number = desk.filed()
    absence = away(desk, after=2 * HOUR)
    assert actions.put_before_main_leader(absence.starts_at - timedelta(seconds=1)) == 0
    assert actions.put_before_main_leader(absence.starts_at) == 1
    assert lies_with(number) == (desk.id("main_leader"), True)


def test_one_called_off_before_it_began_moves_nothing(desk: Desk) -> None:
    number = desk.filed()
    absence = away(desk, after=2 * HOUR)
    organisation.cancel_absence(absence, by=organisation.OPERATOR, at=desk.at)
    assert actions.put_before_main_leader(absence.starts_at) == 0
    assert lies_with(number) == (desk.id("leader_in_charge"), False)


def test_a_leader_who_left_the_office_is_away_for_good(desk: Desk) -> None:
    number = desk.filed()
    organisation.leave(desk.office.people["leader_in_charge"], by=organisation.OPERATOR, at=desk.at)
    assert actions.put_before_main_leader(desk.at) == 1
    assert lies_with(number) == (desk.id("main_leader"), True)


@pytest.mark.parametrize("rulebook", ["commission", "headquarters"])
def test_where_no_clause_says_so_it_waits(desk: Desk, rulebook: str) -> None:
    number = desk.filed()
    Tenant.objects.filter(id=desk.office.tenant.id).update(rulebook=rulebook)
    away(desk)
    assert actions.put_before_main_leader(desk.at) == 0
    assert lies_with(number) == (desk.id("leader_in_charge"), False)


def test_it_does_not_go_before_who_has_a_part_in_it(desk: Desk) -> None:
    number = desk.filed()
    desk.do("offer_handover", number, to=desk.id("main_leader"))
    desk.do("accept_handover", number, who="main_leader")
    away(desk)
    assert lies_with(number) == (desk.id("leader_in_charge"), False)


def test_one_that_cannot_go_keeps_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stuck, moved = desk.filed(), desk.filed()
    first, put = desk.matter(stuck).id, rerouting._put

    def fails(matter_id: object, at: object) -> bool:
        if matter_id == first:
            raise Unlawful("no", code="no")
        return put(matter_id, at)  # type: ignore[arg-type]

    monkeypatch.setattr(rerouting, "_put", fails)
    away(desk)
    assert lies_with(stuck) == (desk.id("leader_in_charge"), False)
    assert lies_with(moved) == (desk.id("main_leader"), True)
    assert str(first) in caplog.text


def test_by_hand_only_where_it_lies_in_vain(desk: Desk) -> None:
    number = desk.filed()
    assert "file_refusal" not in verbs(desk, "clerk", number)
    absence = away(desk)
    assert "file_refusal" not in verbs(desk, "clerk", number)
    organisation.cancel_absence(absence, by=organisation.OPERATOR, at=desk.at + HOUR)
    desk.at += 2 * HOUR
    with pytest.raises(Unlawful) as caught:
        desk.do("file_refusal", number)
    assert caught.value.code == "already_filed"
    # The main leader goes away in turn, and the leader in charge is here again: now the handler must.
    away(desk, "main_leader")
    assert "file_refusal" in verbs(desk, "clerk", number)
    desk.do("file_refusal", number)
    assert lies_with(number) == (desk.id("leader_in_charge"), False)
    assert queries.decisions(desk.office.asker("leader_in_charge", desk.at), desk.at) != []
