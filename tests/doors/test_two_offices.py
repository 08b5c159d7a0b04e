"""Two offices under two rulebooks in one installation, in one month: each by its own, and nothing leaks.

The same acts come in through the API and the portal of both. What becomes of them differs as the
rulebooks do; no list, search, look-up or letter of one shows anything of the other; number and code open
at their own office alone; and whatever order the acts of the two come in, each fares as it does alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from huiyin.delivery import actions as delivery
from huiyin.matters import actions
from tests.doors import walk
from tests.doors.api.programs import Program, application, enquiry, papers
from tests.doors.canaries import CANARY, offices_in
from tests.doors.portal.citizen import Citizen, pair
from tests.doors.walk import World
from tests.factories import AT, Office, make_office

PEOPLE = ("clerk", "leader_in_charge", "main_leader", "efficiency_office")
LATE = AT + timedelta(days=45)
BOOKS = {"zhaogong": "township", "linzhen": "commission"}


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

    def matter(self, name: str) -> str:
        """The address of a matter of this side."""
        return f"/matters/{self.numbers[name]}"


Act = Callable[[Side], None]


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
    clocks = json.loads(side["clerk"].get(side.matter("enquiry")).content)["clocks"]
    side.came_of_it.append(
        ("clocks of an enquiry", len(clocks), "", " ".join(one["clause"] for one in clocks))
    )


def _told_orally(side: Side) -> None:
    side.numbers["lacking"] = _applied(side, "收入证明")
    body = {"supplement_how": "交到窗口", "form": "oral"}
    side.note("told orally at the counter", side["clerk"].post(f"{side.matter('lacking')}/notice", body))


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
    told = {"facts": "来人反映", "clause": "p4.time-limit.end"}
    side.numbers.setdefault("slow", _applied(side))
    side.note(
        "a clause of the township", side["efficiency_office"].post(f"{side.matter('slow')}/findings", told)
    )


ACTS: tuple[Act, ...] = (_asks, _does_not_count, _told_orally, _wants_time, _would_refuse, _points_out)


Outcome = tuple[int, str, str]
_GONE: Outcome = (200, "", "")
TOWNSHIP: dict[str, Outcome] = {
    "clocks of an enquiry": (1, "", "p4.time-limit.5.b"),
    "a receipt without pages": (201, "", ""),
    "told orally at the counter": (409, "notice_not_written", "p4.one-time-notice.5.a"),
    "accepted": _GONE,
    "more time asked for": _GONE,
    "more time by the leader_in_charge": (403, "forbidden", "p4.time-limit.8.b"),
    "more time by the main_leader": _GONE,
    "a clause of the township": _GONE,
}
"""Enquiries have a clock; the main leader gives more time; a clause of its own can be invoked."""
COMMISSION: dict[str, Outcome] = {
    **TOWNSHIP,
    "clocks of an enquiry": (0, "", ""),
    "a receipt without pages": (422, "invalid", "p3.time-limit.3.b"),
    "told orally at the counter": (409, "notice_not_written", "p3.one-time-notice.5.a"),
    "more time by the leader_in_charge": _GONE,
    "more time by the main_leader": (409, "nothing_waiting", ""),
    "a clause of the township": (409, "not_invocable", ""),
}
"""No clock for enquiries; pages are counted; the leader in charge gives more time; other clauses."""


@pytest.fixture
def now() -> Iterator[mock.Mock]:
    """The doors' clock."""
    with mock.patch("huiyin.doors.access.timezone.now", return_value=AT) as clock:
        yield clock


@pytest.fixture
def sides(db: None, now: mock.Mock) -> dict[str, Side]:
    """Both offices."""
    return {slug: Side(make_office(slug, rulebook=book)) for slug, book in BOOKS.items()}


def test_the_same_acts_come_out_as_each_rulebook_says(sides: dict[str, Side]) -> None:
    for act in ACTS:
        for side in sides.values():
            act(side)
    township, commission = (
        {what: (status, code, clause) for what, status, code, clause in side.came_of_it}
        for side in sides.values()
    )
    assert township.items() >= TOWNSHIP.items()
    assert commission.items() >= COMMISSION.items()


def test_no_page_of_the_desk_shows_the_other_office(
    sides: dict[str, Side], now: mock.Mock, settings: Any
) -> None:
    settings.AXES_ENABLED = False
    _lived(sides, now)
    now.return_value = AT + timedelta(hours=1)  # while everybody's first session still runs
    own, other = (side.office for side in sides.values())
    world = World(own, other, parts={"own": {}, "other": {}})
    pages = [one for one in walk.addresses() if one.name.startswith("desk:") and not one.takes]
    shown: dict[str, set[str]] = {"zhaogong": set(), "linzhen": set()}
    for one in pages:
        for caller in walk.CALLERS[1:]:
            if "GET" in one.methods:
                found = offices_in(world.call(one, "GET", caller))
                shown["linzhen" if caller.startswith("other ") else "zhaogong"] |= found
    assert shown == {"zhaogong": {"zhaogong"}, "linzhen": {"linzhen"}}


def test_no_program_reads_lists_or_finds_what_is_the_others(sides: dict[str, Side], now: mock.Mock) -> None:
    _lived(sides, now)
    for slug, side in sides.items():
        (other,) = (one for key, one in sides.items() if key != slug)
        for who in PEOPLE:
            for path in ("/matters", "/owed", "/decisions", "/handovers", "/items", "/me"):
                answer = side[who].get(path)
                assert answer.status_code == 200
                assert offices_in(answer) <= {slug}, path
            for number in other.numbers.values():
                for path in (f"/matters/{number}", f"/matters/{number}/timeline"):
                    assert side[who].get(path).status_code == 404
                assert json.loads(side[who].get("/matters", text=number).content)["rows"] == []
                assert side[who].post(f"/matters/{number}/urging").status_code == 404
    # The control: one's own are found by the same question.
    for side in sides.values():
        number = side.numbers["slow"]
        assert json.loads(side["main_leader"].get("/matters", text=number).content)["rows"]


def test_no_letter_and_no_message_names_the_other_office(sides: dict[str, Side], now: mock.Mock) -> None:
    mail.outbox.clear()
    _lived(sides, now)
    for _ in range(9):
        delivery.deliver_due(LATE, limit=500)
    told = {one.to[0].partition("@")[2].removesuffix(".example"): set() for one in mail.outbox}  # type: ignore[var-annotated]
    for one in mail.outbox:
        reader = one.to[0].partition("@")[2].removesuffix(".example")
        told[reader] |= set(CANARY.findall(f"{_plain(one.from_email)}{one.subject}{one.body}"))
    assert told["zhaogong"] == {"zhaogong"}
    assert told["linzhen"] == {"linzhen"}


def test_number_and_code_open_at_their_own_office_alone(sides: dict[str, Side], settings: Any) -> None:
    settings.AXES_ENABLED = False
    doors = {slug: Citizen(side.office) for slug, side in sides.items()}
    for slug, side in sides.items():
        number, code = pair(doors[slug].apply())
        (elsewhere,) = (door for key, door in doors.items() if key != slug)
        assert elsewhere.track(number, code).status_code == 404
        page = doors[slug].track(number, code)
        assert page.status_code == 200
        assert offices_in(page) == {side.office.tenant.slug}


@hypothesis_settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations([(slug, place) for slug in BOOKS for place in range(len(ACTS))]))
def test_whatever_the_order_each_fares_as_alone(sides: dict[str, Side], order: list[tuple[str, int]]) -> None:
    """Acts of one office keep their own order; those of the other come in between at will."""
    alone = {slug: _rolled_back(sides, [(slug, place) for place in range(len(ACTS))])[slug] for slug in BOOKS}
    turns = {slug: iter(range(len(ACTS))) for slug in BOOKS}
    together = _rolled_back(sides, [(slug, next(turns[slug])) for slug, _ in order])
    assert together == alone


def _rolled_back(sides: dict[str, Side], order: list[tuple[str, int]]) -> dict[str, list[Any]]:
    """What comes of these acts, of which nothing stays."""
    for side in sides.values():
        side.came_of_it, side.numbers = [], {}
        for who in PEOPLE:
            side[who]
    with transaction.atomic():
        for slug, place in order:
            ACTS[place](sides[slug])
        transaction.set_rollback(True)
    return {slug: list(side.came_of_it) for slug, side in sides.items()}


def _plain(header: str) -> str:
    """A header as its reader sees it."""
    return str(make_header(decode_header(header)))


def _lived(sides: dict[str, Side], now: mock.Mock) -> None:
    """Both offices after a month: everything done, limits passed, people reminded and urged."""
    for act in ACTS:
        for side in sides.values():
            act(side)
    now.return_value = LATE
    actions.note_limits_passed(LATE)
    actions.remind(LATE)
    for side in sides.values():
        side["main_leader"].post(f"{side.matter('slow')}/urging", {"words": "请今天办完"})
        said = side["clerk"].post(f"{side.matter('slow')}/overrun", {"reason": "等上级批复"})
        assert said.status_code == 200
