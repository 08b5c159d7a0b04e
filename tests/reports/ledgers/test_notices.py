"""一次性告知台账."""

from __future__ import annotations

import pytest

from huiyin.reports.ledgers.notices import LEDGER
from tests.factories import make_office
from tests.matters.handling import COMPLETE, INCOMPLETE, Desk, moment
from tests.reports.ledgers.books import as_people, scope_of

pytestmark = pytest.mark.django_db


def test_a_notice_tells_what_it_asked_for_also_after_the_papers_came() -> None:
    desk = Desk(make_office())
    number = desk.register(materials=INCOMPLETE)
    desk.do("issue_notice", number, supplement_how="到原窗口补交", at="2026-03-02 10:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["需补正材料"] == "收入证明：没有单位盖章"
    assert line["告知时间"] == moment("2026-03-02 10:00")
    assert line["告知人"] == f"卫经办{desk.office.canary}"
    assert (line["告知方式"], line["是否二次告知"], line["补齐时间"]) == ("书面", "否", None)
    desk.do("check_materials", number, found=COMPLETE, at="2026-03-04 09:00")
    desk.do("receive_supplement", number, at="2026-03-04 10:00")
    (line,) = as_people(LEDGER, scope_of(desk, None))
    assert line["需补正材料"] == "收入证明：没有单位盖章"
    assert line["补齐时间"] == moment("2026-03-04 10:00")


def test_a_second_notice_is_told_as_one() -> None:
    desk = Desk(make_office())
    number = desk.register(materials=INCOMPLETE)
    desk.do("issue_notice", number, supplement_how="到原窗口补交")
    desk.do("receive_supplement", number)
    desk.do("check_materials", number, found=INCOMPLETE)
    desk.do("issue_notice", number, supplement_how="到原窗口补交")
    assert [line["是否二次告知"] for line in as_people(LEDGER, scope_of(desk, None))] == ["否", "是"]
