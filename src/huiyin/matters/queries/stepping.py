"""The steps of an approval: which was signed when, which waits before whom, which ran out."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.stages import timed
from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.rules import signing
from huiyin.rules.vocabulary import Light


@dataclass(frozen=True, slots=True)
class ApprovalStep:
    """One step as it was put before its signer; `signed_at` is None while it waits or was set aside."""

    number: int
    name: str
    signer: str
    clause: str
    due_at: datetime
    light: Light
    signed_at: datetime | None
    waived: bool


def approval_steps(matter: Matter, at: datetime) -> list[ApprovalStep]:
    """The steps of an approval that have begun, in their order; none of anything else."""
    if not matter.approval:
        return []
    owed = Obligation.objects.filter(subject_id=matter.id, what=signing.SIGN).select_related("bearer")
    rows = sorted(owed, key=_ordinal)
    names = step_names([matter], rows)
    return [
        ApprovalStep(
            number=names[row.id][0],
            name=names[row.id][1],
            signer=row.bearer.name,
            clause=row.clause,
            due_at=row.due_at,
            light=duties.light_of(row, at),
            signed_at=None if row.outcome == "waived" else row.ended_at,
            waived=row.outcome == "waived",
        )
        for row in rows
    ]


def step_names(matters: Collection[Matter], rows: Collection[Obligation]) -> dict[UUID, tuple[int, str]]:
    """The number and the name of the step that each duty to sign is about, by the duty's id.

    `rows` are all duties to sign of these matters; the name is "" where the item has no such step.
    One query, none without rows.
    """
    if not rows:
        return {}
    pairs = {(one.item_id, one.item_version) for one in matters if one.item_id}
    known = catalogue.steps_of(pairs)
    found: dict[UUID, tuple[int, str]] = {}
    of_each: dict[UUID, list[Obligation]] = {}
    for row in sorted(rows, key=_ordinal):
        of_each.setdefault(row.subject_id, []).append(row)
    for matter in matters:
        own = of_each.get(matter.id, [])
        steps = timed(known.get((matter.item_id, matter.item_version), ())) if matter.item_id else []
        for row, (_, number) in zip(own, signing.numbered(own), strict=True):
            found[row.id] = number, steps[number - 1].name if number <= len(steps) else ""
    return found


def steps_waiting(rows: Collection[Obligation], matters: Collection[Matter]) -> dict[UUID, tuple[int, str]]:
    """The number and the name of the step of those of these duties that are to sign one, by the duty's id.

    Two queries, none where there is none.
    """
    subjects = {row.subject_id for row in rows if row.what == signing.SIGN}
    if not subjects:
        return {}
    owed = Obligation.objects.filter(subject_id__in=subjects, what=signing.SIGN)
    return step_names([one for one in matters if one.id in subjects], list(owed))


def signer_of(matter: Matter) -> UUID | None:
    """Before whom a step of this approval lies; None where none waits."""
    if not matter.approval:
        return None
    waiting = Obligation.objects.filter(subject_id=matter.id, what=signing.SIGN, ended_at__isnull=True)
    return waiting.values_list("bearer_id", flat=True).first()


def _ordinal(row: Obligation) -> int:
    return int(row.key.rpartition("-")[2])
