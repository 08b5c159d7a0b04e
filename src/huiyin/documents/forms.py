"""Forms for the file, such as a register sheet or a hand-over slip, filled in from what is on record.

They are kept nowhere: a form is drawn whenever somebody asks, says when what it tells was recorded,
and shows the same for the same record. All words arrive in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from huiyin.documents.parts import Part
from huiyin.documents.sheets import Sheet

A_LINE = 2
"""Short facts that stand beside each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Part):
    """A label and what is on record for it, "" for nothing; a `wide` one has a line for itself.

    `room` is how many lines of handwriting still fit under it.
    """

    label: str
    text: str = ""
    wide: bool = False
    room: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Block(Part):
    """A part of a form: a table of facts, or of `rows` under `columns` whose shares are `widths`.

    `nothing` is said in the place of rows where there are none.
    """

    heading: str = ""
    lines: tuple[tuple[Fact, ...], ...] = ()
    columns: tuple[str, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    nothing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature(Part):
    """Who signs: `name` and `at` as recorded, both "" for a line to sign on."""

    label: str
    name: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form(Sheet):
    """A whole form. `note` stands small under its title; it lies across where its tables are wide."""

    template: ClassVar[str] = "form"

    title: str
    blocks: tuple[Block, ...]
    note: str = ""
    signatures: tuple[Signature, ...] = ()
    across: bool = False


def facts(found: Iterable[Fact], heading: str = "") -> Block:
    """Return facts as a block: short ones beside each other, wide ones alone."""
    lines: list[tuple[Fact, ...]] = []
    for one in found:
        if lines and not one.wide and len(lines[-1]) < A_LINE and not lines[-1][-1].wide:
            lines[-1] = (*lines[-1], one)
        else:
            lines.append((one,))
    return Block(heading=heading, lines=tuple(lines))
