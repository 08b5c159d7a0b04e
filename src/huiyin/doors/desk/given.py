"""Taking in what the office is given to do: one form a kind, with only what that kind needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final
from uuid import UUID, uuid4

from django.http import HttpResponse

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import receipts, shell
from huiyin.doors.desk.people import chosen
from huiyin.doors.forms import Field, bind, read
from huiyin.matters import actions, labelled, labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, Errand, Receipt
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.vocabulary import Limit, Unit

_SOURCE: Final = Field("source", msg("来源"), "select")
_ORIGIN: Final = Field("origin", msg("来文单位和文号"), required=False, max_length=120)
_SUMMARY: Final = Field("summary", msg("事由"), max_length=200)
_DETAILS: Final = Field("details", msg("详细说明"), "textarea", required=False, max_length=5000, rows=4)
_CUSTODIAN: Final = Field("custodian", msg("承办人"), "person", help=msg("登记后由其负责，时限从此起算。"))
_ASSIGNER: Final = Field(
    "assigner", msg("交办人"), "person", required=False, help=msg("不填就是您；办结后由交办人销号。")
)
_DAYS: Final = Field(
    "days",
    msg("限定的工作日数"),
    "number",
    required=False,
    min="1",
    help=msg("定了时限的填写；天数和日期只填一个。"),
)
_UNTIL: Final = Field("until", msg("或限定的日期"), "date", required=False)
_STUDY: Final = Field(
    "study_by",
    msg("研究的日期"),
    "date",
    required=False,
    help=msg("上级重大决策部署必填：由承办人在这一天以前组织研究。"),
)
_URGENCY: Final = Field("urgency", msg("缓急（没有限定时限的必选，时限由此确定）"), "radio", required=False)
_CHANNEL: Final = Field("channel", msg("怎么来的"), "radio", choices=labels.CHANNELS, initial="letter")
_NAME: Final = Field("applicant_name", msg("姓名或单位"), required=False, max_length=100)
_PHONE: Final = Field("applicant_phone", msg("联系电话"), "tel", required=False, max_length=40)
_EMAIL: Final = Field("applicant_email", msg("电子邮箱"), "email", required=False, max_length=200)
_PARTNERS: Final = Field("partners", labelled.PARTNERS, required=False, max_length=200)
_GOALS: Final = Field(
    "goals",
    labelled.GOALS,
    "textarea",
    required=False,
    max_length=1000,
    rows=2,
    help=msg("到什么时候办到哪一步。"),
)
_TIME: Final = (_DAYS, _UNTIL, _URGENCY)

FORMS: Final[Mapping[str, tuple[Field, ...]]] = {
    "task": (_SOURCE, _ORIGIN, _SUMMARY, _CUSTODIAN, _ASSIGNER, _STUDY, *_TIME, _PARTNERS, _GOALS, _DETAILS),
    "proposal": (
        replace(_SOURCE, kind="radio"),
        replace(_ORIGIN, label=msg("代表或委员、建议提案号")),
        _SUMMARY,
        _CUSTODIAN,
        _ASSIGNER,
        *_TIME,
        _PARTNERS,
        _GOALS,
        _DETAILS,
    ),
    "petition": (
        replace(_SOURCE, kind="radio"),
        _CHANNEL,
        replace(_ORIGIN, label=msg("转办单位和文号")),
        _SUMMARY,
        _NAME,
        _PHONE,
        replace(_CUSTODIAN, required=False, help=msg("不填就由您承办。")),
        *_TIME,
        Field("answer_at_once", msg("当场答复"), "checkbox", required=False),
        _DETAILS,
    ),
    "report": (
        _CHANNEL,
        _SUMMARY,
        _DETAILS,
        Field(
            "accused",
            msg("被检举人"),
            "person",
            required=False,
            help=msg("此人看不到这件检举，由与其无关的人办理。"),
        ),
        Field("accused_told", msg("检举人怎么说的（姓名、科室）"), required=False, max_length=200),
        Field(
            "anonymous",
            msg("匿名检举"),
            "checkbox",
            required=False,
            help=msg("不留姓名和联系方式；不计时限，但必须有结论。"),
        ),
        _NAME,
        _PHONE,
        _EMAIL,
    ),
}
_NOT_TYPED: Final = frozenset(
    {"days", "until", "study_by", "custodian", "assigner", "accused", "partners", "goals"}
)


def kinds(request: DoorRequest) -> dict[str, str]:
    """Return the kinds that the office's rulebook knows, in words."""
    tenant = organisation.tenant(request.asker.tenant_id)
    return {one: phrases.label(labels.GIVEN, one) for one in matters.kinds_taken_in(tenant, request.now)}


def take_in(request: DoorRequest, errand: str) -> HttpResponse:
    """Show the form of a kind, and take in what was typed; raises NotFound for a kind that is off."""
    kind = errand
    if kind not in kinds(request):
        raise NotFound
    fields = _fields(request, kind)
    if request.method != "POST":
        return _page(request, kind, fields, key=str(uuid4()))
    typed = read(fields, request.POST)
    key = request.POST.get("key", "")[:60]
    try:
        receipt = actions.take_in(By(request.asker, request.now, key), _errand(request, kind, typed))
    except HuiyinError as error:
        return _page(request, kind, fields, key=key, typed=typed, error=error)
    return _done(request, kind, receipt)


def _fields(request: DoorRequest, kind: str) -> list[Field]:
    """The form with the sources and levels of urgency that the office's rulebook knows."""
    tenant = organisation.tenant(request.asker.tenant_id)
    known = matters.intake_choices(tenant, kind, request.now)
    words = {
        "source": {one: labels.SOURCES[one] for one in known.sources},
        "urgency": labels.URGENCIES if known.extra_urgent else labels.USUAL_URGENCIES,
    }
    return [
        replace(one, choices=words[one.name]) if one.name in words else one
        for one in FORMS[kind]
        if (known.takes_limit or one not in _TIME) and (known.studied or one is not _STUDY)
    ]


def _errand(request: DoorRequest, kind: str, typed: Mapping[str, str]) -> Errand:
    given: dict[str, Any] = {
        name: text for name, text in typed.items() if name not in _NOT_TYPED and not name.endswith("_text")
    }
    for name in ("anonymous", "answer_at_once"):
        if name in given:
            given[name] = bool(given[name])
    accused = _person(request, typed, "accused")
    apart = {labelled.PARTNERS: typed.get("partners", ""), labelled.GOALS: typed.get("goals", "")}
    given["details"] = labelled.joined(given.get("details", ""), apart)
    return Errand(
        **given,
        kind=kind,
        limit=_days(typed.get("days", "")),
        until=_day(typed.get("until", ""), "until"),
        study_by=_day(typed.get("study_by", ""), "study_by"),
        custodian=_person(request, typed, "custodian"),
        assigner=_person(request, typed, "assigner"),
        accused=(accused,) if accused else (),
    )


def _person(request: DoorRequest, typed: Mapping[str, str], name: str) -> UUID | None:
    if not typed.get(name, "") and not typed.get(f"{name}_text", "").strip():
        return None
    return chosen(request.asker, typed, name)


def _days(text: str) -> Limit | None:
    typed = text.strip()
    if not typed:
        return None
    whole = typed.isascii() and typed.isdecimal() and len(typed) <= len(str(actions.MOST_DAYS))
    if not whole or not 1 <= int(typed) <= actions.MOST_DAYS:
        raise Invalid({"days": msg("请填写1到999的工作日数")})
    return Limit(int(typed), Unit.WORKING_DAY)


def _day(text: str, field: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid({field: msg("请填写日期，例如2026-03-20")}) from error


def _page(
    request: DoorRequest,
    kind: str,
    fields: Iterable[Field],
    *,
    key: str,
    typed: Mapping[str, str] | None = None,
    error: HuiyinError | None = None,
) -> HttpResponse:
    errors = phrases.field_errors(error) if error else {}
    bound = bind(fields, typed, errors, "g")
    placed = {one.field.name for one in bound} & set(errors)
    context = {
        "kind": kind,
        "title": phrases.label(labels.GIVEN, kind),
        "kinds": kinds(request),
        "fields": bound,
        "key": key,
        "refusal": phrases.refusal(error) if error is not None and not placed else None,
        "clause": error.clause if error is not None and placed else "",
    }
    return shell.page(
        request, "desk/given.html", context, here="matters", status=error.status if error else 200
    )


def _done(request: DoorRequest, kind: str, receipt: Receipt) -> HttpResponse:
    try:
        matters.get(request.asker, receipt.number)
        seen = True
    except NotFound:
        # A report is not its registrar's to read, whoever handed it in there.
        seen = False
    context = {
        "kind": kind,
        "title": phrases.label(labels.GIVEN, kind),
        "receipt": receipt,
        "seen": seen,
        "for_somebody": kind in {"petition", "report"},
        "token": receipts.seal(request, receipt.number, receipt.code) if seen else "",
        "shown_once": True,
    }
    return shell.page(request, "desk/given_done.html", context, here="matters")
