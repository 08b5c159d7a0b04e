"""Service commitments (服务承诺): what an office promises in public, complete, posted, and kept.

A commitment is no event of a matter, so the two functions every regime has are
nearly silent here. What the regime decides is when a commitment may be published and
what is still lacking; whoever publishes asks it. Of a matter it says one thing:
what was weighty does not end before the person knows what came of it. And whoever was served may
say, point by point, what was not kept towards them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple

from huiyin.rules import events as e
from huiyin.rules.errors import Unlawful, msg
from huiyin.rules.lifecycle import Stage, State
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.saying import says_something
from huiyin.rules.vocabulary import Consequence

PARTS: Final = "commitment_parts"
TOPICS: Final = "commitment_topics"
STANDARD: Final = "service_standard"
SUPERVISION: Final = "commitment_supervision"
EACH_UNIT: Final = "commitment_each"
BOARD: Final = "commitment_board"
OPINIONS: Final = "opinion_book"
ANSWERED_TO: Final = "opinion_feedback"
BROKEN: Final = "promise_broken"
FEEDBACK: Final = "major_feedback"
RECEPTION: Final = "reception_items"
MANNER: Final = "manner_items"
DIFFICULTIES: Final = "difficulties"
RECEIVED: Final = "reception_rated"
MEETING: Final = frozenset({e.Channel.COUNTER, e.Channel.PHONE})
"""The channels by which somebody of the office receives a person; nobody meets who writes."""
SATISFACTION: Final = "satisfaction"
PROCEDURES: Final = "procedures_dated"

FIELDS: Final = (
    "duties",
    "powers",
    "content",
    "procedure",
    "standards",
    "limits",
    "staff_standards",
    "phrases",
    "conduct",
    "reporting",
    "charges",
)
"""Every part a commitment may have, in the order it is read and its lines are counted.

A part may be added anywhere: no version written before has it. The order of those that are here never
changes, as findings name lines by their number.
"""

_FIELD_OF: Final[Mapping[str, str]] = {
    "service_content": "content",
    "service_standards": "standards",
    "standard": "standards",
    "service_procedure": "procedure",
    "time_limit": "limits",
    "reporting_supervision": "reporting",
}
"""What the rulebooks call a part, where that is not its own name."""


class Lack(NamedTuple):
    """A part that the office's rulebook asks for and that is empty, and the clause that asks."""

    field: str
    clause: str


class Line(NamedTuple):
    """One line of a commitment: what people may hold the office to, by its number in that version."""

    number: int
    part: str
    text: str


def objections(before: State | None, event: e.Event, book: Rulebook) -> Iterator[Unlawful]:
    """What was weighty ends once the person knows what came of it; else a commitment binds no steps."""
    if before is None or before.kind is not e.MatterKind.ENQUIRY:
        return
    owed = feedback_owed(before, book)
    if isinstance(event, e.Delivered) and not owed:
        yield Unlawful(msg("这件事不用另行登记告知"), code="not_regulated")
    if isinstance(event, e.Closed) and owed and before.stage is Stage.ANSWERED:
        yield Unlawful(
            msg("重大事项要把处理结果告知当事人，登记了方式才能归结"),
            code="feedback_needed",
            clause=owed,
            remedy=msg("请先登记何时以什么方式告知了当事人。"),
        )


def feedback_owed(state: State, book: Rulebook) -> str:
    """The clause by which the person has to hear what came of a weighty contact; "" for any other."""
    return book.cite(FEEDBACK) if state.important and book.has(FEEDBACK) else ""


def consequences(before: State | None, event: e.Event, after: State, book: Rulebook) -> Iterator[Consequence]:
    """Nothing: the promised limit runs as a duty of the time limits."""
    del before, event, after, book
    yield from ()


def rates_reception(channel: str, book: Rulebook) -> bool:
    """Whether a person says how whoever was asked first received them: where they were received at all."""
    return channel in MEETING and book.has(RECEIVED)


def not_kept_choices(book: Rulebook, on: date) -> dict[str, str]:
    """What the person served may say was not kept towards them, by code, with the clause that promises it.

    How people are received, how they are spoken to, what must never be made difficult for
    them, and the manner that must not be met with; empty for a profile that names nothing.
    """
    found = {
        str(code): book.cite(part)
        for part in (RECEPTION, MANNER, DIFFICULTIES)
        if book.has(part)
        for code in book.value(part, "list", on)
    }
    grounds = book.clause(RECEIVED).on(on).get("grounds", ()) if book.has(RECEIVED) else ()
    return {**found, **{str(code): book.cite(RECEIVED) for code in grounds}}


def demanded(book: Rulebook, on: date) -> dict[str, str]:
    """The parts a commitment must have before it is published, by name, with the clause that asks.

    Empty for a profile that asks for none: what it does not regulate is off.
    """
    found: dict[str, str] = {}
    for part, figure in ((PARTS, "items"), (TOPICS, "topics")):
        if book.has(part):
            for name in book.value(part, figure, on):
                found.setdefault(_FIELD_OF.get(name, name), book.cite(part))
    for name in standard_parts(book):
        found.setdefault(name, book.cite(STANDARD))
    ordered: dict[str, str] = {name: found[name] for name in FIELDS if name in found}
    if book.has(SUPERVISION):
        ordered |= dict.fromkeys(("complaint_phone", "complaint_unit"), book.cite(SUPERVISION))
    return ordered


def lacking(book: Rulebook, on: date, said: Mapping[str, str]) -> list[Lack]:
    """What still has to be filled in before a commitment with these parts may be published."""
    return [
        Lack(name, clause)
        for name, clause in demanded(book, on).items()
        if not says_something(said.get(name, ""))
    ]


def lines(said: Mapping[str, str]) -> list[Line]:
    """The lines of a commitment, counted from 1 through all its parts; empty ones do not count."""
    told = [
        (name, text.strip()) for name in FIELDS for text in said.get(name, "").splitlines() if text.strip()
    ]
    return [Line(number, name, text) for number, (name, text) in enumerate(told, start=1)]


def standard_parts(book: Rulebook) -> tuple[str, ...]:
    """The parts that are the office's service standard and civil phrases; none where none is asked for."""
    return ("staff_standards", "phrases") if book.has(STANDARD) else ()


def by_unit(book: Rulebook, on: date) -> str:
    """The clause by which each unit makes its own commitment; "" where one for the whole office will do."""
    if book.has(EACH_UNIT):
        return book.cite(EACH_UNIT)
    if book.has(PARTS) and book.clause(PARTS).on(on).get("per") == "unit":
        return book.cite(PARTS)
    return ""


def for_office(book: Rulebook, on: date) -> str:
    """The clause by which the office as a whole makes a commitment; "" where its units do."""
    if book.has(PARTS) and book.clause(PARTS).on(on).get("per") == "office":
        return book.cite(PARTS)
    return ""
