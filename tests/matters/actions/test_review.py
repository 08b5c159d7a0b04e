"""Papers checked, told once, and taken on."""

from __future__ import annotations

import pytest

from huiyin.documents import queries as documents
from huiyin.matters.models import MaterialCheck, Notice
from huiyin.rules.errors import Invalid, Unlawful
from tests.matters.handling import COMPLETE, INCOMPLETE, Desk


def test_nothing_is_taken_on_before_its_papers_were_seen(desk: Desk) -> None:
    number = desk.register(materials=())
    with pytest.raises(Unlawful) as caught:
        desk.do("accept_application", number)
    assert caught.value.code == "materials_missing"
    desk.do("check_materials", number, found=COMPLETE)
    assert desk.do("accept_application", number).stage == "in_hand"


def test_checking_again_replaces_what_was_found(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    desk.do("check_materials", number, found=COMPLETE)
    rows = MaterialCheck.objects.filter(matter__number=number)
    assert {row.name: (row.present, row.problem) for row in rows} == {
        "居民户口簿": (True, ""),
        "收入证明": (True, ""),
    }


def test_a_check_of_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(Invalid):
        desk.do("check_materials", desk.register(materials=()), found=())


def test_a_notice_names_what_is_missing_and_is_kept(desk: Desk) -> None:
    number = desk.register(materials=INCOMPLETE)
    receipt = desk.do("issue_notice", number, supplement_how="到2号窗口")
    row = Notice.objects.get(matter__number=number)
    assert (row.ordinal, row.missing, row.form) == (1, 1, "written")
    (document,) = documents.of_subject(desk.office.tenant.id, desk.matter(number).id)
    assert receipt.documents == (str(document.id),)
    content = documents.content_of(document)
    assert [one.material for one in content.defects] == ["收入证明"]  # type: ignore[attr-defined]


def test_there_is_no_notice_without_a_defect(desk: Desk) -> None:
    with pytest.raises(Unlawful) as caught:
        desk.do("issue_notice", desk.register(), supplement_how="到2号窗口")
    assert caught.value.code == "nothing_missing"
