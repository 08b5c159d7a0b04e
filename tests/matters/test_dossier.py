"""A dossier writes nothing, keeps what steps made, and finds what they left before."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.documents.models import Document
from huiyin.matters.actions import saving
from huiyin.matters.actions.commands import Session
from huiyin.matters.dossier import Dossier
from huiyin.matters.models import Handover, MaterialCheck, Matter
from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful
from tests.factories import Office
from tests.matters.handling import Desk
from tests.matters.in_memory import bench, in_hand


def loaded(desk: Desk, number: str) -> Dossier:
    """The dossier of a stored matter, as a verb gets it."""
    session = Session(desk.by(), lambda _: 1)
    return saving.load_dossier(session, desk.matter(number))


def test_nothing_is_written_in_memory(office: Office) -> None:
    in_hand(office)
    assert not Matter.objects.exists()


def test_a_dossier_not_begun_has_no_state(office: Office) -> None:
    one = bench(office).dossier
    blank = Dossier(one.tenant, one.matter, one.law, one.numbers, one.people, stored=False)
    with pytest.raises(LookupError):
        _ = blank.state
    assert (blank.open_duty("decide"), blank.last_duty("decide"), blank.wanted()) == (None, None, ())


def test_what_the_rules_refuse_changes_nothing(office: Office) -> None:
    one = bench(office)
    before = (one.dossier.docket, one.dossier.matter.version, list(one.dossier.events))
    with pytest.raises(Unlawful):
        one.dossier.record(e.Closed(at=one.at, actor=one.id("clerk")))
    assert (one.dossier.docket, one.dossier.matter.version, list(one.dossier.events)) == before


def test_the_version_counts_events(office: Office) -> None:
    one = in_hand(office)
    assert one.dossier.matter.version == len(one.dossier.events) == 3
    one.at = one.at.replace(month=4)
    one.take("note", step="late")
    assert one.kinds()[-2:] == ["limit.passed", "step.recorded"]
    assert one.dossier.matter.version == 5


def test_digests_are_salted_by_the_matter_and_empty_for_nothing(office: Office) -> None:
    one, other = bench(office).dossier, bench(office).dossier
    assert one.digest("") == ""
    assert one.digest("王小明") == one.digest("王小明") != other.digest("王小明")


def test_new_rows_are_inserted_and_known_ones_updated(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("head"))
    dossier = loaded(desk, number)
    row = dossier.touch(dossier.pending_handover())
    assert dossier.touched == {row.pk: row}
    fresh = dossier.add(MaterialCheck(matter=dossier.matter, name="证明"))
    dossier.touch(fresh)
    assert dossier.touched == {row.pk: row}
    assert dossier.fresh == [fresh]


def test_a_touched_row_is_found_as_it_stands_now(desk: Desk) -> None:
    number = desk.accepted()
    desk.do("offer_handover", number, to=desk.id("head"))
    dossier = loaded(desk, number)
    dossier.touch(dossier.pending_handover()).ended_at = desk.at
    with pytest.raises(Unlawful) as caught:
        dossier.pending_handover()
    assert caught.value.code == "nothing_waiting"
    # Negative control: the database still has it pending.
    assert Handover.objects.filter(matter__number=number, ended_at__isnull=True).exists()


def test_another_matters_rows_are_not_found(desk: Desk) -> None:
    first, second = desk.accepted(), desk.accepted()
    desk.do("offer_handover", first, to=desk.id("head"))
    with pytest.raises(Unlawful):
        loaded(desk, second).pending_handover()
    assert loaded(desk, first).pending_or_last_handover().taker_id == desk.id("head")


def test_materials_are_the_new_ones_else_the_stored(desk: Desk) -> None:
    dossier = loaded(desk, desk.register())
    assert {row.name for row in dossier.materials()} == {"居民户口簿", "收入证明"}
    assert dossier.wanted() == ("居民户口簿", "收入证明")


def test_what_an_item_demands_is_asked_once(office: Office) -> None:
    bench(office).dossier.wanted()
    with CaptureQueriesContext(connection) as seen:
        one = bench(office).dossier
        before = len(seen)
        one.wanted()
        assert len(seen) == before


def test_papers_name_who_issued_them(office: Office) -> None:
    one = in_hand(office)
    assert [paper.issued_by for paper in one.fresh(Document)] == [office.people["clerk"]]
