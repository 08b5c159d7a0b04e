"""Signing in and out, and changing one's password."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.desk import shell
from huiyin.doors.forms import Field, bind
from huiyin.doors.refusals import safe_next
from huiyin.organisation import actions as organisation
from huiyin.organisation import permissions
from huiyin.organisation.queries import resolve_login
from huiyin.rules.errors import HuiyinError, Invalid, msg

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
    fault = ""
    if request.method == "POST":
        fault = _enter(request, typed, request.POST.get("password", ""))
        if not fault:
            return redirect(going_to)
    context = {"typed": typed, "fault": fault, "next": going_to}
    return render(request, "desk/sign_in.html", context, status=422 if fault else 200)


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
    account = authenticate(request, username=resolve_login(typed), password=secret)
    if account is None:
        return _("账号或密码不对")
    now = timezone.now()
    verdict = permissions.may_sign_in(account, now)
    if not verdict:
        return _(verdict.reason) % verdict.params
    login(request, account)
    organisation.seen(account, now)
    return ""


def _change_password(request: DoorRequest) -> None:
    account = request.user
    if not account.is_authenticated:
        raise TypeError("the gate lets only signed-in people through")
    fresh = request.POST.get("password", "")
    if fresh != request.POST.get("again", ""):
        raise Invalid({"again": msg("两次输入的新密码不一致")})
    organisation.set_password(
        account, fresh, old=request.POST.get("old", ""), by=request.asker, at=request.now
    )
    update_session_auth_hash(request, account)
