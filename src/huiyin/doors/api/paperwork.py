"""What programs send about official documents: one closed form for each verb."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from huiyin.doors.api.asks import Ask, Line, OneOf, StaffNo, Storable, Text
from huiyin.doors.api.moments import Day
from huiyin.matters import document_labels, labels
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit, Unit

_Secrecy = Annotated[
    str,
    # Also what may not be kept here: it is refused with the rule, and not as an unknown word.
    OneOf((*document_labels.SECRECY, *document_labels.STATE_SECRETS)),
    Field(description=msg("密级；国家秘密不得登记，会被拒绝")),
]
_Someone = Annotated[StaffNo, Field(min_length=1, description=msg("工号"))]


class _Timed(Ask):
    """A limit that the document itself names: so long, or until a day, never both."""

    limit_amount: Annotated[
        StrictInt | None, Field(ge=1, le=9999, description=msg("文件写明的时限，与 until 只填一个"))
    ] = None
    limit_unit: Annotated[str, OneOf(("working_day", "calendar_day"))] = "working_day"
    until: Annotated[Day | None, Field(description=msg("文件限定的日期，当天下班前"))] = None

    def limit(self) -> Limit | None:
        """Return the limit that was named, if it was one of days."""
        return Limit(self.limit_amount, Unit(self.limit_unit)) if self.limit_amount else None


class Incoming(_Timed):
    """A document that came in, as the register asks."""

    title: Annotated[Line, Field(min_length=1, description=msg("标题，不超过200字"))]
    source: Annotated[str, Field(min_length=1, max_length=120, description=msg("来文单位")), Storable]
    their_number: Annotated[str, Field(max_length=60, description=msg("来文字号")), Storable] = ""
    secrecy: _Secrecy = "none"
    urgency: Annotated[str, OneOf(labels.URGENCIES)] = "normal"
    grade: Annotated[str, OneOf(document_labels.GRADES), Field(description=msg("文件类别"))] = "ordinary"
    received_on: Annotated[Day | None, Field(description=msg("收文日期；空则为今天"))] = None
    pages: Annotated[StrictInt, Field(ge=1, le=99_999)] | None = None
    note: Text = ""
    again: Annotated[StrictBool, Field(description=msg("同一来文单位、字号已登记过，仍要登记"))] = False


class Outgoing(_Timed):
    """A document that is to be written, to whom and by whom."""

    title: Annotated[Line, Field(min_length=1, description=msg("标题，不超过200字"))]
    recipient: Annotated[str, Field(min_length=1, max_length=120, description=msg("主送单位")), Storable]
    book: Annotated[str, OneOf(document_labels.DOCUMENT_BOOKS), Field(description=msg("发文字号的种类"))] = (
        "official"
    )
    genre: Annotated[str, OneOf(document_labels.GENRES), Field(description=msg("文种"))] = "letter"
    secrecy: _Secrecy = "none"
    urgency: Annotated[str, OneOf(labels.URGENCIES)] = "normal"
    copies_to: Text = ""
    drafter: Annotated[StaffNo, Field(description=msg("拟稿人的工号；空则为令牌所代表的人"))] = ""
    note: Text = ""


class To(Ask):
    """Before whom it is put."""

    to: _Someone


class Written(Ask):
    """What should be done with it."""

    opinion: Annotated[Text, Field(min_length=1)]


class Readers(Ask):
    """Who is to read it."""

    to: Annotated[list[_Someone], Field(min_length=1, max_length=50)]


class Sending(To):
    """Who is to handle it, and in how many working days where the document names no limit."""

    days: Annotated[StrictInt, Field(ge=1, le=9999, description=msg("办理时限（工作日）"))] | None = None
    special: Annotated[Text, Field(description=msg("比制度规定的更长时，写明特殊情况"))] = ""


class Delay(Ask):
    """Why it takes longer, and who was told."""

    reason: Text
    told_assigner: StrictBool = False
    told_leader: StrictBool = False


class Draft(To):
    """The draft, and who checks it."""

    text: Annotated[str, Field(min_length=1, max_length=20_000), Storable]


class Checked(To):
    """Who signs what was found in order."""

    opinion: Text = ""


class Archive(Ask):
    """Its number in the archive."""

    archive_number: Annotated[str, Field(min_length=1, max_length=40), Storable]
