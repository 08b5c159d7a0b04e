"""Keys for programs."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiyin.organisation import actions, queries
from huiyin.organisation.actions import OPERATOR
from huiyin.organisation.models import Integration
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
