"""Petitions: brought by the person or sent from above, each with the limits of its own clauses.

One from above has the limit that came with it, else its own range; one that the person brought is answered
at once or within the range of enquiries. A profile that refers to the law has the law's limit for all. Where
no clause is about petitions, a limit that was set counts as that of any other matter that has to be
handled (p1.time-limit.3.a).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from huiyin.rules import events as e
from huiyin.rules.lifecycle import State
from huiyin.rules.regimes.time_limit import parts
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.sources import FROM_ABOVE, Source
from huiyin.rules.vocabulary import Limit


def sources(book: Rulebook, on: date) -> Iterator[Source]:
    """From the person where a limit or a clause about receiving people speaks of them; else none."""
    limits = (parts.ANSWER_AT_ONCE, parts.ANSWER_BY_URGENCY, parts.PETITION_BY_LAW)
    received = book.clause(parts.RECEPTION).on(on).get("covers", ()) if book.has(parts.RECEPTION) else ()
    if e.MatterKind.PETITION in received or any(map(book.has, limits)):
        yield Source.DIRECT
    if any(map(book.has, (parts.PETITION_LIMIT, parts.PETITION_BY_URGENCY, parts.PETITION_BY_LAW))):
        yield from FROM_ABOVE


def sent_down(state: State, book: Rulebook) -> bool:
    """Whether it is a petition from above, which its limit holds until it is settled (p4.time-limit.6.a)."""
    from_above = state.kind is e.MatterKind.PETITION and state.source in FROM_ABOVE
    return from_above and book.has(parts.PETITION_LIMIT)


def answered_at_once(kind: e.MatterKind, source: str, book: Rulebook) -> bool:
    """Whether such a matter may be one to answer at once: a petition that the person brought."""
    brought = kind is e.MatterKind.PETITION and source not in FROM_ABOVE
    return brought and book.has(parts.ANSWER_AT_ONCE) and not book.has(parts.PETITION_BY_LAW)


def by_urgency(source: str, book: Rulebook) -> str:
    """The part whose range by urgency applies where no limit was set; "" where none does."""
    found = parts.PETITION_BY_URGENCY if source in FROM_ABOVE else parts.ANSWER_BY_URGENCY
    return found if book.has(found) and not book.has(parts.PETITION_BY_LAW) else ""


def may_be_set(source: str, book: Rulebook) -> bool:
    """Whether a clause lets one have a limit of its own: one from above, or as any other matter."""
    if source in FROM_ABOVE:
        return book.has(parts.PETITION_LIMIT)
    spoken_of = book.has(parts.ANSWER_AT_ONCE) or book.has(parts.ANSWER_BY_URGENCY)
    return book.has(parts.TASK_LIMIT) and not spoken_of


def is_set(event: e.Registered) -> bool:
    """Whether a limit came with the matter: so long, or until a day."""
    return event.given is not None or event.given_for is not None


def owed(event: e.Registered, book: Rulebook) -> Iterator[tuple[str, str, Limit | None]]:
    """The duty to settle it, the part that demands it, and its limit: none for a set day."""
    if book.has(parts.PETITION_BY_LAW):
        legal = event.statutory
        if legal is None and book.has_limit(parts.PETITION_LAW, event.on):
            legal = book.limit(parts.PETITION_LAW, event.on)
        if legal is not None:
            yield parts.SETTLE, parts.PETITION_BY_LAW, legal
        return
    range_ = by_urgency(event.source, book)
    if is_set(event) and may_be_set(event.source, book):
        yield (
            parts.SETTLE,
            parts.PETITION_LIMIT if event.source in FROM_ABOVE else parts.TASK_LIMIT,
            event.given,
        )
    elif event.answer_at_once and answered_at_once(event.matter_kind, event.source, book):
        yield parts.SETTLE, parts.ANSWER_AT_ONCE, book.limit(parts.ANSWER_AT_ONCE, event.on)
    elif range_:
        yield parts.SETTLE, range_, book.limit(range_, event.on, urgency=event.urgency.value)
