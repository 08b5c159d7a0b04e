"""Documents that lie before somebody: to sign for, to write on, to read, to check or to sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.matters.models import OfficialDocument, Routing
from huiyin.matters.queries.documents import INSTRUCTIONS, Listed, described, instructing_as
from huiyin.matters.queries.one import visible_to
from huiyin.organisation.queries import Asker
from huiyin.rules.lifecycle import Stage

HANDLER: Final = "handler"
_BEFORE_HANDLING: Final = (Stage.TO_PRESENT, Stage.WITH_MAIN_LEADER, Stage.TO_SEND)
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Lying:
    """One document that waits for somebody: in which `role`, since when, and by whom it was put there.

    `acting_for` names the absent colleague it really waits for, "" where it is one's own.
    """

    listed: Listed
    role: str
    since: datetime
    asked_by: str
    acting_for: str


@dataclass(frozen=True, slots=True)
class Before:
    """What waits for somebody, the longest waiting first: to be signed for, and for a word or a look.

    `others` are documents that the person sees and that colleagues have not signed for;
    `more` says that there is more of something than is listed.
    """

    to_sign_for: list[Lying]
    for_a_word: list[Lying]
    others: list[Lying]
    more: bool = False


def before(asker: Asker, at: datetime) -> Before:
    """Every document that waits for this person, or for whom they stand in; a constant number of queries."""
    mine = list(_mine(asker)[: _MOST + 1])
    seen = Routing.objects.filter(role=HANDLER, done_at=None, matter__stage=Stage.SENT)
    me = [asker.person_id, *asker.stands_in_for]
    others = list(_known(seen.filter(matter__in=visible_to(asker)).exclude(person__in=me))[: _MOST + 1])
    rows = [*mine[:_MOST], *others[:_MOST]]
    documents = {
        one.matter_id: one
        for one in OfficialDocument.objects.filter(matter__in=[row.matter_id for row in rows]).select_related(
            "matter__custodian", "matter__unit", "drafted_by"
        )
    }
    listed = {one.matter.id: one for one in described(list(documents.values()), at)}
    told = [_lying(row, listed[row.matter_id], asker) for row in mine[:_MOST]]
    return Before(
        to_sign_for=[one for one in told if one.role == HANDLER],
        for_a_word=[one for one in told if one.role != HANDLER],
        others=[
            Lying(listed[row.matter_id], row.role, row.asked_at, row.person.name, "")
            for row in others[:_MOST]
        ],
        more=len(mine) > _MOST or len(others) > _MOST,
    )


def count_before(asker: Asker) -> int:
    """How many documents wait for this person, or for whom they stand in."""
    return _mine(asker).count()


def _mine(asker: Asker) -> QuerySet[Routing]:
    """Where they lie now.

    What was put before a leader waits no longer once it has gone on without them, or they lead no more.
    """
    gone_on = ~Q(matter__stage__in=_BEFORE_HANDLING)
    no_more = Q(person=asker.person_id) & ~Q(role__in=instructing_as(asker))
    stale = Q(role__in=INSTRUCTIONS) & (gone_on | no_more)
    rows = Routing.objects.filter(
        person__in=[asker.person_id, *asker.stands_in_for],
        matter__tenant_id=asker.tenant_id,
        done_at=None,
        matter__closed_at=None,
    )
    return _known(rows.exclude(stale))


def _known(rows: QuerySet[Routing]) -> QuerySet[Routing]:
    return rows.select_related("person", "asked_by").order_by("asked_at", "id")


def _with(row: Routing, listed: Listed) -> Lying:
    """One that a colleague has not signed for; `asked_by` names that colleague."""
    return Lying(listed, row.role, row.asked_at, row.person.name, "")


def _lying(row: Routing, listed: Listed, asker: Asker) -> Lying:
    return Lying(
        listed=listed,
        role=row.role,
        since=row.asked_at,
        asked_by=row.asked_by.name if row.asked_by else "",
        acting_for="" if row.person_id == asker.person_id else row.person.name,
    )
