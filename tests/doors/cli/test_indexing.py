"""The index of "whose is it?" made again by a command."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.storage.models import Gram, Spelling
from tests.doors.cli.conftest import Run
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db


def test_everything_is_found_again(cli: Run) -> None:
    desk = Desk(make_office())
    desk.enquiry(summary="沼气池补贴")
    Gram.objects.all().delete()
    Spelling.objects.all().delete()
    said = cli("index", "--json")
    assert said.code == 0
    assert {name: said.json[name] for name in ("people_and_positions", "items", "matters")} == {
        "people_and_positions": 20,
        "items": 2,
        "matters": 1,
    }
    assert queries.handled_like(desk.office.asker("main_leader", desk.at), "沼气")
    assert Spelling.objects.exists()
    assert "办件1件" in cli("index").out
