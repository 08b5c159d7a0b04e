"""Positions: the responsibility book by level, each with its sheet, pair and history, and the gaps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest, Who, may_enter
from huiyin.doors.desk import shell
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.post_gaps import Missing, missing
from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.doors.forms import Bound, Field, bind, clean, moment, read
from huiyin.organisation import actions, permissions, terms
from huiyin.organisation import queries as organisation
from huiyin.reports.post_responsibility import assessed
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg
from huiyin.rules.identifiers import narrow
from huiyin.rules.library import code_of

if TYPE_CHECKING:
    from huiyin.organisation.models import DutyLine, Position
    from huiyin.organisation.queries import Record

_BETWEEN: Final = "|"

SHEET: Final = tuple(
    Field(
        one.value,
        str(one.label),
        "textarea",
        required=False,
        rows=2,
        max_length=5000,
        help=msg("一行一条；能考核的在竖线后写考核标准，例如：核查在保对象 | 每漏一户扣1分")
        if one is terms.Element.TASK
        else "",
    )
    for one in terms.Element
)
ISSUE: Final = (Field("since", msg("从哪天起执行"), "date"),)
APPOINT: Final = (
    Field("part", msg("任命为"), "radio", choices={one.value: one.label for one in terms.Part}, initial="A"),
    Field("person", msg("人员"), "person"),
    Field("since", msg("从哪天起"), "date"),
    Field(
        "reason", msg("更换的理由"), required=False, max_length=200, help=msg("原来有人的，写明为什么换。")
    ),
)
COMPETENCE: Final = (
    Field("person", msg("人员"), "person"),
    Field("basis", msg("依据"), max_length=200, help=msg("如轮岗、培训、考试。")),
)
OPEN: Final = "open"
SECRET: Final = (Field("wanted", kind="hidden", required=False), Field("reason", msg("理由"), max_length=200))
CHARGE: Final = (
    Field("unit", msg("哪个单位"), "select", required=False),
    Field("text", msg("职责"), "textarea", max_length=2000, rows=4),
)
TARGET: Final = (
    Field("year", msg("年份"), "number", min="2000"),
    Field("code", msg("编码"), max_length=32),
    Field("title", msg("目标"), max_length=200),
    Field("measure", msg("考核标准"), required=False, max_length=200),
    Field("positions", msg("落实到岗位"), max_length=400, help=msg("填岗位编码，几个岗位用、隔开。")),
)


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page: what it does, its fields, and whether it was just refused."""

    what: str
    title: str
    go: str
    fields: list[Bound]
    open: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """What was tried and refused: which form, what was typed there, and why not."""

    what: str = ""
    typed: dict[str, str] | None = None
    error: HuiyinError | None = None


NOTHING: Final = Tried()


def index(request: DoorRequest) -> HttpResponse:
    """Show the responsibility book: levels, units, positions, targets, and what is missing."""
    return _book(request)


def change(request: DoorRequest) -> HttpResponse:
    """Write what the office or a unit is there for, or set a target of the year."""
    what = request.POST.get("what", "")
    if what not in _BOOK_VERBS:
        raise NotFound
    fields, run = _BOOK_VERBS[what]
    typed = read(fields, request.POST)
    try:
        run(request, typed)
    except NotFound:
        raise
    except HuiyinError as error:
        return _book(request, Tried(what, typed, error))
    messages.success(request, _("已保存。"))
    return redirect("desk:positions")


def show(request: DoorRequest, post: str) -> HttpResponse:
    """Show one position."""
    return _position(request, post)


def act(request: DoorRequest, post: str) -> HttpResponse:
    """Write or issue its sheet, appoint, record who can do its work, keep it from the public."""
    what = request.POST.get("what", "")
    position = organisation.record(request.asker, post, request.now).held.position
    if what not in _POST_VERBS:
        raise NotFound
    fields, run = _POST_VERBS[what]
    typed = read(fields, request.POST)
    try:
        run(request, position, typed)
    except NotFound:
        raise
    except HuiyinError as error:
        return _position(request, post, Tried(what, typed, error))
    messages.success(request, _("已保存。"))
    return redirect("desk:position", post=position.code)


def _book(request: DoorRequest, tried: Tried = NOTHING) -> HttpResponse:
    tenant = organisation.tenant(request.asker.tenant_id)
    book = organisation.responsibility_book(tenant, request.now)
    units = list(organisation.units(request.asker))
    text = clean(request.GET.get("q", "")).strip()[:50]
    # What was found against colleagues is for whoever leads, as on the lists of what is overdue.
    clause, marks = assessed(tenant, request.now) if may_enter(Who.LEADERS, request.asker) else ("", [])
    language = phrases.language()
    forms = []
    if may_enter(Who.ADMINISTRATOR, request.asker):
        names = {"": _("单位总体"), **{str(one.id): one.name for one in units}}
        charge = _with_choices(CHARGE, "unit", names)
        forms = [
            _form("charge", _("写总体职能或科室职责"), _("保存"), charge, tried),
            _form("target", _("年度目标落实到岗位"), _("保存"), TARGET, tried),
        ]
    context = {
        "book": book,
        "levels": [(code_of("levels", one.code, language), one) for one in book.levels],
        "charge": book.charges.get(None),
        "charges": [(one, book.charges[one.id]) for one in units if one.id in book.charges],
        "text": text,
        "count": len(book.records),
        "groups": _groups(one for one in book.records if _holds(one, text)),
        "uncovered": organisation.uncovered(tenant.id, request.now),
        "targets": organisation.targets_of(tenant, request.now.year),
        "assessed": marks,
        "assessed_by": clause,
        "shown_by": organisation.shown_by(tenant, request.now),
        "forms": forms,
        "refusal": _loose(tried.error, forms),
    }
    return shell.page(request, "desk/positions.html", context, here="positions", status=_status(tried.error))


def _groups(records: Iterable[Record]) -> list[tuple[str, list[tuple[Record, list[Missing]]], int]]:
    """The positions unit by unit, each with what it lacks, and how many of the unit's lack something."""
    units: dict[str, list[tuple[Record, list[Missing]]]] = {}
    for one in records:
        units.setdefault(one.held.position.unit.name, []).append((one, missing(one.gaps)))
    return [(name, rows, sum(bool(lacks) for _one, lacks in rows)) for name, rows in units.items()]


def _holds(one: Record, text: str) -> bool:
    """Whether a position is the one looked for: by code, title, unit, or who holds it."""
    position = one.held.position
    names = [person.name for person in (one.held.a, one.held.b) if person]
    return (
        narrow(text).casefold()
        in narrow(" ".join((position.code, position.title, position.unit.name, *names))).casefold()
    )


def _position(request: DoorRequest, code: str, tried: Tried = NOTHING) -> HttpResponse:
    asker, now = request.asker, request.now
    found = organisation.record(asker, code, now)
    position = found.held.position
    sheets = organisation.sheets_of(position)
    forms = []
    if permissions.may_keep_sheet(asker, position):
        latest = sheets[0].written if sheets else []  # type: ignore[attr-defined]
        shown = tried.typed if tried.what == "sheet" else _as_typed(latest)
        form = _form("sheet", _("写新一版责任书"), _("存为草稿"), SHEET, tried)
        errors = phrases.field_errors(tried.error) if form.open and tried.error else {}
        forms.append(replace(form, fields=bind(SHEET, shown, errors, "sheet")))
        if sheets and sheets[0].issued_at is None:
            title = _("发布第%(n)s版") % {"n": sheets[0].version}
            forms.append(_form("issue", title, _("发布"), ISSUE, tried))
        forms.append(_form("competence", _("记载谁能胜任"), _("记下"), COMPETENCE, tried))
    if may_enter(Who.ADMINISTRATOR, asker):
        title = _("恢复公示") if position.secret else _("列为涉密岗，不公示")
        forms += [
            _form("appoint", _("任命A岗或B岗"), _("任命"), APPOINT, tried),
            _form("secret", title, _("确认"), _secrecy(position), tried),
        ]
    context = {
        "record": found,
        "rank": dict(terms.Rank.choices)[position.rank],
        "lines": [(one, str(terms.Element(one.element).label)) for one in found.lines],
        "missing": missing(found.gaps),
        "sheets": sheets,
        "history": organisation.appointments_of(position),
        "able": organisation.competences_of(position),
        "forms": forms,
        "refusal": _loose(tried.error, forms),
    }
    return shell.page(request, "desk/position.html", context, here="positions", status=_status(tried.error))


def _charge(request: DoorRequest, typed: Mapping[str, str]) -> None:
    tenant = organisation.tenant(request.asker.tenant_id)
    unit = organisation.unit(request.asker, uuid_or_not_found(typed["unit"])) if typed["unit"] else None
    actions.describe_charge(tenant, unit, typed["text"], by=request.asker, at=request.now)


def _target(request: DoorRequest, typed: Mapping[str, str]) -> None:
    tenant = organisation.tenant(request.asker.tenant_id)
    codes = [
        one for one in typed["positions"].replace("，", "、").replace(",", "、").split("、") if one.strip()
    ]
    found = []
    for code in codes:
        try:
            found.append(organisation.record(request.asker, code, request.now).held.position)
        except NotFound as error:
            raise Invalid({"positions": msg("没有这个岗位编码，请核对")}) from error
    actions.set_target(
        tenant,
        year=int(typed["year"]) if typed["year"].isdecimal() and len(typed["year"]) == len("2026") else 0,
        code=typed["code"],
        title=typed["title"],
        measure=typed["measure"],
        positions=found,
        by=request.asker,
        at=request.now,
    )


def _write(request: DoorRequest, position: Position, typed: Mapping[str, str]) -> None:
    lines = []
    for element in terms.Element:
        for row in typed[element.value].splitlines():
            if row.strip():
                text, _bar, measure = row.replace("｜", _BETWEEN).partition(_BETWEEN)
                lines.append(actions.Line(element.value, text.strip(), measure.strip()))
    try:
        actions.write_sheet(position, lines, by=request.asker, at=request.now)
    except Invalid as error:
        raise _by_element(error, lines) from error


def _by_element(error: Invalid, lines: Sequence[actions.Line]) -> Invalid:
    """The same refusal with its fields named as the form has them."""
    fields = {}
    for name, text in error.fields.items():
        parts = name.split(".")
        fields[lines[int(parts[1])].element if len(parts) > 1 else terms.Element.CONTENT.value] = text
    return Invalid(fields, code=error.code, clause=error.clause)


def _issue(request: DoorRequest, position: Position, typed: Mapping[str, str]) -> None:
    sheets = organisation.sheets_of(position)
    if not sheets:
        raise NotFound
    sheet = organisation.sheet(request.asker, position.code, sheets[0].version)
    actions.issue_sheet(sheet, since=_day(typed, "since"), by=request.asker, at=request.now)


def _appoint(request: DoorRequest, position: Position, typed: Mapping[str, str]) -> None:
    person = organisation.person(request.asker, chosen(request.asker, typed, "person"))
    actions.appoint(
        position,
        person,
        typed["part"],
        since=_day(typed, "since"),
        by=request.asker,
        at=request.now,
        reason=typed["reason"],
    )


def _competence(request: DoorRequest, position: Position, typed: Mapping[str, str]) -> None:
    person = organisation.person(request.asker, chosen(request.asker, typed, "person"))
    actions.record_competence(position, person, basis=typed["basis"], by=request.asker, at=request.now)


def _secret(request: DoorRequest, position: Position, typed: Mapping[str, str]) -> None:
    # The form says what it was for: sent twice it does the same, not the contrary.
    wanted = typed["wanted"] != OPEN
    if wanted != position.secret:
        actions.mark_secret(position, secret=wanted, reason=typed["reason"], by=request.asker, at=request.now)


def _secrecy(position: Position) -> tuple[Field, ...]:
    """The form as it is to be sent: what it makes of the position stands in it."""
    wanted, reason = SECRET
    return replace(wanted, initial=OPEN if position.secret else "secret"), reason


def _day(typed: Mapping[str, str], name: str) -> date:
    try:
        return moment(typed[name]).date()
    except ValueError as error:
        raise Invalid({name: msg("请填写日期")}) from error


def _as_typed(lines: Sequence[DutyLine]) -> dict[str, str]:
    """The lines of the last version as the form shows them."""
    found: dict[str, list[str]] = {one.value: [] for one in terms.Element}
    for line in lines:
        found[line.element].append(f"{line.text} {_BETWEEN} {line.measure}" if line.measure else line.text)
    return {name: "\n".join(rows) for name, rows in found.items()}


def _form(what: str, title: str, go: str, fields: Sequence[Field], tried: Tried) -> Form:
    """A form with what was typed into it, if it is the one that was tried."""
    mine = tried.what == what
    errors = phrases.field_errors(tried.error) if mine and tried.error else {}
    return Form(what, title, go, bind(fields, tried.typed if mine else None, errors, what), mine)


def _with_choices(fields: Sequence[Field], name: str, choices: Mapping[str, str]) -> list[Field]:
    return [replace(one, choices=choices) if one.name == name else one for one in fields]


def _loose(error: HuiyinError | None, forms: Sequence[Form]) -> phrases.Refusal | None:
    """The refusal itself where no field shows it."""
    if error is None or any(one.error for form in forms if form.open for one in form.fields):
        return None
    return phrases.refusal(error)


def _status(error: HuiyinError | None) -> int:
    return error.status if error else 200


_Run: TypeAlias = "Callable[[DoorRequest, Mapping[str, str]], None]"
_PostRun: TypeAlias = "Callable[[DoorRequest, Position, Mapping[str, str]], None]"
_BOOK_VERBS: Final[Mapping[str, tuple[Sequence[Field], _Run]]] = {
    "charge": (CHARGE, _charge),
    "target": (TARGET, _target),
}
_POST_VERBS: Final[Mapping[str, tuple[Sequence[Field], _PostRun]]] = {
    "sheet": (SHEET, _write),
    "issue": (ISSUE, _issue),
    "appoint": (APPOINT, _appoint),
    "competence": (COMPETENCE, _competence),
    "secret": (SECRET, _secret),
}
