"""What waits today among documents and given work: each at the stage that it is told for."""

from __future__ import annotations

from collections import Counter
from random import Random

from huiyin.doors.cli.demo.cast import Cast
from huiyin.doors.cli.demo.pending import PENDING, pending
from huiyin.doors.cli.demo.registers import numbered
from huiyin.matters.actions import write_histories
from huiyin.matters.models import Matter
from tests.doors.cli.demo.conftest import UNTIL


def test_every_stage_of_documents_waits_for_somebody_today(cast: Cast) -> None:
    told = numbered(pending(cast, Random(1), UNTIL))
    written = write_histories(cast.tenant, told, via="demo", until=UNTIL)
    assert written.matters == len(PENDING)
    assert written.late > 0
    stages = Counter(Matter.objects.filter(closed_at=None).values_list("kind", "stage"))
    assert {stage for kind, stage in stages if kind == "document_in"} == {
        "to_present",
        "with_main_leader",
        "to_send",
        "sent",
        "in_hand",
        "to_archive",
    }
    assert {stage for kind, stage in stages if kind == "document_out"} == {
        "to_draft",
        "to_check",
        "to_sign",
        "to_number",
        "to_dispatch",
    }
    assert {kind for kind, _ in stages} >= {"task", "proposal", "petition", "report"}
    assert stages["task", "finished"] == 1
