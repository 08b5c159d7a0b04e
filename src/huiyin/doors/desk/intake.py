"""Registering what somebody asks, at the counter and by keyboard alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.queries import Guide
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import receipts, workbench
from huiyin.doors.forms import Field, bind, clean, read
from huiyin.matters import actions, labels
from huiyin.matters.actions import By, Receipt, Request
from huiyin.matters.steps import PHRASES, Paper
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, msg
from huiyin.rules.regimes import first_responder, time_limit
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI

FORM = "desk/_register.html"
DONE = "desk/_registered.html"

KIND = Field("kind", msg("类型"), "radio", choices=labels.ASKED)
CHANNEL = Field("channel", msg("来源"), "radio", choices=labels.CHANNELS, initial="counter")
URGENCY = Field("urgency", msg("缓急"), "radio", choices=labels.USUAL_URGENCIES, initial="normal")
SUMMARY = Field("summary", msg("事由"), max_length=200)
NAME = Field("applicant_name", msg("姓名或单位"), required=False, max_length=100)
PHONE = Field("applicant_phone", msg("联系电话"), "tel", required=False, max_length=40)
AT_ONCE = Field("answer_at_once", msg("当场答复的咨询"), "checkbox", required=False)
ID_NUMBER = Field("applicant_id_number", msg("身份证号"), required=False, max_length=40)
EMAIL = Field("applicant_email", msg("电子邮箱"), "email", required=False, max_length=200)
DETAILS = Field("details", msg("详细说明"), "textarea", required=False, max_length=5000, rows=3)
NATURE = Field("nature", msg("来意"), "radio", choices=labels.NATURES, initial="business")
IMPORTANT = Field("important", msg("重大或重要事项（须写书面记录）"), "checkbox", required=False)
RECORD = Field("record", msg("书面记录"), "textarea", required=False, max_length=5000, rows=3)
FIELDS = (
    KIND,
    CHANNEL,
    URGENCY,
    SUMMARY,
    NAME,
    PHONE,
    AT_ONCE,
    ID_NUMBER,
    EMAIL,
    DETAILS,
    NATURE,
    IMPORTANT,
    RECORD,
)
MOST_PAGES = 9999


def begin(request: DoorRequest) -> HttpResponse:
    """Open the registration form for the answer that was chosen, or for the bare text."""
    text = clean(request.POST.get("q", ""))[:200].strip()
    kind, _, chosen = request.POST.get("pick", "").partition(":")
    typed = {one.name: one.initial for one in FIELDS}
    typed |= {"kind": "enquiry", "summary": text, "item": "", "hand_to": ""}
    if kind == "item":
        item = catalogue.item_by_id(request.asker, _uuid(chosen))
        holder = organisation.on_duty(item.position_id, request.now, tenant_id=item.tenant_id)
        typed |= {"kind": "application", "summary": item.name, "item": item.code, "hand_to": str(holder.id)}
    elif kind == "person":
        typed["hand_to"] = chosen
    if typed["hand_to"]:
        typed["hand_over"] = "on"
    return workbench.page(request, FORM, _form(request, typed, {}, key=str(uuid4())))


def register(request: DoorRequest) -> HttpResponse:
    """Register, hand over when asked to, and show number and code this once."""
    posted = request.POST
    typed = read(FIELDS, posted)
    typed |= {name: clean(posted.get(name, ""))[:100] for name in ("item", "hand_to", "hand_over")}
    key = posted.get("key", "")[:60]
    guide = _guide(request, typed["item"])
    by = By(request.asker, request.now, key)
    try:
        receipt = actions.register(by, _request(typed, _papers(guide, posted)))
    except HuiyinError as error:
        context = _form(request, typed, phrases.field_errors(error), key=key, error=error)
        context["ticked"] = set(posted.getlist("present"))
        context["papers"] = _lines(guide, posted, phrases.field_errors(error))
        return workbench.page(request, FORM, context, status=error.status)
    context = {
        "receipt": receipt,
        "token": receipts.seal(request, receipt.number, receipt.code),
        "handed": _hand_over(request, receipt, typed, key),
        "typed": typed,
        "shown_once": True,
    }
    context |= workbench.changed(request)
    return workbench.page(request, DONE, context)


def _hand_over(request: DoorRequest, receipt: Receipt, typed: Mapping[str, str], key: str) -> dict[str, Any]:
    """Offer the fresh matter to whose it is; the matter is registered whatever comes of this."""
    if not (typed["hand_over"] and typed["hand_to"]) or typed["hand_to"] == str(request.asker.person_id):
        return {}
    to = _uuid(typed["hand_to"])
    try:
        actions.offer_handover(By(request.asker, request.now, f"{key}-offer"), receipt.number, to=to)
        return {"to": organisation.colleague(request.asker.tenant_id, to).name}
    except HuiyinError as error:
        return {"refusal": phrases.refusal(error)}


def _request(typed: Mapping[str, str], papers: tuple[Paper, ...]) -> Request:
    apart = {"answer_at_once", "important", "hand_to", "hand_over"}
    own = {name: typed[name] for name in typed if name not in apart}
    own["nature"] = own["nature"] or NATURE.initial
    at_once = bool(typed["answer_at_once"]) and typed["kind"] == "enquiry"
    important = bool(typed["important"])
    return Request(**own, answer_at_once=at_once, important=important, materials=papers)  # type: ignore[arg-type]


def _papers(guide: Guide | None, posted: Any) -> tuple[Paper, ...]:
    """Return what was found, once anything was ticked; nothing ticked means checking later."""
    ticked = set(posted.getlist("present"))
    if guide is None or not ticked or posted.get("kind") != "application":
        return ()
    return tuple(
        Paper(
            one.name,
            present=str(one.id) in ticked,
            required=one.required,
            copies=one.copies,
            pages=_pages(posted.get(f"pages-{one.id}", "")),
        )
        for one in guide.materials
    )


def _pages(text: str) -> int | None:
    """Read a number of pages; what is none was not counted."""
    pages = int(text) if text.isdecimal() and len(text) <= len(str(MOST_PAGES)) else 0
    return pages or None


def _lines(
    guide: Guide | None, posted: Mapping[str, str], errors: Mapping[str, str]
) -> list[tuple[catalogue.Paper, str, str]]:
    """Return each paper with the pages typed for it and what is wrong with them."""
    return [
        (one, clean(posted.get(f"pages-{one.id}", ""))[:4], errors.get(f"materials.{row}.pages", ""))
        for row, one in enumerate(guide.materials if guide else ())
    ]


def _form(
    request: DoorRequest,
    typed: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    key: str,
    error: HuiyinError | None = None,
) -> dict[str, Any]:
    fields = {one.field.name: one for one in bind(FIELDS, typed, errors, "r")}
    shown = {name for name in errors if name in fields or name.endswith(".pages")}
    other_fault = error is not None and not shown
    holder = None
    if typed["hand_to"]:
        holder = organisation.colleague(request.asker.tenant_id, _uuid(typed["hand_to"]))
    guide = _guide(request, typed["item"])
    book = organisation.book_of(
        organisation.tenant(request.asker.tenant_id), request.now.astimezone(SHANGHAI).date()
    )
    return {
        "f": fields,
        "key": key,
        "item": typed["item"],
        "guide": guide,
        "papers": _lines(guide, {}, {}),
        "counted": book.has(time_limit.RECEIPT) and guide is not None and not guide.instant,
        "weighty": book.has(first_responder.MAJOR),
        "banned": _banned(book, request.now.astimezone(SHANGHAI).date()),
        "known": catalogue.at_hand(request.asker, guide.name if guide else typed["summary"]),
        "holder": holder,
        "is_mine": holder is not None and holder.id == request.asker.person_id,
        "hand_over": typed.get("hand_over", ""),
        "refusal": phrases.refusal(error) if error is not None and other_fault else None,
        "ticked": set(),
        "more_open": bool(shown & {"applicant_id_number", "applicant_email", "details"}),
    }


def _banned(book: Rulebook, day: date) -> list[str]:
    """Return the phrases nobody may be sent away with, to be seen where people are received."""
    if not book.has(PHRASES):
        return []
    return [str(one) for one in book.clause(PHRASES).on(day).get("phrases", ())]


def _guide(request: DoorRequest, code: str) -> Guide | None:
    return catalogue.guide(request.asker.tenant_id, code, public=False) if code else None


def _uuid(text: str) -> UUID:
    """Read an id from a form; a broken one is answered like one that does not exist."""
    return receipts.uuid_or_not_found(text)
