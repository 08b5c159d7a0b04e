"""A dossier in memory, as the replay of histories walks one, for tests of steps."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from huiyin.catalogue.models import ServiceItem
from huiyin.matters import queries, steps
from huiyin.matters.actions import saving
from huiyin.matters.dossier import Dossier, Hand
from huiyin.matters.models import Matter
from huiyin.rules.docket import Owed
from huiyin.storage.ids import new_id
from tests.factories import Office
from tests.matters.handling import COMPLETE, MONDAY


@dataclass
class Bench:
    """One dossier and a clock that moves on a minute with every step."""

    office: Office
    dossier: Dossier
    at: datetime = MONDAY
    numbers: list[str] = field(default_factory=list)

    def take(self, step: str, who: str = "clerk", /, *, acting_for: str = "", **fields: Any) -> Any:
        """Take a step of `matters.steps` by its name."""
        self.at += timedelta(minutes=1)
        steps.catch_up(self.dossier, self.at)
        return getattr(steps, step)(self.dossier, self.hand(who, acting_for), **fields)

    def hand(self, who: str = "clerk", acting_for: str = "") -> Hand:
        """Somebody's hand now; "applicant" is the person served."""
        actor = who if who == "applicant" else self.id(who)
        return Hand(actor, self.at, self.id(acting_for) if acting_for else "")

    def id(self, who: str) -> str:
        """Somebody's id as events name it."""
        return str(self.office.people[who].id)

    @property
    def owed(self) -> tuple[Owed, ...]:
        """Every duty so far."""
        return self.dossier.docket.owed if self.dossier.docket else ()

    def fresh(self, table: type[Any]) -> list[Any]:
        """The new rows of a kind, in the order they were made."""
        return [row for row in self.dossier.fresh if isinstance(row, table)]

    def kinds(self) -> list[str]:
        """What happened."""
        return [event.kind for event in self.dossier.events]


def bench(office: Office, *, kind: str = "application", item: str = "DB-1", **fields: Any) -> Bench:
    """A registered matter in memory."""
    chosen: ServiceItem | None = office.items[item] if kind == "application" else None
    matter = Matter(
        **{
            "id": new_id(),
            "tenant": office.tenant,
            "number": "ZHAO-2026-000001-X",
            "kind": kind,
            "channel": "counter",
            "urgency": "normal",
            "summary": "低保",
            "question": "低保",
            "unit": office.units["MZ"],
            "item": chosen,
            "item_version": chosen.version if chosen else 0,
            "applicant_name": "王小明",
            "first_responder": office.people["clerk"],
            **fields,
        }
    )
    given: list[str] = []

    def numbers(book: str) -> str:
        given.append(book)
        return f"{book}-{len(given)}"

    dossier = Dossier(
        tenant=office.tenant,
        matter=matter,
        law=queries.law_of(office.tenant, office.at),
        numbers=numbers,
        people=saving.person_finder(office.tenant.id),
        stored=False,
        item=chosen,
    )
    made = Bench(office, dossier, numbers=given)
    made.take("receive")
    return made


def in_hand(office: Office, **fields: Any) -> Bench:
    """An application whose deciding clock runs."""
    made = bench(office, **fields)
    made.take("check", found=COMPLETE)
    made.take("accept")
    return made
