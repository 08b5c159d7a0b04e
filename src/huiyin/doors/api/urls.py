"""Addresses of the API, each with who may use it."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huiyin.doors.access import Access, Declared, Who, route
from huiyin.doors.api import reference
from huiyin.doors.api.answering import answering, nothing_here
from huiyin.doors.api.api import api

PUBLIC = frozenset({"track", "rate", "ask_return_as_applicant", "withdraw_as_applicant"})
_NOTHING = Declared(answering(nothing_here), Access(Who.PUBLIC, None))


def _operations() -> list[URLPattern | URLResolver]:
    """Return the addresses that ninja made, declared; its own root answers nothing and is left out."""
    found: list[URLPattern | URLResolver] = []
    for pattern in api.urls[0]:
        if not isinstance(pattern, URLPattern) or pattern.name == "api-root":
            continue
        who = Who.PUBLIC if pattern.name in PUBLIC else Who.TOKEN
        pattern.callback = Declared(answering(pattern.callback), Access(who, None))
        found.append(pattern)
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    route("openapi.json", reference.description, name="openapi", who=Who.PUBLIC),
    route("docs", reference.page, name="docs", who=Who.PUBLIC),
    *_operations(),
    path("", _NOTHING, name="nothing"),
    path("<path:rest>", _NOTHING, name="nothing-below"),
]
