"""Who hears of somebody's work: they themselves, who stands in for them, and who is over it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple
from uuid import UUID

from django.db.models import Q

from huiyin.organisation.models import Appointment, Position, Role, Unit
from huiyin.organisation.queries.presence import absent_at, current_on
from huiyin.organisation.terms import Duty, Part, Rank
from huiyin.rules.workdays import SHANGHAI


@dataclass(frozen=True, slots=True)
class _Post:
    rank: str
    unit_id: UUID
    a: UUID | None = None
    b: UUID | None = None


class _Held(NamedTuple):
    """A post that somebody holds as A, and since when; the higher it is the less it is `below`."""

    below: int
    since: date
    id: UUID


_LEVELS: Final = {one.value: level for level, one in enumerate(Rank)}


@dataclass(frozen=True, slots=True)
class Lines:
    """The people of an office at a moment, as far as they were asked for."""

    posts: Mapping[UUID, _Post]
    overseers: Mapping[UUID, UUID]
    efficiency: tuple[UUID, ...]
    away: frozenset[UUID]
    held: Mapping[UUID, tuple[UUID, ...]] = field(repr=False)
    left: Mapping[UUID, tuple[UUID, ...]] = field(default_factory=dict, repr=False)

    def hearers(self, person_id: UUID, *, at_first_post: bool = False) -> list[UUID]:
        """Who gets what is for this person: they themselves, while they are away who stands in.

        With nobody standing in they get it themselves. Nobody for who holds no post any more. What is
        for no more ears than it takes goes to the stand-in of the first post alone, as `Asker.first_for`.
        """
        if person_id not in self.held:
            return []
        if person_id not in self.away:
            return [person_id]
        posts = self.held[person_id][: 1 if at_first_post else None]
        seconds = (self.posts[post].b for post in posts)
        here = [one for one in seconds if one is not None and one not in self.away]
        return list(dict.fromkeys(here)) or [person_id]

    def after(self, person_id: UUID, unit_id: UUID) -> list[UUID]:
        """Who has the work on a unit's matters of somebody who holds no post any more, by position code.

        That is who answers for the posts which that one held last: A, or B while A is away or the post is
        empty. Nobody comes after who still holds a post, nor on matters that the post has nothing to do with.
        """
        if person_id in self.held:
            return []
        posts = (self.posts[one] for one in self.left.get(person_id, ()) if self._is_of(one, unit_id))
        found = (self._here(post.a) or self._here(post.b) for post in posts)
        return list(dict.fromkeys(one for one in found if one is not None))

    def _here(self, person_id: UUID | None) -> UUID | None:
        return None if person_id in self.away else person_id

    def _is_of(self, post_id: UUID, unit_id: UUID) -> bool:
        post = self.posts.get(post_id)
        if post is None:
            return False
        return (
            unit_id == post.unit_id or post.rank == Rank.MAIN_LEADER or self.overseers.get(unit_id) == post_id
        )

    def over(self, level: str, unit_id: UUID) -> list[UUID]:
        """Who is over a unit at a level of the line, and those who stand in for them."""
        if level == Duty.EFFICIENCY_OFFICE:
            holders: Iterable[UUID | None] = self.efficiency
        elif level == Rank.LEADER_IN_CHARGE:
            post = self.overseers.get(unit_id)
            holders = [self.posts[post].a] if post is not None and post in self.posts else []
        else:
            holders = [
                post.a
                for post in self.posts.values()
                if post.rank == level and (level == Rank.MAIN_LEADER or post.unit_id == unit_id)
            ]
        found = (hearer for one in holders if one is not None for hearer in self.hearers(one))
        return list(dict.fromkeys(found))


def lines(tenant_id: UUID, at: datetime, people: Collection[UUID], unit_ids: Collection[UUID]) -> Lines:
    """Read whoever hears of the work of these persons in these units: four queries for any number."""
    day = at.astimezone(SHANGHAI).date()
    today = current_on(day)
    overseen = Unit.objects.filter(tenant_id=tenant_id, id__in=unit_ids, overseer__isnull=False)
    overseers = dict(overseen.values_list("id", "overseer"))
    role = Role.objects.filter(tenant_id=tenant_id, role=Duty.EFFICIENCY_OFFICE, person__active=True)
    efficiency = tuple(role.order_by("person__staff_no").values_list("person_id", flat=True))
    own = Appointment.objects.filter(today, tenant_id=tenant_id, person__in=[*people, *efficiency])
    left = _held_last(tenant_id, day, people)
    wanted = Position.objects.filter(
        Q(id__in=own.values("position_id"))
        | Q(id__in={post for some in left.values() for post in some})
        | Q(id__in=list(overseers.values()))
        | Q(rank=Rank.HEAD, unit__in=unit_ids)
        | Q(rank=Rank.MAIN_LEADER),
        tenant_id=tenant_id,
    )
    rows = (
        Appointment.objects.filter(today, position__in=wanted.values("id"), person__active=True)
        .annotate(away=absent_at(at))
        .order_by("position__code", "part", "since")
        .values_list(
            "position_id", "position__rank", "position__unit_id", "part", "person_id", "away", "since"
        )
    )
    posts: dict[UUID, _Post] = {}
    held: dict[UUID, list[_Held]] = {one: [] for one in efficiency}
    away = set()
    for post_id, rank, unit_id, part, person_id, absent, since in rows:
        known = posts.get(post_id, _Post(rank, unit_id))
        if part == Part.A:
            posts[post_id] = _Post(rank, unit_id, person_id, known.b)
            held.setdefault(person_id, []).append(_Held(-_LEVELS[rank], since, post_id))
        else:
            posts[post_id] = _Post(rank, unit_id, known.a, person_id)
            held.setdefault(person_id, [])
        away |= {person_id} if absent else set()
    ordered = {one: tuple(post.id for post in sorted(some, key=_first)) for one, some in held.items()}
    return Lines(posts, overseers, efficiency, frozenset(away), ordered, left)


def _first(post: _Held) -> tuple[int, date]:
    """The higher post first, of equal ones that held longer; then they stay in the order of their codes."""
    return post.below, post.since


def _held_last(tenant_id: UUID, day: date, people: Collection[UUID]) -> dict[UUID, tuple[UUID, ...]]:
    """The posts that each of these persons held last as A, of those that ended by this day, by code."""
    ended = Appointment.objects.filter(tenant_id=tenant_id, person__in=people, part=Part.A, until__lte=day)
    rows = ended.order_by("-until", "position__code").values_list("person_id", "position_id", "until")
    last: dict[UUID, tuple[date | None, tuple[UUID, ...]]] = {}
    for person_id, post_id, until in rows:
        newest, posts = last.get(person_id, (until, ()))
        if until == newest:
            last[person_id] = (newest, (*posts, post_id))
    return {person_id: posts for person_id, (_, posts) in last.items()}
