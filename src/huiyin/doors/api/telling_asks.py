"""What programs send to tell an applicant something, as `asks`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictInt

from huiyin.doors.api.asks import MOST_PAPERS, Ask, Line, OneOf, Text, Told, Track, Word
from huiyin.doors.api.moments import Time
from huiyin.matters import labels, notice_labels
from huiyin.matters.steps import Paper
from huiyin.rules.errors import msg


class Notice(Ask):
    """How the applicant may supply what is missing."""

    supplement_how: Annotated[Text, Field(description=msg("补正的方式、地点与时间"))]
    form: Annotated[str, OneOf(("written", "oral"))] = "written"
    told_to: Annotated[Line, Field(description=msg("口头告知了谁；口头告知时必填"))] = ""
    told_phone: Annotated[Line, Field(description=msg("口头告知所用的电话；口头告知时必填"))] = ""


class PaperCounted(Ask):
    """One paper that came in, counted."""

    name: Annotated[Line, Field(min_length=1, description=msg("材料名称，与告知书一致"))]
    copies: Annotated[StrictInt, Field(ge=1, le=999)] = 1
    pages: Annotated[StrictInt, Field(ge=1, le=9999, description=msg("每份页数"))] | None = None


class Supplement(Ask):
    """What the notice asked for and has arrived, counted where papers are signed for."""

    papers: Annotated[
        list[PaperCounted],
        Field(max_length=MOST_PAPERS, description=msg("收到的材料；制度要求开收件回执单的必填页数")),
    ] = []

    def fields(self) -> dict[str, object]:
        """Return the papers as the verb takes them."""
        found = (Paper(one.name, present=True, copies=one.copies, pages=one.pages) for one in self.papers)
        return {"papers": tuple(found)}


class NoticeExplanation(Ask):
    """How what a notice says was explained by word of mouth."""

    words: Annotated[Text, Field(min_length=1, description=msg("怎样说明的"))]
    told_to: Annotated[Line, Field(min_length=1, description=msg("向谁说明的"))]
    explained_at: Annotated[Time, Field(description=msg("说明的时间，须带时区；不填就是现在"))] | None = None


class Withdrawal(Ask):
    """Why the applicant takes it back, who said so, how and when."""

    reason: Text
    withdrawn_by: Annotated[Line, Field(description=msg("谁撤回的；申请必填，其他制度要求时必填"))] = ""
    relation: Annotated[
        str, OneOf(notice_labels.WITHDRAWERS), Field(description=msg("撤回的是本人还是代理人"))
    ] = "self"
    how: Annotated[
        str,
        OneOf(("", *labels.CHANNELS)),
        Field(description=msg("怎样表示撤回的；申请必填，其他制度要求时必填")),
    ] = ""
    declared_at: Annotated[Time, Field(description=msg("什么时候撤回的，须带时区；不填就是现在"))] | None = (
        None
    )


class OwnWithdrawal(Track):
    """Number and code, and if they like to say, why the person served takes it back."""

    reason: Text = ""


class Uncertain(Ask):
    """Why the handler is not sure, or how the case is special."""

    why: Annotated[Text, Field(min_length=1, description=msg("哪里把握不准，或者怎样特殊"))]


class Unflag(Ask):
    """Why the flag is taken back."""

    why: Annotated[Text, Field(min_length=1, description=msg("为什么撤销"))]


class UncertainResult(Told):
    """Whether it can be done, and why, as the applicant was told."""

    can: Annotated[bool, Field(description=msg("能不能办"))]
    words: Annotated[Text, Field(min_length=1, description=msg("能办或者不能办的原因"))]


class DeliveryProof(Ask):
    """How one paper reached whom it is for; each way asks for its own."""

    paper: Annotated[Word, Field(min_length=1, description=msg("文书编号"))]
    how: Annotated[str, OneOf(notice_labels.WAYS), Field(description=msg("送达方式"))]
    served_at: Annotated[Time, Field(description=msg("送达时间，须带时区；不填就是现在"))] | None = None
    receiver: Annotated[Line, Field(description=msg("签收人；电子送达的写收件的地址"))] = ""
    relation: Annotated[
        str, OneOf(("", *notice_labels.RELATIONS)), Field(description=msg("与申请人的关系"))
    ] = ""
    tracking: Annotated[Line, Field(description=msg("邮件单号；邮寄送达的必填"))] = ""
    place: Annotated[Line, Field(description=msg("送达或公告的地点；留置、公告送达的必填"))] = ""
    reason: Annotated[Line, Field(description=msg("拒收的理由；留置送达的必填"))] = ""
    witness: Annotated[Line, Field(description=msg("见证人；留置送达的必填"))] = ""
