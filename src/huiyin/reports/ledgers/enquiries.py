"""首问责任登记台账: everything somebody asked, who was asked first, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from huiyin.matters import labels
from huiyin.matters.models import Deposit, Guidance, Handover, MaterialCheck, Matter
from huiyin.organisation.models import Appointment
from huiyin.reports.contact_ways import ways
from huiyin.reports.ledgers.frame import Column, Ledger, Line, Scope
from huiyin.rules.errors import msg
from huiyin.rules.workdays import SHANGHAI

COLUMNS: Final = (
    Column(msg("登记时间"), 16),
    Column(msg("来访/来电/来信"), 8),
    Column(msg("服务对象姓名或单位"), 14),
    Column(msg("联系电话"), 14),
    Column(msg("事由"), 30),
    Column(msg("首问责任人"), 10),
    Column(msg("是否本岗"), 8),
    Column(msg("处理方式"), 10),
    Column(msg("承办科室"), 12),
    Column(msg("承办人"), 10),
    Column(msg("代收材料及份数"), 22),
    Column(msg("移交时间"), 16),
    Column(msg("接收人签字"), 10),
    Column(msg("办理结果"), 12),
    Column(msg("办结时间"), 16),
    Column(msg("是否回访"), 8),
)


def rows(scope: Scope) -> QuerySet[Matter]:
    """Everything that people came to ask in the period, in the order it came."""
    found = scope.matters().filter(scope.within("received_at"), kind__in=labels.ASKED)
    return (
        found.select_related("unit", "item", "custodian", "first_responder")
        .prefetch_related(
            Prefetch("materials", MaterialCheck.objects.filter(present=True).order_by("name")),
            Prefetch("guidance", Guidance.objects.only("id", "matter", "route", "to").order_by("id")),
            Prefetch("deposits", Deposit.objects.only("id", "matter", "papers").order_by("id")),
            Prefetch(
                "handovers", Handover.objects.select_related("taker", "giver").order_by("offered_at", "id")
            ),
        )
        .defer("details", "reply", "rating_comment", "applicant_email", "applicant_id_number")
        .order_by("received_at", "id")
    )


def lines(matters: Sequence[Any], scope: Scope) -> Iterator[Line]:
    """Put each into words; one query for who held which post.

    Nobody calls back whom they served (回访): that column stays free for the pen.
    """
    held = _held(matters)
    comma = scope.say(msg("、"))
    for matter in matters:
        handovers = matter.handovers.all()
        taken = [one for one in handovers if one.ending == "accepted"]
        last = taken[-1] if taken else None
        yield (
            matter.received_at,
            scope.say(labels.CHANNELS.get(matter.channel, matter.channel)),
            scope.name(matter),
            scope.phone(matter),
            scope.text(matter, matter.question) or matter.summary,
            matter.first_responder.name,
            scope.yes_no(_own_post(matter, held)),
            comma.join(
                scope.say(one)
                for one in ways(matter, matter.guidance.all(), matter.deposits.all(), handovers)
            ),
            matter.unit.name,
            matter.custodian.name,
            comma.join(
                one
                for one in (papers_taken(matter.materials.all(), scope), _kept(matter.deposits.all(), scope))
                if one
            ),
            last.ended_at if last else None,
            last.taker.name if last else "",
            scope.say(labels.OUTCOMES.get(matter.outcome, "") or labels.STAGES[matter.stage]),
            matter.closed_at or matter.decided_at,
            "",
            matter.number,
        )


def papers_taken(found: Sequence[MaterialCheck], scope: Scope) -> str:
    """Return the papers that are there with their copies, as 户口簿1份、申请表2份."""
    one = scope.say(msg("%(name)s%(copies)s份"))
    return scope.say(msg("、")).join(one % {"name": row.name, "copies": row.copies} for row in found)


def _kept(deposits: Iterable[Deposit], scope: Scope) -> str:
    """The papers that were taken in for a colleague, likewise."""
    one = scope.say(msg("%(name)s%(copies)s份"))
    return scope.say(msg("、")).join(
        one % {"name": row["name"], "copies": row["copies"]} for deposit in deposits for row in deposit.papers
    )


def _held(matters: Sequence[Any]) -> Mapping[tuple[UUID, UUID], list[Appointment]]:
    """The appointments of who was asked first to the posts that deal with the items."""
    found: dict[tuple[UUID, UUID], list[Appointment]] = {}
    for row in Appointment.objects.filter(
        position__in={one.item.position_id for one in matters if one.item},
        person__in={one.first_responder_id for one in matters},
    ):
        found.setdefault((row.position_id, row.person_id), []).append(row)
    return found


def _own_post(matter: Any, held: Mapping[tuple[UUID, UUID], list[Appointment]]) -> bool | None:
    """Say whether who was asked first held the post that deals with the item, that day; None for no item."""
    if matter.item is None:
        return None
    day = matter.received_at.astimezone(SHANGHAI).date()
    return any(
        row.since <= day and (row.until is None or row.until > day)
        for row in held.get((matter.item.position_id, matter.first_responder_id), ())
    )


LEDGER: Final = Ledger(
    "first-responder",
    msg("首问责任登记台账"),
    msg("按登记时间列出每一件来访、来电、来信和网上申请。"),
    COLUMNS,
    rows,
    lines,
)
