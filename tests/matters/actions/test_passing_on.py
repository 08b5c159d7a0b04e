"""The step of an approval goes to whoever holds the post that signs it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.ledger.models import LedgerEvent
from huiyin.matters import actions, permissions, queries
from huiyin.matters.actions import passing_on
from huiyin.obligations.models import Obligation
from huiyin.organisation import actions as organisation
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.errors import Forbidden, Unlawful
from tests.matters.handling import Desk
from tests.matters.stepped import accepted, commission

pytestmark = pytest.mark.django_db


def at_second_step() -> tuple[Desk, str]:
    desk = Desk(commission())
    number = accepted(desk)
    desk.do("sign_step", number)
    return desk, number


def signs(desk: Desk, who: str, number: str) -> bool:
    choices = permissions.lawful_verbs(desk.office.asker(who, desk.at), desk.matter(number), desk.at)
    return "sign_step" in {one.verb for one in choices}


def test_with_a_new_holder_of_the_post_it_lies_before_that_one_on_the_same_clock() -> None:
    desk, number = at_second_step()
    assert actions.pass_steps_on(desk.at) == 0
    row = Obligation.objects.get(subject_id=desk.matter(number).id, key="sign_step-2")
    post, successor = desk.office.positions["MZ00"], desk.office.people["second_clerk"]
    organisation.appoint(post, successor, "A", since=desk.at.date(), by=OPERATOR, at=desk.at)
    # Whoever left the post signs it no more, and the handler never did.
    for who in ("head", "clerk"):
        with pytest.raises(Forbidden):
            desk.do("sign_step", number, who=who)
    assert actions.pass_steps_on(desk.at) == 1
    moved = Obligation.objects.get(id=row.id)
    assert (moved.bearer_id, moved.due_at, moved.started_at) == (successor.id, row.due_at, row.started_at)
    event = LedgerEvent.objects.filter(subject_id=desk.matter(number).id).latest("seq")
    assert (event.kind, event.actor, event.via) == ("signing.passed", "system", "worker")
    assert signs(desk, "second_clerk", number)
    assert actions.pass_steps_on(desk.at) == 0
    desk.do("sign_step", number, who="second_clerk")


def test_where_nobody_holds_the_post_the_handler_signs_for_who_has_gone() -> None:
    desk, number = at_second_step()
    organisation.leave(desk.office.people["head"], by=OPERATOR, at=desk.at)
    assert actions.pass_steps_on(desk.at) == 0
    assert signs(desk, "clerk", number)
    # As soon as somebody holds it, it is theirs.
    organisation.appoint(
        desk.office.positions["MZ00"],
        desk.office.people["second_clerk"],
        "A",
        since=desk.at.date(),
        by=OPERATOR,
        at=desk.at,
    )
    assert not signs(desk, "clerk", number)
    assert actions.pass_steps_on(desk.at) == 1
    assert signs(desk, "second_clerk", number)


def test_one_that_the_rules_do_not_let_on_keeps_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, number = at_second_step()

    def stuck(*_: object) -> bool:
        raise Unlawful("stuck", code="stuck")

    organisation.appoint(
        desk.office.positions["MZ00"],
        desk.office.people["second_clerk"],
        "A",
        since=desk.at.date(),
        by=OPERATOR,
        at=desk.at,
    )
    with monkeypatch.context() as patched:
        patched.setattr(passing_on, "_pass", stuck)
        assert actions.pass_steps_on(desk.at) == 0
    assert actions.pass_steps_on(desk.at + timedelta(minutes=1)) == 1
    assert queries.lying_with_another(desk.at) == []
    assert signs(desk, "second_clerk", number)
