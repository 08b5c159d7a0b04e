"""The forms around a refusal, as the rulebook has them: what it does not ask for is not on the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.desk.step import Step, opinion, plain
from huiyin.doors.forms import Field, moment
from huiyin.matters import actions, document_labels, refusal_labels
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.lifecycle.states import ASKED, UNANSWERED, WORDS
from huiyin.rules.regimes import refusal_filing as regime
from huiyin.rules.regimes.time_limit import assigned, more_time, parts
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.sources import Source

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

NONE: Final = msg("请选择")
VERDICT: Final = Field(
    "verdict", msg("明确答复"), "select", choices={"": NONE, **document_labels.VERDICTS}, required=False
)
IDENTITIES: Final = {"": NONE, **refusal_labels.IDENTITIES}
ALLOWS: Final = {"yes": msg("可以否定，请填表报备"), "no": msg("不能否定，继续办理")}

CAN_IT_BE_DONE: Final = {"no": msg("可以办理"), "yes": msg("不能办理，请填表报备")}

PROPOSAL: Final = (
    Field("applicant", msg("申请人"), max_length=200),
    Field("phone", msg("联系电话"), "tel", max_length=40),
    Field("business", msg("业务类别"), "select", required=False),
    Field(
        "other_business",
        msg("其他业务"),
        required=False,
        max_length=60,
        help=msg("上面没有列出的，写在这里。"),
    ),
    Field("facts", msg("事实"), "textarea", max_length=5000, rows=3),
    Field("ground", msg("适用情形"), "select"),
    Field("reasons", msg("否定理由"), "textarea", max_length=5000, rows=3),
    Field("legal_basis", msg("依据条款"), "textarea", max_length=2000, rows=2),
    Field(
        "verification",
        msg("查实记录"),
        "textarea",
        required=False,
        max_length=2000,
        rows=2,
        help=msg(
            "以伪造、隐瞒、欺诈否定的，写明何人何时以何种方式查实；材料齐全而有误、不实的，写明哪份材料、哪项事实。"
        ),
    ),
    Field("importance", msg("一般还是重要"), "radio", choices=refusal_labels.IMPORTANCES),
    Field(
        "importance_reason",
        msg("属于重要事项的理由"),
        "textarea",
        required=False,
        max_length=1000,
        rows=2,
        help=msg("重要事项须写明，经审查后再报上一级领导或集体研究。"),
    ),
    Field("opinion", msg("经办人意见"), "textarea", max_length=1000, rows=2),
    Field("elsewhere", msg("不归本单位办"), "checkbox", required=False),
    Field(
        "right_office",
        msg("应当向哪个机关或科室申请"),
        required=False,
        max_length=200,
        help=msg("写进决定书，也在进度页上告诉申请人。本单位的科室只写名称，地址和电话从登记中取。"),
    ),
    Field("right_place", msg("该处地址"), required=False, max_length=200),
    Field("right_phone", msg("该处电话"), "tel", required=False, max_length=200),
)
WHERE: Final = ("elsewhere", "right_office", "right_place", "right_phone")
RAISE: Final = Field(
    "raise_because",
    msg("改作重要事项的理由"),
    "textarea",
    required=False,
    max_length=1000,
    rows=2,
    help=msg("不填就按一般事项办。填写后报上一级领导批准或集体研究。"),
)


_UNSURE: Final[Mapping[str, str]] = {
    "ask_instruction": msg("写明哪里把握不准。领导答复以后，把能不能办和原因告诉申请人。"),
    "give_instruction": msg(
        "答复以后，经办人把能不能办和原因告诉申请人。不能办理的，经办人仍须填写报备表，逐级审批。"
    ),
}


def hint(step: Step, verb: str, matter: Matter) -> str:
    """Return what is said above a form: of what a handler is not sure of, nobody asks for a refusal."""
    return _UNSURE.get(verb, step.hint) if matter.uncertain in UNANSWERED | WORDS else step.hint


def asked(fields: Iterable[Field], verb: str, matter: Matter, book: Rulebook, day: date) -> list[Field]:
    """Return the fields that the matter's rulebook asks for, with what is known filled in."""
    found = list(fields)
    if verb == "propose_refusal":
        shown = _shown(matter, book, day)
        return [field for one in found if (field := shown.get(one.name, one)) is not None]
    if verb == "give_instruction" and matter.uncertain in ASKED:
        return [
            replace(one, label=msg("能不能办"), choices=CAN_IT_BE_DONE) if one.name == "allows" else one
            for one in found
        ]
    if verb == "report_progress":
        known = {"studied": assigned.wants_study(matter.source, book), "how": _goes_up(matter, book, day)}
        return [one for one in found if known.get(one.name, True)]
    if verb == "answer_superior":
        definite = matter.source == Source.FROM_BELOW and book.has(parts.DEFINITE)
        return [one for one in found if one.name != "verdict" or definite]
    if verb == "request_extension":
        return [_capped(one, matter, book, day) for one in found]
    if verb == "deliver" and matter.outcome == "refused" and book.has(regime.WRITTEN):
        return [_written(one) for one in found]
    if verb == "approve_refusal":
        must = "leader_opinion" in regime.fields(book, day)
        weighty = book.has(regime.IMPORTANT_LEVELS) and matter.refusal_importance != regime.IMPORTANT
        found = [replace(one, required=must) if one.name == "opinion" else one for one in found]
        return [one for one in found if one.name != "raise_because" or weighty]
    return found


def _goes_up(matter: Matter, book: Rulebook, day: date) -> bool:
    """Whether what is not answered at once is explained to the person and reported up the line."""
    asked_by_person = matter.kind == MatterKind.ENQUIRY or matter.source == Source.DIRECT
    return asked_by_person and bool(assigned.report_line(book, day))


def business_of(typed: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into the form as the verb takes it: one kind of business, named or in words."""
    written = {name: text for name, text in typed.items() if name not in {"other_business", "elsewhere"}}
    written["business"] = typed.get("business", "") or typed.get("other_business", "").strip()
    return written


def _shown(matter: Matter, book: Rulebook, day: date) -> dict[str, Field | None]:
    """Say of each field that depends on the rulebook how it is shown; None for one that is not."""
    fields = {one.name: one for one in PROPOSAL}
    prescribed = regime.fields(book, day)
    grounds, kinds = regime.grounds(book, day), regime.named_kinds(book, day)
    weighty = book.has(regime.IMPORTANT_LEVELS)
    known = {code: refusal_labels.GROUNDS.get(code, code) for code in grounds}
    named = {code: refusal_labels.BUSINESSES.get(code, code) for code in kinds}
    return {
        "applicant": _when(
            "applicant" in prescribed, replace(fields["applicant"], initial=matter.applicant_name)
        ),
        "phone": _when("phone" in prescribed, replace(fields["phone"], initial=matter.applicant_phone)),
        "business": _when(bool(kinds), replace(fields["business"], choices={"": NONE, **named})),
        "other_business": _when(bool(kinds), fields["other_business"]),
        "ground": _when(bool(grounds), replace(fields["ground"], choices={"": NONE, **known})),
        "verification": _when(
            bool({regime.FRAUD, regime.PAPERS_MISSING} & set(grounds.values())), fields["verification"]
        ),
        "importance": _when(weighty, fields["importance"]),
        "importance_reason": _when(weighty, fields["importance_reason"]),
        "opinion": _when("handler_opinion" in prescribed, fields["opinion"]),
        **_where(book, day),
    }


def _where(book: Rulebook, day: date) -> dict[str, Field | None]:
    """Where to apply instead, with the clause that wants it told; nothing where none does."""
    part = regime.sends_on(book, day)
    shown = {one.name: _when(bool(part), one) for one in PROPOSAL if one.name in WHERE}
    if part and (box := shown["elsewhere"]) is not None:
        clause = book.clause(part)
        said = clause.en if phrases.language() == "en" else clause.zh
        shown["elsewhere"] = replace(box, help=f"{said} § {clause.id}")
    return shown


def _capped(field: Field, matter: Matter, book: Rulebook, day: date) -> Field:
    """Say how much more time there may be at most and how often, and offer its unit alone."""
    most = more_time.most(MatterKind(matter.kind), book, day)
    if most is None or field.name not in {"amount", "unit"}:
        return field
    if field.name == "amount":
        times = more_time.how_often(MatterKind(matter.kind), book, day)
        said = _("最多%(amount)s，最多延期%(times)s次。")
        return replace(field, help=said % {"amount": most.amount, "times": times})
    return replace(field, choices={most.unit.value: field.choices[most.unit.value]}, initial=most.unit.value)


def _written(field: Field) -> Field:
    """Offer of the ways to tell somebody only those that leave them the decision in writing."""
    written = {way: said for way, said in field.choices.items() if way not in regime.SPOKEN}
    return replace(field, choices=written) if field.name == "how" else field


def _when(asked_for: bool, field: Field) -> Field | None:
    return field if asked_for else None


def propose(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Fill in the filing form with what was typed."""
    elsewhere = typed.get("elsewhere") == "on"
    return actions.propose_refusal(by, number, elsewhere=elsewhere, **business_of(typed))


def instruct(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Answer a question before a refusal; raises Invalid while neither yes nor no was chosen."""
    if typed["allows"] not in ALLOWS:
        raise Invalid({"allows": msg("请选择一项答复")})
    return actions.give_instruction(by, number, allows=typed["allows"] == "yes", answer=typed["answer"])


def minute(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Record a joint decision; raises Invalid for a day that is none."""
    try:
        day = moment(typed["minute_day"]).date()
    except ValueError as error:
        raise Invalid({"minute_day": msg("请填写日期，例如 2026-03-02")}) from error
    return actions.record_minute(
        by,
        number,
        minute_number=typed["minute_number"],
        minute_day=day,
        present=typed["present"],
        text=typed["text"],
    )


def give_back(by: By, number: str, typed: Mapping[str, str]) -> Receipt:
    """Hand the papers back."""
    return actions.return_materials(
        by,
        number,
        identity=typed["identity"],
        receiver=typed["receiver"],
        signed=typed["signed"] == "on",
    )


REFUSAL_STEPS: Final[Mapping[str, Step]] = {
    "approve_refusal": Step((opinion(), RAISE), plain(actions.approve_refusal), msg("同意否定")),
    "ask_instruction": Step(
        (Field("question", msg("请示的事由"), "textarea", max_length=2000, rows=3),),
        plain(actions.ask_instruction),
        msg("向领导请示"),
        msg("没有否定权或者拿不准的，先请示分管领导；同意后再填表报备。"),
        leads=False,
    ),
    "give_instruction": Step(
        (
            Field("allows", msg("能否否定"), "radio", choices=ALLOWS),
            Field("answer", msg("答复意见"), "textarea", max_length=2000, rows=3),
        ),
        instruct,
        msg("答复请示"),
        msg("同意的，经办人可以就这件事填写报备表；仍须逐级审批。"),
    ),
    "propose_refusal": Step(
        PROPOSAL,
        propose,
        msg("提交拟否定意见"),
        msg("未经报备批准，不得对申请人说“不”。"),
        grave=True,
    ),
    "record_minute": Step(
        (
            Field("minute_number", msg("会议纪要文号"), max_length=60),
            Field("minute_day", msg("会议日期"), "date"),
            Field("present", msg("参加人"), "textarea", max_length=1000, rows=2),
            Field("text", msg("研究意见"), "textarea", max_length=5000, rows=3),
        ),
        minute,
        msg("登记集体研究决定"),
        msg("重要事项经审查后由班子集体研究决定的，凭会议纪要登记。"),
        leads=False,
    ),
    "correct_refusal": Step(
        (Field("opinion", msg("错在哪里、怎样纠正"), "textarea", max_length=2000, rows=3),),
        plain(actions.correct_refusal),
        msg("纠正不予办理决定"),
        msg("纠正后恢复办理，时限重新起算，并告知申请人。"),
        grave=True,
        leads=False,
    ),
    "ask_return": Step(
        (),
        plain(actions.ask_return),
        msg("登记退还要求"),
        msg("申请人要求退还材料的，不得拒绝。"),
        leads=False,
    ),
    "return_materials": Step(
        (
            Field("identity", msg("查验的身份证明"), "select", choices=IDENTITIES),
            Field("receiver", msg("领取人"), max_length=200),
            Field("signed", msg("领取人已当面点清并签收"), "checkbox"),
        ),
        give_back,
        msg("退还材料"),
        msg("出具材料退还签收单，请领取人签名后存档。"),
        leads=False,
    ),
}
