"""An outgoing document: nobody judges their own draft, and a new draft is signed anew."""

from __future__ import annotations

import pytest

from huiyin.matters import queries
from huiyin.matters.models import Matter
from huiyin.rules.errors import HuiyinError
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, ordered, signed


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
        ("checker", "agreed"),
        ("signer", "returned"),
        ("countersigner", "passed_over"),
    ]
    assert rows[1].opinion == "数字不对"
    desk.do("submit_draft", number, text="改后的稿", to=desk.id("head"))
    assert refused(desk, "sign_document", number, who="leader_in_charge") == "forbidden"
    document = queries.of_matter(Matter.objects.get(number=number))
    assert document is not None
    assert document.draft == "改后的稿"


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
    desk.do("archive_document", number, who=KEEPER, archive_number="2026-1")
    matter = Matter.objects.get(number=number)
    assert (matter.stage, matter.outcome) == ("closed", "dispatched")
