"""A worker killed half-way: the next ones move what is left, and nothing twice.

In a file of its own: what a process of its own reads must be committed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection

from huiyin.ledger.models import LedgerEvent
from huiyin.ledger.queries import verify
from huiyin.matters import queries
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation, Recomputation
from huiyin.organisation.models import Tenant
from huiyin.rules.docket import reckoned
from huiyin.settings import sandbox
from tests.factories import make_office
from tests.matters.actions.test_recomputing import publish, recomputed
from tests.matters.handling import Desk, moment
from tests.matters.many import applications
from tools.paths import ROOT

pytestmark = pytest.mark.django_db(transaction=True)


def test_thousands_of_duties_move_once_even_when_the_worker_is_killed_half_way() -> None:
    desk = Desk(make_office("killed"))
    desk.at = moment("2026-12-21 09:00")
    assert list(applications(desk.office, 4_000, moment("2026-11-16 09:00"), days=35))[-1] == 4_000
    recomputed(desk)
    desk.at += timedelta(seconds=90)
    before = dict(Obligation.objects.values_list("subject_id", "due_at"))
    publish(desk, date(2027, 1, 4))
    child = start_worker(desk)
    assert child.stdout is not None
    moved_before_death = 0
    while not moved_before_death:
        line = child.stdout.readline()
        assert line, child.communicate()
        moved_before_death = int(line)
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()
    assert child.returncode == -signal.SIGKILL
    moves = LedgerEvent.objects.filter(kind="clock.recomputed")
    half = moves.count()
    law = queries.law_of(Tenant.objects.get(id=desk.office.tenant.id), desk.office.at)
    after = {row.subject_id: reckoned(duties.as_owed(row), law) for row in Obligation.objects.all()}
    provisional = dict(Obligation.objects.values_list("subject_id", "provisional"))
    assert 0 < moved_before_death <= half < sum(owed.due.year == 2027 for owed in after.values())
    # Two workers at once finish what the dead one left.
    children = [start_worker(desk), start_worker(desk)]
    for other in children:
        _, errors = other.communicate(timeout=300)
        assert other.returncode == 0, errors
    counts = Counter(moves.values_list("subject_id", flat=True))
    moved = {key for key, owed in after.items() if owed.due.year == 2027}
    assert set(counts) == moved
    assert set(counts.values()) == {1}
    assert len(moved) >= 1_600
    assert any(provisional.values())
    for row in Obligation.objects.all():
        assert (row.due_at, row.provisional) == (after[row.subject_id].due, False)
        assert (row.due_at == before[row.subject_id]) or row.subject_id in moved
    assert Recomputation.objects.get(current=True).moved == len(moved)
    assert verify(desk.office.tenant.id).faults == []


def start_worker(desk: Desk) -> subprocess.Popen[str]:
    """A process that recomputes in the database of this test."""
    environment = {**os.environ, "HUIYIN_TEST_HOME": str(sandbox.HOME)}
    name = str(connection.settings_dict["NAME"])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.matters.recomputing_child", name, desk.at.isoformat()],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
