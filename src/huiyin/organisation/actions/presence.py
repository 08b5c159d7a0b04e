"""Being away, and being back."""

from __future__ import annotations

from datetime import datetime

from huiyin.organisation.actions.record import note
from huiyin.organisation.models import Absence, Person
from huiyin.organisation.permissions import By, may_record_absence, same_office
from huiyin.organisation.queries import book_of, has_stand_in, partners
from huiyin.organisation.terms import AbsenceKind
from huiyin.rules.errors import Invalid, Unlawful, msg
from huiyin.rules.identifiers import strip_marks
from huiyin.rules.regimes import post_substitution
from huiyin.rules.rulebook import Rulebook
from huiyin.rules.workdays import SHANGHAI
from huiyin.storage.transactions import write

_LONGEST_REASON = 200


def record_absence(
    person: Person,
    *,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    by: By,
    at: datetime,
    head_covers: bool = False,
    why_unbriefed: str = "",
) -> Absence:
    """Record that somebody is away from `starts_at` up to `ends_at`; `kind` is one of `terms.AbsenceKind`.

    Where the rulebook wants a hand-over, a planned one waits for it (`held`), and one that has begun
    is marked `unbriefed` and says why there was no time for one (p2.post-substitution.3.a).
    `head_covers`: the head of the unit knows that A and B are away together.

    Raises:
        NotFound: a person of another office.
        Forbidden: neither oneself, nor the own head, nor an administrator.
        Invalid: it ends before it starts, began before today or is already over, the kind is unknown,
            or nobody says why no hand-over was possible.
        Unlawful: an absence of the same person already covers part of that time, or A and B of a
            position would both be away on a plan (p2.post-substitution.1).
    """
    same_office(by, person.tenant_id)
    may_record_absence(by, person.id).require()
    book = book_of(person.tenant, at.astimezone(SHANGHAI).date())
    _check(starts_at, ends_at, kind, book, at)
    planned = starts_at > at
    with write():
        _alone_with(person, starts_at)
        _not_twice(person, starts_at, ends_at)
        if planned and not head_covers:
            _not_together(person, book, starts_at, ends_at)
        covered = has_stand_in(person.id, max(at, starts_at))
        unbriefed = not planned and covered and book.has(post_substitution.STEPPING_IN)
        absence = Absence.objects.create(
            tenant_id=person.tenant_id,
            person=person,
            starts_at=starts_at,
            ends_at=ends_at,
            kind=kind,
            held=planned and covered and book.has(post_substitution.BRIEFING),
            unbriefed=unbriefed,
            why_unbriefed=_why(why_unbriefed, book) if unbriefed else "",
            recorded_at=at,
        )
        body = {
            "absence": str(absence.id),
            "starts_at": starts_at.isoformat(),
            "ends_at": ends_at.isoformat(),
            "reason": kind,
            **_marks(absence, book),
        }
        note("absence_recorded", tenant_id=person.tenant_id, subject_id=person.id, by=by, at=at, body=body)
    return absence


def cancel_absence(absence: Absence, *, by: By, at: datetime) -> Absence:
    """End an absence now, or call it off before it begins; what was true until now stays true.

    Raises:
        NotFound: an absence of another office.
        Forbidden: neither oneself, nor the own head, nor an administrator.
        Unlawful: it is over or was already cancelled.
    """
    same_office(by, absence.tenant_id)
    may_record_absence(by, absence.person_id).require()
    with write():
        ended = Absence.objects.filter(id=absence.id, cancelled_at__isnull=True, ends_at__gt=at).update(
            cancelled_at=at
        )
        if not ended:
            raise Unlawful(msg("这次离岗已经结束或已撤销"), code="absence_over")
        absence.cancelled_at = at
        body = {"absence": str(absence.id)}
        note(
            "absence_cancelled",
            tenant_id=absence.tenant_id,
            subject_id=absence.person_id,
            by=by,
            at=at,
            body=body,
        )
    return absence


def release_absence(absence: Absence, *, by: By, at: datetime, briefed: bool) -> Absence:
    """Let a planned absence that waited for its hand-over begin; without one B steps in (p2…3.b).

    Called once the hand-over is acknowledged, or by whoever knows that there will be none.

    Raises:
        NotFound: another office. Unlawful: it waits for nothing, or is over.
    """
    same_office(by, absence.tenant_id)
    with write():
        waiting = Absence.objects.filter(
            id=absence.id, held=True, released_at__isnull=True, cancelled_at__isnull=True, ends_at__gt=at
        )
        if not waiting.update(released_at=at, unbriefed=not briefed):
            raise Unlawful(msg("这次离岗不在等待交接"), code="not_waiting")
        absence.refresh_from_db()
        book = book_of(absence.person.tenant, at.astimezone(SHANGHAI).date())
        body = {"absence": str(absence.id), **_marks(absence, book)}
        note(
            "absence_released",
            tenant_id=absence.tenant_id,
            subject_id=absence.person_id,
            by=by,
            at=at,
            body=body,
        )
    return absence


def _alone_with(person: Person, at: datetime) -> None:
    """Whoever else records for this person, or for the other of a pair, waits and then finds this absence."""
    ids = {person.id, *partners(person.id, at)}
    list(Person.objects.select_for_update(no_key=True).only("id").filter(id__in=ids).order_by("id"))


def _why(told: str, book: Rulebook) -> str:
    """Why no hand-over was possible, as it is kept; needed where the rulebook wants one before going."""
    why = " ".join(strip_marks(told).split())
    if len(why) > _LONGEST_REASON:
        raise Invalid({"why_unbriefed": msg("理由不超过200字")})
    if not why and book.has(post_substitution.BRIEFING):
        told_first = msg("离岗前应先向B岗交接；来不及交接的，请写明原因")
        raise Invalid({"why_unbriefed": told_first}, clause=book.cite(post_substitution.BRIEFING))
    return why


def _check(starts_at: datetime, ends_at: datetime, kind: str, book: Rulebook, at: datetime) -> None:
    """Refuse an absence that began before today, ends before it starts or is over, and an unknown reason."""
    faults = {}
    if starts_at.astimezone(SHANGHAI).date() < at.astimezone(SHANGHAI).date():
        # Who was in charge on an earlier day is settled: nobody knew then.
        faults["starts_at"] = msg("开始不能早于今天；以前的离岗不能事后补登")
    if ends_at <= starts_at:
        faults["ends_at"] = msg("结束时间须晚于开始时间")
    elif ends_at <= at:
        # A stand-in cannot have acted on what nobody knew then.
        faults["ends_at"] = msg("结束时间已过；离岗须在结束之前登记，不能事后补登")
    if kind not in _kinds(book, at):
        faults["kind"] = msg("请选择离岗事由")
    if faults:
        raise Invalid(faults, clause=book.cite(post_substitution.COVER) if "kind" in faults else "")


def _kinds(book: Rulebook, at: datetime) -> list[str]:
    """The reasons for being away: the rulebook's own list, else all that are known."""
    if not book.has(post_substitution.COVER):
        return list(AbsenceKind.values)
    on = at.astimezone(SHANGHAI).date()
    return [str(one) for one in book.value(post_substitution.COVER, "reasons", on)]


def _marks(absence: Absence, book: Rulebook) -> dict[str, str | bool]:
    """What the ledger keeps of the hand-over, and by which clause."""
    if absence.unbriefed:
        return {"briefed": False, "clause": book.cite(post_substitution.STEPPING_IN)}
    if absence.held:
        released = absence.released_at is not None
        return {"briefed": released, "clause": book.cite(post_substitution.BRIEFING)}
    return {}


def _not_twice(person: Person, starts_at: datetime, ends_at: datetime) -> None:
    overlapping = Absence.objects.filter(
        person=person, cancelled_at__isnull=True, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    if overlapping.exists():
        raise Unlawful(
            msg("这段时间已登记过离岗"),
            code="absence_overlaps",
            remedy=msg("请先撤销原登记，或改填其余时间。"),
        )


def _not_together(person: Person, book: Rulebook, starts_at: datetime, ends_at: datetime) -> None:
    """A and B of one position do not both plan to be away."""
    if not book.has(post_substitution.COVER):
        return
    other = Absence.objects.filter(
        person__in=partners(person.id, starts_at),
        cancelled_at__isnull=True,
        starts_at__lt=ends_at,
        ends_at__gt=starts_at,
    )
    if found := other.select_related("person").order_by("starts_at").first():
        raise Unlawful(
            msg("%(name)s是同一岗位的A岗或B岗，这段时间也已登记离岗"),
            code="pair_away",
            params={"name": found.person.name},
            clause=book.cite(post_substitution.COVER),
            remedy=msg("请错开时间；确需同时离岗的，报科室负责人代管，并在登记时勾选“科室负责人代管”。"),
        )
