"""The registers of official documents: lists by month, and the forms that enter them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.step import whole
from huiyin.doors.forms import Field, bind, clean, read
from huiyin.matters import actions, document_labels, labels
from huiyin.matters import queries as matters
from huiyin.matters.actions import By, IncomingDocument, OutgoingDocument, Receipt
from huiyin.matters.permissions import may_keep_register
from huiyin.rules.errors import HuiyinError, Invalid, msg
from huiyin.rules.events import MatterKind
from huiyin.rules.vocabulary import Limit, Unit

PAGE: Final = 50
_FURTHEST: Final = 1_000_000
_LONGEST_PARTY: Final = 120
_ANY: Final = {"": msg("全部")}
_MINE: Final = {"": msg("全部"), "waiting": msg("待我办的")}
_LIMIT_UNITS: Final = {"working_day": msg("工作日"), "calendar_day": msg("日（自然日）")}
_KINDS: Final = {"incoming": MatterKind.DOCUMENT_IN, "outgoing": MatterKind.DOCUMENT_OUT}
_LEDGERS: Final = {"incoming": "incoming", "outgoing": "outgoing"}

_LIMITS: Final = (
    Field(
        "limit",
        msg("文件写明的时限"),
        "number",
        required=False,
        min="1",
        help=msg("文件写明时限的以文件为准；没写明的不填。"),
    ),
    Field("limit_unit", msg("按"), "select", required=False, choices=_LIMIT_UNITS, initial="working_day"),
    Field("until", msg("文件限定的日期"), "date", required=False, help=msg("时限和日期只填一项。")),
)
_SECRECY: Final = Field(
    "secrecy",
    msg("密级"),
    "select",
    choices={**document_labels.SECRECY, **document_labels.STATE_SECRETS},
    initial="none",
    help=msg("国家秘密不得登记；选了涉密的会被拒绝。"),
)
_URGENCY: Final = Field("urgency", msg("缓急"), "radio", choices=labels.URGENCIES, initial="normal")
_NOTE: Final = Field("note", msg("说明"), "textarea", required=False, max_length=5000, rows=2)
_TITLE: Final = Field("title", msg("标题"), max_length=200)

INCOMING: Final = (
    _TITLE,
    Field("source", msg("来文单位"), max_length=120),
    Field("their_number", msg("来文字号"), required=False, max_length=60),
    Field("received_on", msg("收文日期"), "date", required=False, help=msg("不填就是今天；时限从登记起算。")),
    Field("pages", msg("页数"), "number", required=False, min="1"),
    _SECRECY,
    _URGENCY,
    Field("grade", msg("文件类别"), "radio", choices=document_labels.GRADES, initial="ordinary"),
    *_LIMITS,
    _NOTE,
    Field(
        "again",
        msg("仍要登记"),
        "checkbox",
        required=False,
        help=msg("同一来文单位的同一字号登记过的，会先提醒；确实是另一件的再勾选。"),
    ),
)
OUTGOING: Final = (
    _TITLE,
    Field("recipient", msg("主送单位"), max_length=120),
    Field("copies_to", msg("抄送单位"), required=False, max_length=1000),
    Field("genre", msg("文种"), "select", choices=document_labels.GENRES, initial="notice"),
    Field("book", msg("发文字号的种类"), "radio", choices=document_labels.DOCUMENT_BOOKS, initial="official"),
    Field("drafter", msg("拟稿人"), "person", required=False, help=msg("不填就由您自己拟稿。")),
    _SECRECY,
    _URGENCY,
    *_LIMITS,
    _NOTE,
)


def incoming(request: DoorRequest) -> HttpResponse:
    """Show the register of what came in."""
    return _index(request, "incoming")


def outgoing(request: DoorRequest) -> HttpResponse:
    """Show the register of what goes out."""
    return _index(request, "outgoing")


def enter(request: DoorRequest) -> HttpResponse:
    """Show the form for an incoming document, or enter one; a refusal keeps everything typed."""
    may_keep_register(request.asker, request.asker).require()
    return _form(request, "incoming", INCOMING, _enter)


def order(request: DoorRequest) -> HttpResponse:
    """Show the form for an outgoing document, or have one drafted; a refusal keeps everything typed."""
    return _form(request, "outgoing", OUTGOING, _order)


def waiting(request: DoorRequest) -> HttpResponse:
    """Show the documents that lie before somebody, and those that colleagues have not signed for."""
    found = matters.before(request.asker, request.now)
    by, to = _("送来的人"), _("等谁签收")
    sections = [
        _section("to-sign", _("待我签收"), found.to_sign_for, by, _("没有等您签收的文件")),
        _section(
            "for-a-word", _("待我批阅、核稿、会签、签发"), found.for_a_word, by, _("没有等您批阅的文件")
        ),
    ]
    if found.others:
        sections.append(_section("others", _("已送出、别人还没签收的"), found.others, to, ""))
    mine = len(found.to_sign_for) + len(found.for_a_word)
    context = {"which": "waiting", "sections": sections, "more": found.more, "before": mine}
    return shell.page(request, "desk/documents_waiting.html", context, here="documents-in")


def _section(name: str, title: str, rows: list[matters.Lying], whom: str, none: str) -> dict[str, Any]:
    hint = _("文书把文件送给您以后，会列在这里，并计入左边“公文”的数字。")
    return {"id": name, "title": title, "rows": rows, "whom": whom, "none": none, "hint": hint}


def _index(request: DoorRequest, which: str) -> HttpResponse:
    kind = _KINDS[which]
    # Whoever is asked for by name is asked for, also where the list of choices has no room for them.
    party = clean(request.GET.get("party", ""))[:_LONGEST_PARTY].strip()
    fields = _filters(sorted({*matters.parties(request.asker, kind), party} - {""}))
    typed = _known(fields, read(fields, request.GET))
    offset = _offset(request.GET.get("from", ""))
    found = matters.documents_in_register(
        request.asker, kind, request.now, _wanted(typed), offset=offset, limit=PAGE
    )
    context: dict[str, Any] = {
        "which": which,
        "filters": bind(fields, typed, prefix="q"),
        "rows": found.rows,
        "first": offset + 1,
        "last": offset + len(found.rows),
        "earlier": _address(typed, max(offset - PAGE, 0)) if offset else "",
        "later": _address(typed, offset + PAGE) if found.more else "",
        "filtered": any(typed.values()),
        "ledger": f"{reverse('desk:ledgers')}?{urlencode({'ledger': _LEDGERS[which]})}",
        "archive": f"{reverse('desk:ledgers')}?{urlencode({'ledger': 'archive'})}",
        "before": matters.count_before(request.asker),
        "may_enter": bool(may_keep_register(request.asker, request.asker)),
    }
    return shell.page(request, "desk/documents.html", context, here="documents-in")


def _filters(parties: list[str]) -> tuple[Field, ...]:
    return (
        Field("text", msg("标题、单位或字号"), "search", required=False, max_length=100),
        Field("month", msg("月份"), "month", required=False),
        Field(
            "party",
            msg("单位"),
            "select",
            required=False,
            choices={**_ANY, **{one: one for one in parties}},
        ),
        Field("urgency", msg("缓急"), "select", required=False, choices={**_ANY, **labels.URGENCIES}),
        Field("light", msg("亮灯"), "select", required=False, choices={**_ANY, **labels.LIGHTS}),
        Field("mine", msg("与我"), "select", required=False, choices=_MINE),
    )


def _known(fields: tuple[Field, ...], typed: Mapping[str, str]) -> dict[str, str]:
    """The filters that are set to something known; anything else counts as not set."""
    known = {one.name: set(one.choices) for one in fields if one.choices}
    kept = {name: value if value in known.get(name, {value}) else "" for name, value in typed.items()}
    kept["text"] = " ".join(kept["text"].split())[:100]
    kept["month"] = kept["month"] if _month(kept["month"]) else ""
    return kept


def _wanted(typed: Mapping[str, str]) -> matters.Wanted:
    span = _month(typed["month"])
    return matters.Wanted(
        text=typed["text"],
        party=typed["party"],
        urgency=typed["urgency"],
        light=typed["light"],
        since=span[0] if span else None,
        until=span[1] if span else None,
        waiting=typed["mine"] == "waiting",
    )


def _month(text: str) -> tuple[date, date] | None:
    """The first day of a month written as 2026-03, and of the next; None for what is none."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return None
    if not 1950 <= first.year < 2200:  # noqa: PLR2004 (where calendars end)
        return None
    year, month = divmod(first.year * 12 + first.month, 12)
    return first, date(year, month + 1, 1)


def _form(
    request: DoorRequest,
    which: str,
    fields: tuple[Field, ...],
    run: Callable[[DoorRequest, Mapping[str, str]], Receipt],
) -> HttpResponse:
    typed, error = None, None
    if request.method == "POST":
        typed = read(fields, request.POST)
        try:
            receipt = run(request, typed)
        except HuiyinError as refused:
            error = refused
        else:
            messages.success(request, _("%(number)s：已登记。") % {"number": receipt.number})
            return redirect("desk:matter", receipt.number)
    errors = phrases.field_errors(error) if error else {}
    loose = error is not None and not {one.name for one in fields} & set(errors)
    context = {
        "which": which,
        "fields": bind(fields, typed, errors, "d"),
        "key": request.POST.get("key", "")[:60],
        "refusal": phrases.refusal(error) if error is not None and loose else None,
    }
    status = error.status if error else 200
    return shell.page(request, "desk/document_new.html", context, here="documents-in", status=status)


def _enter(request: DoorRequest, typed: Mapping[str, str]) -> Receipt:
    told = IncomingDocument(
        title=typed["title"],
        source=typed["source"],
        their_number=typed["their_number"].strip(),
        secrecy=typed["secrecy"],
        urgency=typed["urgency"],
        grade=typed["grade"],
        received_on=_day(typed, "received_on"),
        pages=whole(typed["pages"], "pages") if typed["pages"].strip() else None,
        limit=_limit(typed),
        until=_day(typed, "until"),
        note=typed["note"],
        again=bool(typed["again"]),
    )
    return actions.register_incoming(_by(request), told)


def _order(request: DoorRequest, typed: Mapping[str, str]) -> Receipt:
    named = typed["drafter"] or typed.get("drafter_text", "").strip()
    told = OutgoingDocument(
        title=typed["title"],
        recipient=typed["recipient"],
        book=typed["book"],
        genre=typed["genre"],
        secrecy=typed["secrecy"],
        urgency=typed["urgency"],
        copies_to=typed["copies_to"],
        drafter=chosen(request.asker, typed, "drafter") if named else None,
        limit=_limit(typed),
        until=_day(typed, "until"),
        note=typed["note"],
    )
    return actions.order_document(_by(request), told)


def _by(request: DoorRequest) -> By:
    return By(request.asker, request.now, request.POST.get("key", "")[:60])


def _limit(typed: Mapping[str, str]) -> Limit | None:
    if not typed["limit"].strip():
        return None
    amount = whole(typed["limit"], "limit")
    if not 1 <= amount <= 9999 or typed["limit_unit"] not in _LIMIT_UNITS:  # noqa: PLR2004 (four digits)
        raise Invalid({"limit": msg("请填写1到9999的天数")})
    return Limit(amount, Unit(typed["limit_unit"]))


def _day(typed: Mapping[str, str], name: str) -> date | None:
    if not typed[name].strip():
        return None
    try:
        found = date.fromisoformat(typed[name].strip())
    except ValueError as error:
        raise Invalid({name: msg("请填写日期，例如2026-03-02")}) from error
    if not 1950 <= found.year < 2200:  # noqa: PLR2004 (where calendars end)
        raise Invalid({name: msg("请填写日期，例如2026-03-02")})
    return found


def _offset(text: str) -> int:
    return min(int(text), _FURTHEST) if text.isdecimal() and len(text) <= len(str(_FURTHEST)) else 0


def _address(typed: Mapping[str, str], offset: int) -> str:
    kept = {name: value for name, value in typed.items() if value}
    return "?" + urlencode({**kept, "from": offset})
