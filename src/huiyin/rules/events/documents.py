"""The way of an official document: incoming from hand to hand, outgoing from the order to the post."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from huiyin.rules.events.base import Event
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedToMainLeader(Event):
    """The incoming document lies before the main leader."""

    kind: ClassVar[str] = "document.presented_to_main_leader"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedToLeader(Event):
    """The incoming document lies before a leader in charge, or whichever leader the office sends it to."""

    kind: ClassVar[str] = "document.presented_to_leader"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionWritten(Event):
    """Somebody wrote on the document what should be done with it: `role` says in which part."""

    kind: ClassVar[str] = "document.opinion"
    role: str
    opinion_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Circulated(Event):
    """A colleague is to read the document; nothing else is asked of them."""

    kind: ClassVar[str] = "document.circulated"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRead(Event):
    """A colleague on the reading list has read it."""

    kind: ClassVar[str] = "document.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSent(Event):
    """The document is on its way to whoever is to handle it; nothing has moved before they sign for it.

    `limit` is what they get for it where the document names none; more than
    the rulebook gives takes a reason.
    """

    kind: ClassVar[str] = "document.sent"
    to: str
    limit: Limit | None = None
    special_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSignedFor(Event):
    """The one it was sent to has it: custody moves at this moment."""

    kind: ClassVar[str] = "document.signed_for"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReturned(Event):
    """The one it was sent to declines with a reason; custody never moved."""

    kind: ClassVar[str] = "document.returned"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayExplained(Event):
    """Those named in `addressees` were told why it will take longer; that alone gives no more time."""

    kind: ClassVar[str] = "document.delay_explained"
    addressees: tuple[str, ...]
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCompleted(Event):
    """What the incoming document asked for is done."""

    kind: ClassVar[str] = "document.completed"
    result_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted(Event):
    """The outgoing document is drafted and lies before `to`, who checks it."""

    kind: ClassVar[str] = "document.drafted"
    to: str
    draft_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReturned(Event):
    """The draft goes back to be written anew; the clock of dispatching runs on."""

    kind: ClassVar[str] = "document.draft_returned"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftChecked(Event):
    """The draft is in order and lies before `to`, who signs it."""

    kind: ClassVar[str] = "document.checked"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountersignAsked(Event):
    """`to` is asked to countersign."""

    kind: ClassVar[str] = "document.countersign_asked"
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Countersigned(Event):
    """One of those asked has countersigned."""

    kind: ClassVar[str] = "document.countersigned"
    opinion_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentSigned(Event):
    """The leader signs the document to be issued."""

    kind: ClassVar[str] = "document.signed"
    opinion_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentNumbered(Event):
    """The document has its number in the office's book of the year."""

    kind: ClassVar[str] = "document.numbered"
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentDispatched(Event):
    """The document has gone out."""

    kind: ClassVar[str] = "document.dispatched"
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentVoided(Event):
    """The document should never have been entered; its number stays used, and nothing is owed any more."""

    kind: ClassVar[str] = "document.voided"
    reason_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentArchived(Event):
    """The document lies in the archive under this number."""

    kind: ClassVar[str] = "document.archived"
    archive_number: str
