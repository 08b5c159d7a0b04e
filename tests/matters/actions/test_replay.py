"""A history told again is the same as the one lived: every row, every event, every hash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from huiyin.ledger import queries as ledger
from huiyin.matters.actions import write_histories
from huiyin.matters.histories import History, Step
from huiyin.matters.models import Matter
from huiyin.obligations import actions as obligations
from huiyin.rules.errors import Unlawful
from huiyin.rules.workdays import SHANGHAI
from tests import lasting
from tests.factories import Office, licensed
from tests.matters import living

pytestmark = pytest.mark.long

LIVES = 100


class Lived:
    """The lives: their histories, and all they left in the database."""

    def __init__(self, office: Office) -> None:
        with lasting.undone(), living.same_ids(), licensed(office):
            self.histories = [living.Life(office, seed).live() for seed in range(LIVES)]
            self.left = living.everything(office)


@pytest.fixture(scope="module")
def lived(shared_office: Office, django_db_blocker: lasting.Blocker) -> Iterator[Lived]:
    with django_db_blocker.unblock():
        yield Lived(shared_office)


def told(office: Office, histories: list[History]) -> dict[str, list[dict[str, Any]]]:
    with lasting.undone(), living.same_ids(), licensed(office):
        living.tell_all(office)
        write_histories(
            office.tenant, histories, via="replay", until=living.UNTIL, recorded_at=living.RECORDED
        )
        assert ledger.verify(office.tenant.id).ok
        return living.everything(office)


def differences(one: dict[str, list[dict[str, Any]]], other: dict[str, list[dict[str, Any]]]) -> list[str]:
    found = []
    for table, rows in one.items():
        if len(rows) != len(other[table]):
            found.append(f"{table}: {len(rows)} rows, {len(other[table])} rows")
        for left, right in zip(rows, other[table], strict=False):
            found += [f"{table}.{k}: {v!r}, {right[k]!r}" for k, v in left.items() if right[k] != v]
    return found


def test_lives_told_again_are_the_same(office: Office, lived: Lived) -> None:
    assert differences(lived.left, told(office, lived.histories)) == []


def test_the_lives_cover_every_step_and_end(office: Office, lived: Lived) -> None:
    # Without this the comparison could be one of withdrawals alone.
    taken = Counter(step.verb for history in lived.histories for step in history.steps)
    assert set(living.STEPS.values()) - set(taken) == set()
    assert any(step.acting_for for history in lived.histories for step in history.steps)
    ends = {row["outcome"] for row in lived.left["matter"]}
    assert ends == {"", "answered", "granted", "refused", "withdrawn"}
    outcomes = {row["outcome"] for row in lived.left["obligation"]}
    assert outcomes == {"", "early", "on_time", "late", "waived"}
    kinds = Counter(row["kind"] for row in lived.left["ledger_event"])
    assert kinds["limit.passed"] > LIVES / 4
    # Whether a unit that was asked keeps silent is chance, and whether a leader is asked too late.
    assert {row["what"] for row in lived.left["finding"]} - {"consult_silent", "referred_late"} == {
        "overdue",
        "second_notice",
        "late_notice",
        "left_open",
        "invoked",
    }


def test_one_obligation_less_is_seen(office: Office, lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    save_all = obligations.save_all
    monkeypatch.setattr(obligations, "save_all", lambda duties, found: save_all(duties[:-1], found))
    seen = differences(lived.left, told(office, lived.histories))
    assert any(line.startswith("obligation:") for line in seen)


def test_one_word_changed_is_seen_in_the_chain(office: Office, lived: Lived) -> None:
    first, *rest = lived.histories
    seen = differences(lived.left, told(office, [replace(first, details="家住四组"), *rest]))
    assert {line.split(":")[0] for line in seen} >= {
        "matter.details",
        "ledger_event.body",
        "ledger_head.hash",
    }


def test_an_unlawful_history_leaves_nothing(office: Office, lived: Lived) -> None:
    good = next(h for h in lived.histories if h.kind == "application" and h.steps)
    bad = replace(good, id=None, salt=None, steps=(*good.steps, Step("resume", "system", living.UNTIL)))
    with pytest.raises(Unlawful):
        write_histories(office.tenant, [good, bad], via="import", until=living.UNTIL)
    assert not Matter.objects.filter(tenant=office.tenant).exists()


def test_without_whole_what_went_before_stays(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    # Negative control: `whole` is what takes the first batch back.
    monkeypatch.setattr("huiyin.matters.actions.replay.BATCH", 1)
    good = plain(office)
    bad = replace(good, steps=(Step("resume", str(office.people["clerk"].id), good.received_at),))
    with pytest.raises(Unlawful):
        write_histories(office.tenant, [good, bad], via="import", until=living.UNTIL, whole=False)
    assert Matter.objects.filter(tenant=office.tenant).count() == 1


def test_limits_are_noted_up_to_the_moment_asked(office: Office) -> None:
    early = living.BEGIN.replace(hour=10)
    assert write_histories(office.tenant, [plain(office)], via="import", until=early).late == 0
    assert write_histories(office.tenant, [plain(office)], via="import", until=living.UNTIL).late == 1


def plain(office: Office) -> History:
    return History(
        kind="enquiry",
        channel="phone",
        summary="问低保",
        first_responder=office.people["clerk"],
        unit=office.units["MZ"],
        received_at=living.BEGIN.astimezone(SHANGHAI),
        steps=(),
    )
