"""The steps of an approval: which was signed when, which waits before whom, which ran out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.stages import timed
from huiyin.matters.models import Matter
from huiyin.obligations import queries as duties
from huiyin.obligations.models import Obligation
from huiyin.organisation import queries as organisation
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


def signer_of(matter: Matter, at: datetime) -> UUID | None:
    """Who signs the step of this approval that waits; None where none waits.

    Whoever holds the post that signs it now. Where it names none, or nobody holds it: before whom it
    lies, and the custodian where that one has gone.
    """
    if not matter.approval:
        return None
    found = _waiting(Obligation.objects.filter(subject_id=matter.id), {matter.id: matter}, at)
    if not found:
        return None
    row, holder = found[0]
    if holder is not None:
        return holder
    return matter.custodian_id if organisation.has_gone(row.bearer_id, at) else row.bearer_id


def lying_with_another(at: datetime) -> list[tuple[UUID, UUID]]:
    """The matters whose waiting step lies with somebody who does not hold its post, each with who does.

    A few queries, whatever their number; one where no step waits anywhere.
    """
    rows = Obligation.objects.filter(what=signing.SIGN, ended_at__isnull=True)
    # Without what is encrypted: only where the steps are written down is asked.
    plain = Matter.objects.only("id", "tenant_id", "item_id", "item_version")
    matters = plain.in_bulk(list(rows.values_list("subject_id", flat=True)))
    every = Obligation.objects.filter(subject_id__in=list(matters))
    found = _waiting(every, matters, at) if matters else []
    return [(row.subject_id, to) for row, to in found if to is not None and to != row.bearer_id]


def step_holder(matter: Matter, at: datetime) -> UUID | None:
    """Who holds the post of the waiting step, where it lies with somebody else; None where it lies right."""
    found = _waiting(Obligation.objects.filter(subject_id=matter.id), {matter.id: matter}, at)
    return next((to for row, to in found if to is not None and to != row.bearer_id), None)


def _waiting(
    rows: QuerySet[Obligation], matters: Mapping[UUID, Matter], at: datetime
) -> list[tuple[Obligation, UUID | None]]:
    """The waiting steps among these matters' duties, each with who holds the post that signs it."""
    owed = sorted(rows.filter(what=signing.SIGN), key=_ordinal)
    if all(row.ended_at is not None for row in owed):
        return []
    posts = _posts_of(owed, matters)
    holders = organisation.holders_of_posts(set(posts.values()), at)
    return [
        (row, holders.get(posts[row.id]) if row.id in posts else None) for row in owed if row.ended_at is None
    ]


def _posts_of(owed: Sequence[Obligation], matters: Mapping[UUID, Matter]) -> dict[UUID, tuple[UUID, str]]:
    """The office and the code of the post that signs each waiting step, by the duty's id."""
    known = catalogue.steps_of({(one.item_id, one.item_version) for one in matters.values() if one.item_id})
    found: dict[UUID, tuple[UUID, str]] = {}
    for key, matter in matters.items():
        own = [row for row in owed if row.subject_id == key]
        steps = timed(known.get((matter.item_id, matter.item_version), ())) if matter.item_id else []
        for row, (_, number) in zip(own, signing.numbered(own), strict=True):
            post = steps[number - 1].post if number <= len(steps) else ""
            if post and row.ended_at is None:
                found[row.id] = matter.tenant_id, post
    return found


def _ordinal(row: Obligation) -> int:
    return int(row.key.rpartition("-")[2])
