"""The forms by which an applicant is told: a notice as the rulebook allows it, and the proof that it came."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.doors.desk.step import Step, Typed, plain
from huiyin.doors.forms import Field, moment
from huiyin.matters import actions, labels, notice_labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Receipt
from huiyin.rules.errors import Invalid, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.regimes import first_responder, one_time_notice
from huiyin.rules.rulebook import Rulebook

if TYPE_CHECKING:
    from huiyin.matters.models import Matter

NOTICE: Final = "issue_notice"
PROOF: Final = "prove_delivery"
EXPLANATION: Final = "explain_notice"
WITHDRAWAL: Final = "withdraw"
DECLARED: Final = frozenset({"withdrawn_by", "relation", "how", "declared_at"})
NONE: Final = msg("请选择")
FORMS: Final = {"written": msg("书面"), "oral": msg("口头（电话）")}
ORALLY: Final = frozenset({"form", "told_to", "told_phone"})


def asked(fields: Iterable[Field], verb: str, matter: Matter, book: Rulebook, day: date) -> list[Field]:
    """Return the fields as they are asked: of telling by word of mouth only where that is allowed."""
    if verb == PROOF:
        return [replace(one, choices=_waiting(matter)) if one.name == "paper" else one for one in fields]
    if verb == WITHDRAWAL:
        proof = first_responder.asks_who_withdrew(MatterKind(matter.kind), book)
        return [
            replace(one, initial=matter.applicant_name) if one.name == "withdrawn_by" else one
            for one in fields
            if proof or one.name not in DECLARED
        ]
    if verb == EXPLANATION:
        return [
            replace(one, initial=matter.applicant_name) if one.name == "told_to" else one for one in fields
        ]
    if verb != NOTICE:
        return list(fields)
    oral = one_time_notice.oral_allowed(matter.channel, book, day)
    known = {"told_to": matter.applicant_name, "told_phone": matter.applicant_phone}
    return [
        replace(one, initial=known.get(one.name, one.initial))
        for one in fields
        if oral or one.name not in ORALLY
    ]


def _waiting(matter: Matter) -> dict[str, str]:
    """Return the papers that wait for a proof, by number, as they are called."""
    found = {
        row.number: f"{_(documents.NAMES[Kind(row.kind)])} {row.number}" for row in matters.unproved(matter)
    }
    return found if len(found) == 1 else {"": _(NONE), **found}


def explain(by: By, number: str, typed: Typed) -> Receipt:
    """Note how the notice was explained; raises Invalid for a time that is none."""
    at = _moment(typed, "explained_at")
    return actions.explain_notice(by, number, words=typed["words"], told_to=typed["told_to"], explained_at=at)


def tell_result(by: By, number: str, typed: Typed) -> Receipt:
    """Tell whether it can be done; raises Invalid where that was not chosen."""
    if typed["can"] not in notice_labels.RESULTS:
        raise Invalid({"can": msg("请选择能不能办")})
    return actions.tell_result(by, number, can=typed["can"] == "yes", how=typed["how"], words=typed["words"])


def _moment(typed: Typed, name: str) -> datetime | None:
    try:
        return moment(typed[name]) if typed[name].strip() else None
    except ValueError as error:
        raise Invalid({name: msg("请填写日期和时间，例如 2026-03-02 09:30")}) from error


def prove(by: By, number: str, typed: Typed) -> Receipt:
    """Record a proof of delivery; raises Invalid for a time that is none."""
    said = {name: text for name, text in typed.items() if name != "served_at"}
    return actions.prove_delivery(by, number, served_at=_moment(typed, "served_at"), **said)


def withdraw(by: By, number: str, typed: Typed) -> Receipt:
    """Record that the applicant takes it back; raises Invalid for a time that is none."""
    said = {name: text for name, text in typed.items() if name != "declared_at"}
    return actions.withdraw(by, number, declared_at=_moment(typed, "declared_at"), **said)


def notify(by: By, number: str, typed: Typed) -> Receipt:
    """Give the notice, in writing unless it was said otherwise."""
    return actions.issue_notice(by, number, **{**typed, "form": typed["form"] or "written"})


TELLING_STEPS: Final[Mapping[str, Step]] = {
    NOTICE: Step(
        (
            Field(
                "supplement_how",
                msg("补正方式"),
                "textarea",
                max_length=1000,
                rows=2,
                help=msg("例如：请携带原件到一楼3号窗口，或邮寄至办公地址。"),
            ),
            Field("form", msg("告知形式"), "radio", choices=FORMS, initial="written"),
            Field(
                "told_to",
                msg("口头告知了谁"),
                required=False,
                max_length=200,
                help=msg("口头告知的填这两项，出具口头告知记录。"),
            ),
            Field("told_phone", msg("用的哪个电话"), "tel", required=False, max_length=40),
        ),
        notify,
        msg("出具一次性告知书"),
        msg("按最近一次核对中缺少或有问题的材料出具告知书，应一次讲全。"),
    ),
    EXPLANATION: Step(
        (
            Field("words", msg("怎样说明的"), "textarea", max_length=1000, rows=3),
            Field("told_to", msg("向谁说明的"), max_length=200),
            Field(
                "explained_at",
                msg("什么时候说明的"),
                "datetime-local",
                required=False,
                help=msg("不填就是现在。"),
            ),
        ),
        explain,
        msg("记下口头说明"),
        msg("申请人问起告知的内容，口头说明以后记在这里；申请人在进度页能看到。"),
        leads=False,
    ),
    "flag_uncertain": Step(
        (Field("why", msg("哪里把握不准，或者怎样特殊"), "textarea", max_length=1000, rows=3),),
        plain(actions.flag_uncertain),
        msg("标为把握不准"),
        msg("标了以后要马上向领导请示，或者请有关科室会商；有了答复才能决定，并把结果告诉申请人。"),
        leads=False,
    ),
    "unflag_uncertain": Step(
        (Field("why", msg("为什么撤销"), "textarea", max_length=1000, rows=2),),
        plain(actions.unflag_uncertain),
        msg("撤销标记"),
        msg("标错了、还没有请示的，可以撤销；标记和撤销都留在记录里。"),
        leads=False,
    ),
    "tell_result": Step(
        (
            Field("can", msg("能不能办"), "radio", choices=notice_labels.RESULTS),
            Field("how", msg("怎样告诉的"), "radio", choices=labels.DELIVERIES, initial="phone"),
            Field(
                "words",
                msg("为什么"),
                "textarea",
                max_length=1000,
                rows=3,
                help=msg("申请人在进度页能看到。"),
            ),
        ),
        tell_result,
        msg("告知能否办理和原因"),
        msg("照领导或者有关科室的答复告诉申请人；没有告诉的不能归结。"),
    ),
    WITHDRAWAL: Step(
        (
            Field("reason", msg("申请人撤回的理由"), "textarea", max_length=500, rows=2),
            Field("withdrawn_by", msg("谁撤回的"), max_length=200),
            Field(
                "relation",
                msg("与申请人的关系"),
                "radio",
                choices=notice_labels.WITHDRAWERS,
                initial="self",
            ),
            Field("how", msg("怎样表示撤回的"), "radio", choices=labels.CHANNELS),
            Field(
                "declared_at",
                msg("什么时候撤回的"),
                "datetime-local",
                required=False,
                help=msg("不填就是现在。"),
            ),
        ),
        withdraw,
        msg("登记撤回"),
        msg("仅在申请人本人或者其代理人要求时使用。"),
        grave=True,
    ),
    PROOF: Step(
        (
            Field("paper", msg("哪份文书"), "select"),
            Field("how", msg("送达方式"), "radio", choices=notice_labels.WAYS, initial="in_person"),
            Field(
                "served_at",
                msg("送达时间"),
                "datetime-local",
                required=False,
                help=msg("不填就是现在。"),
            ),
            Field(
                "receiver",
                msg("签收人"),
                required=False,
                max_length=200,
                help=msg("直接送达的必填；电子送达的写收件的地址。"),
            ),
            Field(
                "relation",
                msg("与申请人的关系"),
                "select",
                required=False,
                choices={"": NONE, **notice_labels.RELATIONS},
            ),
            Field("tracking", msg("邮件单号"), required=False, max_length=200, help=msg("邮寄送达的必填。")),
            Field(
                "place", msg("送达地点"), required=False, max_length=200, help=msg("留置、公告送达的必填。")
            ),
            Field("reason", msg("拒收的理由"), required=False, max_length=200, help=msg("留置送达的必填。")),
            Field("witness", msg("见证人"), required=False, max_length=200, help=msg("留置送达的必填。")),
        ),
        prove,
        msg("记下送达回证"),
        msg("凭送达回证登记；决定书登记送达回证后，即为已送达。"),
        leads=False,
    ),
}
