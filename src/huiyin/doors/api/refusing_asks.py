"""What programs send of a refusal: the filing form, the question before it, the minute, the papers back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictBool

from huiyin.doors.api.asks import Ask, Line, OneOf, Storable, Text
from huiyin.doors.api.moments import Day
from huiyin.matters import refusal_labels
from huiyin.rules.errors import msg


class Minute(Ask):
    """The leadership team's decision on an important matter."""

    minute_number: Annotated[str, Field(max_length=60, description=msg("会议纪要文号")), Storable]
    minute_day: Annotated[Day, Field(description=msg("会议日期"))]
    present: Annotated[Text, Field(description=msg("参加人"))]
    text: Annotated[Text, Field(description=msg("研究意见"))]


class Question(Ask):
    """A question to a leader, before refusing."""

    question: Annotated[Text, Field(description=msg("请示的事由"))]


class RefusalInstruction(Ask):
    """The leader's answer."""

    allows: Annotated[
        StrictBool,
        Field(description=msg("是否可以填表报备；对把握不准的事项，true 即不能办理，false 即可以办理")),
    ]
    answer: Annotated[Text, Field(description=msg("答复意见"))]


class HandingOver(Ask):
    """Papers handed back."""

    identity: Annotated[str, OneOf(refusal_labels.IDENTITIES), Field(description=msg("查验的身份证明"))]
    receiver: Annotated[Line, Field(description=msg("领取人"))]
    signed: Annotated[StrictBool, Field(description=msg("领取人是否已签收"))]


class Refusal(Ask):
    """The filing form; which of its parts must be there is the office's rulebook's to say."""

    facts: Annotated[Text, Field(description=msg("事实"))]
    reasons: Annotated[Text, Field(description=msg("理由"))]
    legal_basis: Annotated[Text, Field(description=msg("依据"))]
    ground: Annotated[
        str, OneOf(("", *refusal_labels.GROUNDS)), Field(description=msg("适用情形；制度列明时必填"))
    ] = ""
    verification: Annotated[
        Text, Field(description=msg("查实记录；以伪造、欺诈否定，或者材料齐全而以有误、不实否定时必填"))
    ] = ""
    importance: Annotated[
        str, OneOf(("", *refusal_labels.IMPORTANCES)), Field(description=msg("一般或重要；制度区分时必填"))
    ] = ""
    importance_reason: Annotated[Text, Field(description=msg("属于重要事项的理由"))] = ""
    opinion: Annotated[Text, Field(description=msg("经办人意见；制度要求时必填"))] = ""
    applicant: Annotated[Line, Field(description=msg("申请人；空则为登记的申请人"))] = ""
    phone: Annotated[Line, Field(description=msg("联系电话；空则为登记的电话"))] = ""
    business: Annotated[Line, Field(description=msg("业务类别：制度点名的代码，或者其他业务的名称"))] = ""
    elsewhere: Annotated[StrictBool, Field(description=msg("不归本单位办"))] = False
    right_office: Annotated[
        Line, Field(description=msg("应当向哪个机关或科室申请；不归本单位办的，制度要求时必填"))
    ] = ""
    right_place: Annotated[Line, Field(description=msg("该处地址；本单位的科室可空，从登记中取"))] = ""
    right_phone: Annotated[Line, Field(description=msg("该处电话；本单位的科室可空，从登记中取"))] = ""
