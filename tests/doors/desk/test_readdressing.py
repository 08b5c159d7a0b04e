"""What waits for a colleague who has gone is put before another; of several one says whose."""

from __future__ import annotations

from huiyin.matters import actions as matters
from huiyin.matters.actions import By, Request
from huiyin.matters.steps import Paper
from huiyin.organisation import actions
from tests.doors.desk.browser import Desk, said
from tests.factories import Office


def kept_for(office: Office, *whom: str) -> str:
    """An enquiry at the counter with papers for these colleagues, who have gone since; its number."""
    asker = office.asker("receptionist")
    asked = Request(kind="enquiry", channel="counter", summary="问低保")
    number = matters.register(By(asker, office.at, "register"), asked).number
    papers = (Paper("收入证明", present=True),)
    for who in whom:
        by = By(asker, office.at, f"keep-{who}")
        matters.keep_papers(by, number, to=office.people[who].id, papers=papers)
    for who in whom:
        actions.leave(office.people[who], by=actions.OPERATOR, at=office.at)
    return number


def test_of_one_nobody_is_asked_whose_it_is(office: Office) -> None:
    number, desk = kept_for(office, "clerk"), Desk(office, "receptionist")
    assert "改送哪一位的" not in said(desk.get(f"matters/{number}/"))
    to = {"to": str(office.people["head"].id), "to_text": "", "reason": "调离"}
    assert desk.act(number, "readdress", **to).status_code == 302


def test_of_several_one_is_chosen_and_what_was_typed_stays_until_then(office: Office) -> None:
    number, desk = kept_for(office, "clerk", "second_clerk"), Desk(office, "receptionist")
    page = said(desk.get(f"matters/{number}/"))
    assert "改送哪一位的" in page
    to = {"to": str(office.people["head"].id), "to_text": "", "reason": "两位都已调离"}
    guess = desk.act(number, "readdress", whose="", **to)
    assert guess.status_code == 422
    assert "请写明改送哪一位的" in guess.content.decode()
    assert "两位都已调离" in guess.content.decode()
    chosen = desk.act(number, "readdress", whose=str(office.people["second_clerk"].id), **to)
    assert chosen.status_code == 302
    assert "改送哪一位的" not in said(desk.get(f"matters/{number}/"))
