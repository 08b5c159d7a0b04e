"""Refusals: who may not refuse without asking, what is kept of a refusal, and how filings are counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from unittest import mock

from django.test import Client

from huiyin.delivery.models import Message
from huiyin.documents import queries as documents
from huiyin.documents.contents import CorrectionNotice, Kind, Receipt, RefusalDecision, RefusalFilingForm
from huiyin.matters import actions, queries
from huiyin.matters.models import Matter
from huiyin.organisation import actions as organisation
from huiyin.organisation.models import Account
from huiyin.rules.errors import NotFound
from huiyin.rules.regimes import refusal_filing
from tests.doors.desk.browser import BACKEND
from tests.factories import PASSWORD
from tests.scenarios.story import Story

COUNTED = ("owed", "in_time", "late", "missing", "waived", "running")
_ROW = re.compile(r"refusals/people/([0-9a-f-]{36})/(.*?)</tr>", re.DOTALL)
_NUMBER = re.compile(r"<span>(\d+)</span>")
_WAITS = re.compile(r"已等 (\S+?)(?:</span>| · 收到后及时审查 .*?(p4[\w.-]+))", re.DOTALL)


def _now(running: Story) -> datetime:
    assert running.at is not None
    return running.at


def _matter(running: Story) -> Matter:
    return Matter.objects.select_related("tenant").get(number=running.number)


def _restrict(running: Story, who: str, fields: dict[str, Any]) -> None:
    """Take the power to refuse from a position, or for an item, by their codes."""
    office, at = running.office, _now(running)
    position = office.positions[fields["position"]].id if "position" in fields else None
    item = office.items[fields["item"]].id if "item" in fields else None
    actions.restrict_refusal(office.asker(who, at), position=position, item=item, at=at)


def _papers(running: Story, expected: list[str]) -> list[str]:
    """The kinds of the matter's papers among those expected, each once."""
    kinds = {row.kind for row in queries.documents_of(_matter(running))}
    return [kind for kind in expected if kind in kinds]


def _form(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """What the latest filing form says of what is expected."""
    row = documents.latest(running.office.tenant.id, _matter(running).id, Kind.REFUSAL_FILING_FORM)
    if row is None:
        return {}
    form = documents.content_of(row)
    assert isinstance(form, RefusalFilingForm)
    said = {
        "levels": [one.level for one in form.approvals],
        "opinions": [one.opinion for one in form.approvals],
        "importance": form.importance.value,
        "ground": form.ground,
        "answered": bool(form.reply_number),
        "title": form.title,
        "referral": form.referral.name if form.referral else "",
    }
    return {name: said[name] for name in expected}


def _complaint(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """Where the decision sends whoever disagrees, and whether its number leads back to the refusal."""
    matter = _matter(running)
    row = documents.latest(running.office.tenant.id, matter.id, Kind.REFUSAL_DECISION)
    assert row is not None
    decision = documents.content_of(row)
    assert isinstance(decision, RefusalDecision)
    remedy = decision.remedies[-1]
    try:
        named = queries.refusal_decided(matter.tenant_id, row.number).matter_number == matter.number
    except NotFound:
        named = False
    said = {
        "to": remedy.body.replace(running.office.canary, ""),
        "address": remedy.address == running.office.tenant.address != "",
        "phone": remedy.phone == running.office.tenant.complaint_phone != "",
        "basis": remedy.basis,
        "links": named,
    }
    return {name: said[name] for name in expected}


def _sent_to(running: Story, expected: Mapping[str, Any]) -> dict[str, str]:
    """Where number and code send the applicant instead; nothing where it is the office's own."""
    del expected
    tracked = queries.track(running.office.tenant, running.number, running.code, _now(running), "zh-hans")
    assert tracked.declined is not None
    found = tracked.declined.referral
    if found is None:
        return {}
    where = {"name": found.name, "place": found.place, "phone": found.phone}
    return {name: text.replace(running.office.canary, "") for name, text in where.items()}


def _kinds(running: Story, expected: list[str]) -> list[str]:
    """The kinds of business that the form of the matter names."""
    del expected
    book = queries.law_for(_matter(running)).book
    return list(refusal_filing.named_kinds(book, _now(running).date()))


def _record(running: Story, expected: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """How each person's filings are counted this year, as the main leader reads it at the desk.

    As far as expected; nobody where it is not regulated.
    """
    page = _figures(running)
    people = {str(person.id): key for key, person in running.office.people.items()}
    found = {
        people[who]: dict(zip(COUNTED, map(int, _NUMBER.findall(row)), strict=True))
        for who, row in _ROW.findall(page)
    }
    return {
        who: {name: found[who][name] for name in counts} for who, counts in expected.items() if who in found
    }


def _figures(running: Story) -> str:
    """The desk's page of the year's figures, for the main leader at the story's moment."""
    year = _now(running).year
    return _opened(running, "main_leader", "refusals/", since=f"{year}-01-01", until=f"{year}-12-31")


def _opened(running: Story, who: str, address: str, **query: str) -> str:
    """A page of the desk as somebody reads it at the story's moment."""
    office, at = running.office, _now(running)
    person, client = office.people[who], Client()
    with mock.patch("django.utils.timezone.now", return_value=at):
        account = Account.objects.filter(person=person).first()
        if account is None:
            account, _ = organisation.create_account(person, PASSWORD, by=organisation.OPERATOR, at=at)
        client.force_login(account, BACKEND)
        answer = client.get(f"/desk/{address}", query)
    assert answer.status_code == 200
    return answer.content.decode()


def _returned(running: Story, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The papers that were asked back: against what, and whether a slip is kept."""
    back = queries.pending_of(_matter(running)).back
    if back is None:
        return {}
    slip = documents.latest(running.office.tenant.id, back.matter_id, Kind.RETURN_SLIP)
    said = {"identity": back.identity, "slip": slip is not None, "open": back.returned_at is None}
    return {name: said[name] for name in expected}


def _papers_here(running: Story, expected: list[str]) -> list[str]:
    """Which papers are here, in the order they were handed in."""
    del expected
    return [one.name for one in queries.materials_of(_matter(running)) if one.present]


def _papers_out(running: Story, expected: list[str]) -> list[str]:
    """Which papers went back to the applicant, and are not said to be here."""
    del expected
    found = [one for one in queries.materials_of(_matter(running)) if one.returned_at]
    return [one.name for one in found if not one.present]


def _wanted_back(running: Story, expected: list[str]) -> list[str]:
    """Which papers the notice of correction asks for, and where they are to be brought."""
    del expected
    row = documents.latest(running.office.tenant.id, _matter(running).id, Kind.CORRECTION_NOTICE)
    assert row is not None
    notice = documents.content_of(row)
    assert isinstance(notice, CorrectionNotice)
    assert notice.bring_to
    return [one.name for one in notice.wanted]


def _receipts(running: Story, expected: int) -> int:
    """How many receipts were issued for papers taken in."""
    del expected
    return sum(row.kind == Kind.RECEIPT for row in queries.documents_of(_matter(running)))


def _receipted(running: Story, expected: Mapping[str, int]) -> dict[str, int]:
    """What the latest receipt says was taken in, with the pages; and that it is due when its clock says."""
    del expected
    matter = _matter(running)
    row = documents.latest(running.office.tenant.id, matter.id, Kind.RECEIPT)
    assert row is not None
    receipt = documents.content_of(row)
    assert isinstance(receipt, Receipt)
    [due] = [one.due_at for one in queries.clocks_of(matter, _now(running)) if one.ended_at is None]
    assert receipt.collect_at == due
    return {one.name: one.pages for one in receipt.materials}


def _lies_with(running: Story, expected: str) -> str:
    """Before whom the filing form lies."""
    del expected
    filing = queries.pending_of(_matter(running)).filing
    keys = {person.id: key for key, person in running.office.people.items()}
    return keys[filing.filed_to_id] if filing and filing.filed_to_id else ""


def _to_decide(running: Story, expected: Mapping[str, int]) -> dict[str, int]:
    """How many things wait in each person's inbox of decisions."""
    at = _now(running)
    return {who: len(queries.decisions(running.office.asker(who, at), at)) for who in expected}


def _waited(running: Story, expected: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Of each form on somebody's list: how long it has waited, and by which clause it is examined."""
    found = {}
    for who in expected:
        page = _opened(running, who, "decisions/")
        found[who] = [one for pair in _WAITS.findall(page) for one in pair]
    return found


def _told(running: Story, expected: Mapping[str, Any]) -> dict[str, list[str]]:
    """What each of them was told in the system about filings, one line for each message."""
    found: dict[str, list[str]] = {}
    for who in expected:
        rows = Message.objects.filter(person=running.office.people[who], channel="inapp")
        texts = rows.order_by("id").values_list("text", flat=True)
        found[who] = [one for one in texts if one.startswith("refusal_")]
    return found


VERBS: Mapping[str, Callable[[Story, str, dict[str, Any]], None]] = {"restrict_refusal": _restrict}
HOLDS: Mapping[str, Callable[[Story, Any], Any]] = {
    "papers": _papers,
    "filing_form": _form,
    "complaint": _complaint,
    "sent_to": _sent_to,
    "named_kinds": _kinds,
    "filing_record": _record,
    "back": _returned,
    "lies_with": _lies_with,
    "papers_here": _papers_here,
    "papers_out": _papers_out,
    "wanted_back": _wanted_back,
    "receipts": _receipts,
    "receipted": _receipted,
    "to_decide": _to_decide,
    "told": _told,
    "waited": _waited,
}
