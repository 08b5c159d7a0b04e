"""What every kind of document has in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Final

from huiyin.documents.parts import Contact, Office, Part
from huiyin.rules.errors import msg

TEMPLATE_VERSION: Final = "1"
"""The templates new documents are drawn with; older ones keep theirs."""

_NUMBER: Final = re.compile(r"[^\s\x00-\x1f\x7f/\\<>:\"|?*]{1,60}")


class Kind(StrEnum):
    """The kinds of document this room can draw."""

    RECEIPT = "receipt"
    ONE_TIME_NOTICE = "one_time_notice"
    ORAL_NOTICE = "oral_notice"
    ACCEPTANCE = "acceptance"
    GRANT_DECISION = "grant_decision"
    REFUSAL_DECISION = "refusal_decision"
    DECLINATION = "declination"
    REFUSAL_FILING_FORM = "refusal_filing_form"
    EXTENSION_NOTICE = "extension_notice"
    PAUSE_NOTICE = "pause_notice"
    REPLY = "reply"
    RETURN_SLIP = "return_slip"
    CORRECTION_NOTICE = "correction_notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Part):
    """What stands on every document. `number` is the document's, `matter_number` the matter's."""

    kind: ClassVar[Kind]

    number: str
    matter_number: str
    office: Office
    item: str
    issued_at: datetime
    handler: Contact

    def problems(self) -> dict[str, str]:
        """Refuse numbers that could not be a file name, then what this kind adds."""
        wrong = {
            name: msg("编号含有不允许的字符")
            for name in ("number", "matter_number")
            if not _NUMBER.fullmatch(getattr(self, name))
        }
        return wrong or self.contradictions()

    def contradictions(self) -> dict[str, str]:
        """What is wrong between the fields of this kind; field name to sentence."""
        return {}
