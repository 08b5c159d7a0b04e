"""Who may use what: every address with every caller, against one reviewed table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from unittest import mock

import pytest
import yaml
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, path

from huiyin.doors.access import Declared, Undeclared, Who, declare, may_enter, route
from huiyin.doors.desk import shell
from huiyin.matters.models import Matter
from huiyin.organisation.queries import Asker
from tests.doors import walk
from tests.doors.canaries import offices_in
from tests.doors.walk import CALLERS, World
from tests.factories import AT, make_office

TABLE = Path(__file__).with_name("access_table.yaml")
FEW = ("nobody", "main_leader", "administrator", "other administrator")
WRITES = re.compile(r"\s*(insert|update|delete|replace)\b(?!.*django_session)", re.IGNORECASE | re.DOTALL)


@pytest.fixture
def world(db: None, settings: object) -> Iterator[World]:
    """Everything at one moment of a working day, and nobody locked out for trying.

    What waits behind the menu is counted once for each person: thousands of calls show the same numbers.
    """
    settings.AXES_ENABLED = False  # type: ignore[attr-defined]
    counted = cache(shell.waiting)
    with (
        mock.patch("huiyin.doors.access.timezone.now", return_value=AT),
        mock.patch("huiyin.doors.desk.shell.waiting", side_effect=counted),
    ):
        yield walk.make_world()


@pytest.mark.once
def test_every_address_answers_every_caller_as_the_table_says(world: World) -> None:
    table = _table()
    faults, seen, leaks = [], set(), []
    for one in walk.addresses():
        for method in one.methods:
            entry = one.name if one.name in table else f"{one.name} {method}"
            seen.add(entry)
            expected = table.get(entry, {})
            for caller in FEW if one.wants_token else CALLERS:
                answer = world.call(one, method, caller)
                if answer.status_code != expected.get(caller) or answer.status_code >= 500:
                    faults.append(f"{one.name} {method} as {caller}: {answer.status_code}")
                if _leaks(caller, answer):
                    leaks.append(f"{entry} to {caller}")
    assert not faults, "\n".join(["not as the table says:", *faults])
    assert not leaks, "\n".join(["another office's data:", *leaks])
    assert not set(table) - seen, "the table has entries for addresses that do not exist"


def test_reading_writes_nothing(world: World) -> None:
    for one in walk.addresses():
        if "GET" not in one.methods:
            continue
        for caller in ("clerk", "main_leader", "administrator"):
            assert world.call(one, "GET", caller).status_code < 500, (one.name, caller)
            with CaptureQueriesContext(connection) as captured:
                world.call(one, "GET", caller)
            written = [query["sql"] for query in captured if WRITES.match(query["sql"] or "")]
            assert not written, (one.name, caller, written)


def test_an_unfiltered_list_is_caught_by_its_canaries(world: World) -> None:
    (listing,) = [one for one in walk.addresses() if one.name == "desk:matters"]
    assert not _leaks("clerk", world.call(listing, "GET", "clerk"))
    everything = mock.patch(
        "huiyin.matters.queries.lists.visible_to", side_effect=lambda _: Matter.objects.all()
    )
    with everything:
        assert _leaks("clerk", world.call(listing, "GET", "clerk"))
    (workbook,) = [one for one in walk.addresses() if one.name == "desk:export"]
    with everything:
        assert _leaks("main_leader", world.call(workbook, "GET", "main_leader"))


def test_an_address_without_a_declaration_is_found_and_closed(db: None, settings: object) -> None:
    def planted(_: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    urls = ModuleType("planted_urls")
    urls.urlpatterns = [  # type: ignore[attr-defined]
        path("planted/", planted, name="planted"),
        route("declared/", planted, name="declared", who=Who.PUBLIC),
    ]
    urls.handler404 = "huiyin.doors.refusals.not_found"  # type: ignore[attr-defined]
    assert walk.undeclared(walk.addresses()) == []
    assert walk.undeclared(walk.addresses(urls.urlpatterns)) == ["planted"]

    settings.ROOT_URLCONF = urls  # type: ignore[attr-defined]
    assert Client().get("/declared/").content == b"open"
    with pytest.raises(Undeclared):
        Client().get("/planted/")
    settings.UNDECLARED_VIEWS_RAISE = False  # type: ignore[attr-defined]
    with mock.patch("huiyin.doors.refusals.not_found", return_value=HttpResponse(status=404)):
        assert Client().get("/planted/").status_code == 404


@pytest.mark.once
def test_other_methods_are_refused_before_anything_else(world: World) -> None:
    for one in walk.addresses():
        if one.name.startswith("api:"):
            continue
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - set(one.methods):
            answer = world.client("clerk").generic(method, world.address(one))
            assert answer.status_code == 405, (one.name, method)


def test_head_goes_with_get(world: World) -> None:
    assert world.client("clerk").head("/desk/").status_code == 200
    assert world.client("clerk").head("/desk/whose/").status_code == 405


def test_patterns_of_a_library_are_declared_one_by_one() -> None:
    def view(_: HttpRequest) -> HttpResponse:
        return HttpResponse()

    patterns: list[URLPattern] = [path("a/", view, name="a"), path("b/", view, name="b")]
    declare(patterns, lambda name: Who.PUBLIC if name == "a" else Who.TOKEN)
    assert _kinds(patterns) == [Who.PUBLIC, Who.TOKEN]
    declare(patterns, Who.STAFF)
    assert _kinds(patterns) == [Who.PUBLIC, Who.TOKEN]


@pytest.mark.parametrize(
    ("key", "leaders", "administrator"),
    [
        ("clerk", False, False),
        ("head", True, False),
        ("efficiency_office", True, False),
        ("administrator", False, True),
    ],
)
def test_kinds_of_people(db: None, key: str, leaders: bool, administrator: bool) -> None:
    asker: Asker = make_office().asker(key)
    assert may_enter(Who.STAFF, asker)
    assert may_enter(Who.LEADERS, asker) is leaders
    assert may_enter(Who.ADMINISTRATOR, asker) is administrator
    assert not may_enter(Who.TOKEN, asker)


def _kinds(patterns: list[URLPattern]) -> list[Who]:
    return [one.callback.access.who for one in patterns if isinstance(one.callback, Declared)]


def _table() -> dict[str, dict[str, int]]:
    raw = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    return {entry: dict(zip(CALLERS, _row(str(text)), strict=True)) for entry, text in raw.items()}


def _row(text: str) -> list[int]:
    """Read "302 | 200 200 404 200 200 403 | 404"; one number stands for its whole part, or for everybody."""
    parts = [part.split() for part in text.split("|")]
    if len(parts) == 1:
        return [int(text)] * len(CALLERS)
    nobody, own, other = parts
    return [
        int(status) for part in (nobody, own * (6 // len(own)), other * (6 // len(other))) for status in part
    ]


def _leaks(caller: str, answer: HttpResponse) -> bool:
    """Whether somebody signed in sees anything of the other office; pages for the public belong to both."""
    if caller == "nobody" or not answer.wsgi_request.path.startswith("/desk/"):  # type: ignore[attr-defined]
        return False
    own = "linzhen" if caller.startswith("other ") else "zhaogong"
    return bool(offices_in(answer) - {own})
