"""Offices under different rulebooks in one installation, in one month: each by its own, and nothing leaks.

The same acts come in through the API and the portal of all of them. What becomes of them differs as the
rulebooks do; no list, search, look-up or letter of one shows anything of another; number and code open
at their own office alone; and whatever order the acts of the offices come in, each fares as it does alone.
That an address answers to what is another office's as to what is not there: test_foreign_ids.py.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.header import decode_header, make_header
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.http import HttpResponse

from huiyin.catalogue import actions as catalogue
from huiyin.delivery import actions as delivery
from huiyin.matters import actions
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests import lasting
from tests.doors import walk
from tests.doors.api.programs import Program, application, enquiry, papers
from tests.doors.canaries import CANARY, offices_in
from tests.doors.portal.citizen import Citizen, pair
from tests.doors.walk import World
from tests.factories import AT, Office, make_office

PEOPLE = ("clerk", "leader_in_charge", "main_leader", "efficiency_office", "office_head")
READERS = ("main_leader", "efficiency_office", "office_head", "administrator")
"""Who between them may open every page of the desk."""
ASK_FIRST = frozenset({"desk:dry-run-month", "desk:dry-run-export", "desk:password"})
"""Pages that want to be told something first; the password is one's own, no office's."""
LATE = AT + timedelta(days=45)
BOOKS = {"zhaogong": "township", "linzhen": "commission", "gongdi": "headquarters"}


@dataclass
class Side:
    """One office, its programs, and what came of everything that was done there."""

    office: Office
    programs: dict[str, Program] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    came_of_it: list[tuple[str, int, str, str]] = field(default_factory=list)

    def __getitem__(self, who: str) -> Program:
        """Somebody's program."""
        if who not in self.programs:
            self.programs[who] = Program(self.office, who)
        return self.programs[who]

    def note(self, what: str, answer: HttpResponse) -> Any:
        """Note status, code and clause of an answer; return what it says."""
        found = json.loads(answer.content)
        code, clause = (found.get(name) or "" for name in ("code", "clause"))
        refused = answer.status_code >= 400
        self.came_of_it.append((what, answer.status_code, code if refused else "", clause if refused else ""))
        return found

    def note_clocks(self, what: str, name: str, who: str) -> None:
        """Note the clocks of a matter, each with its clause and the day it runs out."""
        clocks = json.loads(self[who].get(self.matter(name)).content)["clocks"]
        said = [f"{one['clause']} {_day(one['due_at'])}" for one in clocks]
        self.came_of_it.append((what, len(clocks), "", ", ".join(sorted(said))))

    def matter(self, name: str) -> str:
        """The address of a matter of this side."""
        return f"/matters/{self.numbers[name]}"


Act = Callable[[Side], None]
Came = dict[str, list[tuple[str, int, str, str]]]


def _day(text: str) -> str:
    return f"{datetime.fromisoformat(text).astimezone(SHANGHAI):%m-%d}"


def _applied(side: Side, *missing: str) -> str:
    """The number of an application whose papers were counted."""
    counted = [{**one, "pages": 2} for one in papers(*missing)]
    return str(application(side["clerk"], materials=counted)["number"])


def _does_not_count(side: Side) -> None:
    body = {
        "kind": "application",
        "channel": "counter",
        "item": "DB-1",
        "applicant_name": "孙申请",
        "materials": papers(),
    }
    side.note("a receipt without pages", side["clerk"].post("/matters", body))


def _asks(side: Side) -> None:
    side.numbers["enquiry"] = enquiry(side["clerk"], urgency="urgent")["number"]
    side.note_clocks("clocks of an enquiry", "enquiry", "clerk")


def _told_orally(side: Side) -> None:
    side.numbers["lacking"] = _applied(side, "收入证明")
    body = {"supplement_how": "交到窗口", "form": "oral"}
    side.note("told orally at the counter", side["clerk"].post(f"{side.matter('lacking')}/notice", body))


def _told_of_little(side: Side) -> None:
    """Notices about items that say nothing of one thing or another."""
    for without in ("conditions", "procedure", "fee"):
        body = {
            "item": f"WITHOUT-{without}",
            "materials": [
                {"name": "申请书", "present": True, "pages": 1},
                {"name": "照片", "present": False, "problem": "未带"},
            ],
        }
        name = side.numbers[without] = str(application(side["clerk"], **body)["number"])
        answer = side["clerk"].post(f"/matters/{name}/notice", {"supplement_how": "交到窗口"})
        side.note(f"a notice without the {without}", answer)


def _documents(side: Side) -> None:
    """A document comes in and one is to be written, neither with a limit of its own."""
    head = side["office_head"]
    told = {"title": f"关于报送情况的通知{side.office.canary}", "source": "县政府办公室"}
    side.numbers["incoming"] = side.note("it comes in", head.post("/documents/incoming", told))["number"]
    side.note_clocks("clocks of an incoming document", "incoming", "office_head")
    told = {"title": f"关于情况的报告{side.office.canary}", "recipient": "县政府"}
    side.numbers["outgoing"] = side.note("it is ordered", head.post("/documents/outgoing", told))["number"]
    side.note_clocks("clocks of an outgoing document", "outgoing", "office_head")
    incoming = side.matter("incoming")
    side.note("handled before a leader saw it", head.post(f"{incoming}/sending", {"to": "1005"}))


def _wants_time(side: Side) -> None:
    side.numbers["slow"] = _applied(side)
    side.note("accepted", side["clerk"].post(f"{side.matter('slow')}/acceptance"))
    asked = {"amount": 5, "reason": "需入户核查"}
    side.note("more time asked for", side["clerk"].post(f"{side.matter('slow')}/extension", asked))
    for who in ("leader_in_charge", "main_leader"):
        answer = side[who].post(f"{side.matter('slow')}/extension/approval", {"opinion": "同意"})
        side.note(f"more time by the {who}", answer)


def _would_refuse(side: Side) -> None:
    side.numbers["refused"] = _applied(side)
    matter = side.matter("refused")
    side["clerk"].post(f"{matter}/acceptance")
    form = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助办法"}
    side.note("refusal proposed", side["clerk"].post(f"{matter}/refusal", form))
    side.note("refusal filed", side["clerk"].post(f"{matter}/refusal/filing"))
    for who in ("leader_in_charge", "main_leader"):
        side.note(f"signed by the {who}", side[who].post(f"{matter}/refusal/approval", {"opinion": "同意"}))


def _points_out(side: Side) -> None:
    told = {"facts": "来人反映", "clause": "p4.first-responder.4"}
    side.numbers.setdefault("slow", _applied(side))
    side.note(
        "a clause of the township", side["efficiency_office"].post(f"{side.matter('slow')}/findings", told)
    )


ACTS: tuple[Act, ...] = (
    _asks,
    _does_not_count,
    _told_orally,
    _told_of_little,
    _documents,
    _wants_time,
    _would_refuse,
    _points_out,
)


Outcome = tuple[int, str, str]
_DONE: Outcome = (200, "", "")
_NONE: Outcome = (0, "", "")
EXPECTED: dict[str, dict[str, Outcome]] = {
    # Enquiries have a clock, documents three for their ways in and two for their way out; the main leader
    # gives more time; a clause of its own can be invoked.
    "zhaogong": {
        "clocks of an enquiry": (1, "", "p4.time-limit.5.b 01-06"),
        "a receipt without pages": (201, "", ""),
        "told orally at the counter": (409, "notice_not_written", "p4.one-time-notice.5.a"),
        "a notice without the conditions": _DONE,
        "a notice without the procedure": (422, "notice_incomplete", "p4.one-time-notice.1"),
        "a notice without the fee": _DONE,
        "clocks of an incoming document": (
            3,
            "",
            "p4.time-limit.3.b 01-06, p4.time-limit.3.c 01-07, p4.time-limit.3.d 01-08",
        ),
        "clocks of an outgoing document": (2, "", "p4.time-limit.3.f 01-07, p4.time-limit.3.g 01-12"),
        "handled before a leader saw it": (409, "leaders_first", "p4.time-limit.3.b"),
        "accepted": _DONE,
        "more time asked for": _DONE,
        "more time by the leader_in_charge": (403, "forbidden", "p4.time-limit.8.b"),
        "more time by the main_leader": _DONE,
        "refusal proposed": _DONE,
        "a clause of the township": _DONE,
    },
    # No clock for enquiries and documents; pages are counted, conditions told; the leader in charge gives
    # more time; a refusal says more.
    "linzhen": {
        "clocks of an enquiry": _NONE,
        "a receipt without pages": (422, "invalid", "p3.time-limit.3.b"),
        "told orally at the counter": (409, "notice_not_written", "p3.one-time-notice.5.a"),
        "a notice without the conditions": (422, "notice_incomplete", "p3.one-time-notice.1"),
        "a notice without the procedure": (422, "notice_incomplete", "p3.one-time-notice.1"),
        "a notice without the fee": _DONE,
        "clocks of an incoming document": _NONE,
        "clocks of an outgoing document": _NONE,
        "handled before a leader saw it": _DONE,
        "accepted": _DONE,
        "more time asked for": _DONE,
        "more time by the leader_in_charge": _DONE,
        "more time by the main_leader": (409, "nothing_waiting", ""),
        "refusal proposed": (422, "invalid", "p3.refusal-filing.3.1.b"),
        "a clause of the township": (409, "not_invocable", ""),
    },
    # A document is put before some leader within two days of the calendar; nothing gives more time.
    "gongdi": {
        "clocks of an enquiry": _NONE,
        "a receipt without pages": (201, "", ""),
        "told orally at the counter": (409, "notice_not_written", "p2.one-time-notice.4"),
        "a notice without the conditions": _DONE,
        "a notice without the procedure": (422, "notice_incomplete", "p2.one-time-notice.1"),
        "a notice without the fee": _DONE,
        "clocks of an incoming document": (1, "", "p2.time-limit.9.a 01-07"),
        "clocks of an outgoing document": _NONE,
        "handled before a leader saw it": (409, "leaders_first", "p2.time-limit.9.a"),
        "accepted": _DONE,
        "more time asked for": (409, "not_regulated", ""),
        "refusal proposed": _DONE,
        "a clause of the township": (409, "not_invocable", ""),
    },
}


@contextmanager
def _clock(at: datetime) -> Iterator[mock.Mock]:
    with mock.patch("huiyin.doors.access.timezone.now", return_value=at) as clock:
        yield clock


def _opened() -> dict[str, Side]:
    """Every office, with items that say nothing of one thing, its people's programs and accounts."""
    sides = {slug: Side(make_office(slug, rulebook=book)) for slug, book in BOOKS.items()}
    for side in sides.values():
        for without in ("conditions", "procedure", "fee"):
            catalogue.add_item(
                side.office.positions["MZ01"],
                code=f"WITHOUT-{without}",
                name=f"事项{side.office.canary}",
                statutory=Limit(20, Unit.WORKING_DAY),
                committed=Limit(10, Unit.WORKING_DAY),
                materials=[catalogue.PaperSpec("申请书"), catalogue.PaperSpec("照片")],
                by=OPERATOR,
                at=AT,
                legal_basis="救助办法",
                conditions="" if without == "conditions" else "人均收入低于标准",
                procedure="" if without == "procedure" else "申请、审核、确认",
                fee="" if without == "fee" else "不收费",
            )
        for who in PEOPLE:
            side[who]
        for who in READERS:
            side.office.account(who)
    return sides


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[dict[str, Side]]:
    """The offices before anything happened."""
    with django_db_blocker.unblock(), lasting.undone(), _clock(AT):
        yield _opened()


@pytest.fixture(scope="module")
def alone(opened: dict[str, Side], django_db_blocker: lasting.Blocker) -> Came:
    """What comes of the acts of each office where the others do nothing; of which nothing stays."""
    found: Came = {}
    for slug in BOOKS:
        with django_db_blocker.unblock(), lasting.undone(), _clock(AT):
            found[slug] = _after(opened, [slug] * len(ACTS))[slug].came_of_it
    return found


@pytest.fixture(scope="module")
def lived(opened: dict[str, Side], django_db_blocker: lasting.Blocker) -> Iterator[dict[str, Side]]:
    """The offices after a month: everything done, limits passed, people reminded and urged.

    Acts of one office keep their own order; those of the others come in between at will.
    """
    turns = [slug for slug in BOOKS for _ in ACTS]
    random.Random(7).shuffle(turns)
    with django_db_blocker.unblock(), lasting.undone(), _clock(AT) as now:
        sides = _after(opened, turns)
        now.return_value = LATE
        actions.note_limits_passed(LATE)
        actions.remind(LATE)
        for side in sides.values():
            side["main_leader"].post(f"{side.matter('slow')}/urging", {"words": "请今天办完"})
            said = side["clerk"].post(f"{side.matter('slow')}/overrun", {"reason": "等上级批复"})
            assert said.status_code == 200
        yield sides


def _after(opened: Mapping[str, Side], turns: Iterable[str]) -> dict[str, Side]:
    """The offices after their acts; `turns` names whose is next."""
    sides = {slug: Side(side.office, side.programs) for slug, side in opened.items()}
    left = {slug: iter(ACTS) for slug in sides}
    for slug in turns:
        next(left[slug])(sides[slug])
    return sides


@pytest.fixture
def later(settings: Any) -> Iterator[None]:
    """Six weeks on, with nobody locked out for signing in often."""
    settings.AXES_ENABLED = False
    with _clock(LATE):
        yield


def test_the_same_acts_come_out_as_each_rulebook_says(lived: dict[str, Side]) -> None:
    for slug, side in lived.items():
        came = {what: (status, code, clause) for what, status, code, clause in side.came_of_it}
        assert {what: came[what] for what in EXPECTED[slug]} == EXPECTED[slug]


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("slug", BOOKS)
@pytest.mark.usefixtures("db", "later")
def test_no_page_of_the_desk_shows_another_office(lived: dict[str, Side], slug: str, half: int) -> None:
    """Each page as the first of the readers sees it who may open it; for every role: test_access.py."""
    world = World(lived[slug].office, lived[slug].office, parts={"own": {}})
    pages = [one for one in walk.addresses() if one.name.startswith("desk:") and not one.takes]
    shown: set[str] = set()
    for one in [one for one in pages if "GET" in one.methods and one.name not in ASK_FIRST][half::2]:
        answers = (world.call(one, "GET", reader) for reader in READERS)
        opened = next((answer for answer in answers if answer.status_code == 200), None)
        assert opened is not None, one.name
        shown |= offices_in(opened)
    assert shown == {slug}


@pytest.mark.parametrize("slug", BOOKS)
@pytest.mark.usefixtures("db", "later")
def test_no_program_lists_or_finds_what_is_anothers(lived: dict[str, Side], slug: str) -> None:
    side = lived[slug]
    for who in PEOPLE:
        for path in ("/matters", "/owed", "/decisions", "/handovers", "/items", "/me"):
            answer = side[who].get(path)
            assert answer.status_code == 200
            assert offices_in(answer) <= {slug}, path
        for other in lived.values():
            found = json.loads(side[who].get("/matters", text=other.numbers["slow"]).content)["rows"]
            assert other is side or found == [], who
    # The control: one's own is found by the same question.
    assert json.loads(side["main_leader"].get("/matters", text=side.numbers["slow"]).content)["rows"]


def test_no_letter_and_no_message_names_another_office(lived: dict[str, Side], db: None) -> None:
    mail.outbox.clear()
    for _ in range(9):
        delivery.deliver_due(LATE, limit=500)
    told: dict[str, set[str]] = {slug: set() for slug in BOOKS}
    for one in mail.outbox:
        reader = one.to[0].partition("@")[2].removesuffix(".example")
        told[reader] |= set(CANARY.findall(f"{_plain(one.from_email)}{one.subject}{one.body}"))
    assert told == {slug: {slug} for slug in BOOKS}


@pytest.mark.usefixtures("db", "later")
def test_number_and_code_open_at_their_own_office_alone(opened: dict[str, Side]) -> None:
    doors = {slug: Citizen(side.office) for slug, side in opened.items()}
    for slug, door in doors.items():
        number, code = pair(door.apply())
        for elsewhere in (one for one in doors.values() if one is not door):
            assert elsewhere.track(number, code).status_code == 404
        page = door.track(number, code)
        assert page.status_code == 200
        assert offices_in(page) == {slug}


def test_whatever_the_order_each_fares_as_alone(lived: dict[str, Side], alone: Came) -> None:
    assert {slug: side.came_of_it for slug, side in lived.items()} == alone


def _plain(header: str) -> str:
    """A header as its reader sees it."""
    return str(make_header(decode_header(header)))
