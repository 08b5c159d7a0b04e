"""Texts found by two characters that stand together."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.storage import grams
from huiyin.storage.grams import Text
from huiyin.storage.ids import new_id

OFFICE, OTHER = UUID(int=1), UUID(int=2)


def kept(*texts: str, office: UUID = OFFICE, room: str = "matters") -> list[UUID]:
    ids = [new_id() for _ in texts]
    grams.keep(room, [Text(office, one, text) for one, text in zip(ids, texts, strict=True)])
    return ids


def found(text: str, office: UUID = OFFICE, room: str = "matters") -> set[UUID]:
    like = grams.like(office, room, text)
    return set(like.ids) if like else set()


def test_pairs_do_not_reach_across_signs() -> None:
    assert grams.pairs("低保，A1 低保") == ["低保", "a1"]
    assert grams.pairs("ＡＢ") == ["ab"]
    assert grams.pairs("王**") == []
    assert grams.pairs("低") == []


@pytest.mark.django_db
def test_all_pairs_must_occur() -> None:
    first, second, third = kept("低保申请", "低保复核", "申请低价房")
    assert found("低保") == {first, second}
    assert found("低保申请") == {first}
    assert found("申请") == {first, third}
    assert found("保申") == {first}
    assert found("请低保") == set()
    assert grams.like(OFFICE, "matters", "低") is None


@pytest.mark.django_db
def test_offices_and_rooms_are_kept_apart() -> None:
    kept("低保申请")
    assert found("低保", office=OTHER) == set()
    assert found("低保", room="papers") == set()


@pytest.mark.django_db
def test_keeping_twice_changes_nothing() -> None:
    one = uuid4()
    for _ in range(2):
        grams.keep("matters", [Text(OFFICE, one, "低保申请")])
    assert found("低保") == {one}


@pytest.mark.django_db
def test_of_what_is_often_said_the_newest_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grams, "MOST_SEEN", 2)
    ids = kept(*["低保申请"] * 3, "低保年审")
    like = grams.like(OFFICE, "matters", "申请")
    assert like is not None
    assert like.more
    assert set(like.ids) == set(ids[1:3])
    rare = grams.like(OFFICE, "matters", "低保年审")
    assert rare is not None
    assert (rare.more, set(rare.ids)) == (False, {ids[3]}), "the rarest pair decides"


@pytest.mark.django_db
def test_a_long_text_costs_no_more_queries_than_a_short_one() -> None:
    kept("低保申请怎么办理需要什么材料")
    with CaptureQueriesContext(connection) as captured:
        assert len(found("低保申请怎么办理需要什么材料")) == 1
    assert len(captured) <= 5
