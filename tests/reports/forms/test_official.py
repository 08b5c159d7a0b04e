"""收文处理单 and 发文稿纸."""

from __future__ import annotations

import pytest

from huiyin.matters import queries as matters
from huiyin.reports.forms import official
from huiyin.rules.errors import NotFound
from tests.factories import make_office
from tests.matters.handling import Desk
from tests.matters.paperwork import KEEPER, on_its_way, signed
from tests.reports.forms.reading import CHINESE, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(make_office())


def test_an_incoming_document_with_what_the_leaders_wrote(desk: Desk) -> None:
    canary = desk.office.canary
    number = on_its_way(
        desk, title="关于供水的函", source="县住建局", their_number="住建发〔2026〕9号", urgency="urgent"
    )
    desk.do("write_opinion", number, who=KEEPER, opinion="拟请民政办办理")
    desk.do("write_opinion", number, who="main_leader", opinion="同意，三日内办结")
    asker = desk.office.asker("main_leader", desk.at)
    found = told(official.incoming(asker, matters.get(asker, number), CHINESE))
    assert (found["来文单位"], found["来文字号"], found["标题"]) == (
        "县住建局",
        "住建发〔2026〕9号",
        "关于供水的函",
    )
    assert (found["密级"], found["紧急程度"], found["登记编号"]) == ("非密", "紧急", number)
    assert found["领导批示"].splitlines()[0].startswith(f"同意，三日内办结  郑主要{canary}")
    assert f"冯分管{canary} 未办" in found["领导批示"]
    assert "拟请民政办办理" in found["拟办意见"]
    assert found["办理结果"] == found["逾期说明"] == ""


def test_an_outgoing_document_with_its_text_and_who_signed_it(desk: Desk) -> None:
    canary = desk.office.canary
    number = signed(desk)
    asker = desk.office.asker("clerk", desk.at)
    form = official.outgoing(asker, matters.get(asker, number), CHINESE)
    found = told(form)
    assert found["正文"] == "现将情况报告如下。"
    assert found["签发"].startswith(f"发。  冯分管{canary} 同意")
    assert found["核稿"].startswith(f"褚科长{canary} 同意")
    assert (found["主送"], found["拟稿人"]) == ("县政府", f"卫经办{canary}")
    assert (found["发文字号"], found["印发"], form.number) == ("", "", number)
    desk.do("number_document", number, who=KEEPER)
    desk.do("dispatch_document", number, who=KEEPER, how="post")
    form = official.outgoing(asker, matters.get(asker, number), CHINESE)
    assert form.number == told(form)["发文字号"] != ""
    assert told(form)["印发"].endswith("邮寄")


def test_what_is_no_document_has_neither(desk: Desk) -> None:
    number = desk.given()
    asker = desk.office.asker("clerk", desk.at)
    with pytest.raises(NotFound):
        official.incoming(asker, matters.get(asker, number), CHINESE)
