"""What the page of a matter shows of an official document: where it stands, who has it, what was written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from huiyin.matters import queries as matters
from huiyin.matters.queries import Clock
from huiyin.rules.errors import msg
from huiyin.rules.lifecycle import VOIDED

if TYPE_CHECKING:
    from huiyin.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Stop:
    """One stage on the way: `who` has or had it since `since`; `due_at` and `light` are those of its clock.

    `state` is "done", "here" or "ahead".
    """

    label: str
    state: str
    who: str
    since: datetime | None
    due_at: datetime | None
    light: str
    late: bool


# Each stage with its label, the stages of the matter at which it waits, whom it lies before, and its clock.
_INCOMING: Final = (
    (msg("主要领导阅示"), ("to_present",), ("main_leader",), ("present_to_main_leader",)),
    (
        msg("分管领导阅处"),
        ("with_main_leader",),
        ("leader",),
        ("present_to_leader_in_charge", "present_to_a_leader"),
    ),
    (msg("承办人签收"), ("to_send", "sent"), ("handler",), ("send_to_handler",)),
    (msg("办结"), ("in_hand",), (), ("complete_document",)),
    (msg("归档"), ("to_archive", "archived"), (), ()),
)
_OUTGOING: Final = (
    (msg("拟稿"), ("to_draft",), (), ("draft_document",)),
    (msg("核稿"), ("to_check",), ("checker",), ()),
    (msg("签发"), ("to_sign",), ("signer",), ()),
    (msg("编号"), ("to_number",), (), ()),
    (msg("寄发"), ("to_dispatch",), (), ("dispatch_document",)),
    (msg("归档"), ("to_archive", "archived"), (), ()),
)


def context_of(matter: Matter, clocks: Sequence[Clock]) -> dict[str, Any]:
    """What the page needs of a document; nothing for a matter that is none."""
    document = matters.of_matter(matter)
    if document is None:
        return {"document": None}
    routings = matters.routings_of(matter)
    return {
        "document": document,
        "stops": stops(matter, clocks, routings),
        "written": [one for one in routings if one.opinion or one.role == "reader"],
        "drafts": matters.drafts_of(matter) if matter.kind == "document_out" else [],
        "explanations": matters.explanations_of(matter),
    }


def stops(matter: Matter, clocks: Sequence[Clock], routings: Iterable[Any]) -> list[Stop]:
    """The stages in their order, each done, under way or still ahead."""
    table = _INCOMING if matter.kind == "document_in" else _OUTGOING
    rows = list(routings)
    here = _where(matter, [waits for _, waits, *_ in table])
    found = []
    for at, (label, _, roles, duties) in enumerate(table):
        before = [row for row in rows if row.role in roles and row.ending != "passed_over"]
        clock = next((one for what in duties for one in clocks if one.what == what), None)
        last = before[-1] if before else None
        found.append(
            Stop(
                label=label,
                state=_state(at, here),
                who=last.person.name if last else "",
                since=(last.done_at if last and last.role == "handler" else None)
                or (last.asked_at if last else None)
                or (clock.ended_at if clock else None),
                due_at=clock.due_at if clock and not clock.awaits_event else None,
                light=clock.light.value if clock and clock.ended_at is None else "",
                late=bool(clock and clock.outcome == "late"),
            )
        )
    return found


def _state(at: int, here: int) -> str:
    return "done" if at < here else "here" if at == here else "ahead"


def _where(matter: Matter, waits: Sequence[Sequence[str]]) -> int:
    """The place of the stage it is at; past all of them once it is over, before any where it is void."""
    if matter.outcome == VOIDED:
        return -1
    return next((at for at, stages in enumerate(waits) if matter.stage in stages), len(waits))
