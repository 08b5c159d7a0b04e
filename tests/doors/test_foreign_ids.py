"""What is another office's is answered as what is not there, to the byte, whichever way it is named.

The addresses come from the URL table and the operations from the description, so a new one is called here
without a line for it; one that takes something new from its path, or takes a form with it, fails until
the table below says what. One office works by the township's rulebook, the other, whose people ask, by the
commission's. Each check has its control: those whose it is are answered otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast
from unittest import mock
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from huiyin.catalogue import actions as catalogue
from huiyin.doors.desk.steps import STEPS
from huiyin.doors.forms import Field
from huiyin.doors.portal import progress, receipts
from huiyin.matters import actions
from huiyin.matters.actions import By
from huiyin.matters.models import Briefing
from huiyin.matters.steps import Paper
from huiyin.organisation import actions as organisation
from huiyin.rules.identifiers import receipt_number
from huiyin.rules.vocabulary import Limit, Unit
from tests import lasting
from tests.doors import walk
from tests.doors.api import samples
from tests.doors.api.programs import Program, refused
from tests.doors.canaries import offices_in
from tests.doors.portal.citizen import Citizen, pair
from tests.doors.walk import ROLES, Address, World
from tests.factories import AT, SINCE, Office, make_office

PARTS = range(6)
"""The tables are walked in parts, each a test of its own."""
NO_OBJECTS: Final = frozenset(
    {"errand", "kind", "name", "verb", "rest", "what", "act", "way", "form", "ending", "slug"}
)
"""What an address may take that is no object of an office: kinds of things, and the office itself."""

SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "desk:position-act": {"what": "secret", "wanted": "on", "reason": "涉密"},
    "desk:handover-back": {},
    "desk:handover-step-in": {},
    "desk:handover-write": {"things": "印章", "notes": "无"},
    "desk:handover-sign": {},
    "desk:amendment-decide": {"why": "依据不足"},
    "desk:amend": {"since": "2026-12-01", "reason": "会议决定", "zh": "另行规定"},
    "desk:board-post": {"place": "大厅", "day": "2026-01-05"},
    "desk:posting-down": {},
    "desk:promise": {"duties": "职责", "content": "内容", "standards": "标准", "powers": "权限"},
    "desk:promise-act": {"why": "重复"},
    "desk:item-edit": {"name": "改名", "statutory": "20", "confirm": "yes"},
    "desk:item-give": {},
    "desk:item-post": {"place": "大厅", "day": "2026-01-05"},
    "desk:opinion": {"finding": "substantiated", "result": "已整改"},
    "desk:power-lift": {},
    "desk:calendar-decide": {"why": "依据不足"},
    "desk:absence-cancel": {},
    "desk:token-revoke": {},
    "portal:apply": {"applicant_name": "孙申请", "applicant_phone": "13812345678"},
    "portal:ask-about": {"summary": "怎么办", "applicant_phone": "13812345678"},
}
"""What is sent with a form whose address names an object: lawful words, so that nothing else is wrong."""

NAMED: Final[tuple[tuple[str, str, Mapping[str, str]], ...]] = (
    ("administrator", "desk:staff-account", {"person": "{person_id}", "what": "create"}),
    ("administrator", "desk:staff-role", {"person": "{person_id}", "role": "office_clerk"}),
    (
        "administrator",
        "desk:absences",
        {
            "person": "{person_id}",
            "kind": "leave",
            "starts_at": "2026-01-06T09:00",
            "ends_at": "2026-01-06T17:00",
        },
    ),
    (
        "administrator",
        "desk:token-issue",
        {"person": "{person_id}", "name": "大屏", "expires_at": "2026-03-01", "rights": "read"},
    ),
    ("administrator", "desk:powers", {"position": "{position_id}", "item": ""}),
    ("administrator", "desk:powers", {"item": "{item_id}", "position": ""}),
    (
        "administrator",
        "desk:positions-change",
        {"what": "target", "year": "2026", "code": "T1", "title": "目标", "positions": "{post}"},
    ),
    (
        "administrator",
        "desk:positions-change",
        {"what": "charge", "unit": "{whose}", "text": "职责"},
    ),
    (
        "administrator",
        "desk:item-add",
        {"position": "{position_id}", "code": "N-1", "name": "新事项", "statutory": "9"},
    ),
    ("clerk", "desk:begin", {"pick": "item:{item_id}", "q": "低保"}),
    ("clerk", "desk:begin", {"pick": "person:{person_id}", "q": "低保"}),
    (
        "clerk",
        "desk:register",
        {
            "kind": "application",
            "channel": "counter",
            "item": "{code}",
            "summary": "申请",
            "nature": "business",
        },
    ),
    (
        "clerk",
        "desk:document-order",
        {
            "title": "报告",
            "recipient": "县政府",
            "book": "official",
            "genre": "letter",
            "drafter": "{person_id}",
        },
    ),
    ("clerk", "desk:item-give", {"number": "{number}"}),
)
"""Objects that a form names: who of the other office sends which."""

OPENED: Final = frozenset(
    f"portal:{name}"
    for name in ("track", "receipt", "receipt-pdf", "paper-pdf", "rate", "ask-return", "withdraw")
)
"""Addresses of the portal that number and code open."""
NOT_OPENED: Final = frozenset(
    f"portal:{name}" for name in ("display", "opinions", "opinion", "ask", "report")
)
"""Forms of the portal that name no object; for the opinion book see test_opinions.py."""
FINDERS: Final = ("clerk", "main_leader", "efficiency_office", "administrator")
"""Who between them find every object of their office."""
OFF_HERE: Final = frozenset({"desk:handover-write"})
"""What the owning office's rulebook does not know."""

NOT_HERE: Final = samples.KEEPERS | {"take_in"}
"""Operations that the asking main leader may not use, or the commission's rulebook does not know."""


@dataclass
class Two:
    """Whose the objects are, whose people ask, and the names of what there is and what there is not."""

    world: World
    theirs: dict[str, str]
    nowhere: dict[str, str]
    pairs: dict[str, tuple[str, str]]
    paper: str
    programs: dict[str, Program] = field(default_factory=dict)

    @property
    def asking(self) -> Office:
        """The office whose people ask."""
        return self.world.own

    @property
    def owning(self) -> Office:
        """The office whose the objects are."""
        return self.world.other

    def masked(self, answer: HttpResponse) -> tuple[int, str, dict[str, str]]:
        """An answer without what was named and without what is new in every answer."""
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        text = body.decode("utf-8", "replace")
        headers = {name: value for name, value in answer.items() if name != "Content-Length"}
        location = headers.pop("Location", "")
        named = {
            *self.theirs.values(),
            *self.nowhere.values(),
            *(number for number, _ in self.pairs.values()),
        }
        for one in sorted((one for one in named if len(one) > 3), key=len, reverse=True):
            text, location = text.replace(one, "§"), location.replace(one, "§")
        return answer.status_code, _FRESH.sub("§", text), {**_steady(headers), "Location": location}


_FRESH: Final = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r'|(?<=name="csrfmiddlewaretoken" value=")[^"]+|(?<=nonce=")[^"]+|(?<="X-CSRFToken":")[^"]+'
)


def _steady(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: _NONCE.sub("§", value) for name, value in headers.items()}


_NONCE: Final = re.compile(r"'nonce-[^']+'")


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[Two]:
    """Both offices; of the township's one of everything, besides what only it calls so."""
    with django_db_blocker.unblock(), lasting.undone(), _clock():
        owning, asking = make_office("zhaogong"), make_office("linzhen", rulebook="commission")
        theirs = {**walk.objects_of(owning), **_own_names(owning)}
        for office in (owning, asking):
            for who in ROLES:
                office.account(who)
        applied = pair(Citizen(owning).apply())
        lacking = [Paper("居民户口簿", present=True), Paper("收入证明", present=False)]
        actions.check_materials(By(owning.asker("clerk"), AT, "lacks"), applied[0], found=lacking)
        told = actions.issue_notice(
            By(owning.asker("clerk"), AT, "told"), applied[0], supplement_how="到窗口"
        )
        two = Two(
            World(asking, owning, parts={"theirs": theirs}),
            theirs,
            {**theirs, **{part: _unknown(part, value) for part, value in theirs.items()}},
            {"theirs": applied, "nowhere": (receipt_number("LINZ", 2026, 999999), "0" * 10)},
            told.documents[0],
            {who: Program(asking, who) for who in ("main_leader", "clerk")},
        )
        two.world.parts["nowhere"] = two.nowhere
        two.programs["control"] = Program(owning, "main_leader")
        yield two


@pytest.fixture
def two(made: Two, db: None, settings: Any) -> Iterator[Two]:
    """Both offices at ten o'clock; nobody is locked out for trying.

    The menu around a refusal counts what waits for whoever asks, whatever they named: it is left out.
    """
    settings.AXES_ENABLED = False
    with _clock(), mock.patch.dict("huiyin.doors.refusals._FRAMES", clear=True):
        yield made


def _clock() -> Any:
    return mock.patch("huiyin.doors.access.timezone.now", return_value=AT)


def _own_names(office: Office) -> dict[str, str]:
    """What only this office calls so: a unit with its promise, a position, an item, a clause."""
    by, name, code = organisation.OPERATOR, f"别处没有{office.canary}", "NUR-HIER"
    unit = organisation.add_unit(office.tenant, code=code, name=name, by=by, at=AT)
    position = organisation.add_position(unit, code=code, title=name, rank="clerk", duties=name, by=by, at=AT)
    organisation.appoint(position, office.people["clerk"], "A", since=SINCE, by=by, at=AT)
    days = Limit(9, Unit.WORKING_DAY)
    item = catalogue.add_item(position, code=code, name=name, statutory=days, by=by, at=AT)
    said = dict.fromkeys(("duties", "powers", "content", "standards"), f"承诺{office.canary}")
    asker = office.asker("efficiency_office")
    promise = catalogue.draft_commitment(office.tenant, unit, said=said, by=asker, at=AT)
    catalogue.publish_commitment(promise, by=asker, at=AT)
    return {
        "post": position.code,
        "position_id": str(position.id),
        "code": item.code,
        "item_id": str(item.id),
        "unit_code": unit.code,
        "whose": str(unit.id),
        "clause_id": "p4.time-limit.8.b",
    }


def _unknown(part: str, value: str) -> str:
    """A name of the same form that nothing has."""
    if part in NO_OBJECTS:
        return value
    if re.fullmatch(r"[0-9a-f-]{36}", value):
        return str(uuid4())
    return {"number": receipt_number("LINZ", 2026, 999999), "clause_id": "p9.nothing.1"}.get(
        part, "KEIN-DING"
    )


def _desk(part: int) -> list[Address]:
    found = [one for one in walk.addresses() if one.name.startswith("desk:") and one.takes - NO_OBJECTS]
    return found[part :: len(PARTS)]


@pytest.mark.parametrize("part", PARTS)
def test_at_the_desk(two: Two, part: int) -> None:
    for one in _desk(part):
        for method in one.methods:
            said = SAID[one.name] if method == "POST" and one.name != "desk:verb" else {}
            seen = set()
            for who in FINDERS:
                answers = [_called(two, (one, method), who, whose, said) for whose in ("theirs", "nowhere")]
                assert two.masked(answers[0]) == two.masked(answers[1]), (one.name, method, who)
                assert offices_in(answers[0]) <= {two.asking.tenant.slug}, (one.name, method, who)
                seen.add(answers[0].status_code)
            assert 404 in seen, (one.name, method, seen)


@pytest.mark.parametrize("part", PARTS)
def test_those_whose_it_is_are_answered_otherwise(two: Two, part: int) -> None:
    """The control: had the names been wrong, nobody would have found anything."""
    for one in _desk(part):
        if one.name in OFF_HERE:
            continue
        for method in one.methods:
            said = SAID[one.name] if method == "POST" and one.name != "desk:verb" else {}
            asked = (_called(two, (one, method), f"other {who}", "theirs", said) for who in FINDERS)
            assert any(answer.status_code != 404 for answer in asked), (one.name, method)


def test_a_look_up_that_does_not_ask_whose_it_is_would_be_caught(two: Two) -> None:
    (address,) = [one for one in walk.addresses() if one.name == "desk:handover"]
    anybodys = mock.patch(
        "huiyin.doors.desk.handovers.matters.briefing",
        side_effect=lambda _, briefing_id: Briefing.objects.get(id=briefing_id),
    )
    with anybodys:
        answer = _called(two, (address, "GET"), "clerk", "theirs", {})
    assert answer.status_code == 200
    assert two.owning.tenant.slug in offices_in(answer)


@pytest.mark.parametrize("part", PARTS)
def test_with_every_step_on_a_matter(two: Two, part: int) -> None:
    (address,) = [one for one in walk.addresses() if one.name == "desk:verb"]
    to = str(two.asking.people["second_clerk"].id)
    for verb, step in list(STEPS.items())[part :: len(PARTS)]:
        typed = {one.name: _typed(one, to) for one in step.fields}
        for names in (two.theirs, two.nowhere):
            names["verb"] = verb
        answers = [_called(two, (address, "POST"), "clerk", whose, typed) for whose in ("theirs", "nowhere")]
        assert two.masked(answers[0]) == two.masked(answers[1]), verb
        assert answers[0].status_code == 404, verb


def test_named_in_a_form(two: Two) -> None:
    addresses = {one.name: one for one in walk.addresses()}
    two.world.parts["own"] = {"item_id": str(two.asking.items["DB-1"].id)}
    for who, name, said in NAMED:
        answers = []
        for names in (two.theirs, two.nowhere):
            typed = {field: text.format_map(names) for field, text in said.items()}
            answers.append(_called(two, (addresses[name], "POST"), who, "own", typed))
        assert two.masked(answers[0]) == two.masked(answers[1]), (name, said)
        assert answers[0].status_code in {404, 409, 422} or name == "desk:begin", answers[0].status_code
        assert offices_in(answers[0]) <= {two.asking.tenant.slug}, name


@pytest.mark.parametrize("part", PARTS)
def test_by_a_program(two: Two, part: int) -> None:
    asking, control = two.programs["main_leader"], two.programs["control"]
    for one in samples.guarded()[part :: len(PARTS)]:
        answer = _asked(asking, one, two.theirs)
        assert offices_in(answer) <= {two.asking.tenant.slug}, one.id
        if "{" not in one.path:
            assert answer.status_code in ({403, 409} if one.id in NOT_HERE else range(200, 300)), one.id
            continue
        assert two.masked(answer) == two.masked(_asked(asking, one, two.nowhere)), one.id
        assert refused(answer, 404, "not_found"), one.id
        assert _asked(control, one, two.theirs).status_code != 404, one.id


def test_at_the_portal_by_code(two: Two) -> None:
    found = [one for one in walk.addresses() if one.name.startswith("portal:") and one.takes - NO_OBJECTS]
    for one in found:
        for method in one.methods:
            said = SAID[one.name] if method == "POST" else {}
            path = [_filled(two, one, names, two.asking) for names in (two.theirs, two.nowhere)]
            answers = [_visited(at, method, said) for at in path]
            assert two.masked(answers[0]) == two.masked(answers[1]), (one.name, method)
            if one.name == "portal:track-number":
                continue
            assert answers[0].status_code == 404, (one.name, method)
            # The control: at the office whose it is the same name opens.
            assert _visited(_filled(two, one, two.theirs, two.owning), method, {}).status_code in {200, 422}


def test_at_the_portal_by_number_and_code(two: Two) -> None:
    """Also by a pair that the asked office's own page had sealed, as nobody from outside can."""
    wanted = {
        one.name: one
        for one in walk.addresses()
        if one.name.startswith("portal:") and "POST" in one.methods and not one.takes - NO_OBJECTS
    }
    assert set(wanted) == OPENED | NOT_OPENED
    for name in sorted(OPENED):
        path = _filled(two, wanted[name], two.theirs, two.asking)
        theirs, forged, nowhere = (
            two.masked(_visited(path, "POST", _papers_of(two, name, whose, by)))
            for whose, by in (("theirs", two.owning), ("theirs", two.asking), ("nowhere", two.asking))
        )
        assert theirs == forged == nowhere, name
        # The control: at the office whose it is it opens.
        path = _filled(two, wanted[name], two.theirs, two.owning)
        opened = _visited(path, "POST", _papers_of(two, name, "theirs", two.owning))
        assert opened.status_code in {200, 409}, (name, opened.status_code)


def _called(
    two: Two, call: tuple[Address, str], who: str, whose: str, said: Mapping[str, str]
) -> HttpResponse:
    one, method = call
    path = two.world.address(one, whose)
    client = two.world.client(who)
    answer = client.get(path) if method == "GET" else client.post(path, {"key": str(uuid4()), **said})
    return cast("HttpResponse", answer)


def _typed(one: Field, to: str) -> str:
    """A value for a field of a step with which nothing is wrong by itself."""
    if one.kind == "person":
        return to
    if one.choices:
        return next(iter(one.choices))
    return {"number": "3", "date": "2026-01-09", "checkbox": "on"}.get(one.kind, "说明")


def _asked(program: Program, one: samples.Operation, names: Mapping[str, str]) -> HttpResponse:
    path = one.below(names["number"], names["document_id"], names["code"])
    if one.method == "get":
        return program.get(path, **samples.QUERIES.get(one.id, {}))
    return program.post(path, samples.BODIES[one.id])


def _filled(two: Two, one: Address, names: Mapping[str, str], at: Office) -> str:
    """An address of the portal at an office, with these names in it."""
    two.world.parts["filled"] = {**names, "slug": at.tenant.slug}
    return two.world.address(one, "filled")


def _visited(path: str, method: str, said: Mapping[str, str]) -> HttpResponse:
    client = Client(raise_request_exception=False)
    answer = client.get(path) if method == "GET" else client.post(path, {"key": str(uuid4()), **said})
    return cast("HttpResponse", answer)


def _papers_of(two: Two, name: str, whose: str, by: Office) -> dict[str, str]:
    """What somebody sends who holds number and code: as the page of an office has sealed them, or plainly."""
    number, code = two.pairs[whose]
    if name == "portal:track":
        return {"number": number, "code": code}
    if name in {"portal:receipt", "portal:receipt-pdf"}:
        return {"pass": receipts.sealed(receipts.Slip(number, code, "孙"), by.tenant, AT)}
    sealed = {"pass": progress.sealed(number, code, by.tenant, AT), "score": "5", "sure": "yes"}
    return {**sealed, "paper": two.paper}
