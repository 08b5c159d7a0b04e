"""What happens from receipt to acceptance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.rules.events.base import Channel, Event, MatterKind, Nature, Urgency
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(Event):
    """Somebody asked; whoever was asked first has custody from this moment.

    For what the office takes in itself: `source` (one of `sources.SOURCES`) says
    where it comes from, `given` or `given_for` the limit or the moment that was
    set for it, `assigner` who wants it done. A misconduct report may be
    `anonymous`; `accused` are the people of the office it is against.
    `study_by` is the moment by which a superior's decision is to be studied.
    `grade` is the class of an official document. An `approval` is for its item to grant or refuse
    by the Licensing Law; what that law makes of silence holds for nothing else.
    """

    kind: ClassVar[str] = "matter.registered"
    matter_kind: MatterKind
    number: str
    channel: Channel
    custodian: str
    urgency: Urgency = Urgency.NORMAL
    item: str = ""
    item_version: int = 0
    instant: bool = False
    approval: bool = False
    statutory: Limit | None = None
    committed: Limit | None = None
    answer_at_once: bool = False
    grade: str = ""
    request_digest: str = ""
    source: str = ""
    given: Limit | None = None
    given_for: datetime | None = None
    study_by: datetime | None = None
    assigner: str = ""
    anonymous: bool = False
    accused: tuple[str, ...] = ()
    nature: Nature = Nature.BUSINESS
    important: bool = False
    record_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIssued(Event):
    """What came in was counted and signed for: how many papers and pages, and when to come back."""

    kind: ClassVar[str] = "receipt.issued"
    materials: int
    pages: int
    collect_at: datetime
    document_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsChecked(Event):
    """The papers were compared with the item's list; `complete` when nothing demanded is missing."""

    kind: ClassVar[str] = "materials.checked"
    present: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    complete: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeIssued(Event):
    """The applicant was told what is missing. There should be one of these, and complete.

    Of an oral one, `told_digest` is of whom was told and over which telephone. `anew` counts the papers that
    are asked for only now, although everything an earlier notice named has been brought.
    """

    kind: ClassVar[str] = "notice.issued"
    number: str
    ordinal: int
    form: str
    missing: int
    document_digest: str = ""
    told_digest: str = ""
    anew: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExplained(Event):
    """What the latest notice says was explained by word of mouth at `explained_at`, to whom and how."""

    kind: ClassVar[str] = "notice.explained"
    explained_at: datetime
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived(Event):
    """Everything the notice named has arrived; the file is whole from this day."""

    kind: ClassVar[str] = "supplement.received"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentToMeeting(Event):
    """A meeting has to decide it; the applicant was told so and why, and how that was done."""

    kind: ClassVar[str] = "meeting.sent"
    how: str
    words_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAccepted(Event):
    """The application is taken on; its deciding clock starts."""

    kind: ClassVar[str] = "application.accepted"
    document_digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeemedAccepted(Event):
    """The review's days ran out with nothing said: the application counts as accepted since `since`.

    `since` is when its papers came in, `at` when the silence was complete; `clause` is the one that says so.
    """

    kind: ClassVar[str] = "application.deemed_accepted"
    since: datetime
    clause: str
