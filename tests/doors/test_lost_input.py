"""Whoever fills in a form and is refused finds every word again, whichever form it is.

Each form is posted with one thing wrong and words of its own in every field that takes words; the
answer, or the page it leads to, must hold them all.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Final, cast
from unittest import mock
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from huiyin.doors.desk.steps import STEPS
from tests import lasting
from tests.doors import walk
from tests.doors.desk.browser import BACKEND, Desk, enquiry
from tests.doors.portal.citizen import Citizen, answer, hidden, pair
from tests.factories import AT, Office

WORDS: Final = frozenset({"text", "tel", "email", "textarea", "search"})
"""The kinds of input that take words of one's own."""

ELSEWHERE: Final = {
    "desk:verb": "below, for every verb",
    "desk:handover-write": "tests/doors/desk/test_handovers.py, where there is one to write",
}
NOTHING_TYPED: Final = {
    "language": "a language is chosen",
    "desk:sign-out": "a button",
    "desk:password": "passwords are never shown again",
    "desk:whose": "a search; what was typed stands in its own box, which the answer leaves alone",
    "desk:colleagues": "a search, likewise",
    "desk:begin": "a search, likewise",
    "desk:receipt-pdf": "a button",
    "desk:handover-back": "a button",
    "desk:handover-step-in": "a button",
    "desk:handover-sign": "a button",
    "desk:powers": "choices alone",
    "desk:power-lift": "a button",
    "desk:inbox-read": "a button",
    "desk:wishes": "boxes to tick, which cannot be wrong",
    "desk:posting-down": "a button",
    "desk:staff-account": "buttons",
    "desk:staff-role": "a choice",
    "desk:absence-cancel": "a button",
    "desk:token-revoke": "a button",
    "desk:import-run": "a file, which a browser does not hand back",
    "portal:display": "a choice",
    "portal:receipt": "a button",
    "portal:receipt-pdf": "a button",
    "portal:paper-pdf": "a button",
    "portal:ask-return": "a button",
    "portal:ask-about": "the form of portal:ask",
}


@dataclass(frozen=True)
class Case:
    """A form: who fills it in, where, what goes wrong, and the words that must come back."""

    who: str
    path: str
    wrong: Mapping[str, str]
    words: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)

    def typed(self) -> dict[str, str]:
        """What is posted: in each field of words its own name, told apart from all else on the page."""
        return {**{one: word(one) for one in self.words}, **self.more, **self.wrong, "key": str(uuid4())}


def word(name: str) -> str:
    return f"留住{name}字"


@pytest.fixture(scope="module")
def shared(django_db_setup: None, django_db_blocker: lasting.Blocker) -> Iterator[Office]:
    with lasting.office(django_db_blocker) as found:
        yield found


@pytest.fixture
def office(shared: Office, db: None) -> Iterator[Office]:
    with mock.patch("django.utils.timezone.now", return_value=AT):
        yield copy.deepcopy(shared)


def cases(office: Office, made: Mapping[str, str]) -> dict[str, Case]:
    """Every form with words, by the name of its address; `made` are the objects that addresses name."""
    portal = f"/{office.tenant.slug}/"
    return {
        "desk:sign-in": Case("", "/desk/sign-in/", {"password": "x"}, ("login",)),
        "desk:register": Case(
            "clerk",
            "/desk/register/",
            {"applicant_phone": "1"},
            ("summary", "details", "record", "applicant_name", "applicant_email"),
            {"kind": "enquiry", "channel": "counter", "nature": "business", "urgency": "normal"},
        ),
        "desk:given": Case(
            "head",
            "/desk/given/task/",
            {"days": "many"},
            ("summary", "origin", "details", "partners", "goals"),
            {"source": "assigned"},
        ),
        "desk:positions-change": Case(
            "administrator",
            "/desk/positions/change/",
            {"positions": "NO-1"},
            ("code", "title", "measure"),
            {"what": "target", "year": "2026"},
        ),
        "desk:position-act": Case(
            "administrator", "/desk/positions/MZ01/do/", {"since": "soon"}, ("reason",), {"what": "appoint"}
        ),
        "desk:handover-away": Case("clerk", "/desk/handovers/away/", {"starts_at": "留住starts_at字"}),
        "desk:document-enter": Case(
            "office_head",
            "/desk/documents/incoming/new/",
            {"pages": "x"},
            ("title", "source", "their_number"),
        ),
        "desk:document-order": Case(
            "clerk", "/desk/documents/outgoing/new/", {"until": "soon"}, ("title", "recipient", "copies_to")
        ),
        "desk:amendment-decide": Case(
            # Nobody decides on what they proposed.
            "efficiency_office",
            f"/desk/rules/changes/{made['amendment_id']}/reject/",
            {},
            ("why",),
        ),
        "desk:amend": Case(
            "efficiency_office", "/desk/rules/p4.time-limit.8.b/amend/", {"since": "soon"}, ("reason",)
        ),
        "desk:board-post": Case(
            "clerk", f"/desk/promises/{made['commitment_id']}/post/", {"day": "soon"}, ("place",)
        ),
        "desk:promise": Case(
            "efficiency_office",
            f"/desk/promises/of/{office.units['MZ'].id}/",
            {"complaint_phone": "x" * 200},
            ("duties", "content", "standards"),
        ),
        "desk:promise-act": Case(
            "clerk", f"/desk/promises/of/{office.units['MZ'].id}/withdraw/", {}, ("why",)
        ),
        "desk:item-add": Case(
            "administrator",
            "/desk/items/new/",
            {"statutory": "never"},
            ("code", "name", "conditions", "procedure", "fee"),
        ),
        "desk:item-edit": Case(
            "administrator",
            f"/desk/items/{office.items['DB-1'].id}/edit/",
            {"statutory": "never"},
            ("name", "conditions", "procedure", "fee"),
        ),
        "desk:item-give": Case(
            "clerk", f"/desk/items/{office.items['DB-1'].id}/give/", {"number": word("n")}
        ),
        "desk:item-post": Case(
            "clerk", f"/desk/items/{office.items['DB-1'].id}/post/", {"day": "soon"}, ("place",)
        ),
        "desk:opinion-copy": Case(
            "clerk", "/desk/opinions/copy/", {"written_on": "soon"}, ("text", "writer", "phone")
        ),
        "desk:opinion": Case(
            "efficiency_office", f"/desk/opinions/{made['opinion_id']}/", {"finding": "gossip"}, ("result",)
        ),
        "desk:calendar-propose": Case(
            "administrator", "/desk/calendar/propose/", {"issued": "soon"}, ("text", "title", "number")
        ),
        "desk:calendar-local": Case(
            "administrator", "/desk/calendar/local/", {"off": "soon"}, ("name", "english", "reason", "number")
        ),
        "desk:calendar-decide": Case(
            # What was not confirmed cannot be taken back.
            "office_head",
            f"/desk/calendar/{made['change_id']}/revoke/",
            {},
            ("why",),
        ),
        "desk:absences": Case(
            "administrator", "/desk/staff/absences/", {"starts_at": "留住starts_at字"}, ("person_text",)
        ),
        "desk:token-issue": Case(
            "administrator", "/desk/staff/tokens/issue/", {"expires_at": "soon"}, ("name",)
        ),
        "desk:office": Case(
            "administrator", "/desk/staff/office/", {"phone": "x"}, ("address", "review_body")
        ),
        "portal:opinions": Case("", f"{portal}opinions/", {"phone": "x"}, ("text", "writer")),
        "portal:opinion": Case("", f"{portal}opinions/result/", {"code": "x", "number": "留住编号"}),
        "portal:apply": Case(
            "",
            f"{portal}apply/DB-1/",
            {"applicant_phone": "1"},
            ("applicant_name", "details", "applicant_email"),
        ),
        "portal:ask": Case(
            "", f"{portal}ask/", {"applicant_phone": "1"}, ("summary", "details", "applicant_name")
        ),
        "portal:report": Case(
            "", f"{portal}report/", {"applicant_phone": "1"}, ("summary", "accused_told", "details")
        ),
        "portal:track": Case("", f"{portal}track/", {"code": "x", "number": "留住编号"}),
        "portal:rate": Case("", f"{portal}rate/", {"score": "9"}, ("comment",), {"pass": made["pass"]}),
        "portal:withdraw": Case(
            "", f"{portal}withdraw/", {"sure": "no"}, ("reason",), {"pass": made["open"]}
        ),
    }


def test_every_form_is_looked_at(office: Office) -> None:
    posts = {
        one.name for one in walk.addresses() if "POST" in one.methods and not one.name.startswith("api:")
    }
    assert posts == {*cases(office, defaultdict(str)), *NOTHING_TYPED, *ELSEWHERE}


def test_no_form_loses_a_word(office: Office) -> None:
    lost = {}
    with _book_kept():
        for name, case in cases(office, _objects(office)).items():
            answer = _posted(office, case)
            body = unescape(answer.content.decode())
            missing = [one for one in case.words if word(one) not in body]
            missing += [
                one for one, text in case.wrong.items() if text.startswith("留住") and text[:8] not in body
            ]
            if missing or answer.status_code not in {403, 404, 409, 422, 429}:
                lost[name] = (answer.status_code, missing)
    assert lost == {}


def test_no_step_on_a_matter_loses_a_word(office: Office) -> None:
    clerk = Desk(office, "clerk")
    number = enquiry(clerk).number
    # Over: whatever somebody had written for the next step comes too late.
    clerk.act(number, "withdraw", reason="不问了", withdrawn_by="王小明", relation="self", how="phone")
    lost = {}
    for verb, step in STEPS.items():
        names = [one.name for one in step.fields if one.kind in WORDS]
        if not names:
            continue
        answer = clerk.act(number, verb, **{one: word(one) for one in names})
        body = unescape(answer.content.decode())
        missing = [one for one in names if word(one) not in body]
        if missing or answer.status_code == 302:
            lost[verb] = (answer.status_code, missing)
    assert lost == {}


def test_the_check_sees_a_lost_word(office: Office) -> None:
    forgetful = Case("clerk", "/desk/handovers/away/", {"starts_at": ""}, ("nowhere",))
    assert word("nowhere") not in _posted(office, forgetful).content.decode()


def _posted(office: Office, case: Case) -> HttpResponse:
    client = Client(raise_request_exception=False)
    if case.who:
        client.force_login(office.account(case.who)[0], BACKEND)
    answer = client.post(case.path, case.typed())
    if answer.status_code == 302:
        answer = client.get(answer["Location"])
    return cast("HttpResponse", answer)


def _objects(office: Office) -> dict[str, str]:
    """What the addresses name, and the sealed pair that lets somebody rate an answered question."""
    citizen = Citizen(office)
    number, code = pair(citizen.ask())
    answer(office, number)
    waiting = pair(citizen.ask())
    return {
        **walk.objects_of(office),
        "pass": hidden(citizen.track(number, code))["pass"],
        "open": hidden(citizen.track(*waiting))["pass"],
    }


@contextmanager
def _book_kept() -> Iterator[None]:
    """As if the office's rulebook asked for an opinion book."""
    with (
        patch("huiyin.supervision.queries.keeps_book", return_value=True),
        patch("huiyin.supervision.actions.writing.keeps_book", return_value=True),
    ):
        yield
