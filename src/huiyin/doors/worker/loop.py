"""The worker's loop and its errands."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import FrameType
from typing import Final

from django.db import close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from huiyin.delivery import actions as delivery
from huiyin.documents import fonts
from huiyin.matters import actions as matters
from huiyin.rules.errors import msg
from huiyin.storage import limits as attempts
from huiyin.storage.home import UnsafeStart
from huiyin.storage.safety import refuse_unsafe

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do every so often; `run` takes the moment and answers how much it did.

    One that did `enough` at once has more to do, and comes again in the next round.
    """

    name: str
    every: timedelta
    run: Callable[[datetime], int]
    enough: int = 0


@dataclass(slots=True)
class Letters:
    """Sends what is due; while the mail server cannot be reached the tries are ever further apart.

    One try waits for the server's time-out, and every other errand waits with it.
    """

    wait: timedelta = timedelta()
    until: datetime | None = None

    def __call__(self, at: datetime) -> int:
        """Send, unless the server is being left alone; answers how many letters were dealt with."""
        if self.until is not None and at < self.until:
            return 0
        done = delivery.deliver_due(at)
        self.wait = min(max(self.wait * 2, SHORTEST_WAIT), LONGEST_WAIT) if done.unreachable else timedelta()
        self.until = at + self.wait
        return done.sent + done.failed + done.retried + done.moot


SHORTEST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=5)
ERRANDS: Final = (
    Errand("letters", timedelta(seconds=2), Letters()),
    Errand("limits", timedelta(seconds=30), matters.note_limits_passed, enough=matters.LIMITS_AT_ONCE),
    Errand("leaders away", timedelta(seconds=10), matters.put_before_main_leader),
    Errand("steps to sign", timedelta(minutes=5), matters.pass_steps_on),
    Errand("reminders", timedelta(seconds=10), matters.remind),
    Errand("calendars", timedelta(seconds=2), matters.recompute_due_dates),
    Errand("missing years", timedelta(hours=1), matters.warn_of_missing_years),
    Errand("uncovered posts", timedelta(minutes=10), matters.warn_of_uncovered),
    Errand("returns to hand over", timedelta(minutes=10), matters.ask_for_returns),
    Errand("old keys", timedelta(hours=1), matters.forget_old_commands),
    Errand("wrong tries", timedelta(hours=1), attempts.purge),
)


def work(stop: threading.Event, *, rounds: int | None = None) -> None:
    """Run every errand when its time has come, until `stop` is set or `rounds` are over.

    An errand that fails is logged and tried again at its next time; the
    others go on.
    """
    due = dict.fromkeys((errand.name for errand in ERRANDS), datetime.min.replace(tzinfo=UTC))
    done = 0
    while not stop.is_set() and (rounds is None or done < rounds):
        now = datetime.now(UTC)
        for errand in ERRANDS:
            if due[errand.name] <= now:
                due[errand.name] = now + errand.every
                did = run_once(errand, now)
                if errand.enough and did >= errand.enough:
                    due[errand.name] = now
        done += 1
        stop.wait(1.0)


def run_once(errand: Errand, at: datetime) -> int:
    """Run one errand; whatever goes wrong is logged, and the answer is 0."""
    close_old_connections()
    try:
        return errand.run(at)
    except Exception:
        log.exception("errand %s failed and will be tried again", errand.name)
        return 0


def serve() -> None:
    """Work until the process is told to stop.

    Raises `UnsafeStart` for an installation that is not fit to run, or whose
    database is behind the program.
    """
    refuse_unsafe()
    refuse_outdated()
    # Looked for now, so that whoever starts it reads in the log what papers will lack.
    fonts.faces(fonts.directories())
    stop = threading.Event()

    def ask_to_stop(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    log.info("worker started")
    work(stop)
    log.info("worker stopped")


def refuse_outdated() -> None:
    """Raise `UnsafeStart` while migrations are missing: every errand would fail, again and again."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise UnsafeStart(
            msg("数据库还没有建立，或与程序版本不一致"),
            code="database_outdated",
            remedy=msg("请先运行 huiyin run 或 huiyin init，它们会更新数据库。"),
        )
