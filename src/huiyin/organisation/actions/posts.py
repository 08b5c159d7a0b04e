"""Appointments during an import: what people hold now, what the sheet wants, what begins and ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from huiyin.organisation.models import Appointment, Person, Position
from huiyin.rules.errors import msg
from huiyin.rules.importing import Faults, Row


class Posts:
    """One holder for each part of each position; whoever is replaced ends the day the next begins."""

    def __init__(self, running: Iterable[Appointment], today: date) -> None:
        """Start from the appointments that run today or later, oldest first."""
        self.today = today
        self._held: dict[tuple[UUID, str], Appointment] = {}
        self._of_person: dict[tuple[UUID, str], dict[UUID, Appointment]] = {}
        for row in running:
            self._held[row.position_id, row.part] = row
            self._of_person.setdefault((row.person_id, row.part), {})[row.position_id] = row
        self._claimed: dict[tuple[UUID, str], Row] = {}
        self.begun: list[Appointment] = []
        self.ended: list[Appointment] = []
        self._moved: list[Appointment] = []
        self._ended_by: dict[UUID, Row] = {}

    def touched(self) -> list[Appointment]:
        """Return the stored appointments whose days change."""
        return [*self.ended, *self._moved]

    def hold(
        self,
        person: Person,
        wanted: Sequence[Position],
        *,
        part: str,
        since: date | None,
        row: Row,
        key: str,
        faults: Faults,
    ) -> bool:
        """Let a person hold exactly these positions in this part; say whether anything changes."""
        begin = since or self.today
        before = len(self.begun) + len(self.ended) + len(self._moved)
        mine = self._of_person.get((person.id, part), {})
        for position_id, appointment in mine.items():
            if appointment.until is None and position_id not in {position.id for position in wanted}:
                self._end(appointment, begin, row)
        for position in wanted:
            other = self._claimed.setdefault((position.id, part), row)
            if other is not row:
                faults.add(
                    row,
                    key,
                    msg("岗位“%(position)s”的%(part)s岗已在第%(row)s行填给另一人"),
                    msg("同一岗位的A岗、B岗各只能有一人。"),
                    params={"position": position.code, "part": part, "row": other.number},
                )
                continue
            self._take(position, person, part, since=since, begin=begin, row=row)
        return len(self.begun) + len(self.ended) + len(self._moved) > before

    def refuse_same_person(self, faults: Faults, clause: str) -> None:
        """Nobody stands in for themselves: A and B of one position are two people; by `clause`, if any."""
        for (position_id, part), row in self._claimed.items():
            here = self._held.get((position_id, part))
            there = self._held.get((position_id, "B" if part == "A" else "A"))
            if (
                here
                and there
                and here.person_id == there.person_id
                and (part == "B" or there not in self.begun)
            ):
                faults.add(
                    row,
                    "b_posts" if part == "B" else "a_posts",
                    msg("同一岗位的A岗和B岗不能是同一个人"),
                    msg("请另选一人。"),
                    clause=clause,
                )

    def refuse_unable(
        self, faults: Faults, clause: str, able: Mapping[UUID, set[UUID]], least: int, held: set[UUID]
    ) -> None:
        """Nobody becomes B of a running position who is not on record as able to do it and their own.

        `able` says which positions each person can do, `least` how many it takes, `held` which positions
        anybody has ever held: an office that begins has nothing on record yet (p2.post-substitution.2.b).
        """
        for fresh in self.begun:
            if fresh.part != "B" or fresh.position_id not in held:
                continue
            own = {
                post
                for (post, part), one in self._held.items()
                if (part, one.person_id) == ("A", fresh.person_id)
            }
            known = able.get(fresh.person_id, set())
            wanted = {fresh.position_id, *own}
            if all(post in known for post in wanted) and len(known) >= least:
                continue
            faults.add(
                self._claimed[fresh.position_id, "B"],
                "b_posts",
                msg("能否胜任本岗和所替岗位还没有记载，不能任命为B岗"),
                msg("请先在岗位页记载其能胜任这两个岗位及依据，再导入。"),
                clause=clause,
            )

    def settle_reasons(self, faults: Faults, clause: str) -> None:
        """Keep why somebody no longer holds a part, as the row that takes it or that gives it up says.

        With `clause` a change for which neither has a reason is a fault (p2.post-substitution.6).
        """
        said = {(row.position_id, row.part): row.reason for row in self.begun if row.reason}
        for held in self.ended:
            row = self._ended_by[held.id]
            why = row.text("reason") or said.get((held.position_id, held.part), "")
            held.reason = why or held.reason
            if clause and not why:
                faults.add(
                    row,
                    "reason",
                    msg("这一行更换或卸任了%(part)s岗，没有写明理由"),
                    msg("A岗、B岗确定后一般不随便换，请在“更换理由”一列写明。"),
                    params={"part": held.part},
                    clause=clause,
                )

    def _take(
        self,
        position: Position,
        person: Person,
        part: str,
        *,
        since: date | None,
        begin: date,
        row: Row,
    ) -> None:
        held = self._held.get((position.id, part))
        if held is not None and held.person_id == person.id and held.until is None:
            if since is not None and held.since != since:
                held.since = since
                self._moved.append(held)
            return
        if held is not None:
            self._end(held, begin, row)
        fresh = Appointment(
            tenant_id=position.tenant_id,
            position=position,
            person=person,
            part=part,
            since=begin,
            reason=row.text("reason"),
        )
        self._held[position.id, part] = fresh
        self.begun.append(fresh)

    def _end(self, appointment: Appointment, day: date, row: Row) -> None:
        if appointment.until is None or appointment.until > day:
            appointment.until = max(appointment.since, day)
            self.ended.append(appointment)
            self._ended_by[appointment.id] = row
        if self._held.get((appointment.position_id, appointment.part)) is appointment:
            del self._held[appointment.position_id, appointment.part]
