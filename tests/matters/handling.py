"""Handle matters in tests in few words.

desk = Desk(office)
number = desk.accepted()                      # an application in hand, its clock running
desk.do("grant", number, reply="准予")         # by whoever usually does it, a minute later
desk.do("resume", number, who="second_clerk", acting_for="clerk")
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from huiyin.matters import actions, queries
from huiyin.matters.actions import By, Errand, Receipt, Request
from huiyin.matters.models import Matter
from huiyin.matters.queries import Clock
from huiyin.matters.steps import Paper
from huiyin.rules.vocabulary import Limit, Unit
from huiyin.rules.workdays import SHANGHAI
from tests.factories import Office

COMPLETE = (Paper("居民户口簿", present=True), Paper("收入证明", present=True))
INCOMPLETE = (
    Paper("居民户口簿", present=True),
    Paper("收入证明", present=False, problem="没有单位盖章"),
)
TAKEN_BACK = {"withdrawn_by": "王小明", "how": "phone"}
FIVE_DAYS = Limit(5, Unit.WORKING_DAY)

# Monday 2 March 2026, 09:00: four weeks without a holiday follow.
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)

_USUAL = {
    "approve_extension": "main_leader",
    "refuse_extension": "main_leader",
    "approve_refusal": "leader_in_charge",
    "overturn_refusal": "leader_in_charge",
    "accept_handover": "second_clerk",
    "bounce_handover": "second_clerk",
}
_keys = count(1)


def moment(text: str) -> datetime:
    """A Shanghai moment from `2026-03-02 09:00`."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI)


@dataclass
class Desk:
    """An office at work; `at` moves on a minute with every command."""

    office: Office
    at: datetime = MONDAY
    code: str = ""

    def id(self, who: str) -> Any:
        """Somebody's id."""
        return self.office.people[who].id

    def by(
        self,
        who: str = "clerk",
        *,
        acting_for: str = "",
        key: str = "",
        version: int | None = None,
    ) -> By:
        """A command's author at the desk's moment; "applicant" is the person served."""
        key = key or f"key-{next(_keys)}"
        if who == "applicant":
            asker = queries.public_asker(self.office.tenant, self.at, "portal")
            return By(asker, self.at, key, applicant=True)
        principal = self.id(acting_for) if acting_for else None
        return By(self.office.asker(who, self.at), self.at, key, principal, version)

    def do(
        self, verb: str, number: str, *, who: str = "", acting_for: str = "", at: str = "", **fields: Any
    ) -> Receipt:
        """Carry out a verb; at `at`, else a minute after the last."""
        self.at = moment(at) if at else self.at + timedelta(minutes=1)
        by = self.by(who or _USUAL.get(verb, "clerk"), acting_for=acting_for)
        receipt: Receipt = getattr(actions, verb)(by, number, **fields)
        self.code = receipt.code or self.code
        return receipt

    def register(self, who: str = "clerk", **fields: Any) -> str:
        """Register an application for DB-1 unless told otherwise; returns its number."""
        self.at += timedelta(minutes=1)
        request = Request(
            **{
                "kind": "application",
                "channel": "counter",
                "item": "DB-1",
                "applicant_name": "王小明",
                "materials": COMPLETE,
                **fields,
            }
        )
        receipt = actions.register(self.by(who), request)
        self.code = receipt.code
        return receipt.number

    def enquiry(self, **fields: Any) -> str:
        """Register an enquiry at the counter."""
        plain = {"kind": "enquiry", "item": "", "summary": "问低保", "applicant_name": "", "materials": ()}
        return self.register(**{**plain, **fields})

    def given(self, who: str = "leader_in_charge", *, to: str = "clerk", **fields: Any) -> str:
        """A task that one person gave another; in three working days unless told otherwise."""
        self.at += timedelta(minutes=1)
        plain = {"kind": "task", "source": "assigned", "summary": "清理低保台账", "urgency": "normal"}
        errand = Errand(**{**plain, "custodian": self.id(to), **fields})
        receipt = actions.take_in(self.by(who), errand)
        self.code = receipt.code
        return receipt.number

    def reported(self, who: str = "applicant", *, against: str = "", **fields: Any) -> str:
        """A report of misconduct, named unless told otherwise, by somebody from outside."""
        self.at += timedelta(minutes=1)
        plain = {"kind": "report", "channel": "online", "summary": "收受礼品", "applicant_name": "王小明"}
        accused = (self.id(against),) if against else ()
        told = {**plain, "applicant_phone": "13900001234", "accused": accused, **fields}
        receipt = actions.take_in(self.by(who), Errand(**told))
        self.code = receipt.code
        return receipt.number

    def accepted(self, **fields: Any) -> str:
        """An application in hand."""
        number = self.register(**fields)
        self.do("accept_application", number)
        return number

    def proposed(self, number: str = "") -> str:
        """An application that somebody means to refuse."""
        number = number or self.accepted()
        self.do(
            "propose_refusal", number, facts="月收入9000元", reasons="收入超标", legal_basis="社会救助办法"
        )
        return number

    def filed(self, number: str = "") -> str:
        """An application whose refusal lies before the leader in charge."""
        number = self.proposed(number)
        self.do("file_refusal", number)
        return number

    def refused(self) -> str:
        """An application refused on an approved filing."""
        number = self.filed()
        self.do("approve_refusal", number)
        self.do("refuse", number, explanation="收入超过标准。")
        return number

    def granted(self) -> str:
        """An application granted."""
        number = self.accepted()
        self.do("grant", number, reply="准予。")
        return number

    def closed(self) -> str:
        """An application granted, delivered and closed."""
        number = self.granted()
        self.do("deliver", number, how="in_person")
        self.do("close", number)
        return number

    def asked_for_time(self) -> str:
        """An application in hand whose extension waits."""
        number = self.accepted()
        self.do("request_extension", number, limit=FIVE_DAYS, reason="需入户核查")
        return number

    def matter(self, number: str) -> Matter:
        """The row as it is stored now."""
        return Matter.objects.select_related("tenant", "item", "unit", "custodian").get(number=number)

    def clocks(self, number: str) -> dict[str, Clock]:
        """The matter's clocks by key, as they stand at the desk's moment."""
        return {clock.key: clock for clock in queries.clocks_of(self.matter(number), self.at)}

    def kinds(self, number: str) -> list[str]:
        """What happened, by the names of the events."""
        return [one.kind for one in queries.timeline(self.matter(number))]
