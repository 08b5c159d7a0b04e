"""What documents are made of: small frozen values that refuse to be incomplete.

One rule for all of them: a field without a default is required, and required
text or a required list is never empty. Everything is checked when the value is
made, so a document that exists can be printed.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import unquote, urlsplit

from huiyin.rules.errors import Invalid, msg
from huiyin.rules.vocabulary import Limit

LONGEST_TEXT: Final = 20_000
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

REQUIRED: Final = msg("此项必填")
TOO_LONG: Final = msg("此项过长")
UNREADABLE: Final = msg("此项含有无法保存的字符")
NEEDS_ZONE: Final = msg("时间须带时区")
NEGATIVE: Final = msg("数量不能小于零")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A value that checks itself; raises `Invalid` naming each wrong field."""

    def __post_init__(self) -> None:
        """Refuse what is missing or cannot be stored, then what contradicts itself."""
        wrong = {}
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            required = field.default is dataclasses.MISSING
            if problem := _problem(value, required=required):
                wrong[field.name] = problem
        wrong = wrong or self.problems()
        if wrong:
            raise Invalid(wrong, code="document_incomplete")

    def problems(self) -> dict[str, str]:
        """What is wrong between fields that are each fine; field name to sentence."""
        return {}


def _problem(value: object, *, required: bool) -> str:
    """The sentence for what is wrong with one value alone, or an empty text."""
    if isinstance(value, str):
        return _text_problem(value, required=required)
    if isinstance(value, tuple):
        return REQUIRED if required and not value else ""
    if isinstance(value, datetime):
        return NEEDS_ZONE if value.tzinfo is None else ""
    if isinstance(value, int) and value < 0:
        return NEGATIVE
    return REQUIRED if required and value is None else ""


def _text_problem(value: str, *, required: bool) -> str:
    if required and not value.strip():
        return REQUIRED
    if len(value) > LONGEST_TEXT:
        return TOO_LONG
    # Half of a surrogate pair has no UTF-8, so it could be neither stored nor printed.
    return UNREADABLE if _SURROGATE.search(value) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Part):
    """The body that issues the document, as it wants to be named on paper."""

    name: str
    name_en: str = ""
    address: str = ""
    phone: str = ""
    complaint_phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact(Part):
    """Who deals with the matter and where to find them."""

    name: str
    unit: str = ""
    position: str = ""
    phone: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialLine(Part):
    """One kind of paper: how many copies, how many pages each (0: not counted), original or copy.

    `optional` papers may be handed in later (容缺受理): the matter goes on without them.
    """

    name: str
    copies: int = 1
    pages: int = 0
    original: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect(Part):
    """One material that is missing or wrong: what is the matter, what would cure it, on what basis.

    An `optional` one keeps nobody from accepting the application.
    """

    material: str
    problem: str
    requirement: str
    basis: str
    optional: bool = False


class Verdict(StrEnum):
    """What somebody on the approval trail decided."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    DISAGREED = "disagreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval(Part):
    """One step of the trail: the level that decided, who held it, what they said and when."""

    level: str
    name: str
    verdict: Verdict
    at: datetime
    opinion: str = ""


class Importance(StrEnum):
    """How weighty a refusal is; some rulebooks ask for a higher level when it is important."""

    ORDINARY = "ordinary"
    IMPORTANT = "important"


class Procedure(StrEnum):
    """The special procedures whose time a decision does not have to pay for."""

    HEARING = "hearing"
    TENDER = "tender"
    AUCTION = "auction"
    INSPECTION = "inspection"
    TESTING = "testing"
    QUARANTINE = "quarantine"
    APPRAISAL = "appraisal"
    EXPERT_REVIEW = "expert_review"
    OTHER = "other"


class RemedyKind(StrEnum):
    """The ways open to somebody who disagrees."""

    COMPLAINT = "complaint"
    REVIEW = "review"
    LITIGATION = "litigation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy(Part):
    """Where to turn, within what time (none: at any time), and on what basis."""

    kind: RemedyKind
    body: str
    address: str = ""
    phone: str = ""
    limit: Limit | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral(Part):
    """The office or unit whose a matter is instead, with where to find it as far as that is known."""

    name: str
    place: str = ""
    phone: str = ""


def is_bare_address(url: str, number: str) -> bool:
    """Whether an address is http(s), ends in the number, and carries no user, query or fragment."""
    address = urlsplit(url)
    return (
        address.scheme in {"http", "https"}
        and bool(address.hostname)
        and "@" not in address.netloc
        and not ("?" in url or "#" in url)
        and unquote(address.path).rsplit("/", 1)[-1] == number
    )
