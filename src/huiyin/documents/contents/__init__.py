"""What each kind of document says, complete or not at all.

The stored evidence is one of these as JSON; the page is drawn from it whenever
somebody asks. No figure of any regulation stands here: limits, remedies and
bases arrive from the rulebook through the caller.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from huiyin.documents.contents.base import TEMPLATE_VERSION, Content, Kind
from huiyin.documents.contents.telling import NOTICES, OneTimeNotice, OralNotice
from huiyin.documents.parts import (
    Approval,
    Importance,
    MaterialLine,
    Procedure,
    Referral,
    Remedy,
    RemedyKind,
    is_bare_address,
)
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.vocabulary import Limit

__all__ = [
    "CONTENTS",
    "NOTICES",
    "REFUSALS",
    "TEMPLATE_VERSION",
    "Acceptance",
    "Content",
    "CorrectionNotice",
    "Declination",
    "ExtensionNotice",
    "GrantDecision",
    "Kind",
    "OneTimeNotice",
    "OralNotice",
    "PauseNotice",
    "Receipt",
    "RefusalDecision",
    "RefusalFilingForm",
    "Reply",
    "ReturnSlip",
    "content_type",
]

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(Content):
    """收件回执单: what came in, when it will be done, and how to follow it.

    Until an application is accepted there is no finishing day: `review_until` says
    by when that is decided, and `limit` runs from then on. `collect_at` is when to come
    back if nothing is missing. Without `track_url` it shows no code to scan.

    It lies about on counters, so the applicant's name arrives already masked,
    and the query code is not part of it: whoever knows the code hands it to
    `pdf.render` for the one print that shows it.
    """

    kind: ClassVar[Kind] = Kind.RECEIPT

    applicant_masked: str
    received_at: datetime
    track_url: str = ""
    materials: tuple[MaterialLine, ...] = ()
    limit: Limit | None = None
    collect_at: datetime | None = None
    review_until: datetime | None = None
    due_at: datetime | None = None
    provisional: bool = False
    event_hash: str = ""

    def contradictions(self) -> dict[str, str]:
        """The address holds the number and nothing else that could tell on anybody (R56)."""
        wrong = {}
        if self.track_url and not is_bare_address(self.track_url, self.matter_number):
            wrong["track_url"] = msg("查询网址只能含办件编号")
        if self.event_hash and not _HASH.fullmatch(self.event_hash):
            wrong["event_hash"] = msg("存证摘要格式不对")
        if self.due_at and self.review_until:
            wrong["due_at"] = msg("受理以前没有办结时间")
        if self.due_at and self.due_at < self.received_at:
            wrong["due_at"] = msg("应办结时间早于收件时间")
        if self.collect_at and self.collect_at < self.received_at:
            wrong["collect_at"] = msg("取件时间早于收件时间")
        return wrong


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance(Content):
    """受理通知书: the application is taken on and its deciding clock runs."""

    kind: ClassVar[Kind] = Kind.ACCEPTANCE

    applicant: str
    received_at: datetime
    accepted_at: datetime
    basis: str
    due_at: datetime
    limit: Limit
    provisional: bool = False
    track_url: str = ""

    def contradictions(self) -> dict[str, str]:
        """Nothing is accepted or due before it came in; what is accepted late may be due already."""
        if self.accepted_at < self.received_at:
            return {"accepted_at": msg("受理时间早于收件时间")}
        if self.due_at < self.received_at:
            return {"due_at": msg("应办结时间早于收件时间")}
        if self.track_url and not is_bare_address(self.track_url, self.matter_number):
            return {"track_url": msg("查询网址只能含办件编号")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDecision(Content):
    """准予办理决定书: what is granted, on what basis, and where and when to collect it.

    `hours` are the sittings of a working day as people read them. `accepted_at` is
    empty where nothing had to be accepted first.
    """

    kind: ClassVar[Kind] = Kind.GRANT_DECISION

    applicant: str
    received_at: datetime
    basis: str
    result: str
    hours: str
    collect_at: str = ""
    accepted_at: datetime | None = None

    def contradictions(self) -> dict[str, str]:
        """Nothing is accepted before it came in, nor granted before it was accepted."""
        if self.accepted_at and not self.received_at <= self.accepted_at <= self.issued_at:
            return {"accepted_at": msg("受理时间应在收件之后、决定之前")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalDecision(Content):
    """不予办理决定书: why not, on what basis, and where to turn.

    `referral` is whose it is instead, for what was taken on and is not the office's to do. Who
    signed it inside and with what opinion stands on the filing form alone.
    """

    kind: ClassVar[Kind] = Kind.REFUSAL_DECISION

    applicant: str
    received_at: datetime
    facts: str
    reasons: str
    legal_basis: str
    remedies: tuple[Remedy, ...]
    returned: tuple[MaterialLine, ...] = ()
    referral: Referral | None = None

    def contradictions(self) -> dict[str, str]:
        """The way to complain is always open, whatever else is."""
        if all(remedy.kind is not RemedyKind.COMPLAINT for remedy in self.remedies):
            return {"remedies": msg("决定书须写明投诉途径")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declination(RefusalDecision):
    """不予受理决定书: not the office's to do, and so not taken on; where to apply instead."""

    kind: ClassVar[Kind] = Kind.DECLINATION

    def contradictions(self) -> dict[str, str]:
        """It names the right office."""
        if self.referral is None:
            return {"referral": msg("须写明应当向哪个机关申请")}
        return RefusalDecision.contradictions(self)


REFUSALS: Final = (Kind.REFUSAL_DECISION, Kind.DECLINATION)
"""The decisions that end an application without granting it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalFilingForm(Content):
    """否定报备表: the inside form on which a refusal climbs from level to level.

    It is printed at any stage: levels that have not decided yet are blank. `title` is what the
    office's regulation calls it, in Chinese; empty where it has no name there.
    """

    kind: ClassVar[Kind] = Kind.REFUSAL_FILING_FORM

    applicant: str
    applicant_phone: str
    received_at: datetime
    proposed_at: datetime
    facts: str
    reasons: str
    legal_basis: str
    importance: Importance
    approvals: tuple[Approval, ...]
    awaited: tuple[str, ...] = ()
    filed_at: datetime | None = None
    decided_at: datetime | None = None
    overturned: bool = False
    reply_number: str = ""
    ground: str = ""
    verification: str = ""
    importance_reason: str = ""
    referral: Referral | None = None
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionNotice(Content):
    """延期告知书: how long it takes now and why, said before the old limit had passed.

    `approved_at` is checked and not printed: the trail inside is nobody's outside. `stood_still` says
    that the clock did at that moment, so that the old limit, put off with it, had not passed.
    """

    kind: ClassVar[Kind] = Kind.EXTENSION_NOTICE

    applicant: str
    received_at: datetime
    previous_due_at: datetime
    extension: Limit
    due_at: datetime
    reason: str
    basis: str
    approved_at: datetime
    provisional: bool = False
    stood_still: bool = False

    def contradictions(self) -> dict[str, str]:
        """Nothing is extended after its limit has passed, nor to an earlier day."""
        if self.approved_at > self.previous_due_at and not self.stood_still:
            return {"approved_at": msg("原时限届满后不得延期")}
        if self.due_at <= self.previous_due_at:
            return {"due_at": msg("延期后的时间须晚于原时间")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseNotice(Content):
    """特别程序告知书: the clock stands still, on what basis, and for about how long."""

    kind: ClassVar[Kind] = Kind.PAUSE_NOTICE

    applicant: str
    received_at: datetime
    procedure: Procedure
    basis: str
    reason: str
    starts_at: datetime
    planned: Limit
    procedure_name: str = ""

    def contradictions(self) -> dict[str, str]:
        """A procedure outside the list is named in words."""
        if self.procedure is Procedure.OTHER and not self.procedure_name.strip():
            return {"procedure_name": msg("请写明程序名称")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply(Content):
    """答复: the answer to an enquiry."""

    kind: ClassVar[Kind] = Kind.REPLY

    applicant: str
    received_at: datetime
    request: str
    answer: str
    basis: str = ""
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSlip(Content):
    """材料退还签收单: which papers were handed back, against which proof of identity, to whom.

    The number of the identity document is looked at and not kept.
    """

    kind: ClassVar[Kind] = Kind.RETURN_SLIP

    applicant: str
    materials: tuple[MaterialLine, ...]
    identity: str
    receiver: str
    returned_at: datetime
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNotice(Content):
    """纠正告知书: a refusal that was decided was wrong; how, and by when it is decided anew.

    `decision_number` is empty where the refusal was decided elsewhere than here. Who found it
    wrong stands on the filing form alone. `wanted` are the papers that went back and are needed
    again, `bring_to` where they are taken in.
    """

    kind: ClassVar[Kind] = Kind.CORRECTION_NOTICE

    applicant: str
    received_at: datetime
    correction: str
    corrected_at: datetime
    decision_number: str = ""
    due_at: datetime | None = None
    provisional: bool = False
    basis: str = ""
    wanted: tuple[MaterialLine, ...] = ()
    bring_to: str = ""


CONTENTS: Final[Mapping[Kind, type[Content]]] = {
    content.kind: content
    for content in (
        Receipt,
        OneTimeNotice,
        OralNotice,
        Acceptance,
        GrantDecision,
        RefusalDecision,
        Declination,
        RefusalFilingForm,
        ExtensionNotice,
        PauseNotice,
        Reply,
        ReturnSlip,
        CorrectionNotice,
    )
}


def content_type(kind: str) -> type[Content]:
    """The class for a kind; `HuiyinError` (unknown_document_kind) for any other word."""
    try:
        return CONTENTS[Kind(kind)]
    except ValueError as error:
        raise HuiyinError(
            msg("没有“%(kind)s”这种文书"), code="unknown_document_kind", params={"kind": kind}
        ) from error
