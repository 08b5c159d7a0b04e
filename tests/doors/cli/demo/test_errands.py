"""Given work of the demo: each kind told from its beginning to its end, and lawful."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from huiyin.doors.cli.demo import errands
from huiyin.doors.cli.demo.cast import Cast
from huiyin.matters.actions import write_histories
from tests.doors.cli.demo.conftest import UNTIL

RECEIVED = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)


def test_every_kind_is_done_sometimes_late_and_sometimes_with_more_time(cast: Cast) -> None:
    tellers = (errands.task, errands.proposal, errands.petition, errands.report)
    told = [
        teller(cast, Random(seed), received=RECEIVED, until=UNTIL) for teller in tellers for seed in range(25)
    ]
    verbs = {step.verb for one in told for step in one.steps}
    assert verbs >= {"progress", "finish", "send_back", "sign_off", "give_more_time", "tell_more_time"}
    assert verbs >= {"answer_superior", "answer", "conclude", "close"}
    assert {one.anonymous for one in told if one.kind == "report"} == {True, False}
    assert all(one.accused for one in told if one.kind == "report")
    written = write_histories(cast.tenant, told, via="demo", until=UNTIL)
    assert (written.matters, written.open) == (100, 0)
    assert 0 < written.late < 25
