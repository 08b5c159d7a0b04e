from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from huiyin.doors.cli.demo import loading, roles
from huiyin.ledger import queries as ledger
from huiyin.ledger.models import LedgerEvent
from huiyin.matters import queries as matters
from huiyin.matters.models import Handover, Matter
from huiyin.obligations.models import Finding, Obligation
from huiyin.organisation import queries as organisation
from huiyin.organisation.models import Appointment, Person, Position, Tenant, Unit
from huiyin.organisation.queries import Asker
from huiyin.rules.errors import HuiyinError
from huiyin.rules.events import MatterKind

# Monday 23 November 2026, 10:30 in Shanghai; the schedule of 2027 is not published.
UNTIL = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
COUNT = 600
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[loading.Loaded]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield loading.load(count=COUNT, seed=7, until=UNTIL, quiet=True)
        transaction.set_rollback(True)


def _asker(key: str) -> Asker:
    role = next(role for role in roles.ROLES if role.key == key)
    person = organisation.staff_member(Tenant.objects.get().id, role.staff_no)
    assert person is not None
    return organisation.asker_for_person(person.id, UNTIL, "desk")


@pytest.mark.usefixtures("demo")
class TestTheDemo:
    def test_it_has_the_size_it_promises(self) -> None:
        assert (Unit.objects.count(), Person.objects.count()) == (12, 45)
        assert Matter.objects.count() == COUNT
        clerks = Position.objects.filter(rank="clerk")
        for part in ("A", "B"):
            assert Appointment.objects.filter(position__in=clerks, part=part).count() == clerks.count()
        assert Matter.objects.values("item").distinct().count() >= 39  # 40 items, and none for enquiries

    def test_every_outcome_every_stage_and_every_light_is_there(self) -> None:
        outcomes = set(Matter.objects.values_list("outcome", flat=True))
        assert outcomes >= {"", "answered", "granted", "refused", "withdrawn"}
        assert outcomes >= {"completed", "dispatched", "done"}
        assert set(Matter.objects.values_list("kind", flat=True)) == set(MatterKind)
        assert set(Matter.objects.values_list("channel", flat=True)) == {
            "counter",
            "phone",
            "letter",
            "online",
        }
        lights = {owed.light.value for owed in matters.owed(_asker("clerk"), UNTIL)}
        assert lights == {"green", "yellow", "red", "blue"}
        assert set(Obligation.objects.values_list("outcome", flat=True)) == {
            "",
            "early",
            "on_time",
            "late",
            "waived",
        }
        assert Obligation.objects.filter(ended_at=None, provisional=True).exists()
        assert set(Handover.objects.values_list("ending", flat=True)) >= {"", "accepted", "bounced"}
        assert set(Finding.objects.values_list("what", flat=True)) == {
            "left_open",
            "overdue",
            "second_notice",
        }
        assert set(Matter.objects.values_list("rating", flat=True)) == {0, 1, 2, 3, 4, 5}

    def test_few_are_late(self, demo: loading.Loaded) -> None:
        assert 0.02 < demo.written.late / COUNT < 0.08

    def test_stand_ins_acted_for_the_absent(self) -> None:
        assert LedgerEvent.objects.exclude(acting_for="").exists()

    def test_nothing_happened_in_the_future_and_open_matters_are_recent(self) -> None:
        assert not LedgerEvent.objects.filter(at__gt=UNTIL).exists()
        oldest = Matter.objects.filter(closed_at=None).order_by("received_at").first()
        assert oldest is not None
        assert (UNTIL - oldest.received_at).days < 90

    def test_receipts_are_numbered_in_the_order_they_came(self) -> None:
        numbers = list(Matter.objects.order_by("received_at", "id").values_list("number", flat=True))
        years = {number[:7] for number in numbers}
        for year in years:
            mine = [number for number in numbers if number.startswith(year)]
            assert mine == sorted(mine)

    def test_the_ledger_can_be_believed(self, demo: loading.Loaded) -> None:
        assert ledger.verify(demo.tenant.id).ok
        assert matters.verify(demo.tenant.id).faults == []

    def test_the_clerk_owes_about_fifteen_duties_and_a_handover_waits(self) -> None:
        clerk = _asker("clerk")
        assert 14 <= len(matters.owed(clerk, UNTIL)) <= 25
        assert len(matters.handovers_to(clerk)) == 1

    def test_the_other_clerk_stands_in_for_somebody_today(self) -> None:
        owed = matters.owed(_asker("second_clerk"), UNTIL)
        assert {one.acting_for for one in owed} == {"", "祁连山"}

    def test_leaders_find_what_only_they_decide(self) -> None:
        refusals = matters.decisions(_asker("leader_in_charge"), UNTIL)
        assert [one.kind for one in refusals] == ["refusal"] * 3
        extensions = matters.decisions(_asker("main_leader"), UNTIL)
        assert [one.kind for one in extensions] == ["extension"] * 3
        assert not any(one.own for one in [*refusals, *extensions])

    @pytest.mark.parametrize("key", ["receptionist", "head", "efficiency_office", "administrator"])
    def test_everybody_else_has_something_to_do(self, key: str) -> None:
        assert matters.owed(_asker(key), UNTIL)

    def test_one_matter_can_be_tracked_with_its_code(self, demo: loading.Loaded) -> None:
        assert demo.tracked is not None
        slug, number, code = roles.SLUG, demo.tracked.number, demo.tracked.code
        assert len(code) == 10
        row = Matter.objects.get(number=number)
        assert row.tenant.slug == slug
        assert row.code_hash


def _told() -> list[tuple[object, ...]]:
    staff = {f"person:{person.id}": person.staff_no for person in Person.objects.all()}
    events = LedgerEvent.objects.filter(room="matters").order_by("subject_id", "seq")
    chains: dict[object, list[tuple[object, ...]]] = {}
    for event in events:
        actor = staff.get(event.actor, event.actor)
        chains.setdefault(event.subject_id, []).append((event.kind, event.at, actor, event.via))
    return [
        (row.number, row.summary, row.applicant_name, row.stage, *chains[row.id])
        for row in Matter.objects.order_by("number")
    ]


def test_the_same_seed_tells_the_same_past() -> None:
    told = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            loading.load(count=70, seed=seed, until=UNTIL, quiet=True)
            told.append(_told())
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert told[0] != told[2]


@pytest.mark.parametrize(
    "until",
    [
        datetime(2026, 10, 3, 19, 0, tzinfo=UTC),  # the night of a holiday
        datetime(2026, 2, 14, 0, 31, tzinfo=UTC),  # a worked Saturday, one minute after opening
        datetime(2025, 3, 2, 4, 0, tzinfo=UTC),  # a Sunday
        datetime(2028, 6, 1, 9, 29, 59, tzinfo=UTC),  # years without a published schedule
    ],
    ids=str,
)
def test_it_can_be_loaded_on_any_day(until: datetime) -> None:
    loaded = loading.load(count=120, seed=3, until=until, quiet=True)
    assert loaded.written.matters == 120
    assert loaded.written.open > 20


def test_a_load_that_breaks_off_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, "_trackable", break_off)
    with pytest.raises(KeyboardInterrupt):
        loading.load(count=10, seed=3, until=UNTIL, quiet=True)
    assert not Tenant.objects.exists()
    assert not Matter.objects.exists()


def test_it_is_loaded_once() -> None:
    loading.load(count=5, seed=3, until=UNTIL, quiet=True)
    with pytest.raises(HuiyinError) as refused:
        loading.load(count=5, seed=3, until=UNTIL, quiet=True)
    assert refused.value.code == "demo_exists"
