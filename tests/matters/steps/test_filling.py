"""The filing form asks for what the office's regulation prescribes, and takes nothing it does not know."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.matters.steps import filling
from huiyin.matters.steps.filling import Form
from huiyin.rules.docket import Law
from huiyin.rules.errors import Invalid
from huiyin.rules.rulebook import load
from tests.factories import Office
from tests.matters.in_memory import Bench, in_hand

LAW = "law.licensing.32.2"
PLAIN = Form("月收入9000元", "收入超标", "社会救助办法")
WHOLE = replace(
    PLAIN,
    legal_basis="社会救助办法第十二条",
    ground="violates_law",
    importance="ordinary",
    opinion="拟不予办理",
    phone="13900001234",
)


def under(office: Office, rulebook: str) -> Bench:
    one = in_hand(office)
    one.dossier.law = Law(load(rulebook), one.dossier.law.calendar)
    return one


def faults(one: Bench, form: Form, *, elsewhere: bool = False) -> tuple[set[str], str]:
    """What is wrong by field, and the clause cited; nothing for a form that will do."""
    try:
        filling.check(one.dossier, one.hand(), form, elsewhere=elsewhere)
    except Invalid as invalid:
        return set(invalid.fields), invalid.clause
    return set(), ""


@pytest.mark.parametrize("rulebook", ["township", "commission", "company", "headquarters"])
@pytest.mark.parametrize("part", ["facts", "reasons", "legal_basis"])
def test_facts_reason_and_basis_are_asked_for_everywhere(office: Office, rulebook: str, part: str) -> None:
    form: Any = replace(WHOLE if rulebook == "commission" else PLAIN, **{part: " "})
    assert faults(under(office, rulebook), form)[0] == {part}


@pytest.mark.parametrize("rulebook", ["township", "company", "headquarters"])
def test_what_a_regulation_does_not_know_is_not_taken(office: Office, rulebook: str) -> None:
    one = under(office, rulebook)
    assert faults(one, PLAIN) == (set(), "")
    assert faults(one, replace(PLAIN, ground="violates_law"))[0] == {"ground"}
    known = set() if rulebook == "township" else {"business"}
    assert faults(one, replace(PLAIN, business="homestead_approval"))[0] == known


@pytest.mark.parametrize(
    ("changed", "wrong", "clause"),
    [
        ({}, set(), ""),
        ({"phone": ""}, {"phone"}, "p3.refusal-filing.3.1.b"),
        ({"opinion": " "}, {"opinion"}, "p3.refusal-filing.3.1.b"),
        ({"phone": "", "opinion": ""}, {"phone", "opinion"}, "p3.refusal-filing.3.1.b"),
        ({"ground": ""}, {"ground"}, "p3.refusal-filing.3.1.a"),
        ({"ground": "too_busy"}, {"ground"}, "p3.refusal-filing.3.1.a"),
        ({"legal_basis": "不合规定"}, {"legal_basis"}, "p3.refusal-filing.2.1"),
        ({"legal_basis": "《社会救助暂行办法》"}, set(), ""),
        ({"ground": "proven_fraud"}, {"verification"}, "p3.refusal-filing.2.3"),
        ({"ground": "proven_fraud", "verification": "两人到银行核实"}, set(), ""),
        ({"importance": ""}, {"importance"}, "p3.refusal-filing.3.2.b"),
        ({"importance": "important"}, {"importance_reason"}, "p3.refusal-filing.3.2.b"),
        ({"importance": "important", "importance_reason": "涉及全村"}, set(), ""),
        ({"business": "homestead_approval"}, {"business"}, ""),
    ],
)
def test_the_commission_asks_for_its_six_fields_one_ground_and_the_importance(
    office: Office, changed: dict[str, str], wrong: set[str], clause: str
) -> None:
    assert faults(under(office, "commission"), replace(WHOLE, **changed)) == (wrong, clause)


def test_the_township_takes_any_kind_of_business_while_its_list_is_open(office: Office) -> None:
    one = under(office, "township")
    assert faults(one, replace(PLAIN, business="林木采伐证明")) == (set(), "")
    book = one.dossier.law.book
    scope = book.clause("filing_scope")
    shut = replace(scope.values[0], figures={**scope.values[0].figures, "open_list": False})
    clauses = {**book.clauses, scope.id: replace(scope, values=(shut,))}
    one.dossier.law = Law(replace(book, clauses=clauses), one.dossier.law.calendar)
    assert faults(one, replace(PLAIN, business="林木采伐证明")) == ({"business"}, scope.id)
    assert faults(one, replace(PLAIN, business="homestead_approval")) == (set(), "")


@pytest.mark.parametrize(
    ("rulebook", "more", "elsewhere", "expected"),
    [
        ("township", {}, True, ({"right_office"}, LAW)),
        ("township", {"right_office": "县民政局"}, True, (set(), "")),
        ("township", {"right_office": "县民政局"}, False, ({"elsewhere"}, LAW)),
        ("township", {"right_office": "局" * 201}, True, ({"right_office"}, LAW)),
        ("company", {}, True, (set(), "")),
        ("company", {"right_phone": "0571-1"}, True, ({"right_office"}, "p1.first-responder.2.4")),
    ],
)
def test_the_right_office_is_named_where_that_is_wanted(
    office: Office, rulebook: str, more: dict[str, str], elsewhere: bool, expected: tuple[set[str], str]
) -> None:
    one = under(office, rulebook)
    assert faults(one, replace(PLAIN, **more), elsewhere=elsewhere) == expected


@pytest.mark.parametrize(
    "text",
    [
        "《社会救助暂行办法》",
        "第九条",
        "社会救助暂行办法",
        "居住证暂行条例",
        "行政许可法",
        "公司章程",
        "民发〔2024〕3号",
        "关于做好低保工作的通知",
        "按照社会救助暂行办法的规定",
        "最低生活保障标准",
        "居民证明事项清单",
    ],
)
def test_what_can_be_looked_up_is_a_basis(text: str) -> None:
    assert filling.names_a_basis(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "无法办理",
        "没办法",
        "实在没有办法",
        "领导意见",
        "领导的意见",
        "没有规定",
        "按规定不能办",
        "这是我们单位的规定",
        "本人决定不办",
        "不符合标准",
        "家庭收入超过标准",
        "这样做不合法",
        "依据",
    ],
)
def test_words_that_only_sound_like_an_instrument_are_none(text: str) -> None:
    assert not filling.names_a_basis(text)
