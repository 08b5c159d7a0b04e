"""Official documents in few words, for the tests of what is done with them.

number = comes_in(desk)       # entered by who keeps the registers
number = on_its_way(desk)     # before the main leader and the leader in charge
number = sent(desk)           # before the clerk, who has not signed for it
number = signed(desk)         # an outgoing one, drafted by the clerk and signed by the leader in charge
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from huiyin.matters import actions
from huiyin.matters.actions import IncomingDocument, OutgoingDocument
from huiyin.organisation import actions as organisation
from tests.matters.handling import Desk

KEEPER = "office_head"


def comes_in(desk: Desk, who: str = KEEPER, **fields: Any) -> str:
    """Enter a document; returns its matter's number."""
    desk.at += timedelta(minutes=1)
    told = {"title": "关于报送情况的通知", "source": "县政府办公室", **fields}
    return actions.register_incoming(desk.by(who), IncomingDocument(**told)).number


def on_its_way(desk: Desk, **fields: Any) -> str:
    """A document that both leaders have before them."""
    number = comes_in(desk, **fields)
    desk.do("present_to_main_leader", number, who=KEEPER)
    desk.do("present_to_leader", number, who=KEEPER, to=desk.id("leader_in_charge"))
    return number


def sent(desk: Desk, to: str = "clerk", **fields: Any) -> str:
    """A document that waits to be signed for."""
    number = on_its_way(desk, **fields)
    desk.do("send_document", number, who=KEEPER, to=desk.id(to))
    return number


def ordered(desk: Desk, who: str = "clerk", **fields: Any) -> str:
    """An outgoing document that the clerk is to draft."""
    desk.at += timedelta(minutes=1)
    told = {"title": "关于报送情况的报告", "recipient": "县政府", "drafter": desk.id("clerk"), **fields}
    return actions.order_document(desk.by(who), OutgoingDocument(**told)).number


def checked(desk: Desk, **fields: Any) -> str:
    """An outgoing document before the leader who signs."""
    number = ordered(desk, **fields)
    desk.do("submit_draft", number, text="现将情况报告如下。", to=desk.id("head"))
    desk.do("check_draft", number, who="head", to=desk.id("leader_in_charge"))
    return number


def signed(desk: Desk, **fields: Any) -> str:
    """An outgoing document that waits for its number."""
    number = checked(desk, **fields)
    desk.do("sign_document", number, who="leader_in_charge", opinion="发。")
    return number


def passed_on(desk: Desk, number: str, giver: str, taker: str) -> None:
    """One hands the document over to another."""
    desk.do("offer_handover", number, who=giver, to=desk.id(taker))
    desk.do("accept_handover", number, who=taker)


def away(desk: Desk, who: str, hours: int = 8) -> None:
    """Somebody is at a meeting from now on."""
    person, until = desk.office.people[who], desk.at + timedelta(hours=hours)
    by = organisation.OPERATOR
    organisation.record_absence(person, starts_at=desk.at, ends_at=until, kind="meeting", by=by, at=desk.at)


def filed(desk: Desk, **fields: Any) -> str:
    """An outgoing document that lies in the archive."""
    number = signed(desk, **fields)
    desk.do("number_document", number, who=KEEPER)
    desk.do("dispatch_document", number, who=KEEPER, how="post")
    desk.do("archive_document", number, who=KEEPER, archive_number=f"2026-D10-{number}")
    return number
