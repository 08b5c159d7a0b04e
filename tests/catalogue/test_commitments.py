"""Commitments are written, published once complete, superseded and taken down; nothing is rewritten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from huiyin.catalogue import actions, queries
from huiyin.catalogue.models import Commitment
from huiyin.ledger.models import LedgerEvent
from huiyin.organisation.models import Unit
from huiyin.rules.errors import Conflict, Forbidden, Invalid, NotFound, Unlawful
from tests.factories import AT, Office

pytestmark = pytest.mark.django_db

WHOLE = {"duties": "低保救助", "powers": "审核确认", "content": "受理低保申请", "standards": "一次办好"}
LATER = AT + timedelta(days=7)


def draft(office: Office, said: dict[str, str] | None = None, seen: int = 0) -> Commitment:
    by = office.asker("efficiency_office")
    return actions.draft_commitment(
        office.tenant, office.units["MZ"], said=said or WHOLE, seen=seen, by=by, at=AT
    )


def publish(office: Office, row: Commitment) -> Commitment:
    return actions.publish_commitment(row, by=office.asker("efficiency_office"), at=AT)


def test_a_published_one_is_superseded_by_the_next_and_both_stay(office: Office, other: Office) -> None:
    first = publish(office, draft(office))
    second = publish(office, draft(office, {"standards": "当场办好"}))
    first.refresh_from_db()
    assert (first.state, first.version, second.state, second.version) == ("superseded", 1, "published", 2)
    assert first.said["standards"] == "一次办好"
    assert second.said == {**WHOLE, "standards": "当场办好"}
    assert [row.version for row in queries.published(office.tenant.id)] == [2]
    assert [row.version for row in queries.history(office.asker("clerk"), office.units["MZ"].id)] == [2, 1]
    assert queries.published(other.tenant.id) == []
    kinds = LedgerEvent.objects.filter(subject_id__in=[first.id, second.id]).order_by("id")
    assert sorted(kinds.values_list("kind", flat=True)) == [
        "commitment_drafted",
        "commitment_drafted",
        "commitment_published",
        "commitment_published",
        "commitment_superseded",
    ]


def test_nobody_overwrites_what_somebody_else_has_just_saved(office: Office) -> None:
    row = draft(office)
    with pytest.raises(Conflict):
        draft(office, {"duties": "别的"}, seen=0)
    assert draft(office, {"duties": "改过"}, seen=row.revision).said["duties"] == "改过"


@pytest.mark.parametrize("part", sorted(WHOLE))
def test_no_part_may_be_empty(office: Office, part: str) -> None:
    row = draft(office, {**WHOLE, part: " \n"})
    with pytest.raises(Invalid) as caught:
        publish(office, row)
    assert set(caught.value.fields) == {part}
    assert caught.value.clause == "p4.service-commitment.1"
    assert queries.published(office.tenant.id) == []


@pytest.mark.parametrize(
    ("said", "field"),
    [({"duties": "长" * 5001}, "duties"), ({"complaint_phone": "打这里"}, "complaint_phone")],
)
def test_what_cannot_be_kept(office: Office, said: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        draft(office, said)
    assert set(caught.value.fields) == {field}
    assert not Commitment.objects.exists()


def test_taking_down_needs_a_reason_and_stays_on_record(office: Office) -> None:
    row = publish(office, draft(office))
    by = office.asker("main_leader")
    with pytest.raises(Invalid):
        actions.withdraw_commitment(row, why=" ", by=by, at=LATER)
    gone = actions.withdraw_commitment(row, why="机构调整", by=by, at=LATER)
    assert (gone.state, gone.ended_why) == ("withdrawn", "机构调整")
    with pytest.raises(Unlawful):
        actions.withdraw_commitment(row, why="再撤", by=by, at=LATER)
    with pytest.raises(Unlawful):
        actions.publish_commitment(row, by=by, at=LATER)


def test_a_line_of_what_was_public_keeps_its_name(office: Office, other: Office) -> None:
    waiting = draft(office, {**WHOLE, "standards": "一次办好\n当场答复"})
    with pytest.raises(NotFound):
        queries.promise_line(office.tenant.id, "MZ/1/5")  # a draft promises nothing
    publish(office, waiting)
    row, line = queries.promise_line(office.tenant.id, " mz/1/5 ")
    assert (line.number, line.part, line.text) == (5, "standards", "当场答复")
    assert queries.reference(row, line.number) == "MZ/1/5"
    office_wide = actions.draft_commitment(
        office.tenant, None, said=WHOLE, by=office.asker("efficiency_office"), at=AT
    )
    publish(office, office_wide)
    assert queries.promise_line(office.tenant.id, "1/2")[1].text == "审核确认"
    for named in (
        "",
        "/",
        "MZ",
        "1",
        "/1/2x",
        "MZ/1/6",
        "MZ/1/0",
        "MZ/2/1",
        "ZH/1/1",
        "MZ/1/½",
        "MZ/1/99999999999999999999",
    ):
        with pytest.raises(NotFound):
            queries.promise_line(office.tenant.id, named)
    with pytest.raises(NotFound):
        queries.promise_line(other.tenant.id, "MZ/1/5")
    # A code may have a stroke in it.
    Unit.objects.filter(id=office.units["MZ"].id).update(code="MZ/1")
    again, same = queries.promise_line(office.tenant.id, "MZ/1/1/5")
    assert (again, same) == (row, line)
    assert queries.reference(again, same.number) == "MZ/1/1/5"


def test_a_version_is_public_until_it_ends(office: Office) -> None:
    first = publish(office, draft(office))
    day = timedelta(days=1)
    assert not queries.was_public(first, AT - day, AT - day)
    assert queries.was_public(first, AT - day, LATER)
    by = office.asker("main_leader")
    gone = actions.withdraw_commitment(first, why="机构调整", by=by, at=LATER)
    assert queries.was_public(gone, AT, LATER + day)
    assert not queries.was_public(gone, LATER + day, LATER + day)
    tenant, parts = office.tenant.id, ("standards",)
    assert queries.any_public(tenant, parts, AT, LATER)
    assert not queries.any_public(tenant, ("phrases",), AT, LATER)
    assert not queries.any_public(tenant, parts, LATER + day, LATER + day)


def test_what_was_in_force_on_a_past_day_is_found(office: Office, other: Office) -> None:
    asker, unit, day = office.asker("clerk"), office.units["MZ"].id, timedelta(days=1)
    publish(office, draft(office))
    second = draft(office, {"standards": "当场办好"})
    actions.publish_commitment(second, by=office.asker("efficiency_office"), at=LATER)
    gone = LATER + 3 * day
    actions.withdraw_commitment(second, why="机构调整", by=office.asker("main_leader"), at=gone)
    for at, version in ((AT - day, 0), (AT, 1), (LATER - day, 1), (LATER, 2), (gone - day, 2), (gone, 0)):
        found = queries.commitment_on(asker, unit, at.date())
        assert (found.version if found else 0) == version
    assert queries.commitment_on(asker, None, LATER.date()) is None
    assert queries.commitment_on(other.asker("clerk"), unit, LATER.date()) is None


def test_who_writes_and_who_publishes(office: Office, other: Office) -> None:
    unit, row = office.units["MZ"], draft(office)
    for key in ("clerk", "office_head", "administrator"):
        with pytest.raises(Forbidden):
            actions.draft_commitment(office.tenant, unit, said=WHOLE, seen=1, by=office.asker(key), at=AT)
    assert (
        actions.draft_commitment(
            office.tenant, unit, said={"duties": "改"}, seen=1, by=office.asker("head"), at=AT
        ).revision
        == 2
    )
    with pytest.raises(Forbidden):
        actions.draft_commitment(office.tenant, None, said=WHOLE, by=office.asker("head"), at=AT)
    for key in ("head", "clerk", "leader_in_charge"):
        with pytest.raises(Forbidden):
            actions.publish_commitment(row, by=office.asker(key), at=AT)
    stranger = other.asker("efficiency_office")
    with pytest.raises(NotFound):
        actions.publish_commitment(row, by=stranger, at=AT)
    with pytest.raises(NotFound):
        actions.draft_commitment(office.tenant, other.units["MZ"], said=WHOLE, by=office.asker("head"), at=AT)
    with pytest.raises(NotFound):
        queries.commitment(stranger, row.id)


def test_the_database_keeps_one_published_commitment_a_unit(office: Office) -> None:
    row = publish(office, draft(office))
    for unit in (office.units["MZ"], None):
        twin = Commitment(
            tenant=office.tenant, unit=unit, version=9, state="published", said=WHOLE,
            drafted_at=AT, published_at=AT,
        )  # fmt: skip
        if unit is None:
            twin.save()
            twin.id, twin.version = office.tenant.id, 10
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)
    assert row.state == "published"


def test_units_of_leaders_alone_owe_no_commitment(office: Office) -> None:
    assert [unit.code for unit in queries.serving_units(office.tenant.id)] == ["MZ", "ZH"]
    assert [one.unit.code if one.unit else "" for one in queries.standings(office.tenant.id)] == [
        "",
        "MZ",
        "ZH",
    ]
