"""What programs send to take in what the office is given to do, and to say how far it is."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from huiyin.doors.api.asks import Ask, Line, OneOf, StaffNo, Storable, Text, Words
from huiyin.doors.api.moments import Day
from huiyin.matters import document_labels, labels
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit, Unit


class TakeIn(Ask):
    """A task, a motion or proposal, a petition or a misconduct report, as it came."""

    kind: Annotated[str, OneOf(labels.GIVEN), Field(description=msg("交办督办、议案提案、信访或检举"))]
    channel: Annotated[str, OneOf(labels.CHANNELS)] = "letter"
    source: Annotated[str, OneOf(("", *labels.SOURCES)), Field(description=msg("来源；检举不填"))] = ""
    origin: Annotated[str, Field(max_length=120, description=msg("来文单位和文号")), Storable] = ""
    summary: Annotated[Text, Field(description=msg("事由，不超过200字"))]
    details: Text = ""
    urgency: Annotated[
        str, OneOf(("", *labels.URGENCIES)), Field(description=msg("没有时限的必填，时限由此确定"))
    ] = ""
    limit_amount: Annotated[
        StrictInt | None, Field(ge=1, le=9999, description=msg("限定的时限，与 until 只填一个"))
    ] = None
    limit_unit: Annotated[str, OneOf(unit.value for unit in Unit if unit.takes_amount)] = "working_day"
    until: Annotated[Day | None, Field(description=msg("限定办结的日期，当天下班前"))] = None
    study_by: Annotated[Day | None, Field(description=msg("上级重大决策部署研究的日期；制度要求时必填"))] = (
        None
    )
    custodian: Annotated[StaffNo, Field(description=msg("承办人的工号"))] = ""
    assigner: Annotated[StaffNo, Field(description=msg("交办人的工号；空则为令牌所代表的人"))] = ""
    item: Annotated[str, Field(max_length=64, description=msg("信访所属事项的编码，可空")), Storable] = ""
    answer_at_once: StrictBool = False
    applicant_name: Line = ""
    applicant_phone: Line = ""
    applicant_id_number: Line = ""
    applicant_email: Annotated[str, Field(max_length=254), Storable] = ""
    anonymous: Annotated[StrictBool, Field(description=msg("匿名检举；不留姓名和联系方式"))] = False
    accused: Annotated[
        list[StaffNo], Field(max_length=10, description=msg("被检举人的工号；他们看不到这件检举"))
    ] = []
    accused_told: Annotated[Line, Field(description=msg("检举人所说的被检举人"))] = ""

    def limit(self) -> Limit | None:
        """Return the limit that was set, if it was one of days."""
        return Limit(self.limit_amount, Unit(self.limit_unit)) if self.limit_amount else None


class Progress(Words):
    """How far it is; how the person served was told that it takes longer, and whether it was studied."""

    how: Annotated[str, OneOf(("", *labels.DELIVERIES))] = ""
    studied: StrictBool = False


class SuperiorAnswer(Words):
    """What was answered to whoever sent it, and how; to a request from below also with which verdict."""

    how: Annotated[str, OneOf(labels.DELIVERIES)]
    verdict: Annotated[str, OneOf(("", *document_labels.VERDICTS))] = ""
