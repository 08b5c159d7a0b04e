"""An orderly queue for the writers of one SQLite file, across threads and processes.

SQLite lets one connection write at a time and has the others sleep and retry,
so somebody who is unlucky can wait for seconds while others commit hundreds
of times. Here a writer first stands in line:

    <file>.line    held by whoever is next
    <file>.queue   held by whoever writes

Whoever has finished must pass the line again and cannot overtake the one who
is next. Both are `flock` locks: the kernel frees them when a process dies.
Only the next in line watches the clock; when he gives up, the one behind him
becomes next and finds his own time nearly over too, so nobody waits much
longer than the limit.
"""

import fcntl
import os
import time
from collections.abc import Callable

from huiyin.rules.errors import Busy

_SHORTEST_PAUSE = 0.000_05
_LONGEST_PAUSE = 0.005
_SHARE = 16
"""The next in line looks again after a sixteenth of the time it has waited."""


class Queue:
    """One connection's place in the queue of one database file. Not for use by two threads at once."""

    def __init__(self, database: str, limit: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Wait at most `limit` seconds for a turn."""
        self._paths = (f"{database}.line", f"{database}.queue")
        self._limit = limit
        self._clock = clock
        self._files: tuple[int, int] | None = None
        self._owner = 0
        self.held = False

    def acquire(self) -> None:
        """Return when it is this connection's turn; raises `Busy` after the limit. Re-entrant."""
        if self.held:
            return
        deadline = self._clock() + self._limit
        line, desk = self._open()
        fcntl.flock(line, fcntl.LOCK_EX)
        try:
            self._wait_for(desk, deadline)
        finally:
            fcntl.flock(line, fcntl.LOCK_UN)
        self.held = True

    def release(self) -> None:
        """Let the next one write; without a turn it does nothing."""
        if not self.held or self._files is None:
            return
        self.held = False
        # After a fork the parent's turn is not ours to end.
        if self._owner == os.getpid():
            fcntl.flock(self._files[1], fcntl.LOCK_UN)

    def close(self) -> None:
        """Give up a turn and the open files."""
        self.release()
        if self._files is not None:
            for file in self._files:
                os.close(file)
        self._files = None

    def _wait_for(self, desk: int, deadline: float) -> None:
        began = self._clock()
        while True:
            try:
                fcntl.flock(desk, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                now = self._clock()
                if now >= deadline:
                    raise Busy from None
            else:
                return
            time.sleep(min(max((now - began) / _SHARE, _SHORTEST_PAUSE), _LONGEST_PAUSE))

    def _open(self) -> tuple[int, int]:
        if self._files is not None and self._owner != os.getpid():
            # A forked child shares its parent's locks until it opens the files itself.
            self.close()
        if self._files is None:
            line, desk = (os.open(path, os.O_RDWR | os.O_CREAT, 0o600) for path in self._paths)
            self._files = line, desk
            self._owner = os.getpid()
        return self._files
