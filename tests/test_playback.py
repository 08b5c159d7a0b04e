"""What is played back is what was made: the same rows, a sound ledger, and nothing shared between tests."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import transaction

from huiyin.ledger.queries import verify
from tests import playback
from tests.factories import Office, make_office

pytestmark = pytest.mark.django_db


def test_played_back_is_what_was_made() -> None:
    made = _rows_of_a_fresh_office()
    played = _rows_of_a_fresh_office()
    assert made == played
    assert sum(map(len, played.values())) > 100


def test_what_is_played_back_is_nobody_elses() -> None:
    first = _undone()
    first.people["clerk"].name = "改过"
    first.units.clear()
    again = make_office("playback")
    assert again.people["clerk"].name != "改过"
    assert "MZ" in again.units
    again.people["clerk"].refresh_from_db()


def test_the_ledger_of_what_was_played_back_holds() -> None:
    _undone()
    make_office("playback")
    found = verify()
    assert found.events > 30
    assert not found.faults


def test_a_preparation_that_fails_is_not_kept() -> None:
    def fail() -> None:
        raise ValueError("half way")

    for _ in range(2):
        with pytest.raises(ValueError, match="half way"):
            playback.again("fails", fail)


def _undone() -> Office:
    with transaction.atomic():
        made = make_office("playback")
        transaction.set_rollback(True)
    return made


def _rows_of_a_fresh_office() -> dict[str, list[tuple[object, ...]]]:
    with transaction.atomic():
        make_office("playback")
        found = {
            model._meta.db_table: sorted(model._default_manager.values_list(), key=repr)
            for model in apps.get_models()
        }
        transaction.set_rollback(True)
    return found
