"""The opinion book for the public: write into it, and read what came of it by number and code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from huiyin.catalogue import queries as catalogue
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.forms import Field, bind, read
from huiyin.doors.headers import client_address
from huiyin.doors.portal.pages import of_office, show, without_cookie
from huiyin.doors.portal.tracking import normal_code
from huiyin.rules.errors import Conflict, HuiyinError, NotFound, msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.regimes.service_commitment import lines
from huiyin.storage import limits
from huiyin.supervision import actions, queries
from huiyin.supervision.terms import Disposition, OpinionFinding, OpinionKind, ToldHow

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

_PURPOSE: Final = "opinion"
_LONGEST: Final = 24
_LONGEST_LINE: Final = 50
_SHOWN: Final = 40
FIELDS: Final = (
    Field("text", msg("您的意见"), "textarea", rows=5, max_length=2000),
    Field(
        "writer",
        msg("怎么称呼您"),
        required=False,
        help=msg("可以不写。写了也只有处理的人能看到。"),
        max_length=60,
        autocomplete="name",
    ),
    Field(
        "phone",
        msg("联系电话"),
        "tel",
        required=False,
        help=msg("可以不写。写了便于向您核实。"),
        max_length=40,
        autocomplete="tel",
    ),
)


@of_office
def write(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Offer the form and take what somebody wrote; number and code show once."""
    if not queries.keeps_book(office, request.now):
        raise NotFound
    typed: dict[str, str] | None = None
    fault: HuiyinError | None = None
    if request.method == "POST":
        typed = read(FIELDS, request.POST)
        try:
            entered = _enter(request, office, typed)
        except NotFound:
            raise
        except HuiyinError as error:
            fault = error
        else:
            found = {"entered": entered, "section": "promises"}
            return show(request, office, "opinion_entered.html", found, private=True)
    return show(
        request, office, "opinions.html", _context(request, office, typed, fault), status=_status(fault)
    )


@without_cookie
@of_office
def look(request: DoorRequest, office: Tenant) -> HttpResponse:
    """Show what came of an entry to whoever has its number and code; any wrong pair is answered alike."""
    if not queries.keeps_book(office, request.now):
        raise NotFound
    context: dict[str, Any] = {"section": "promises"}
    if request.method != "POST":
        return show(request, office, "opinion_result.html", context)
    number = narrow(request.POST.get("number", "")[:_LONGEST]).strip().upper()
    # Every office has an entry of that number: what strangers try at one is no try at another.
    asked = {"address": client_address(request), "target": f"{office.id}/{number}"}
    context["number"] = number
    standing = limits.standing(_PURPOSE, **asked, at=request.now)
    if standing.barred:
        return _wait(request, office, context, standing.wait)
    try:
        found = queries.answered(office, number, normal_code(request.POST.get("code", "")))
    except NotFound:
        limits.note_wrong(_PURPOSE, **asked, at=request.now)
        if standing.wait:
            return _wait(request, office, context, standing.wait)
        context["trouble"] = _("编号和查询码对不上，请核对后再试")
        return show(request, office, "opinion_result.html", context, status=404, private=True)
    context |= {
        "found": found,
        "kind": OpinionKind(found.kind).label,
        "finding": OpinionFinding(found.finding).label if found.finding else "",
        "disposition": Disposition(found.disposition).label if found.disposition else "",
        "told": ToldHow(found.told_how).label if found.told_how else "",
    }
    return show(request, office, "opinion_result.html", context, private=True)


def _wait(request: DoorRequest, office: Tenant, context: dict[str, Any], seconds: int) -> HttpResponse:
    context["trouble"] = _("输错次数过多，请在%(wait)s秒后再试") % {"wait": seconds}
    response = show(request, office, "opinion_result.html", context, status=429, private=True)
    response["Retry-After"] = str(seconds)
    return response


def _enter(request: DoorRequest, office: Tenant, typed: dict[str, str]) -> actions.Entered:
    address = client_address(request)
    # Nobody has proved that the phone is theirs: it counts only with the address it came from.
    phone = f"{address}/{typed['phone']}" if typed["phone"].strip() else ""
    sent = {"address": address, "phone": phone, "purpose": limits.OPINION}
    key = _key(request.POST.get("key", ""))
    # Sent again it is no new entry, and its number and code are still owed.
    again = actions.is_repeated(office, key)
    if not again and limits.submissions_exceeded(**sent, at=request.now):
        raise Conflict(
            msg("今天交得太多了，没有收下"), code="too_many", remedy=msg("请明天再写，或打电话、到窗口说。")
        )
    units = {str(one.id): one for one in catalogue.serving_units(office.id)}
    words = actions.Words(
        kind=request.POST.get("kind", ""),
        unit=units.get(request.POST.get("unit", "")),
        text=typed["text"],
        writer=typed["writer"],
        phone=typed["phone"],
        line=request.POST.get("line", "")[:_LONGEST_LINE],
    )
    entered = actions.write_opinion(office, words, by=None, at=request.now, key=key)
    if not again:
        limits.note_submission(**sent, at=request.now)
    return entered


def _key(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def _context(
    request: DoorRequest, office: Tenant, typed: dict[str, str] | None, fault: HuiyinError | None
) -> dict[str, Any]:
    errors = phrases.field_errors(fault) if fault else {}
    chosen, unit = request.POST.get("kind", ""), request.POST.get("unit", "")
    line = request.POST.get("line", request.GET.get("line", ""))
    if line and not chosen:
        chosen = OpinionKind.NOT_KEPT
    return {
        "section": "promises",
        "fields": bind(FIELDS, typed, errors),
        "errors": errors,
        "trouble": phrases.refusal(fault) if fault and not errors else None,
        "wrong": fault,
        "kinds": [(one.value, one.label, one.value == chosen) for one in OpinionKind],
        "units": [(str(one.id), one.name, str(one.id) == unit) for one in catalogue.serving_units(office.id)],
        "promised": _promised(office, line),
        # To write another one is another entry.
        "key": str(uuid4()) if fault and fault.code == "repeated" else _key(request.POST.get("key", "")),
    }


def _promised(office: Tenant, chosen: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """What is promised now, line by line, for the office and each unit; whether a line is the chosen one."""
    found = []
    for row in catalogue.published(office.id):
        told = [(catalogue.reference(row, one.number), one) for one in lines(row.said)]
        whose = row.unit.name if row.unit else office.name
        options = [
            (named, f"{one.number}. {Truncator(one.text).chars(_SHOWN)}", named == chosen)
            for named, one in told
        ]
        found.append((whose, options))
    if chosen and not any(picked for _whose, options in found for *_option, picked in options):
        found += _of_before(office, chosen)
    return found


def _of_before(office: Tenant, named: str) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The line somebody chose from a version that was replaced meanwhile, so that it stays chosen."""
    try:
        row, line = catalogue.promise_line(office.id, named)
    except NotFound:
        return []
    shown = f"{line.number}. {Truncator(line.text).chars(_SHOWN)}"
    whose = row.unit.name if row.unit else office.name
    return [(_("%(whose)s第%(n)s版") % {"whose": whose, "n": row.version}, [(named, shown, True)])]


def _status(fault: HuiyinError | None) -> int:
    return fault.status if fault else 200
