"""What every event of a matter is, and the few words that events are told in."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, Final

from huiyin.rules.vocabulary import JSONValue, Limit
from huiyin.rules.workdays import SHANGHAI

# Who acted where nobody did: time passed, or the rules had it follow.
SYSTEM: Final = "system"


class MatterKind(StrEnum):
    """What somebody wants: an answer or a decision, or what the office itself takes in to be done."""

    ENQUIRY = "enquiry"
    APPLICATION = "application"
    TASK = "task"
    PROPOSAL = "proposal"
    PETITION = "petition"
    REPORT = "report"
    DOCUMENT_IN = "document_in"
    DOCUMENT_OUT = "document_out"


class Channel(StrEnum):
    """How it reached the office."""

    COUNTER = "counter"
    PHONE = "phone"
    LETTER = "letter"
    ONLINE = "online"


class Nature(StrEnum):
    """What sort of thing was said: business, an opinion or suggestion, or a complaint or report."""

    BUSINESS = "business"
    OPINION = "opinion"
    COMPLAINT = "complaint"


class Urgency(StrEnum):
    """How pressing; the rulebook maps each level to a limit inside its printed range.

    Extra urgent is a level of its own, known only to rulebooks that print it
    (p2.time-limit.7.b): no range maps it, and it means at once.
    """

    EXTRA_URGENT = "extra_urgent"
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened at `at` by `actor`, possibly acting for an absent colleague."""

    kind: ClassVar[str] = ""
    at: datetime
    actor: str
    acting_for: str = ""

    @property
    def on(self) -> date:
        """The office's day of the event: the one that decides which clause applied."""
        return self.at.astimezone(SHANGHAI).date()

    @property
    def principal(self) -> str:
        """The person whose duty was done: the absent colleague where there is one."""
        return self.acting_for or self.actor

    def body(self) -> dict[str, JSONValue]:
        """The event's own facts as JSON-ready values, without when and who."""
        own = (f.name for f in fields(self) if f.name not in {"at", "actor", "acting_for"})
        return {name: _plain(getattr(self, name)) for name in own}


def _plain(value: object) -> JSONValue:
    """Turn the few types events hold into what JSON can carry."""
    if isinstance(value, Limit):
        return {"amount": value.amount, "unit": value.unit.value}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(one) for one in value]
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"an event cannot hold {value!r}")
