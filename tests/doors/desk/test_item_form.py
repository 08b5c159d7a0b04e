"""What stands in the form reads back as it was, and what cannot be read is named."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.catalogue import queries
from huiyin.catalogue.actions import PaperSpec
from huiyin.catalogue.bases import Basis
from huiyin.catalogue.stages import Step
from huiyin.doors.desk.item_form import typed_of, understood
from huiyin.rules.errors import Invalid
from huiyin.rules.vocabulary import Limit, Unit
from tests.factories import Office

FIELDS = (
    "name position category statutory committed bases legal_basis conditions procedure steps fee materials",
    "instant open_to_public active",
)
PLAIN = dict.fromkeys(" ".join(FIELDS).split(), "")


def changes(**typed: str) -> dict[str, object]:
    return understood({**PLAIN, **typed}, lawful=False).changes


def test_lists_are_typed_line_by_line() -> None:
    found = changes(
        bases="行政许可法｜第四十二条｜20个工作日｜2004-07-01｜2027-01-01\n\n条例||1个月|2020.1.1",
        steps="受理 1个工作日\n专家评审\n会签 三天\n签发 2个工作日｜科长岗",
        materials="户口簿|原件|2份|可容缺\n申请书",
    )
    assert found["bases"] == [
        Basis("行政许可法", "第四十二条", Limit(20, Unit.WORKING_DAY), date(2004, 7, 1), date(2027, 1, 1)),
        Basis("条例", "", Limit(1, Unit.MONTH), date(2020, 1, 1)),
    ]
    assert found["steps"] == [
        Step("受理", Limit(1, Unit.WORKING_DAY)),
        Step("专家评审"),
        Step("会签 三天"),
        Step("签发", Limit(2, Unit.WORKING_DAY), "科长岗"),
    ]
    assert found["materials"] == [
        PaperSpec("户口簿", 2, original=True, required=False),
        PaperSpec("申请书"),
    ]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("committed", "很快"),
        ("bases", "行政许可法"),
        ("bases", "法｜条｜5个工作日｜2020-01-02｜2020-01-01"),
        ("materials", "户口簿｜传真"),
        ("materials", "户口簿｜原件｜0份"),
        ("steps", "\n".join(["环节"] * 201)),
    ],
)
def test_what_cannot_be_read(field: str, text: str) -> None:
    with pytest.raises(Invalid) as caught:
        changes(**{field: text})
    assert set(caught.value.fields) == {field}


def test_an_item_reads_back_as_it_stands(office: Office) -> None:
    guide = queries.guide(office.tenant.id, "DB-1")
    found = understood(typed_of(guide, active=True), lawful=False).changes
    assert (found["statutory"], found["committed"]) == (guide.statutory, guide.committed)
    assert found["materials"] == [
        PaperSpec(one.name, one.copies, one.original, one.required) for one in guide.materials
    ]
    assert (found["active"], found["instant"]) == (True, False)
