"""The steps of an approval lie before whoever signs them, one after the other."""

from __future__ import annotations

import pytest

from huiyin.matters.dossier import Dossier
from huiyin.matters.steps.stepping import kept_by_post
from huiyin.rules.errors import Unlawful
from huiyin.rules.signing import SIGN
from tests.factories import Office, make_office
from tests.matters.in_memory import Bench, bench
from tests.matters.stepped import approving, commission

pytestmark = pytest.mark.django_db


def in_hand(office: Office) -> Bench:
    one = bench(office, item="SP-1", channel="online", applicant_phone="13900001234")
    one.take("accept")
    return one


def waits(dossier: Dossier) -> str:
    owed = dossier.open_duty(SIGN)
    return owed.bearer if owed else ""


def test_each_step_lies_before_the_holder_of_its_post() -> None:
    one = in_hand(commission())
    for who in ("clerk", "head", "leader_in_charge"):
        assert waits(one.dossier) == one.id(who)
        one.take("sign_step", who)
    assert waits(one.dossier) == ""
    numbers = [event.body()["number"] for event in one.dossier.events if event.kind == "signing.done"]
    assert numbers == [1, 2, 3]
    with pytest.raises(Unlawful):
        one.take("sign_step", "leader_in_charge")


def test_a_refusal_that_was_wrong_brings_back_the_step_that_was_not_signed() -> None:
    one = in_hand(commission())
    one.take("sign_step")
    form = {"facts": "月收入9000元", "reasons": "收入超标", "legal_basis": "社会救助暂行办法第九条"}
    one.take("propose", **form, ground="violates_law", importance="ordinary", opinion="拟不予办理")
    assert waits(one.dossier) == ""
    one.take("file", to=one.id("leader_in_charge"))
    one.take("overturn", "leader_in_charge", opinion="收入算错了")
    assert waits(one.dossier) == one.id("head")


def test_neither_an_old_log_nor_another_regulation_begins_a_step() -> None:
    one = bench(commission(), item="SP-1", channel="online")
    one.take("take_on")
    assert waits(one.dossier) == ""
    assert waits(in_hand(approving(make_office())).dossier) == ""


def test_a_step_signed_by_post_stays_with_who_holds_it_when_the_matter_goes() -> None:
    one = in_hand(commission())
    for who in ("clerk", "head"):
        one.take("sign_step", who)
    assert kept_by_post(one.dossier, one.at) == ()
    one.take("assign", "leader_in_charge", to=one.id("leader_in_charge"), reason="经办人离岗")
    # The last step is signed by the post that the new custodian holds; it stays when they give it away.
    assert kept_by_post(one.dossier, one.at) == (SIGN,)
    one.take("offer", "leader_in_charge", to=one.id("second_clerk"), reason="由经办岗办理")
    one.take("take", "second_clerk")
    assert waits(one.dossier) == one.id("leader_in_charge")
    assert one.dossier.state.custodian == one.id("second_clerk")
