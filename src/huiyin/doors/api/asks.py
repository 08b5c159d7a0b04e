"""What programs send: one closed form per operation; a field that is not listed is refused (R54).

The lengths and ranges here are what storage and clocks can hold. What the
regulations think of the content is asked of the rooms, as at the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, StrictBool, StrictInt
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from huiyin.doors.forms import clean
from huiyin.matters import labels, notice_labels
from huiyin.matters.steps import Paper
from huiyin.rules.errors import msg
from huiyin.rules.vocabulary import Limit, Unit

LONGEST_TEXT = 5000
MOST_PAPERS = 100
FURTHEST = 100_000


class OneOf:
    """A word from a closed list, which the description of the API shows."""

    def __init__(self, words: Iterable[str]) -> None:
        """Keep the words in their order."""
        self.words = list(words)

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Accept these words and nothing else."""
        return core_schema.literal_schema(self.words)


def storable(text: str) -> str:
    """Return text in its one form, as forms do (R11).

    Raises PydanticCustomError for what no database and no paper can hold: NUL,
    and halves of characters.
    """
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise PydanticCustomError("unstorable", "contains what is not a character")
    return clean(text, LONGEST_TEXT)


Storable = AfterValidator(storable)
Line = Annotated[str, Field(max_length=200), Storable]
Text = Annotated[str, Field(max_length=LONGEST_TEXT), Storable]
StaffNo = Annotated[str, Field(max_length=32), Storable]
Word = Annotated[str, Field(max_length=40), Storable]


class Ask(BaseModel):
    """The body of a POST."""

    model_config = ConfigDict(extra="forbid")

    def fields(self) -> dict[str, object]:
        """Return the keyword arguments of the verb that this body is for."""
        return {name: getattr(self, name) for name in type(self).model_fields}


class Nothing(Ask):
    """For verbs that need no more than their number: `{}`."""


class PaperAsk(Ask):
    """One paper as it was found."""

    name: Annotated[Line, Field(min_length=1, description=msg("材料名称，与事项的材料清单一致"))]
    present: Annotated[StrictBool, Field(description=msg("是否已收到且符合要求"))]
    required: StrictBool = True
    copies: Annotated[StrictInt, Field(ge=1, le=999)] = 1
    pages: Annotated[StrictInt, Field(ge=1, le=9999)] | None = None
    problem: Annotated[Text, Field(description=msg("缺少或不符合要求之处"))] = ""

    def paper(self) -> Paper:
        """Return it as the room knows it."""
        return Paper(**self.model_dump())


Papers = Annotated[list[PaperAsk], Field(max_length=MOST_PAPERS)]


class Register(Ask):
    """What somebody asks, as it was said. An application names its item; an enquiry may."""

    kind: Annotated[str, OneOf(labels.ASKED), Field(description=msg("咨询或申请"))]
    channel: Annotated[str, OneOf(labels.CHANNELS), Field(description=msg("来源"))]
    summary: Annotated[Text, Field(description=msg("事由，不超过200字；申请可空，以事项名称为准"))] = ""
    details: Text = ""
    item: Annotated[str, Field(max_length=64, description=msg("事项编码，见“事项”；申请必填")), Storable] = ""
    urgency: Annotated[str, OneOf(labels.USUAL_URGENCIES)] = "normal"
    answer_at_once: Annotated[StrictBool, Field(description=msg("当场即可答复的咨询"))] = False
    applicant_name: Line = ""
    applicant_phone: Line = ""
    applicant_id_number: Line = ""
    applicant_email: Annotated[str, Field(max_length=254), Storable] = ""
    first_responder: Annotated[StaffNo, Field(description=msg("首问责任人的工号；空则为令牌所代表的人"))] = ""
    materials: Annotated[Papers, Field(description=msg("收件时已核对的材料"))] = []
    external_ref: Annotated[
        str, Field(max_length=80, description=msg("对方系统的编号，本单位内不重复")), Storable
    ] = ""
    nature: Annotated[str, OneOf(labels.NATURES), Field(description=msg("来意"))] = "business"
    important: Annotated[StrictBool, Field(description=msg("重大或重要事项，须附书面记录"))] = False
    record: Annotated[Text, Field(description=msg("重大或重要事项的书面记录"))] = ""


class Offer(Ask):
    """To whom a matter is offered."""

    to: Annotated[StaffNo, Field(min_length=1, description=msg("接收人的工号"))]
    reason: Text = ""


class Way(Ask):
    """Whose an enquiry is, with what each way demands."""

    way: Annotated[str, OneOf(labels.ROUTES), Field(description=msg("归属"))]
    to: Annotated[StaffNo, Field(description=msg("承办人或请示的领导的工号"))] = ""
    words: Annotated[Text, Field(description=msg("说明；外单位的必填"))] = ""
    department: Annotated[
        Line, Field(description=msg("承办部门；交叉的列出共同办理的各部门，用顿号或逗号隔开"))
    ] = ""
    place: Line = ""
    phone: Line = ""
    unknown: Annotated[Line, Field(description=msg("部门、地址、电话没有告知全的原因"))] = ""
    days: Annotated[StrictInt, Field(ge=1, le=9999, description=msg("几个工作日内办完"))] | None = None
    items: Annotated[Text, Field(description=msg("要补、要带的材料，一行一份"))] = ""
    advice: Annotated[Text, Field(description=msg("给了什么指导帮助；确实答不了的必填"))] = ""
    item: Annotated[str, Field(max_length=64, description=msg("不能办所依据的事项编码，可空")), Storable] = ""
    policy: Annotated[Line, Field(description=msg("不能办所依据的政策：文件名称、文号和条款，可空"))] = ""


class Instruction(Ask):
    """How to go on, from the leader who was asked."""

    words: Annotated[Text, Field(min_length=1)]


class KeptPaper(Ask):
    """One kind of paper that was taken in."""

    name: Annotated[Line, Field(min_length=1)]
    copies: Annotated[StrictInt, Field(ge=1, le=999)] = 1
    pages: Annotated[StrictInt, Field(ge=1, le=9999)] | None = None


class Consulting(Ask):
    """What another unit is asked before the notice."""

    to: Annotated[StaffNo, Field(min_length=1, description=msg("请谁答复，工号；问的是其所在科室"))]
    question: Text


class MissingPaper(Ask):
    """A paper that the unit misses."""

    name: Annotated[Line, Field(min_length=1)]
    problem: Line = ""


class Advice(Ask):
    """What the unit answers; what it misses goes into the notice."""

    verdict: Annotated[str, OneOf(notice_labels.CONSULTED)]
    words: str = ""
    missing: Annotated[list[MissingPaper], Field(max_length=30)] = []

    def fields(self) -> dict[str, object]:
        """Return the answer as the verb takes it."""
        papers = tuple(Paper(one.name, present=False, problem=one.problem) for one in self.missing)
        return {**super().fields(), "missing": papers}


class Keeping(Ask):
    """Papers taken in for a colleague."""

    to: Annotated[StaffNo, Field(min_length=1, description=msg("转交给谁，工号"))]
    papers: Annotated[list[KeptPaper], Field(max_length=MOST_PAPERS)]
    contact: Annotated[Line, Field(description=msg("来人联系方式"))] = ""


class Assignment(Ask):
    """Who takes a matter whose custodian has gone; nobody named means the person who asks."""

    to: Annotated[StaffNo, Field(description=msg("接手人的工号；不填就由本人接手"))] = ""
    reason: Text


class Readdressing(Ask):
    """Before whom it is put instead of whoever has gone; of several, whose it is."""

    to: Annotated[StaffNo, Field(description=msg("改送谁，工号"))]
    whose: Annotated[StaffNo, Field(description=msg("改送哪一位离岗同事的，工号；只有一位时可以不填"))] = ""
    reason: Text


class Invocation(Ask):
    """Which clause was not kept, what happened, and by whom; nobody named means the custodian."""

    clause: Annotated[str, Field(min_length=1, max_length=60, description=msg("条款编号")), Storable]
    facts: Annotated[Text, Field(description=msg("什么时候、什么事，不超过2000字"))]
    against: Annotated[StaffNo, Field(description=msg("对谁，工号；不填就是现在的责任人"))] = ""
    duty_line: Annotated[str, Field(max_length=50, description=msg("责任书的哪一行")), Storable] = ""
    promise_line: Annotated[str, Field(max_length=50, description=msg("服务标准的哪一条")), Storable] = ""
    gravity: Annotated[str, OneOf(("", *labels.GRAVITIES)), Field(description=msg("情节"))] = ""
    verified: Annotated[Text, Field(description=msg("谁在什么时候反映、怎样查实的；条款要求查实的必填"))] = ""
    effect: Annotated[Text, Field(description=msg("造成的不良影响；条款要求有影响的必填"))] = ""
    measure: Annotated[str, Field(max_length=60, description=msg("建议的处理，条款所列的一种")), Storable] = (
        ""
    )


class Reason(Ask):
    """A reason."""

    reason: Text


class Materials(Ask):
    """The papers as they were found now; what was found before is replaced."""

    materials: Papers

    def fields(self) -> dict[str, object]:
        """Return the papers as the verb takes them."""
        return {"found": tuple(one.paper() for one in self.materials)}


class Pause(Ask):
    """A special procedure whose time does not count."""

    procedure: Annotated[str, OneOf(labels.PROCEDURES)]
    planned_days: Annotated[StrictInt, Field(ge=1, le=366, description=msg("预计所需的工作日数"))]
    basis: Annotated[Text, Field(description=msg("依据和理由，写入告知书"))]


class Extension(Ask):
    """More time asked for, before the limit."""

    amount: Annotated[StrictInt, Field(ge=1, le=366)]
    unit: Annotated[str, OneOf(unit.value for unit in Unit if unit.takes_amount)] = "working_day"
    reason: Text

    def fields(self) -> dict[str, object]:
        """Return the time asked for as a limit."""
        return {"limit": Limit(self.amount, Unit(self.unit)), "reason": self.reason}


class Urging(Ask):
    """What is said along with urging; may be empty."""

    words: Text = ""


class Opinion(Ask):
    """What a leader has to say; may be empty where they agree."""

    opinion: Text = ""


class Signature(Opinion):
    """A leader's signature on the filing form; with a reason, as of an important matter."""

    raise_because: Annotated[Text, Field(description=msg("改作重要事项的理由；空则不改"))] = ""


class Told(Ask):
    """How something reached the applicant."""

    how: Annotated[str, OneOf(labels.DELIVERIES)]


class Meeting(Told):
    """What the applicant was told of a meeting that has to decide, and how."""

    words: Annotated[Text, Field(description=msg("向申请人的说明"))]


class Granting(Ask):
    """The application is granted; what the applicant gets and how."""

    outcome: Literal["granted"]
    reply: Text

    def fields(self) -> dict[str, object]:
        """Return the reply."""
        return {"reply": self.reply}


class Refusing(Ask):
    """The application is refused, after its filing was approved; explained to the applicant."""

    outcome: Literal["refused"]
    explanation: Text

    def fields(self) -> dict[str, object]:
        """Return the explanation."""
        return {"explanation": self.explanation}


Deciding = Annotated[Granting | Refusing, Field(discriminator="outcome")]


class Reply(Ask):
    """The answer to an enquiry, and what it rests on; with neither it stands as uncited."""

    reply: Text
    item: Annotated[str, Field(max_length=64, description=msg("依据的事项编码，可空")), Storable] = ""
    policy: Annotated[Line, Field(description=msg("依据的政策：文件名称、文号和条款，可空"))] = ""

    def fields(self) -> dict[str, object]:
        """Return the reply, with what it rests on where something was said."""
        return {name: value for name, value in super().fields().items() if name == "reply" or value}


class Words(Ask):
    """What is told in words."""

    words: Text


class Result(Ask):
    """What came of it."""

    result: Text


class Conclusion(Words):
    """What looking into a misconduct report has shown, and how it is known."""

    outcome: Annotated[str, OneOf(labels.CONCLUSIONS)]


class Accused(Ask):
    """Whom a misconduct report is against besides."""

    accused: Annotated[StaffNo, Field(min_length=1, description=msg("应当回避的人的工号"))]


class Track(Ask):
    """Number and query code, as on the receipt; an `office` narrows the search."""

    number: Word
    code: Word
    office: Annotated[Word, Field(description=msg("单位代号，可空"))] = ""


class Rate(Track):
    """How the person served found it."""

    score: Annotated[StrictInt, Field(ge=1, le=5, description=msg("1到5星"))]
    comment: Text = ""
    missed: Annotated[
        list[str],
        Field(default_factory=list, max_length=20, description=msg("没有做到的各项，见进度的may_miss")),
    ]
    reception: Annotated[
        StrictInt,
        Field(ge=0, le=5, description=msg("第一个接待的人，1到5星；0为不评，见进度的rates_reception")),
    ] = 0
