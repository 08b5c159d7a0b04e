"""The page that number and code open: where the matter stands, what comes next, and the rating.

It shows nothing that the person told the office, not even their name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.documents import queries as documents
from huiyin.documents.contents import Kind
from huiyin.documents.parts import Referral, Remedy, RemedyKind
from huiyin.doors import phrases
from huiyin.doors.access import DoorRequest
from huiyin.doors.portal import wording
from huiyin.doors.portal.pages import show
from huiyin.doors.sealing import seal, unseal
from huiyin.matters import event_labels, labels, rating_labels
from huiyin.matters.notice_labels import EXPLAINED_TO
from huiyin.matters.queries import Clock, Deemed, Explanation, Issued, Moment, Tracked
from huiyin.rules.errors import msg
from huiyin.rules.regimes.one_time_notice import REVIEW
from huiyin.rules.strip import Month
from huiyin.rules.vocabulary import Light

if TYPE_CHECKING:
    from huiyin.organisation.models import Tenant

GOOD_FOR: Final = timedelta(minutes=30)
_PURPOSE: Final = "portal tracking"


@dataclass(frozen=True, slots=True)
class Limit:
    """One clock in words. `light` is the code of its light, `state` the word beside it.

    `due` is empty while the event it waits for is not scheduled.
    """

    what: str
    light: str
    state: str
    due: str
    ended: str
    why: str
    strip: tuple[Month, ...]
    clause: str
    provisional: bool
    late: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper to be had, by its name."""

    id: str
    name: str
    when: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way open to somebody who disagrees, and where it leads."""

    what: str
    body: str
    within: str
    address: str
    phone: str
    dial: str
    basis: str


_WAYS: Final[Mapping[RemedyKind, str]] = {
    RemedyKind.REVIEW: msg("申请行政复议"),
    RemedyKind.LITIGATION: msg("提起行政诉讼"),
    RemedyKind.COMPLAINT: msg("投诉"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """How a notice was explained by word of mouth: when, with what words, and to whom."""

    when: str
    words: str
    whom: str


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline."""

    what: str
    when: str


def page(
    request: DoorRequest,
    office: Tenant,
    tracked: Tracked,
    code: str,
    *,
    rating: Mapping[str, Any] | None = None,
    forms: Mapping[str, Mapping[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show a matter; `rating` and `forms` ("back", "withdrawal") are what those must show again or say."""
    back, withdrawal = ((forms or {}).get(one, {}) for one in ("back", "withdrawal"))
    limits = [_limit(clock, deemed=tracked.deemed is not None) for clock in tracked.clocks]
    late = any(one.late for one in limits)
    context = {
        "tracked": tracked,
        "stage": wording.stage(tracked.stage),
        "meaning": wording.meaning(tracked.stage, late=late),
        "late": late,
        "complain": office.complaint_phone,
        "complain_dial": wording.dial(office.complaint_phone),
        "until": wording.moment(tracked.wanted.until) if tracked.wanted and tracked.wanted.until else "",
        "asking": wording.moment(tracked.asking_since) if tracked.asking_since else "",
        "deemed": _deemed(tracked.deemed, request.now),
        "explained": [_explained(one) for one in tracked.explained],
        "papers": [_paper(one) for one in reversed(tracked.papers)],
        "outcome": phrases.label(labels.OUTCOMES, tracked.outcome) if tracked.outcome else "",
        "received": wording.moment(tracked.received_at),
        "dial": wording.dial(tracked.phone),
        "limits": limits,
        "happenings": [_happening(one) for one in reversed(tracked.moments)],
        "scores": wording.scores(),
        "given": wording.score(tracked.rating),
        "reception": wording.score(tracked.reception),
        "points": _points(tracked, rating_labels.POINTS, rating),
        "difficulties": _points(tracked, rating_labels.DIFFICULTIES, rating),
        "missed": phrases.missed(tracked.missed),
        "token": sealed(tracked.number, code, office, request.now),
        "again": "portal:track",
        "section": "track",
        "key": str(uuid4()),
        "rating": rating or {},
        "back": back,
        "withdrawal": withdrawal,
        "remedies": [_remedy(one) for one in tracked.declined.remedies] if tracked.declined else [],
        "referral": _referral(tracked.declined.referral) if tracked.declined else {},
        "wrong": next((one["error"] for one in (rating or {}, back, withdrawal) if one.get("error")), ""),
    }
    return show(request, office, "progress.html", context, status=status, private=True)


def _points(
    tracked: Tracked, words: Mapping[str, str], rating: Mapping[str, Any] | None
) -> list[tuple[str, str, bool]]:
    """The points to tick, each with its words and whether it was ticked on the form that comes again."""
    ticked = (rating or {}).get("missed", ())
    return [(code, gettext(words[code]), code in ticked) for code in tracked.may_miss if code in words]


def sealed(number: str, code: str, office: Tenant, at: datetime) -> str:
    """Seal number and code for the forms of this page."""
    return seal(_PURPOSE, {"office": office.slug, "number": number, "code": code}, at)


def opened(token: str, office: Tenant, at: datetime) -> tuple[str, str] | None:
    """Return number and code of a sealed pair of this office, or None."""
    facts = unseal(_PURPOSE, token, at, good_for=GOOD_FOR)
    if facts is None or facts.get("office") != office.slug:
        return None
    return facts["number"], facts["code"]


def _limit(clock: Clock, *, deemed: bool = False) -> Limit:
    """Say how a clock stands; the review of what silence took on was `deemed` done, and is by nobody."""
    light = str(clock.light)
    silent = deemed and clock.what == REVIEW and clock.outcome == "late"
    ended = clock.ended_at is not None and not silent
    return Limit(
        what=wording.duty(clock.what),
        light=light,
        state=gettext("到期没有审查") if silent else _state(clock, light),
        due="" if clock.awaits_event else wording.moment(clock.due_at),
        ended=wording.moment(clock.ended_at) if ended and clock.ended_at else "",
        why=clock.why,
        strip=clock.strip,
        clause=clock.clause_text,
        provisional=clock.provisional,
        late=clock.ended_at is None and clock.light is Light.RED,
        paused=clock.ended_at is None and clock.paused,
    )


def _state(clock: Clock, light: str) -> str:
    if clock.ended_at is not None and clock.outcome:
        return phrases.label(labels.PUNCTUALITY, clock.outcome)
    return phrases.label(labels.LIGHTS, light)


def _deemed(found: Deemed | None, now: datetime) -> Mapping[str, str]:
    """What to say of an application that silence took on; nothing of any other."""
    if found is None:
        return {}
    due = wording.moment(found.due) if found.due else ""
    past = "past" if found.due and found.due < now else ""
    return {"since": wording.moment(found.since), "due": due, "past": past, "clause": found.clause}


def _explained(found: Explanation) -> Told:
    """The office's own words, and to whom they were said, which stands on a line of its own."""
    said, mark, whom = found.words.rpartition(f"\n{EXPLAINED_TO}：")
    return Told(wording.moment(found.at), said if mark else found.words, whom if mark else "")


def _remedy(found: Remedy) -> Way:
    within = phrases.limit(found.limit) if found.limit else ""
    return Way(
        what=gettext(_WAYS[found.kind]),
        body=found.body,
        within=within,
        address=found.address,
        phone=found.phone,
        dial=wording.dial(found.phone),
        basis=found.basis,
    )


def _referral(found: Referral | None) -> Mapping[str, str]:
    """Where to apply instead; nothing where it is the office's own."""
    if found is None:
        return {}
    return {
        "name": found.name,
        "place": found.place,
        "phone": found.phone,
        "dial": wording.dial(found.phone),
    }


def _paper(found: Issued) -> Paper:
    return Paper(str(found.id), gettext(documents.NAMES[Kind(found.kind)]), wording.moment(found.issued_at))


def _happening(moment: Moment) -> Happening:
    return Happening(phrases.label(event_labels.EVENTS, moment.kind), wording.moment(moment.at))
