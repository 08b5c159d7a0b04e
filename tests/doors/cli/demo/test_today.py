from __future__ import annotations

from random import Random

from huiyin.doors.cli.demo import today
from huiyin.doors.cli.demo.cast import Cast
from huiyin.matters.actions import write_histories
from huiyin.matters.models import Matter
from tests.doors.cli.demo.conftest import UNTIL


def test_each_stands_as_the_list_says(cast: Cast) -> None:
    told = list(today.waiting(cast, Random(1), UNTIL))
    write_histories(cast.tenant, told, via="demo", until=UNTIL)
    stages = {
        "enquiry": "open",
        "offered": "received",
        "bounced": "received",
        "extension_asked": "in_hand",
        "extension_untold": "in_hand",
        "told_by_phone": "awaiting_supplement",
        "notice_left": "awaiting_supplement",
    }
    rows = Matter.objects.order_by("id")
    for one, row in zip(today.WAITING, rows, strict=True):
        assert row.stage == stages.get(one.stands, one.stands), one
        assert row.custodian.staff_no == str(one.holder), one
        assert bool(row.offered_to) == (one.stands == "offered"), one
        assert bool(row.extension_by) == (one.stands == "extension_asked"), one
        assert row.extension_untold == (one.stands == "extension_untold"), one


def test_all_of_it_was_received_before_today_and_is_open(cast: Cast) -> None:
    told = list(today.waiting(cast, Random(1), UNTIL))
    assert len(told) == len(today.WAITING)
    assert all(history.received_at < UNTIL for history in told)
    assert not any(step.verb == "close" for history in told for step in history.steps)
