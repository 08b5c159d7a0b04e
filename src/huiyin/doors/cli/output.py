"""How commands speak: sentences for people, one JSON object for programs, a bar for what takes long."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TextIO

import click

from huiyin.doors.cli.speaking import gettext
from huiyin.rules.errors import HuiyinError, Invalid

if TYPE_CHECKING:
    from huiyin.rules.importing import RowError

PATIENCE: Final = 2.0
"""Seconds after which somebody who waits wants to see that something happens."""
_WIDTH: Final = 30
_EVERY: Final = 0.2
_EVERY_LINE: Final = 10.0
_SHOWN: Final = 20


def answer(found: Mapping[str, object], lines: Iterable[str], *, as_json: bool) -> None:
    """Print the JSON object, or the lines for people."""
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2, default=str))
        return
    for line in lines:
        click.echo(line)


def problem_of(error: HuiyinError) -> dict[str, object]:
    """Return a refusal as programs read it."""
    fields = error.fields if isinstance(error, Invalid) else {}
    return {
        "code": error.code,
        "message": _filled(error.msgid, error.params),
        "clause": error.clause,
        "remedy": _filled(error.remedy, error.params),
        "fields": {name: _filled(text, error.params) for name, text in fields.items()},
    }


def complain(problem: Mapping[str, object], *, as_json: bool) -> None:
    """Say what was wrong, where, and what to do: on standard error, or as the JSON object."""
    if as_json:
        click.echo(json.dumps({"error": problem}, ensure_ascii=False, indent=2, default=str))
        return
    click.echo(gettext("错误：%(message)s") % {"message": problem["message"]}, err=True)
    fields = problem.get("fields")
    for name, text in fields.items() if isinstance(fields, Mapping) else ():
        click.echo(f"  {name}: {text}", err=True)
    if problem.get("remedy"):
        click.echo(str(problem["remedy"]), err=True)


def row_error(error: RowError) -> dict[str, object]:
    """Return one row's error as programs read it; `row` 0 is the file itself."""
    found: dict[str, object] = {
        "row": error.row,
        "column": error.column,
        "message": _filled(error.msgid, error.params),
        "remedy": _filled(error.remedy_msgid, error.params),
    }
    return ({"sheet": error.sheet} | found) if error.sheet else found


def row_lines(errors: list[RowError], more: int) -> Iterator[str]:
    """Yield the first errors as people read them, and how many more there are."""
    for error in errors[:_SHOWN]:
        said = row_error(error)
        place = gettext("第%(row)s行") % {"row": error.row} if error.row else gettext("整个文件")
        where = " ".join(part for part in (error.sheet, place, error.column) if part)
        yield gettext("%(where)s：%(message)s。%(remedy)s") % {
            "where": where,
            "message": said["message"],
            "remedy": said["remedy"],
        }
    left = max(len(errors) - _SHOWN, 0) + more
    if left:
        yield gettext("另有%(count)s处错误，加 --json 可以看到更多。") % {"count": left}


@contextmanager
def progress(label: str, total: int = 0, *, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """Show on standard error how far something is once it takes longer than two seconds.

    Yields a function that is told how many more are done. With `total` 0 only
    the count is shown; where nobody watches a terminal, a line now and then.
    """
    bar = Bar(label, total, sys.stderr)
    try:
        yield (lambda _: None) if quiet else bar.advance
    finally:
        bar.end()


class Bar:
    """A progress bar that stays silent for what is over soon."""

    def __init__(
        self, label: str, total: int, stream: TextIO, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._label = label
        self._total = total
        self._stream = stream
        self._clock = clock
        self._begun = clock()
        self._next = self._begun + PATIENCE
        self._done = 0
        self._shown = False

    def advance(self, done: int) -> None:
        """Count more of them as done."""
        self._done += done
        now = self._clock()
        if now >= self._next:
            self._show(now)

    def end(self) -> None:
        """Leave the last line standing, complete."""
        if self._shown:
            self._show(self._clock())
            if self._stream.isatty():
                self._stream.write("\n")
                self._stream.flush()

    def _show(self, now: float) -> None:
        live = self._stream.isatty()
        self._next = now + (_EVERY if live else _EVERY_LINE)
        self._shown = True
        text = f"{self._label} {self._measure(live=live)} {now - self._begun:.0f} s"
        self._stream.write(f"\r{text}\x1b[K" if live else f"{text}\n")
        self._stream.flush()

    def _measure(self, *, live: bool) -> str:
        if not self._total:
            return str(self._done)
        share = min(self._done / self._total, 1.0)
        filled = round(share * _WIDTH)
        bar = f"[{'#' * filled}{'-' * (_WIDTH - filled)}] " if live else ""
        return f"{bar}{share:.0%} {self._done}/{self._total}"


def _filled(msgid: str, params: Mapping[str, object]) -> str:
    said = gettext(msgid)
    return said % params if params else said
