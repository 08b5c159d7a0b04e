"""Every address says who may use it.

A door builds its `urlpatterns` with `route`, or passes patterns that a library
made through `declare`. The gate, a middleware, refuses any view that came
another way, so an address without a declaration is closed, not open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import update_wrapper
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone

from huiyin.doors import refusals
from huiyin.organisation.permissions import KEEPERS
from huiyin.organisation.queries import Asker, asker_for_account, asker_for_token
from huiyin.rules import supervising
from huiyin.rules.errors import Forbidden, HuiyinError, msg

View = Callable[..., HttpResponseBase]


class Who(StrEnum):
    """Who may use an address; what they then see is decided row by row by the queries."""

    PUBLIC = "public"
    """Anybody, signed in or not."""
    STAFF = "staff"
    """Anybody who is signed in."""
    LEADERS = "leaders"
    """Heads of section, leaders in charge, main leaders, the efficiency office, and bodies that watch."""
    ADMINISTRATOR = "administrator"
    """System administrators of the office."""
    KEEPERS = "keepers"
    """Who keeps the office's calendar: administrators, the office clerk and the efficiency office."""
    TOKEN = "token"  # noqa: S105 - a kind of caller
    """Programs with a token of their own."""


LEADING: Final = frozenset({"head", "leader_in_charge", "main_leader"})


@dataclass(frozen=True, slots=True)
class Access:
    """The declaration of one address.

    `methods` are those it answers (HEAD goes with GET; None leaves it to the
    view). `newcomers` may use it before they have changed their first password.
    """

    who: Who
    methods: tuple[str, ...] | None = ("GET",)
    newcomers: bool = False


class DoorRequest(HttpRequest):
    """A request that passed the gate.

    `now` is the one reading of the clock for it. `asker` is who asks; pages
    for the public have none.
    """

    now: datetime
    asker: Asker


class Declared:
    """A view together with its declaration."""

    def __init__(self, view: View, access: Access) -> None:
        """Keep the marks that others put on the view, such as an exemption from form tokens."""
        update_wrapper(self, view)
        self._view = view
        self.access = access

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Call the view."""
        return self._view(request, *args, **kwargs)


class Undeclared(ImproperlyConfigured):
    """An address leads to a view that nobody declared; build it with `route`."""


def route(
    pattern: str,
    view: View,
    *,
    name: str,
    who: Who,
    methods: Iterable[str] = ("GET",),
    newcomers: bool = False,
) -> URLPattern:
    """Return the address of a view with who may use it and with which methods."""
    return path(pattern, Declared(view, Access(who, tuple(methods), newcomers)), name=name)


def declare(
    patterns: Iterable[URLPattern | URLResolver], who: Who | Callable[[str], Who]
) -> list[URLPattern | URLResolver]:
    """Declare patterns that a library made; `who` may decide by the pattern's name.

    The views choose their methods themselves. Patterns already declared stay as they are.
    """
    found = list(patterns)
    for pattern in found:
        if isinstance(pattern, URLResolver):
            declare(pattern.url_patterns, who)
        elif not isinstance(pattern.callback, Declared):
            chosen = who(pattern.name or "") if callable(who) else who
            pattern.callback = Declared(pattern.callback, Access(chosen, None))
    return found


class Gate:
    """Lets a request through to a view as the view's declaration says, and says no readably."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Take what comes after."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Read the clock once, then go on."""
        request.now = timezone.now()  # type: ignore[attr-defined]
        return self._get_response(request)

    def process_view(
        self, request: DoorRequest, view: View, _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Refuse what may not pass; put `asker` on what may."""
        if not isinstance(view, Declared):
            if getattr(settings, "UNDECLARED_VIEWS_RAISE", False):
                raise Undeclared(f"{request.path} leads to {view!r} without a declaration")
            return refusals.not_found(request)
        access = view.access
        if access.methods is not None and not _answers(access.methods, request.method or ""):
            return refusals.not_allowed(request, access.methods)
        if access.who is Who.PUBLIC:
            return None
        if access.who is Who.TOKEN:
            return _program(request)
        return _person(request, access)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer a refusal that the view did not answer itself."""
        return refusals.answer(request, error) if isinstance(error, HuiyinError) else None


def _answers(methods: tuple[str, ...], method: str) -> bool:
    return method in methods or (method == "HEAD" and "GET" in methods)


def _program(request: DoorRequest) -> HttpResponseBase | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    asker = asker_for_token(token.strip(), request.now) if scheme.lower() == "bearer" else None
    if asker is None:
        return refusals.no_token(request)
    request.asker = asker
    return None


def _person(request: DoorRequest, access: Access) -> HttpResponseBase | None:
    account = request.user
    if not account.is_authenticated:
        return refusals.sign_in_first(request)
    try:
        request.asker = asker_for_account(account, request.now)
    except Forbidden:
        logout(request)
        return refusals.sign_in_first(request)
    if account.must_change_password and not access.newcomers:
        return redirect(reverse("desk:password"))
    if not may_enter(access.who, request.asker):
        return refusals.answer(request, _closed(access.who))
    return None


def may_enter(who: Who, asker: Asker) -> bool:
    """Say whether a signed-in person may use addresses of this kind."""
    if who is Who.LEADERS:
        return bool(asker.ranks & LEADING or asker.roles & {"efficiency_office", *supervising.ROLES.values()})
    if who is Who.ADMINISTRATOR:
        return "administrator" in asker.roles
    if who is Who.KEEPERS:
        return bool(asker.roles & KEEPERS)
    return who in {Who.STAFF, Who.PUBLIC}


def _closed(who: Who) -> Forbidden:
    if who is Who.LEADERS:
        return Forbidden(
            msg("此页供科室负责人、领导和效能办使用"),
            code="leaders_only",
            remedy=msg("如需查看，请联系本科室负责人。"),
        )
    if who is Who.KEEPERS:
        return Forbidden(
            msg("此页供系统管理员、办公室文书和效能办使用"),
            code="keepers_only",
            remedy=msg("如需调整放假安排，请联系本单位办公室。"),
        )
    return Forbidden(
        msg("此页供系统管理员使用"),
        code="administrators_only",
        remedy=msg("如需办理，请联系本单位系统管理员。"),
    )
