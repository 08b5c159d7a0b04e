"""Keys for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.doors.rights import RIGHTS
from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Integration
from huiyin.organisation.terms import DECIDING
from huiyin.rules.errors import HuiyinError, Invalid, Unlawful
from tests.factories import AT, Office
from tests.organisation.events import kinds

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def test_a_token_is_shown_once_and_stops_at_once(office: Office) -> None:
    by = office.asker("administrator")
    integration, token = actions.issue_token(
        office.people["clerk"], name="叫号机", rights=["b", "a", "a"], expires_at=AT + HOUR, by=by, at=AT
    )
    assert integration.rights == ["a", "b"]
    assert token not in repr(list(Integration.objects.values()))
    assert queries.asker_for_token(token, AT) is not None
    actions.revoke_token(integration, by=by, at=AT)
    assert queries.asker_for_token(token, AT) is None
    with pytest.raises(Unlawful):
        actions.revoke_token(integration, by=by, at=AT)
    assert kinds(integration.id) == ["token_issued", "token_revoked"]


def test_a_token_needs_rights_and_an_end(office: Office) -> None:
    with pytest.raises(HuiyinError) as caught:
        actions.issue_token(
            office.people["clerk"],
            name="",
            rights=["A B"],
            expires_at=AT + timedelta(days=400),
            by=OPERATOR,
            at=AT,
        )
    assert isinstance(caught.value, Invalid)
    assert set(caught.value.fields) == {"rights", "expires_at", "name"}


@pytest.mark.parametrize("right", sorted(DECIDING))
def test_only_the_leader_gives_away_the_right_to_decide(office: Office, right: str) -> None:
    fields = {"name": "审批", "rights": ["read", right], "expires_at": AT + HOUR, "at": AT}
    by = office.asker("administrator")
    with pytest.raises(Invalid) as caught:
        actions.issue_token(office.people["main_leader"], by=by, **fields)  # type: ignore[arg-type]
    assert "本人" in caught.value.fields["rights"]
    assert not Integration.objects.exists()
    # Negative control: for themselves, and on the machine, it can be had.
    actions.issue_token(office.people["administrator"], by=by, **fields)  # type: ignore[arg-type]
    actions.issue_token(office.people["main_leader"], by=OPERATOR, **fields)  # type: ignore[arg-type]


def test_the_rights_to_decide_are_rights_that_the_doors_know() -> None:
    assert set(RIGHTS) > DECIDING


def test_the_token_of_a_closed_account_opens_nothing(office: Office) -> None:
    by = office.asker("administrator")
    fields = {"name": "x", "rights": ["read"], "expires_at": AT + HOUR, "by": by, "at": AT}
    _, token = actions.issue_token(office.people["clerk"], **fields)  # type: ignore[arg-type]
    assert queries.asker_for_token(token, AT) is not None  # who has no account has none closed
    account, _ = office.account("clerk")
    assert queries.asker_for_token(token, AT) is not None
    actions.set_account_active(account, active=False, by=by, at=AT)
    assert queries.asker_for_token(token, AT) is None
    actions.set_account_active(account, active=True, by=by, at=AT)
    assert queries.asker_for_token(token, AT) is not None
