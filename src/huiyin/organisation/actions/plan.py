"""What an import of people would do, worked out from the rows and the present registers; writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Q

from huiyin.organisation.actions.posts import Posts
from huiyin.organisation.models import Appointment, Competence, Person, Position, Role, Tenant, Unit
from huiyin.organisation.queries import book_of
from huiyin.organisation.sheets import PEOPLE, POSITIONS, UNITS
from huiyin.organisation.terms import Duty
from huiyin.rules.errors import msg
from huiyin.rules.importing import Faults, Row
from huiyin.rules.regimes import post_substitution

_T = TypeVar("_T", Unit, Position, Person)


class Register(Generic[_T]):
    """The rows of one table by their number, those the file adds and those it changes."""

    def __init__(self, rows: Iterable[_T], key: str) -> None:
        """Start from what is stored; numbers are compared without regard to case."""
        self.key = key
        self.by_code: dict[str, _T] = {getattr(row, key).casefold(): row for row in rows}
        self.created: list[_T] = []
        self.changed: list[_T] = []
        self._names: dict[str, _T | None] = {}
        for row in self.by_code.values():
            self.call(str(row), row)

    def call(self, name: str, row: _T) -> None:
        """Let a row be found by this name too, as long as no other row has it."""
        self._names[name] = row if self._names.get(name, row) is row else None

    def find(self, text: str) -> _T | None:
        """Find by code, or by a name that only one row has."""
        return self.by_code.get(text.casefold()) or self._names.get(text)

    def enter(self, fresh: _T) -> _T:
        """Return the stored row of this number, or `fresh` as a new one; either is found by its new name."""
        code = getattr(fresh, self.key).casefold()
        if code not in self.by_code:
            self.by_code[code] = fresh
            self.created.append(fresh)
        self.call(str(fresh), self.by_code[code])
        return self.by_code[code]


class Plan:
    """The outcome of reading all rows: registers with their additions and changes, and the counts."""

    def __init__(self, tenant: Tenant, today: date, faults: Faults, *, me: UUID | None = None) -> None:
        """Read the present registers of the office: five queries. `me` is who imports, if known."""
        self.tenant, self.today, self.faults, self.me = tenant, today, faults, me
        self.units = Register(Unit.objects.filter(tenant=tenant), "code")
        self.positions = Register(Position.objects.filter(tenant=tenant), "code")
        self.people = Register(Person.objects.filter(tenant=tenant), "staff_no")
        running = Appointment.objects.filter(Q(until__isnull=True) | Q(until__gt=today), tenant=tenant)
        held = list(running.order_by("since"))
        self.posts = Posts(held, today)
        book = book_of(tenant, today)
        self._reasons = book.cite(post_substitution.STABLE)
        self._pairs = book.cite(post_substitution.PAIR)
        self._book = book
        self._mine = {row.position_id for row in held if row.person_id == me}
        self._administrators = set(
            Role.objects.filter(tenant=tenant, role=Duty.ADMINISTRATOR, person__active=True).values_list(
                "person_id", flat=True
            )
        )
        self.counts = {"created": 0, "changed": 0, "unchanged": 0}

    def read(self, found: Mapping[str, list[Row]]) -> None:
        """Plan every row; what cannot be done is added to the faults."""
        units = [(row, self._enter_unit(row)) for row in found.get(UNITS.name, ()) if row.text("code")]
        placed = [(row, self._enter_position(row)) for row in found.get(POSITIONS.name, ())]
        for row, unit in units:
            self._settle_unit(row, unit)
        for row, unit in units:
            self._refuse_circle(row, unit)
        for row, position in placed:
            if position is not None:
                self._settle_position(row, position)
        for row in found.get(PEOPLE.name, ()):
            self._person(row)
        self.posts.refuse_same_person(self.faults, self._pairs)
        if self._book.has(post_substitution.COMPETENCE):
            self._refuse_unable()
        self.posts.settle_reasons(self.faults, self._reasons)
        self._keep_an_administrator(found.get(PEOPLE.name, ()))

    def _refuse_unable(self) -> None:
        """As `Posts.refuse_unable`, with what is on record: two queries."""
        able: dict[UUID, set[UUID]] = {}
        known = Competence.objects.filter(tenant=self.tenant).values_list("person_id", "position_id")
        for person_id, position_id in known:
            able.setdefault(person_id, set()).add(position_id)
        held = set(Appointment.objects.filter(tenant=self.tenant).values_list("position_id", flat=True))
        least = int(self._book.value(post_substitution.COMPETENCE, "min_posts", self.today))
        clause = self._book.cite(post_substitution.COMPETENCE)
        self.posts.refuse_unable(self.faults, clause, able, least, held)

    def leaving(self) -> frozenset[UUID]:
        """Who leaves by it."""
        return frozenset(person.id for person in self.people.changed if not person.active)

    def loses_administrators(self) -> bool:
        """Whether any of those who leave is an administrator."""
        return not self._administrators.isdisjoint(self.leaving())

    def _enter_unit(self, row: Row) -> Unit:
        return self.units.enter(Unit(tenant=self.tenant, code=row.text("code"), name=row.text("name")))

    def _enter_position(self, row: Row) -> Position | None:
        wanted = row.text("unit")
        unit = self.units.find(wanted) if wanted else None
        if wanted and unit is None:
            self._unknown(row, "unit", wanted, UNITS.name)
        if unit is None or not (row.text("code") and row.text("title") and row.text("rank")):
            return None
        fresh = Position(
            tenant=self.tenant,
            unit=unit,
            code=row.text("code"),
            title=row.text("title"),
            rank=row.text("rank"),
        )
        return self.positions.enter(fresh)

    def _settle_unit(self, row: Row, unit: Unit) -> None:
        wanted: dict[str, object] = {"name": row.text("name") or unit.name}
        for key, register, sheet in (
            ("parent", self.units, UNITS.name),
            ("overseer", self.positions, POSITIONS.name),
        ):
            if key not in row.given:
                continue
            text = row.text(key)
            target = register.find(text) if text else None
            if text and target is None:
                self._unknown(row, key, text, sheet)
            wanted[f"{key}_id"] = target.id if target else None
        if wanted.get("overseer_id", unit.overseer_id) != unit.overseer_id:
            self._not_mine(row, "overseer", wanted["overseer_id"])
        self._settle(self.units, unit, wanted)

    def _settle_position(self, row: Row, position: Position) -> None:
        wanted: dict[str, object] = {key: row.text(key) for key in ("title", "rank")}
        unit = self.units.find(row.text("unit"))
        wanted["unit_id"] = unit.id if unit else None
        if (wanted["rank"], wanted["unit_id"]) != (position.rank, position.unit_id):
            self._not_mine(row, "rank", position.id)
        wanted |= {key: row.text(key) for key in ("duties", "phone", "place") if key in row.given}
        if "reception" in row.given:
            wanted["reception"] = bool(row.values.get("reception"))
        self._settle(self.positions, position, wanted)

    def _person(self, row: Row) -> None:
        if not (row.text("staff_no") and row.text("name")):
            return
        person = self.people.enter(
            Person(tenant=self.tenant, staff_no=row.text("staff_no"), name=row.text("name"))
        )
        wanted: dict[str, object] = {"name": row.text("name")}
        wanted |= {key: row.text(key) for key in ("office_phone", "email") if key in row.given}
        if "active" in row.given:
            wanted["active"] = row.values.get("active") is not False
        leaving = wanted.get("active") is False
        if leaving and (row.values.get("a_posts") or row.values.get("b_posts")):
            self.faults.add(
                row,
                "active",
                msg("已离职的人员不能再任岗位"),
                msg("请清空A岗、B岗，或把“在职”改为“是”。"),
            )
        moved = self._posts_of(row, person, leaving=leaving)
        if moved and person.id == self.me:
            self._own(row, "a_posts")
        self._settle(self.people, person, wanted, also=moved)

    def _posts_of(self, row: Row, person: Person, *, leaving: bool) -> bool:
        since = row.values.get("since")
        moved = False
        for part, key in (("A", "a_posts"), ("B", "b_posts")):
            if key not in row.given and not leaving:
                continue
            wanted = []
            texts = row.values.get(key)
            for text in texts if isinstance(texts, tuple) else ():
                position = self.positions.find(text)
                if position is None:
                    self._unknown(row, key, text, POSITIONS.name)
                else:
                    wanted.append(position)
            day = since if isinstance(since, date) else None
            moved |= self.posts.hold(
                person, wanted, part=part, since=day, row=row, key=key, faults=self.faults
            )
        return moved

    def _settle(
        self, register: Register[_T], row: _T, wanted: Mapping[str, object], *, also: bool = False
    ) -> None:
        different = {key: value for key, value in wanted.items() if getattr(row, key) != value}
        for key, value in different.items():
            setattr(row, key, value)
        if row._state.adding:  # noqa: SLF001  (Django's own word for "not stored yet")
            self.counts["created"] += 1
        elif different or also:
            self.counts["changed"] += 1
            if different:
                register.changed.append(row)
        else:
            self.counts["unchanged"] += 1

    def _refuse_circle(self, row: Row, unit: Unit) -> None:
        by_id = {known.id: known for known in self.units.by_code.values()}
        above, steps = unit, 0
        while above.parent_id is not None and steps <= len(by_id):
            above, steps = by_id[above.parent_id], steps + 1
            if above.id == unit.id:
                self.faults.add(
                    row,
                    "parent",
                    msg("上级科室绕成了圈"),
                    msg("科室不能是自己的上级，请核对上级科室。"),
                )
                return

    def _keep_an_administrator(self, rows: Iterable[Row]) -> None:
        if not self._administrators or self._administrators - self.leaving():
            return
        for row in rows:
            person = self.people.by_code.get(row.text("staff_no").casefold())
            if person and person.id in self._administrators:
                self.faults.add(
                    row, "active", msg("这是本单位最后一位系统管理员"), msg("请先把系统管理员授予另一人。")
                )

    def _not_mine(self, row: Row, key: str, position_id: object) -> None:
        if position_id in self._mine:
            self._own(row, key)

    def _own(self, row: Row, key: str) -> None:
        self.faults.add(
            row,
            key,
            msg("不能改动自己的岗位和层级"),
            msg("请由另一位系统管理员导入这一行，或由运维人员用命令行导入。"),
        )

    def _unknown(self, row: Row, key: str, text: str, sheet: str) -> None:
        self.faults.add(
            row,
            key,
            msg("“%(value)s”在“%(sheet)s”中找不到，或名称不唯一"),
            msg("请填写编码，并确认“%(sheet)s”表或系统中已有。"),
            params={"value": text[:60], "sheet": sheet},
        )
