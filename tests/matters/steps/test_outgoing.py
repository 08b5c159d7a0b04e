"""An outgoing document: nobody judges their own draft, and a new draft is signed anew."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.matters.models import Matter, OfficialDocument, Routing
from huiyin.rules.errors import HuiyinError
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, ordered, passed_on, signed


def refused(desk: Desk, verb: str, number: str, **fields: object) -> str:
    with pytest.raises(HuiyinError) as caught:
        desk.do(verb, number, **fields)  # type: ignore[arg-type]
    return caught.value.code


def test_a_returned_draft_asks_for_every_signature_again(desk: Desk) -> None:
    number = checked(desk)
    desk.do("ask_countersign", number, to=desk.id("second_clerk"))
    desk.do("return_draft", number, who="leader_in_charge", opinion="数字不对")
    rows = queries.routings_of(Matter.objects.get(number=number))
    assert [(one.role, one.ending) for one in rows] == [
        ("checker", "superseded"),
        ("signer", "returned"),
        ("countersigner", "passed_over"),
    ]
    assert rows[1].opinion == "数字不对"
    desk.do("submit_draft", number, text="改后的稿", to=desk.id("head"))
    assert refused(desk, "sign_document", number, who="leader_in_charge") == "forbidden"


def test_a_returned_draft_is_kept_and_what_was_agreed_to_it_stands_on_no_other(desk: Desk) -> None:
    number = checked(desk)
    for who in ("second_clerk", "office_head"):
        desk.do("ask_countersign", number, to=desk.id(who))
    desk.do("countersign", number, who="second_clerk", opinion="无意见")
    desk.do("return_draft", number, who="leader_in_charge", opinion="数字不对")
    desk.do("submit_draft", number, text="改后的稿", to=desk.id("head"))
    desk.do("check_draft", number, who="head", to=desk.id("leader_in_charge"))
    # Whoever had agreed is asked anew; who was never heard is not, as a return is how one does without.
    assert refused(desk, "sign_document", number, who="leader_in_charge") == "countersign_pending"
    desk.do("countersign", number, who="second_clerk")
    desk.do("sign_document", number, who="leader_in_charge")
    matter = Matter.objects.get(number=number)
    assert [(one.ordinal, one.text) for one in queries.drafts_of(matter)] == [
        (2, "改后的稿"),
        (1, "现将情况报告如下。"),
    ]
    rows = [(one.draft and one.draft.ordinal, one.role, one.ending) for one in queries.routings_of(matter)]
    assert rows == [
        (1, "checker", "superseded"),
        (1, "signer", "returned"),
        (1, "countersigner", "superseded"),
        (1, "countersigner", "passed_over"),
        (2, "checker", "agreed"),
        (2, "countersigner", "agreed"),
        (2, "signer", "agreed"),
    ]
    # The registers name each signature once, that of the text that went out.
    (listed,) = queries.described(list(OfficialDocument.objects.filter(matter=matter)), desk.at)
    assert listed.signed("countersigner") == desk.office.people["second_clerk"].name


def test_nobody_is_asked_anew_to_judge_what_has_become_their_own(desk: Desk) -> None:
    number = checked(desk)
    desk.do("ask_countersign", number, to=desk.id("second_clerk"))
    desk.do("countersign", number, who="second_clerk")
    desk.do("return_draft", number, who="leader_in_charge", opinion="改")
    passed_on(desk, number, "clerk", "second_clerk")
    desk.do("submit_draft", number, who="second_clerk", text="改后的稿", to=desk.id("head"))
    waiting = Routing.objects.filter(matter__number=number, done_at=None)
    assert [one.role for one in waiting] == ["checker"]


def test_an_author_signs_nothing_of_their_own_also_after_handing_it_over(desk: Desk) -> None:
    number = ordered(desk)
    desk.do("offer_handover", number, to=desk.id("second_clerk"))
    desk.do("accept_handover", number, who="second_clerk")
    typed = {"text": "稿", "to": desk.id("clerk")}
    assert refused(desk, "submit_draft", number, who="second_clerk", **typed) == "invalid"


def test_nobody_is_asked_twice_and_an_empty_draft_is_none(desk: Desk) -> None:
    number = ordered(desk)
    assert refused(desk, "submit_draft", number, text=" ", to=desk.id("head")) == "invalid"
    desk.do("submit_draft", number, text="稿", to=desk.id("head"))
    desk.do("ask_countersign", number, to=desk.id("second_clerk"))
    assert refused(desk, "ask_countersign", number, to=desk.id("second_clerk")) == "already_asked"


def test_dispatching_and_filing_say_how_and_where(desk: Desk) -> None:
    number = signed(desk)
    desk.do("number_document", number, who=KEEPER)
    assert refused(desk, "dispatch_document", number, who=KEEPER, how="鸽子") == "invalid"
    desk.do("dispatch_document", number, who=KEEPER, how="electronic")
    assert refused(desk, "archive_document", number, who=KEEPER, archive_number=" ") == "invalid"
    # What would stand in the ledger for good is a number, and no text.
    for text in ("举报人王小明13900001234", "13900001234", "王小明", "2026/永久/" + "1-" * 20):
        assert refused(desk, "archive_document", number, who=KEEPER, archive_number=text) == "invalid"
    desk.do("archive_document", number, who=KEEPER, archive_number="2026-1")
    matter = Matter.objects.get(number=number)
    assert (matter.stage, matter.outcome) == ("closed", "dispatched")
