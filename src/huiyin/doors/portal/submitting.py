"""Handing something in: an application for an item, or a question; and the receipt, shown once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import gettext as _

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.queries import Guide
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import Field, bind, read
from huiyin.doors.headers import client_address
from huiyin.doors.portal import display, receipts
from huiyin.doors.portal.pages import expired, of_office, show, to_tracking, without_cookie
from huiyin.matters import actions, queries
from huiyin.rules.errors import Conflict, HuiyinError, Invalid, NotFound, msg
from huiyin.storage import limits
from huiyin.storage.masking import mask_name

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

APPLICATION: Final = "application"
ENQUIRY: Final = "enquiry"
REPORT: Final = "report"
ANONYMOUS: Final = "anonymous"
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")

_NAME: Final = Field(
    "applicant_name",
    msg("姓名或单位名称"),
    help=msg("请写身份证或营业执照上的名字。"),
    max_length=60,
    autocomplete="name",
)
_PHONE: Final = Field(
    "applicant_phone",
    msg("联系电话"),
    "tel",
    help=msg("手机号，或带区号的固定电话。经办人用它联系您。"),
    max_length=40,
    autocomplete="tel",
)
_ID_NUMBER: Final = Field(
    "applicant_id_number",
    msg("身份证号"),
    required=False,
    help=msg("18位。不填也可以提交，办理时经办人会核对证件。"),
    max_length=40,
)
_EMAIL: Final = Field(
    "applicant_email",
    msg("电子邮箱"),
    "email",
    required=False,
    help=msg("填了就会收到办理进度的邮件。"),
    max_length=254,
    autocomplete="email",
)
FIELDS: Final[Mapping[str, tuple[Field, ...]]] = {
    APPLICATION: (
        _NAME,
        _PHONE,
        _ID_NUMBER,
        _EMAIL,
        Field(
            "details",
            msg("补充说明"),
            "textarea",
            required=False,
            help=msg("有什么特殊情况，写在这里。"),
            rows=4,
            max_length=4000,
        ),
    ),
    ENQUIRY: (
        Field(
            "summary",
            msg("您要问什么"),
            "textarea",
            help=msg("用一两句话写清楚，200字以内。"),
            rows=3,
            max_length=400,
        ),
        Field(
            "details",
            msg("详细情况"),
            "textarea",
            required=False,
            help=msg("时间、地点、已经办过什么，写得越清楚，答复越快。"),
            rows=5,
            max_length=4000,
        ),
        Field(
            "applicant_name",
            msg("怎么称呼您"),
            required=False,
            help=msg("姓名或单位名称。"),
            max_length=60,
            autocomplete="name",
        ),
        _PHONE,
        _EMAIL,
    ),
    REPORT: (
        Field(
            "summary",
            msg("您要检举什么"),
            "textarea",
            help=msg("谁、什么时候、做了什么，200字以内。"),
            rows=3,
            max_length=400,
        ),
        Field(
            "accused_told",
            msg("被检举人"),
            required=False,
            help=msg("请写姓名：写明姓名的人看不到这件检举，也不能经手。不知道姓名的，写科室或岗位。"),
            max_length=200,
        ),
        Field(
            "details",
            msg("详细情况和线索"),
            "textarea",
            required=False,
            help=msg("有什么凭据、谁可以证明，写得越清楚越好查。"),
            rows=6,
            max_length=4000,
        ),
        Field(
            "applicant_name",
            msg("您的姓名"),
            required=False,
            help=msg("实名检举才填写，查完后给您答复。"),
            max_length=60,
            autocomplete="name",
        ),
        replace(_PHONE, required=False, help=msg("实名检举才填写；电话和邮箱至少留一个。")),
        _EMAIL,
    ),
}


@dataclass(slots=True)
class Sheet:
    """A form on its way: what it is for, what was typed and ticked, and what is wrong with it."""

    kind: str
    guide: Guide | None
    key: str
    typed: dict[str, str] | None = None
    ticked: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    trouble: phrases.Refusal | None = None
    status: int = 200


@of_office
def apply(request: DoorRequest, office: Tenant, code: str) -> HttpResponse:
    """Apply for an item."""
    guide = catalogue.guide(office.id, code)
    return _sheet(request, office, Sheet(APPLICATION, guide, str(uuid4())))


@of_office
def ask(request: DoorRequest, office: Tenant, code: str = "") -> HttpResponse:
    """Ask something, about an item or about anything."""
    guide = catalogue.guide(office.id, code) if code else None
    return _sheet(request, office, Sheet(ENQUIRY, guide, str(uuid4())))


@of_office
def report(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Report misconduct, by name or anonymously; raises NotFound where the rulebook knows no reports."""
    if REPORT not in queries.kinds_taken_in(office, request.now):
        raise NotFound
    return _sheet(request, office, Sheet(REPORT, None, str(uuid4())))


@without_cookie
@of_office
def receipt(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Show the receipt again in another language or type size."""
    if request.method != "POST":
        return to_tracking(office)
    display.adopt(request)
    slip = receipts.opened(request.POST.get("pass", ""), office, request.now)
    if slip is None:
        return display.remember(request, expired(request, office))
    return display.remember(request, _shown(request, office, slip))


@without_cookie
@of_office
def receipt_pdf(request: DoorRequest, office: Tenant) -> HttpResponse:
    """The receipt as PDF, with the query code, for as long as the page it was printed from is fresh."""
    if request.method != "POST":
        return to_tracking(office)
    slip = receipts.opened(request.POST.get("pass", ""), office, request.now)
    if slip is None:
        return expired(request, office)
    try:
        drawn = receipts.page(request, office, slip)
    except NotFound:
        return expired(request, office)
    return HttpResponse(
        drawn,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{slip.number}.pdf"',
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
        },
    )


def _sheet(request: DoorRequest, office: Tenant, sheet: Sheet) -> HttpResponse:
    if request.method == "POST":
        slip = _register(request, office, sheet)
        if slip is not None:
            return _shown(request, office, slip)
    materials = sheet.guide.materials if sheet.guide and sheet.kind == APPLICATION else ()
    context = {
        "sheet": sheet,
        "fields": bind(FIELDS[sheet.kind], sheet.typed, sheet.errors),
        "materials": [(paper, str(paper.id) in sheet.ticked) for paper in materials],
        "wrong": sheet.errors or sheet.trouble,
        "anonymous": bool(sheet.typed and sheet.typed.get(ANONYMOUS)),
        "section": "items" if sheet.kind == APPLICATION else "ask",
        "back": request.path,
    }
    return show(request, office, "sheet.html", context, status=sheet.status)


def _register(request: DoorRequest, office: Tenant, sheet: Sheet) -> receipts.Slip | None:
    """Register what was sent in; None when it cannot be, with the reason put on the sheet."""
    typed = sheet.typed = read(FIELDS[sheet.kind], request.POST)
    sheet.ticked = request.POST.getlist("materials")
    if sheet.kind == REPORT and request.POST.get("how") == ANONYMOUS:
        typed[ANONYMOUS] = "on"
    key = request.POST.get("key", "")
    if not _KEY.fullmatch(key):
        sheet.trouble = phrases.Refusal(_("页面不完整，还没有提交"), _("请再点一次提交。"), "", "key_missing")
        sheet.status = 422
        return None
    sheet.key = key
    by = actions.By(queries.public_asker(office, request.now, "portal"), request.now, key, applicant=True)
    # Who leaves neither is not everybody else who does not: only the address counts for them.
    reach = typed["applicant_phone"] or typed["applicant_email"] or key
    sent = {"address": client_address(request), "phone": reach}
    # Sent again it is no new submission, and its receipt is still owed.
    again = actions.is_repeated(by)
    exceeded = None if again else limits.submissions_exceeded(**sent, at=request.now)
    if exceeded:
        _too_many(sheet, exceeded)
        return None
    receipt = _registered(sheet, by, typed)
    if receipt is None:
        return None
    if not again:
        limits.note_submission(**sent, at=request.now)
    return receipts.Slip(receipt.number, receipt.code, mask_name(typed.get("applicant_name", "")))


def _registered(sheet: Sheet, by: actions.By, typed: Mapping[str, str]) -> actions.Receipt | None:
    try:
        if sheet.kind == REPORT:
            return actions.take_in(by, _errand(typed))
        return actions.register(by, _request(sheet, typed))
    except Invalid as error:
        _refuse(sheet, error, phrases.field_errors(error))
    except Conflict as error:
        _refuse(sheet, error, {})
        if error.code == "key_reused":
            _offer_another(sheet)
    except NotFound:
        raise
    except HuiyinError as error:
        _refuse(sheet, error, {})
    return None


def _too_many(sheet: Sheet, rule: limits.Rule) -> None:
    said = (
        _("同一个电话或邮箱一天最多提交%(most)s次，这次没有提交")
        if rule is limits.SUBMISSIONS_PER_PHONE
        else _("同一个网络地址一小时最多提交%(most)s次，这次没有提交")
    )
    sheet.trouble = phrases.Refusal(
        said % {"most": rule.most}, _("请稍后再交；着急的话，请打办公电话或到窗口办理。"), "", "too_many"
    )
    sheet.status = 429


def _request(sheet: Sheet, typed: Mapping[str, str]) -> actions.Request:
    guide = sheet.guide
    asked = typed.get("summary", "").strip()
    return actions.Request(
        kind=sheet.kind,
        channel="online",
        summary=asked,
        details=_details(sheet, typed),
        # Without a question the item's name would stand in for it, and nobody could answer that.
        item=guide.code if guide and (asked or sheet.kind == APPLICATION) else "",
        applicant_name=typed.get("applicant_name", ""),
        applicant_phone=typed["applicant_phone"],
        applicant_id_number=typed.get("applicant_id_number", ""),
        applicant_email=typed["applicant_email"],
    )


def _errand(typed: Mapping[str, str]) -> actions.Errand:
    return actions.Errand(
        kind=REPORT,
        channel="online",
        summary=typed["summary"],
        details=typed["details"],
        accused_told=typed["accused_told"],
        anonymous=ANONYMOUS in typed,
        applicant_name=typed["applicant_name"],
        applicant_phone=typed["applicant_phone"],
        applicant_email=typed["applicant_email"],
    )


def _details(sheet: Sheet, typed: Mapping[str, str]) -> str:
    """What was added in words, and which papers the applicant says to have.

    That somebody says to have a paper is not its receipt, so it is told to the
    handler and not entered as a check of the materials.
    """
    papers = sheet.guide.materials if sheet.guide and sheet.kind == APPLICATION else ()
    claimed = [paper.name for paper in papers if str(paper.id) in sheet.ticked]
    parts = [typed["details"].strip()]
    if claimed:
        parts.append(msg("申请人自述已备材料：%(papers)s") % {"papers": "、".join(claimed)})
    return "\n".join(part for part in parts if part)


def _refuse(sheet: Sheet, error: HuiyinError, fields: dict[str, str]) -> None:
    known = {one.name for one in FIELDS[sheet.kind]}
    sheet.errors = {name: text for name, text in fields.items() if name in known}
    if (
        sheet.kind == ENQUIRY
        and "summary" in sheet.errors
        and not (sheet.typed or {}).get("summary", "").strip()
    ):
        sheet.errors["summary"] = _("请写一两句话，说明您要问什么")
    sheet.status = error.status
    if len(sheet.errors) < len(fields) or not fields:
        sheet.trouble = phrases.refusal(error)


def _offer_another(sheet: Sheet) -> None:
    """Somebody went back, changed the form and sent it again: that is another matter, if they mean it."""
    sheet.key = str(uuid4())
    sheet.trouble = phrases.Refusal(
        _("这张表刚才已经提交成功，现在的内容与当时不同，没有再次提交"),
        _("如果确实要另交一份，请核对后再点一次提交；如果只想补充情况，请联系经办人。"),
        "",
        "key_reused",
    )


def _shown(request: DoorRequest, office: Tenant, slip: receipts.Slip) -> HttpResponse:
    """The receipt, straight from the POST: number and code are in no address and in no cache."""
    try:
        tracked = queries.track(office, slip.number, slip.code, request.now, phrases.language())
    except NotFound:
        return expired(request, office)
    context = {
        "slip": slip,
        "tracked": tracked,
        "clock": receipts.soonest(tracked),
        "token": receipts.sealed(slip, office, request.now),
        "again": "portal:receipt",
    }
    return show(request, office, "receipt.html", context, private=True)
