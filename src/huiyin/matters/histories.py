"""The past of a matter as somebody else tells it: what a replay takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from huiyin.catalogue.models import ServiceItem
from huiyin.organisation.models import Person, Unit
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a history: a function of `matters.steps` by name, who, when, with what."""

    verb: str
    actor: str
    at: datetime
    fields: dict[str, object] = field(default_factory=dict)
    acting_for: str = ""


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """What the registers say of an official document.

    `book` is "incoming", or one of `labels.DOCUMENT_BOOKS` for a document to be written;
    `party` is whom it comes from, or whom it goes to.
    """

    party: str
    book: str = "incoming"
    their_number: str = ""
    grade: str = "ordinary"
    secrecy: str = "none"
    received_on: date | None = None
    pages: int | None = None
    genre: str = ""
    copies_to: str = ""
    drafted_by: Person | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One matter's past. `steps` are in the order they happened; registering is the first.

    An official document has its `document`. A step `number` of it names no place: that is the
    next of the book, or the `serial` among its fields, for a document that bore its number before.
    A step `prove` that names no paper is about the last one that waits for its proof.
    Where nobody knows who signed which step of an approval, it is not `signed`, and none begins.
    `id` and `salt` may be given to write a known matter again; else they are new.
    """

    kind: str
    channel: str
    summary: str
    first_responder: Person
    unit: Unit
    received_at: datetime
    steps: tuple[Step, ...]
    item: ServiceItem | None = None
    urgency: str = "normal"
    details: str = ""
    applicant_name: str = ""
    applicant_phone: str = ""
    answer_at_once: bool = False
    registered_by: str = ""
    external_ref: str = ""
    source: str = ""
    origin: str = ""
    given: Limit | None = None
    given_for: datetime | None = None
    assigner: Person | None = None
    anonymous: bool = False
    accused: tuple[UUID, ...] = ()
    document: DocumentEntry | None = None
    signed: bool = True
    id: UUID | None = None
    salt: bytes | None = None
