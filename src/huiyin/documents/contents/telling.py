"""What tells an applicant what is missing: in writing, or by word of mouth on the telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiyin.documents.contents.base import Content, Kind
from huiyin.documents.parts import Defect, MaterialLine
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeNotice(Content):
    """一次性告知书: everything needed, told once.

    `ordinal` counts the notices of this matter; `breach` says that an earlier
    one should have said this already, and the page then admits it. `deemed_since`
    is when what silence took on counts as accepted: the supplement changes no limit.
    """

    kind: ClassVar[Kind] = Kind.ONE_TIME_NOTICE

    applicant: str
    received_at: datetime
    policy_basis: str
    procedure: str
    materials: tuple[MaterialLine, ...]
    defects: tuple[Defect, ...]
    supplement_how: str
    ordinal: int = 1
    breach: bool = False
    conditions: str = ""
    fee: str = ""
    statutory: Limit | None = None
    committed: Limit | None = None
    refusal_grounds: str = ""
    supplement_until: datetime | None = None
    deemed_since: datetime | None = None

    def contradictions(self) -> dict[str, str]:
        """A notice that names no time limit is not complete; the first one cannot be a repeat."""
        if self.statutory is None and self.committed is None:
            return {"statutory": msg("告知书须写明办理时限")}
        if self.ordinal < 1 or (self.breach and self.ordinal == 1):
            return {"ordinal": msg("告知次数不对")}
        if self.supplement_until and self.supplement_until < self.issued_at:
            return {"supplement_until": msg("补正期限早于告知时间")}
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class OralNotice(OneTimeNotice):
    """口头告知记录: the same told by telephone at the moment of issue: who told whom, over which number."""

    kind: ClassVar[Kind] = Kind.ORAL_NOTICE

    told_by: str
    told_to: str
    told_phone: str


NOTICES = (Kind.ONE_TIME_NOTICE, Kind.ORAL_NOTICE)
"""How an applicant is told what is missing."""
