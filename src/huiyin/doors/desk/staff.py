"""People, their accounts and functions, positions with A and B, absences: for administrators."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from axes.utils import reset
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.desk.people import chosen
from huiyin.doors.desk.receipts import uuid_or_not_found
from huiyin.doors.forms import Field, bind, moment, read
from huiyin.matters import actions as matters
from huiyin.organisation import actions, terms
from huiyin.organisation import queries as organisation
from huiyin.rules.errors import HuiyinError, Invalid, NotFound, msg

TABS: Final = (
    ("people", "staff", msg("人员与账号")),
    ("posts", "posts", msg("岗位与A/B岗")),
    ("powers", "powers", msg("否定权限")),
    ("absences", "absences", msg("离岗登记")),
    ("tokens", "tokens", msg("接口令牌")),
    ("imports", "imports", msg("批量导入")),
    ("office", "office", msg("单位信息")),
)
ABSENCE: Final = (
    Field("person", msg("人员"), "person"),
    Field("kind", msg("离岗事由"), "select", choices={one.value: one.label for one in terms.AbsenceKind}),
    Field("starts_at", msg("开始"), "datetime-local"),
    Field("ends_at", msg("结束"), "datetime-local"),
    Field("head_covers", msg("科室负责人代管"), "checkbox", required=False),
    Field(
        "why_unbriefed",
        msg("来不及交接的原因"),
        required=False,
        max_length=200,
        help=msg("制度要求离岗前交接、而人已离岗没有交接的，须写明原因。"),
    ),
)
_BACK: Final = timedelta(days=31)
_AHEAD: Final = timedelta(days=180)


def page(request: DoorRequest, tab: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with one of the administrator's pages, with the tabs to the others."""
    more = {"tabs": [(name, address, _(label)) for name, address, label in TABS], "tab": tab}
    return shell.page(request, f"desk/staff_{tab}.html", {**more, **context}, here="staff", status=status)


def people(request: DoorRequest, context: dict[str, Any] | None = None, status: int = 200) -> HttpResponse:
    """Show everybody with their posts, functions and account."""
    found = organisation.directory(request.asker, request.now)
    office = organisation.tenant(request.asker.tenant_id)
    more = {
        "people": found,
        "roles": [(one.value, one.label) for one in organisation.functions(office, request.now)],
        "unfilled": [
            (terms.Duty(one.role).label, one.clause) for one in organisation.unfilled(office, request.now)
        ],
        **(context or {}),
    }
    return page(request, "people", more, status=status)


def account(request: DoorRequest) -> HttpResponse:
    """Make an account, give a new one-time password, close or reopen; the password shows this once."""
    person_id = uuid_or_not_found(request.POST.get("person", ""))
    try:
        login, secret = _change_account(request, person_id, request.POST.get("what", ""))
    except NotFound:
        raise
    except HuiyinError as error:
        return people(request, {"refusal": phrases.refusal(error)}, error.status)
    if secret:
        return people(request, {"secret": secret, "secret_of": login, "shown_once": True})
    messages.success(request, _("%(login)s 的账号已更新。") % {"login": login})
    return redirect("desk:staff")


def role(request: DoorRequest) -> HttpResponse:
    """Give a person a function, or take it back."""
    asker, now = request.asker, request.now
    person = organisation.person(asker, uuid_or_not_found(request.POST.get("person", "")))
    wanted = request.POST.get("role", "")
    try:
        if request.POST.get("what") == "revoke":
            actions.revoke_role(person, wanted, by=asker, at=now)
        else:
            actions.grant_role(person, wanted, by=asker, at=now)
    except HuiyinError as error:
        return people(request, {"refusal": phrases.refusal(error)}, error.status)
    messages.success(request, _("%(name)s 的职能已更新。") % {"name": person.name})
    return redirect("desk:staff")


def posts(request: DoorRequest) -> HttpResponse:
    """Show every position with its A, its B and who is on duty."""
    board = organisation.duty_board(request.asker.tenant_id, request.now)
    ranks = dict(terms.Rank.choices)
    rows = [{"held": one, "rank": ranks[one.position.rank]} for one in board]
    return page(request, "posts", {"rows": rows})


def absences(request: DoorRequest) -> HttpResponse:
    """Show who is away, was in the past month or will be, and record an absence."""
    typed: dict[str, str] | None = None
    errors: dict[str, str] = {}
    refusal = None
    if request.method == "POST":
        typed = read(ABSENCE, request.POST)
        try:
            _record_absence(request, typed)
        except NotFound:
            raise
        except Invalid as error:
            errors = phrases.field_errors(error)
        except HuiyinError as error:
            refusal = phrases.refusal(error)
        else:
            messages.success(request, _("离岗已登记，其间的事由B岗顶岗。"))
            return redirect("desk:absences")
    since, until = request.now - _BACK, request.now + _AHEAD
    kinds = dict(terms.AbsenceKind.choices)
    rows = [
        {
            "absence": one,
            "kind": kinds[one.kind],
            "running": one.cancelled_at is None and one.ends_at > request.now,
            "over": one.cancelled_at is None and one.ends_at <= request.now,
        }
        for one in organisation.absences(request.asker, since=since, until=until)
    ]
    fields = bind(ABSENCE, typed, errors)
    context = {"rows": rows, "fields": fields, "refusal": refusal}
    return page(request, "absences", context, status=422 if errors or refusal else 200)


def cancel_absence(request: DoorRequest, absence_id: UUID) -> HttpResponse:
    """End an absence now."""
    absence = organisation.absence(request.asker, absence_id)
    actions.cancel_absence(absence, by=request.asker, at=request.now)
    messages.success(request, _("离岗已结束，事情转回本人。"))
    return redirect("desk:absences")


def _change_account(request: DoorRequest, person_id: UUID, what: str) -> tuple[str, str]:
    """Do one thing to a person's account; return its sign-in name and the new password, if there is one."""
    if what == "create":
        person = organisation.person(request.asker, person_id)
        made, secret = actions.create_account(person, by=request.asker, at=request.now)
        return made.login, secret
    known = organisation.account_of(request.asker, person_id)
    if known is None:
        raise NotFound
    if what == "reset":
        made, secret = actions.reset_password(known, by=request.asker, at=request.now)
        # Guesses at the old password say nothing about the new one.
        reset(username=made.login)
        return made.login, secret
    actions.set_account_active(known, active=what == "reopen", by=request.asker, at=request.now)
    return known.login, ""


def _record_absence(request: DoorRequest, typed: dict[str, str]) -> None:
    wrong: dict[str, str] = {}
    try:
        person = organisation.person(request.asker, chosen(request.asker, typed, "person"))
    except Invalid as error:
        wrong |= error.fields
    starts, ends = (_moment(typed[name], name, wrong) for name in ("starts_at", "ends_at"))
    if wrong or starts is None or ends is None:
        raise Invalid(wrong)
    matters.go_away(
        person,
        starts_at=starts,
        ends_at=ends,
        kind=typed["kind"],
        head_covers=typed["head_covers"] == "on",
        why_unbriefed=typed["why_unbriefed"],
        by=request.asker,
        at=request.now,
    )


def _moment(text: str, name: str, wrong: dict[str, str]) -> datetime | None:
    """Read a moment as the office's clock shows it."""
    try:
        return moment(text)
    except ValueError:
        wrong[name] = msg("请填写日期和时间")
        return None
