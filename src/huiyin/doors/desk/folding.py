"""Tables of counts that stay short: the first lines open, the others folded, no noughts on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

OPEN: Final = 10
"""Lines shown before the fold."""
_NOUGHTS: Final = frozenset({"0", "—"})


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with what it counts; `nought` says that there is nothing of it."""

    label: str
    value: str
    nought: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line: whose figures they are, where more about them stands ("" for nowhere), and the figures."""

    name: str
    address: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Folded:
    """A table: what its columns are called, its first lines and the folded ones."""

    head: str
    labels: list[str]
    first: list[Line]
    rest: list[Line]

    def __len__(self) -> int:
        """Count the lines, open and folded."""
        return len(self.first) + len(self.rest)


def folded(
    head: str,
    labels: Sequence[str],
    rows: Sequence[tuple[str, str, Sequence[object]]],
    *,
    keep: int = OPEN,
) -> Folded:
    """Make a table of rows: name, address and figures in the order of `labels`, which are message ids.

    `keep` lines stand open; where several tables follow one another, fewer leave the last in reach. One
    line more than fits is not folded alone.
    """
    said = [_(label) for label in labels]
    lines = [
        Line(name, address, [Cell(*one) for one in _cells(said, figures)]) for name, address, figures in rows
    ]
    fold = keep if len(lines) > keep + 1 else len(lines)
    return Folded(_(head), said, lines[:fold], lines[fold:])


def _cells(labels: Sequence[str], figures: Sequence[object]) -> list[tuple[str, str, bool]]:
    shown = [str(figure) for figure in figures]
    return [(label, text, text in _NOUGHTS) for label, text in zip(labels, shown, strict=True)]
