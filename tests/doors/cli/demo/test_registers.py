"""Official documents of the demo: every step lawful, and numbers in the order they were given."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from random import Random

from huiyin.doors.cli.demo import registers
from huiyin.doors.cli.demo.cast import Cast
from huiyin.matters.actions import History, write_histories
from huiyin.matters.models import Matter, OfficialDocument
from huiyin.storage.numbers import allot
from tests.doors.cli.demo.conftest import UNTIL

RECEIVED = datetime(2025, 3, 3, 1, 30, tzinfo=UTC)


def _written(cast: Cast, many: int) -> list[History]:
    told = [registers.outgoing(cast, Random(seed), received=RECEIVED, until=UNTIL) for seed in range(many)]
    return registers.numbered(told)


def test_what_comes_in_takes_every_step_on_some_day(cast: Cast) -> None:
    told = [registers.incoming(cast, Random(seed), received=RECEIVED, until=UNTIL) for seed in range(60)]
    verbs = Counter(step.verb for one in told for step in one.steps)
    assert set(verbs) == {
        "archive",
        "circulate",
        "complete",
        "note_read",
        "present",
        "return_to_keeper",
        "send",
        "take_document",
        "write_opinion",
    }
    written = write_histories(cast.tenant, told, via="demo", until=UNTIL)
    assert (written.matters, written.open) == (60, 0)
    assert 0 < written.late < 20
    places = OfficialDocument.objects.filter(book="incoming").order_by("serial")
    assert list(places.values_list("serial", flat=True)) == list(range(1, 61))


def test_what_goes_out_is_numbered_in_order_without_a_gap(cast: Cast) -> None:
    told = _written(cast, 40)
    assert {"return_draft", "countersign", "sign", "dispatch"} <= {s.verb for one in told for s in one.steps}
    written = write_histories(cast.tenant, told, via="demo", until=UNTIL)
    assert (written.matters, written.open) == (40, 0)
    for book in {one.document.book for one in told if one.document}:
        moments = sorted(
            (step.at, step.fields["serial"])
            for one in told
            for step in one.steps
            if step.verb == "number" and one.document and one.document.book == book
        )
        assert [serial for _, serial in moments] == list(range(1, len(moments) + 1))
        # The office goes on above them.
        assert allot(cast.tenant.id, book, 2025) == len(moments) + 1
    assert Matter.objects.filter(outcome="dispatched").count() == 40
