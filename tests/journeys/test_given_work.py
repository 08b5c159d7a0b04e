"""Work given from above, by hand, in a real browser: leader, head, clerk, and back to be struck off."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import offer, open_matter, take

pytestmark = pytest.mark.journey

CUT_OFF = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


def test_a_task_from_the_leader_to_the_clerk_and_back(cast: Cast) -> None:
    leader = cast.page("leader_in_charge")
    leader.goto(f"{cast.site.address}/desk/")
    leader.get_by_role("link", name="交办督办", exact=True).click()
    expect(leader.get_by_label("事由")).to_be_visible()
    cast.picture("leader_in_charge", "given-form")
    assert not leader.evaluate(CUT_OFF)
    leader.get_by_label("来源").select_option("supervised")
    leader.get_by_label("事由").fill("清理低保台账")
    _choose(leader, "承办人", "褚科长")
    leader.get_by_role("button", name="登记交办督办").click()
    # Neither a limit nor an urgency: it is refused, and everything typed is still there.
    expect(leader.locator("main")).to_contain_text("没有写明时限的，请选择缓急程度")
    expect(leader.get_by_label("事由")).to_have_value("清理低保台账")
    cast.picture("leader_in_charge", "given-refused")
    leader.get_by_label("紧急", exact=True).check(force=True)
    leader.get_by_role("button", name="登记交办督办").click()
    number = leader.locator("#receipt-number").inner_text().strip()
    cast.picture("leader_in_charge", "given-done")

    offer(cast, "head", number, to="卫经办")
    clerk = cast.page("clerk")
    clerk.goto(f"{cast.site.address}/desk/")
    clerk.locator("ul.offers li", has_text=number).get_by_role("button", name="接收", exact=True).click()
    take(cast, "clerk", number, "report_progress", words="已核对一半")
    take(cast, "clerk", number, "finish", result="清退3户")
    expect(clerk.locator(".matter-title")).to_contain_text("待销号")
    expect(clerk.locator("form[action$='/do/sign_off/']")).to_have_count(0)
    cast.picture("clerk", "given-finished")

    take(cast, "leader_in_charge", number, "send_back", opinion="名单没有附")
    take(cast, "clerk", number, "finish", result="名单已附")
    open_matter(cast, "leader_in_charge", number)
    expect(leader.locator("main")).to_contain_text("已核对一半")
    take(cast, "leader_in_charge", number, "sign_off", opinion="好")
    expect(leader.locator(".matter-title")).to_contain_text("已归结")
    cast.picture("leader_in_charge", "given-signed-off")
    assert not leader.evaluate(CUT_OFF)
    leader.goto(f"{cast.site.address}/desk/matters/?mine=assigner&kind=task")
    expect(leader.locator("main")).to_contain_text(number)
    cast.picture("leader_in_charge", "given-list")


def test_a_report_made_anonymously_is_followed_by_its_number_and_seen_by_few(cast: Cast) -> None:
    citizen = cast.page("applicant")
    citizen.goto(f"{cast.site.address}/zhaogong/")
    citizen.get_by_role("link", name="检举工作人员违法违纪").click()
    expect(citizen.locator("[name=summary]")).to_be_visible()
    cast.picture("applicant", "report-form")
    assert not citizen.evaluate(CUT_OFF)
    citizen.locator("input[name=how][value=anonymous]").check(force=True)
    citizen.locator("[name=summary]").fill("窗口收受香烟两条")
    citizen.locator("[name=accused_told]").fill(f"卫经办{cast.site.canary}")
    citizen.get_by_role("button", name="提交").click()
    number = citizen.locator("#number").inner_text().strip()
    cast.picture("applicant", "report-receipt")
    for nobody in ("clerk", "head"):
        page = cast.page(nobody)
        page.goto(f"{cast.site.address}/desk/matters/{number}/")
        expect(page.locator("main")).to_contain_text("没有找到")
    handler = cast.page("efficiency_office")
    open_matter(cast, "efficiency_office", number)
    expect(handler.locator("main")).to_contain_text("匿名检举，不计时限，必须有结论")
    cast.picture("efficiency_office", "report-handled")


def _choose(page: Page, label: str, name: str) -> None:
    box = page.get_by_label(label)
    box.fill(name)
    page.locator(".picker-list [role=option]", has_text=name).first.click()
