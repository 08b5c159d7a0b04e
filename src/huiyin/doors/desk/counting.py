"""Papers as they are counted: typed one a line, and asked for where they are signed for as they come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from huiyin.doors.desk.step import Step, Typed
from huiyin.doors.forms import Field
from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.matters.steps import Paper
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.regimes import time_limit
from huiyin.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

VERB: Final = "receive_supplement"
ONE_A_LINE: Final = msg("每行一种材料：名称 份数 页数，用空格隔开")


def lines(text: str, known: Iterable[str] = ()) -> tuple[Paper, ...]:
    """Read papers line by line: name, copies, pages; without a number one copy, and no pages counted.

    Only a name that is `known` may have blanks in it. Raises Invalid for a line that reads otherwise.
    """
    names = sorted(known, key=len, reverse=True)
    return tuple(_paper(line.strip(), names) for line in text.splitlines() if line.strip())


def _paper(line: str, names: Iterable[str]) -> Paper:
    first = line.split(maxsplit=1)[0]
    name = next((one for one in names if line == one or line.startswith(f"{one} ")), first)
    words = line[len(name) :].split()
    numbers = [int(one) for one in words if one.isdecimal() and len(one) <= len("9999")]
    if len(numbers) < len(words) or len(words) > len(("copies", "pages")):
        raise Invalid({"papers": ONE_A_LINE})
    copies, pages = (*numbers, *(1, 0)[len(numbers) :])
    return Paper(name, present=True, copies=copies, pages=pages or None)


def counted(matter: Matter, book: Rulebook) -> bool:
    """Whether the pages of what comes in are to be counted, for the receipt."""
    signed_for = time_limit.signed_for(matter.kind, instant=matter.instant, book=book)
    return signed_for and book.has(time_limit.RECEIPT_FIELDS)


def asked(fields: list[Field], verb: str, matter: Matter, book: Rulebook) -> list[Field]:
    """Return the fields of a supplement: what is waited for, to be counted where it is signed for."""
    if verb != VERB:
        return fields
    if not counted(matter, book):
        return []
    typed = "\n".join(f"{one.name} {one.copies} {one.pages or ''}" for one in matters.awaited_papers(matter))
    return [replace(one, initial=typed, required=True) for one in fields]


def supplement(by: By, number: str, typed: Typed) -> Receipt:
    """Note that everything has arrived, with what was counted."""
    known = [one.name for one in matters.awaited_papers(matters.get(by.asker, number))]
    return actions.receive_supplement(by, number, papers=lines(typed["papers"], known))


COUNTING_STEPS: Final[Mapping[str, Step]] = {
    VERB: Step(
        (
            Field(
                "papers",
                msg("收到的材料"),
                "textarea",
                required=False,
                max_length=5000,
                rows=3,
                help=msg("每行一种材料：名称 份数 每份页数，用空格隔开；据此开收件回执单。"),
            ),
        ),
        supplement,
        msg("登记补正收齐"),
        msg("告知书所列材料已全部收到，重新开始审查。"),
    ),
}
