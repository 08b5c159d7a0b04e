"""Signing in and out, and changing one's password."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Final

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.forms import Field, bind
from huiyin.doors.headers import client_address
from huiyin.doors.refusals import safe_next
from huiyin.organisation import actions as organisation
from huiyin.organisation import permissions
from huiyin.organisation.queries import resolve_login
from huiyin.rules.errors import Forbidden, HuiyinError, Invalid, msg
from huiyin.storage import limits

SIGN_IN: Final = "sign_in"
OLD_PASSWORD: Final = "old_password"  # noqa: S105 - what is counted
PASSWORD_FIELDS = (
    Field("old", msg("现在的密码"), "password", autocomplete="current-password"),
    Field(
        "password",
        msg("新密码"),
        "password",
        autocomplete="new-password",
        help=msg("至少12个字符，可以是几个词连成的一句话；不要用姓名、工号或常见密码。"),
    ),
    Field("again", msg("再输一次新密码"), "password", autocomplete="new-password"),
)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the sign-in page, and sign in."""
    going_to = safe_next(request, request.POST.get("next", request.GET.get("next", "")), reverse("desk:home"))
    typed = request.POST.get("login", "")
    fault, status = "", 200
    if request.method == "POST":
        fault = _throttled(SIGN_IN, client_address(request), timezone.now())
        status = 429 if fault else 422
        fault = fault or _enter(request, typed, request.POST.get("password", ""))
        if not fault:
            return redirect(going_to)
    context = {"typed": typed, "fault": fault, "next": going_to}
    return render(request, "desk/sign_in.html", context, status=status)


def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("desk:sign-in")


def password(request: DoorRequest) -> HttpResponse:
    """Change one's own password; whoever signed in with a temporary one must do it first."""
    errors: dict[str, str] = {}
    refusal = None
    if request.method == "POST":
        try:
            _change_password(request)
        except Invalid as error:
            errors = phrases.field_errors(error)
        except HuiyinError as error:
            refusal = phrases.refusal(error)
        else:
            messages.success(request, _("密码已修改，其他地方的登录已全部退出。"))
            return redirect("desk:home")
    account = request.user
    context = {
        "fields": bind(PASSWORD_FIELDS, {} if errors else None, errors),
        "refusal": refusal,
        "first_time": account.is_authenticated and account.must_change_password,
    }
    status = 422 if errors or refusal else 200
    return shell.page(request, "desk/password.html", context, status=status)


def _enter(request: HttpRequest, typed: str, secret: str) -> str:
    """Sign somebody in; return what to tell them when that cannot be."""
    now, named = timezone.now(), resolve_login(typed)
    account = authenticate(request, username=named, password=secret)
    if account is None:
        # An empty form guesses nothing.
        if named and secret:
            limits.note_wrong(SIGN_IN, address=client_address(request), target=named, at=now)
        return _("账号或密码不对")
    verdict = permissions.may_sign_in(account, now)
    if not verdict:
        return _(verdict.reason) % verdict.params
    try:
        organisation.use_temporary_password(account, now)
    except HuiyinError as error:
        return phrases.refusal(error).message
    login(request, account)
    organisation.seen(account, now)
    return ""


def _throttled(purpose: str, address: str, now: datetime) -> str:
    """What to tell an address that was wrong too often, whichever account it tried; "" while it was not."""
    minutes = math.ceil(limits.address_wait(purpose, address=address, at=now) / 60)
    if not minutes:
        return ""
    return ngettext("输错次数过多，请过%(count)s分钟再试", "输错次数过多，请过%(count)s分钟再试", minutes) % {
        "count": minutes
    }


def _change_password(request: DoorRequest) -> None:
    account = request.user
    if not account.is_authenticated:
        raise TypeError("the gate lets only signed-in people through")
    # Whoever has somebody's open session does not find out the password by trying.
    mine = str(account.pk)
    wait = _throttled(OLD_PASSWORD, mine, request.now)
    if wait:
        raise HuiyinError(wait, code="too_many")
    fresh = request.POST.get("password", "")
    if fresh != request.POST.get("again", ""):
        raise Invalid({"again": msg("两次输入的新密码不一致")})
    try:
        organisation.set_password(
            account, fresh, old=request.POST.get("old", ""), by=request.asker, at=request.now
        )
    except Forbidden as error:
        if error.code == "wrong_password":
            limits.note_wrong(OLD_PASSWORD, address=mine, target=mine, at=request.now)
        raise
    update_session_auth_hash(request, account)
