"""What is kept of matters is kept with them, and can be made again."""

from __future__ import annotations

import pytest

from huiyin.matters import actions, queries
from huiyin.rules.errors import Invalid
from huiyin.storage.models import Gram, Spelling
from tests.factories import make_office
from tests.matters.handling import Desk

pytestmark = pytest.mark.django_db


def pairs() -> set[tuple[int, object]]:
    return set(Gram.objects.values_list("key", "subject_id"))


def sounds() -> set[tuple[object, ...]]:
    return set(
        Spelling.objects.values_list("tenant_id", "kind", "subject_id", "initials", "readings", "begins")
    )


def test_the_index_is_written_with_the_matter_and_made_again_alike() -> None:
    desk = Desk(make_office())
    desk.enquiry(summary="沼气池补贴")
    kept = pairs()
    assert kept
    Gram.objects.all().delete()
    asker = desk.office.asker("main_leader", desk.at)
    assert queries.handled_like(asker, "沼气") == []
    told: list[int] = []
    assert actions.keep_all_texts(desk.office.tenant, told.append) == sum(told) == 1
    assert pairs() == kept
    assert queries.handled_like(asker, "沼气")


def test_a_matter_that_is_refused_leaves_nothing_to_be_found() -> None:
    desk = Desk(make_office())
    with pytest.raises(Invalid):
        desk.enquiry(summary="沼" * 300)
    assert pairs() == set()
