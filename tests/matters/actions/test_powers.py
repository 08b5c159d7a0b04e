"""The register of who may not refuse without asking."""

from __future__ import annotations

from uuid import UUID

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, queries
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound, Unlawful
from tests.factories import make_office
from tests.matters.handling import Desk

PROPOSE = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}


def restrict(desk: Desk, *, position: str = "", item: str = "", who: str = "main_leader") -> UUID:
    row = actions.restrict_refusal(
        desk.office.asker(who, desk.at),
        position=desk.office.positions[position].id if position else None,
        item=desk.office.items[item].id if item else None,
        at=desk.at,
    )
    return row.id


@pytest.mark.parametrize(
    "given", [{"position": "MZ01"}, {"item": "DB-1"}, {"position": "MZ01", "item": "DB-1"}]
)
def test_taken_and_given_back_both_leave_an_event(desk: Desk, given: dict[str, str]) -> None:
    number = desk.accepted()
    # The clerk holds the position as A and has no other that may refuse.
    key = restrict(desk, **given)
    with pytest.raises(Unlawful) as caught:
        desk.do("propose_refusal", number, **PROPOSE)
    assert (caught.value.code, caught.value.clause) == ("no_refusal_power", "p4.refusal-filing.2.2.a")
    actions.lift_restriction(desk.office.asker("administrator", desk.at), key, at=desk.at)
    desk.do("propose_refusal", number, **PROPOSE)
    kinds = LedgerEvent.objects.filter(subject_id=key).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == ["refusal_power.taken", "refusal_power.given"]


def test_another_item_and_another_position_keep_the_power(desk: Desk) -> None:
    restrict(desk, position="MZ01", item="ZM-1")
    restrict(desk, position="MZ02", item="DB-1")
    desk.do("propose_refusal", desk.accepted(), **PROPOSE)


def test_the_register_is_kept_by_the_main_leader_and_administrators_alone(desk: Desk) -> None:
    for who in ("clerk", "head", "leader_in_charge", "efficiency_office"):
        with pytest.raises(Forbidden):
            restrict(desk, position="MZ01", who=who)


def test_nothing_named_and_the_same_twice_are_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        restrict(desk)
    restrict(desk, item="DB-1")
    with pytest.raises(Conflict):
        restrict(desk, item="DB-1")


def test_what_is_of_another_office_is_not_found(desk: Desk) -> None:
    other = Desk(make_office("linzhen"))
    key = restrict(other, item="DB-1")
    asker = desk.office.asker("main_leader", desk.at)
    with pytest.raises(NotFound):
        actions.lift_restriction(asker, key, at=desk.at)
    with pytest.raises(NotFound):
        actions.restrict_refusal(asker, position=other.office.positions["MZ01"].id, item=None, at=desk.at)
    assert not queries.restrictions(asker).exists()
    desk.do("propose_refusal", desk.accepted(), **PROPOSE)
