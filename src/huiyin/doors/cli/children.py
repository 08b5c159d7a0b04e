"""Child processes that live and end together."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

import click

from huiyin.doors.cli.speaking import gettext

PATIENCE: Final = 20.0
"""Seconds that a child gets to finish what it is doing."""
_POLL: Final = 0.2
_PARENT_DEATH: Final = 1  # PR_SET_PDEATHSIG


@dataclass(frozen=True, slots=True)
class Child:
    """A process of its own group, so that its own children can be ended with it."""

    name: str
    process: subprocess.Popen[bytes]


class Children:
    """Starts processes, waits until one ends or somebody asks to stop, then stops them all."""

    def __init__(self) -> None:
        self._all: list[Child] = []
        self._asked = threading.Event()
        self._impatient = threading.Event()
        self._failed = False

    def start(self, name: str, module: str, *arguments: str) -> None:
        """Start a module of this Python as a child; `name` is what people call it."""
        process = subprocess.Popen(  # noqa: S603 - a module of ours
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - before any thread is started
        )
        self._all.append(Child(name, process))

    def fine(self) -> bool:
        """Tell whether every child runs and nobody has asked to stop; say which one ended."""
        if self._asked.is_set():
            return False
        for child in self._all:
            code = child.process.poll()
            if code is not None:
                self._failed = True
                click.echo(
                    gettext("%(name)s意外结束（退出码 %(code)s），现在全部停止。")
                    % {"name": child.name, "code": code},
                    err=True,
                )
                return False
        return True

    def wait(self) -> None:
        """Return when a child ends or somebody asks to stop."""
        while self.fine():
            self._asked.wait(_POLL)

    def verdict(self) -> int:
        """Return the exit code: 0 when it was stopped on request, 1 when a child ended by itself."""
        return 1 if self._failed else 0

    @contextmanager
    def stopped_at_the_end(self) -> Iterator[None]:
        """Pass SIGINT and SIGTERM on as a request to stop, and stop every child when the block ends."""
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked.is_set():
            self._impatient.set()
        self._asked.set()

    def _stop(self) -> None:
        for child in self._all:
            if child.process.poll() is None:
                child.process.terminate()
        left = PATIENCE
        while left > 0 and not self._impatient.is_set() and any(c.process.poll() is None for c in self._all):
            self._impatient.wait(_POLL)
            left -= _POLL
        for child in self._all:
            # Also what a child left behind when it was killed.
            with _gone_is_fine():
                os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()


@contextmanager
def _gone_is_fine() -> Iterator[None]:
    try:
        yield
    except (ProcessLookupError, PermissionError):
        return


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    """In the child: ask the system for SIGTERM should the parent be killed without a chance to say so."""
    if _libc is not None:
        _libc.prctl(_PARENT_DEATH, signal.SIGTERM)
