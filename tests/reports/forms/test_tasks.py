"""交办单 and 督办单."""

from __future__ import annotations

import pytest

from huiyin.matters import actions
from huiyin.matters import queries as matters
from huiyin.reports.forms import tasks
from tests.factories import make_office
from tests.matters.handling import Desk, moment
from tests.reports.forms.reading import CHINESE, rows, told

pytestmark = pytest.mark.django_db


def test_every_report_stands_on_it_and_the_end() -> None:
    desk = Desk(make_office())
    number = desk.given(origin="县政府督查室", details="月底前清完\n配合单位：派出所")
    asker = desk.office.asker("clerk", desk.at)
    form = tasks.sheet(asker, matters.get(asker, number), CHINESE)
    assert (form.title, told(form)["任务来源"], told(form)["督办颜色"]) == (
        "交办单",
        "交办 县政府督查室",
        "无",
    )
    assert rows(form) == []
    desk.do("report_progress", number, words="已清理一半")
    desk.do("finish", number, result="全部清完")
    desk.do("send_back", number, who="leader_in_charge", opinion="还差两户")
    form = tasks.sheet(asker, matters.get(asker, number), CHINESE)
    assert [row[2] for row in rows(form)] == ["已清理一半", "全部清完", "还差两户"]
    assert told(form)["督办颜色"].startswith("黄色")
    assert (told(form)["任务内容"], told(form)["配合单位"]) == ("清理低保台账\n月底前清完", "派出所")


def test_what_was_missed_is_red_whatever_the_hour_of_printing() -> None:
    desk = Desk(make_office())
    number = desk.given(source="supervised")
    asker = desk.office.asker("clerk", desk.at)
    before = tasks.sheet(asker, matters.get(asker, number), CHINESE)
    assert before.title == "督办单"
    desk.at = moment("2026-05-20 10:00")
    asker = desk.office.asker("clerk", desk.at)
    assert tasks.sheet(asker, matters.get(asker, number), CHINESE) == before
    actions.note_limits_passed(desk.at)
    after = tasks.sheet(asker, matters.get(asker, number), CHINESE)
    assert told(after)["督办颜色"].startswith("红色")
