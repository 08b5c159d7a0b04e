"""A commission's approval in three steps: the handler's own, the head's, the leader's in charge."""

from __future__ import annotations

from datetime import date

from huiyin.catalogue import actions as catalogue
from huiyin.catalogue.bases import Basis
from huiyin.catalogue.stages import Step
from huiyin.organisation.actions import OPERATOR
from huiyin.rules.vocabulary import Limit, Unit
from tests.commissions import commission_office
from tests.factories import Office
from tests.matters.handling import Desk

STEPS = (
    Step("受理", Limit(1, Unit.WORKING_DAY)),
    Step("审核", Limit(2, Unit.WORKING_DAY), "MZ00"),
    Step("签发", Limit(3, Unit.WORKING_DAY), "LD02"),
)


def commission() -> Office:
    """Open a commission that approves item SP-1 in three steps."""
    return approving(commission_office("spj"))


def approving(office: Office) -> Office:
    """Let an office approve item SP-1 in three steps."""
    office.items["SP-1"] = catalogue.add_item(
        office.positions["MZ01"],
        code="SP-1",
        name="项目审批",
        category="approval",
        committed=Limit(9, Unit.WORKING_DAY),
        bases=[Basis("行政许可法", "第四十二条", Limit(20, Unit.WORKING_DAY), date(2004, 7, 1))],
        steps=STEPS,
        by=OPERATOR,
        at=office.at,
    )
    return office


def accepted(desk: Desk) -> str:
    """An approval in hand, whose first step waits."""
    number = desk.register(item="SP-1", channel="online", materials=(), applicant_phone="13900001234")
    desk.do("accept_application", number)
    return number
