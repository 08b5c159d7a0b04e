"""Which part of a list programs ask for: the words after the question mark, each closed like a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from huiyin.doors.api.asks import FURTHEST, Line, OneOf, StaffNo
from huiyin.doors.api.moments import Day
from huiyin.matters import labels
from huiyin.rules.errors import msg
from huiyin.rules.lifecycle import Stage
from huiyin.rules.vocabulary import Light


class Page(BaseModel):
    """Which part of a list."""

    offset: Annotated[int, Field(ge=0, le=FURTHEST)] = 0
    limit: Annotated[int, Field(ge=1, le=100)] = 50


class MatterFilter(Page):
    """Which matters."""

    MINE: ClassVar[Mapping[str, str]] = {
        "custodian": msg("我负责的"),
        "first_responder": msg("我首问的"),
        "assigner": msg("我交办的"),
    }

    text: Annotated[Line, Field(description=msg("编号或事由中的文字，或对方系统的完整编号"))] = ""
    stage: Annotated[
        str,
        OneOf(("", *(stage.value for stage in Stage))),
        Field(description=msg("环节；open 为一切未归结的")),
    ] = ""
    kind: Annotated[str, OneOf(("", *labels.KINDS))] = ""
    mine: Annotated[str, OneOf(("", *MINE)), Field(description=msg("只看本人负责或首问的"))] = ""
    light: Annotated[str, OneOf(("", *(light.value for light in Light)))] = ""
    joint: Annotated[
        str,
        OneOf(("", "yes", "waiting")),
        Field(description=msg("yes 为涉及多个部门的，waiting 为还有科室没答复会商的")),
    ] = ""
    important: Annotated[bool, Field(description=msg("只看重大或重要的"))] = False
    uncited: Annotated[bool, Field(description=msg("只看答复没有写依据的"))] = False


class DocumentFilter(Page):
    """Which documents of a register."""

    text: Annotated[Line, Field(description=msg("标题、单位、字号、编号或归档号中的文字"))] = ""
    party: Annotated[Line, Field(description=msg("来文或主送单位，全称"))] = ""
    urgency: Annotated[str, OneOf(("", *labels.URGENCIES))] = ""
    light: Annotated[str, OneOf(("", *(light.value for light in Light)))] = ""
    since: Annotated[Day | None, Field(description=msg("登记日期从"))] = None
    until: Annotated[Day | None, Field(description=msg("登记日期至，不含当天"))] = None
    waiting: Annotated[bool, Field(description=msg("只看待本人办的"))] = False


class OwedFilter(BaseModel):
    """Whose duties; one's own when empty."""

    staff_no: Annotated[StaffNo, Field(description=msg("工号；空则为本人及正在顶岗的"))] = ""
    limit: Annotated[int, Field(ge=1, le=500)] = 200


class ColleagueFilter(BaseModel):
    """Part of a name, or the beginning of a staff number."""

    text: Annotated[Line, Field(min_length=1)]
