"""How fast the ledger is written and verified: `python bench/ledger.py [events]`.

Prints events a second and, since machines differ, the ratio to a control of
the same run: reading the rows without looking at them. Uses a throwaway
database (DATABASE_URL names the PostgreSQL server to make one on); 1 when a
million events would take longer than the goal.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.db import connection

from huiyin.storage.ids import new_id

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LENGTH = 20
"""Events of one subject."""
TARGET_SECONDS_A_MILLION = {"sqlite": 30, "postgresql": 60}


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds something took, and what it gave."""
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result


def main(count: int) -> int:
    """Fill, verify, report; 1 when the goal for a million events is missed."""
    from huiyin.ledger.actions import Entry, prepare  # noqa: PLC0415 - after django.setup()
    from huiyin.ledger.models import Head, LedgerEvent  # noqa: PLC0415
    from huiyin.ledger.queries import verify  # noqa: PLC0415
    from huiyin.ledger.verification import Scope, events_in  # noqa: PLC0415
    from huiyin.storage.transactions import snapshot, write  # noqa: PLC0415

    tenant = new_id()
    body: dict[str, Any] = {"事项": "建筑工程施工许可", "阶段": "受理", "摘要": "0" * 64, "份数": 3}

    def fill() -> None:
        for start in range(0, count, LENGTH * 250):
            events: list[LedgerEvent] = []
            heads: list[Head] = []
            for first in range(start, min(start + LENGTH * 250, count), LENGTH):
                made, head = prepare(
                    tenant_id=tenant,
                    room="matters",
                    subject_id=new_id(),
                    entries=[
                        Entry("matter.step", NOW + timedelta(minutes=n), "applicant", "", "desk", body)
                        for n in range(min(LENGTH, count - first))
                    ],
                    recorded_at=NOW,
                )
                events += made
                heads.append(head)
            with write():
                LedgerEvent.objects.bulk_create(events, batch_size=1_000)
                Head.objects.bulk_create(heads)

    def read() -> int:
        with snapshot():
            return sum(1 for _ in events_in(Scope()))

    filling, _ = timed(fill)
    reading, _ = timed(read)
    verifying, verdict = timed(verify)
    assert verdict.ok, verdict.faults[:3]
    assert verdict.events == count
    one, _ = timed(lambda: verify(tenant, LedgerEvent.objects.order_by("id")[0].subject_id))
    million = verifying / count * 1_000_000
    goal = TARGET_SECONDS_A_MILLION[connection.vendor]
    print(f"{connection.vendor}: {count} events of {verdict.subjects} subjects")
    print(f"  filled    {count / filling:10,.0f} events/s")
    print(f"  read only {count / reading:10,.0f} events/s (control)")
    print(f"  verified  {count / verifying:10,.0f} events/s, {verifying / reading:.2f} times the control")
    print(f"  one subject {one * 1_000:.1f} ms; a million would take {million:.1f} s, goal {goal} s")
    print(f"  largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return int(million > goal)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "huiyin.settings.test"
    django.setup()
    kept = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        status = main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    finally:
        connection.creation.destroy_test_db(str(kept), verbosity=0)
    sys.exit(status)
