"""The verbs offered on a document are those that would be carried out, and no others."""

from __future__ import annotations

from huiyin.matters.models import Matter
from huiyin.matters.permissions import lawful_verbs
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, checked, comes_in, on_its_way, sent, signed


def verbs(desk: Desk, number: str, who: str) -> list[str]:
    matter = Matter.objects.select_related("custodian", "tenant").get(number=number)
    usual = {"invoke_clause", "offer_handover", "urge", "void_document", "request_extension"}
    found = lawful_verbs(desk.office.asker(who, desk.at), matter, desk.at)
    return [one.verb for one in found if one.verb not in usual]


def test_an_incoming_document_offers_each_person_their_step(desk: Desk) -> None:
    number = comes_in(desk)
    assert verbs(desk, number, KEEPER) == [
        "write_opinion",
        "present_to_main_leader",
        "present_to_leader",
        "send_document",
        "circulate",
    ]
    assert verbs(desk, number, "main_leader") == []
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


def test_what_waits_for_somebody_absent_is_offered_to_the_stand_in(desk: Desk) -> None:
    number = checked(desk)
    desk.office.absent("leader_in_charge", starts_at=desk.at)
    matter = Matter.objects.select_related("custodian", "tenant").get(number=number)
    found = lawful_verbs(desk.office.asker("stand_in", desk.at), matter, desk.at)
    assert ("sign_document", desk.id("leader_in_charge")) in {(one.verb, one.acting_for) for one in found}
