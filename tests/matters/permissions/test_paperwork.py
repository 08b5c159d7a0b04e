"""The verbs offered on a document are those that would be carried out, and no others."""

from __future__ import annotations

from huiyin.matters.models import Matter
from huiyin.matters.permissions import lawful_verbs
from huiyin.rules.vocabulary import Limit, Unit
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, on_its_way, ordered, sent, signed


def verbs(desk: Desk, number: str, who: str) -> list[str]:
    matter = Matter.objects.select_related("custodian", "tenant").get(number=number)
    usual = {"invoke_clause", "offer_handover", "urge", "void_document", "request_extension"}
    found = lawful_verbs(desk.office.asker(who, desk.at), matter, desk.at)
    return [one.verb for one in found if one.verb not in usual]


def test_an_incoming_document_offers_each_person_their_step(desk: Desk) -> None:
    number = comes_in(desk)
    # The leaders see it in their order before whoever handles it: nothing is offered out of turn.
    assert verbs(desk, number, KEEPER) == ["write_opinion", "present_to_main_leader", "circulate"]
    assert verbs(desk, number, "main_leader") == []
    desk.do("present_to_main_leader", number, who=KEEPER)
    assert verbs(desk, number, KEEPER) == [
        "write_opinion",
        "present_to_main_leader",
        "present_to_leader",
        "circulate",
    ]
    desk.do("present_to_leader", number, who=KEEPER, to=desk.id("leader_in_charge"))
    assert "send_document" in verbs(desk, number, KEEPER)
    # What names its own limit goes to its handler straight away.
    timed = comes_in(desk, limit=Limit(8, Unit.WORKING_DAY))
    assert "send_document" in verbs(desk, timed, KEEPER)
    number = on_its_way(desk)
    assert verbs(desk, number, "leader_in_charge") == ["write_opinion", "circulate"]
    number = sent(desk)
    assert verbs(desk, number, "clerk") == ["sign_for_document", "return_document"]
    desk.do("sign_for_document", number)
    assert verbs(desk, number, "clerk") == ["complete_document", "circulate"]
    desk.do("complete_document", number, result="已办。")
    assert verbs(desk, number, "clerk") == ["circulate"]
    assert "archive_document" in verbs(desk, number, KEEPER)


def test_an_outgoing_document_offers_each_person_their_step(desk: Desk) -> None:
    number = checked(desk)
    assert verbs(desk, number, "leader_in_charge") == ["sign_document", "return_draft"]
    assert verbs(desk, number, "clerk") == ["ask_countersign"]
    assert verbs(desk, number, "head") == []
    number = signed(desk)
    assert verbs(desk, number, KEEPER) == ["number_document"]
    assert verbs(desk, number, "leader_in_charge") == []


def test_nobody_is_offered_to_judge_their_own_draft_or_to_sign_over_a_countersigner(desk: Desk) -> None:
    number = checked(desk)
    desk.do("ask_countersign", number, to=desk.id("second_clerk"))
    assert verbs(desk, number, "leader_in_charge") == ["return_draft"]
    desk.do("countersign", number, who="second_clerk")
    assert verbs(desk, number, "leader_in_charge") == ["sign_document", "return_draft"]
    # Handed to its own checker, it waits for somebody else to check it.
    taken = ordered(desk)
    desk.do("submit_draft", taken, text="现将情况报告如下。", to=desk.id("head"))
    assert verbs(desk, taken, "head") == ["check_draft", "return_draft"]
    desk.do("offer_handover", taken, to=desk.id("head"), reason="归口")
    desk.do("accept_handover", taken, who="head")
    assert not {"check_draft", "return_draft"} & set(verbs(desk, taken, "head"))


def test_what_waits_for_somebody_absent_is_offered_to_the_stand_in(desk: Desk) -> None:
    number = checked(desk)
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    matter = Matter.objects.select_related("custodian", "tenant").get(number=number)
    found = lawful_verbs(desk.office.asker("stand_in", desk.at), matter, desk.at)
    assert ("sign_document", desk.id("leader_in_charge")) in {(one.verb, one.acting_for) for one in found}
