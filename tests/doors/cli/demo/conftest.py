"""The demo office without its past, founded once for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest
from django.db import transaction

from huiyin.doors.cli.demo.cast import Cast
from huiyin.doors.cli.demo.establishing import establish
from huiyin.doors.cli.demo.loading import opening_of
from tests.playback import again

# Monday 23 November 2026, 10:30 in Shanghai; the schedule of 2027 is not published.
UNTIL = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield again("cast", lambda: establish(opened=opening_of(UNTIL), until=UNTIL, rng=Random(1)))
        transaction.set_rollback(True)
