"""The main job, by hand, in a real browser: from the portal and the counter to the closing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import offer, open_matter
from tests.journeys.steps import take as _verb

pytestmark = pytest.mark.journey

ALL_PAPERS = 3


def test_an_application_through_notice_extension_and_grant(cast: Cast) -> None:
    number, code = _apply_online(cast)
    assert _track(cast, number, code).get_by_role("heading", level=1).inner_text()

    # The clerk on duty got it; custody moves to a colleague, who first bounces it.
    clerk = cast.page("clerk")
    clerk.goto(f"{cast.site.address}/desk/")
    expect(clerk.locator("main")).to_contain_text(number)
    cast.picture("clerk", "desk-home")
    offer(cast, "clerk", number, to="蒋经办")
    colleague = cast.page("second_clerk")
    colleague.goto(f"{cast.site.address}/desk/")
    cast.picture("second_clerk", "desk-offered")
    colleague.locator("summary", has_text="退回").first.click()
    colleague.get_by_label("退回理由").first.fill("不属救助业务")
    colleague.get_by_role("button", name="确认退回").first.click()
    open_matter(cast, "clerk", number)
    expect(clerk.locator("main")).to_contain_text("不属救助业务")
    offer(cast, "clerk", number, to="蒋经办")
    colleague.goto(f"{cast.site.address}/desk/")
    colleague.get_by_role("button", name="接收", exact=True).first.click()

    # One paper is missing: everything is told once; the applicant brings it; the clock restarts.
    _check_papers(cast, "second_clerk", number, present=1)
    _verb(cast, "second_clerk", number, "issue_notice", supplement_how="请带收入证明到2号窗口")
    expect(colleague.locator(".matter-title")).to_contain_text("待补正")
    cast.picture("second_clerk", "desk-notice")
    _verb(cast, "second_clerk", number, "receive_supplement")
    expect(colleague.locator(".clocks")).to_contain_text("审查材料")
    _verb(cast, "second_clerk", number, "accept_application")
    expect(colleague.locator(".clocks")).to_contain_text("作出决定")
    due = _due(colleague)

    # More time is asked for, granted by the main leader, and told.
    _verb(cast, "second_clerk", number, "request_extension", amount="5", reason="需要入户核查")
    leader = cast.page("main_leader")
    leader.goto(f"{cast.site.address}/desk/decisions/")
    expect(leader.locator("main")).to_contain_text("需要入户核查")
    cast.picture("main_leader", "desk-decisions")
    leader.locator("section.decision", has_text=number).get_by_role("button", name="批准延期").click()
    open_matter(cast, "second_clerk", number)
    assert _due(colleague) > due
    _verb(cast, "second_clerk", number, "tell_extension")
    _verb(cast, "second_clerk", number, "grant", reply="准予享受最低生活保障，请凭身份证领取。")
    _verb(cast, "second_clerk", number, "deliver")
    _verb(cast, "second_clerk", number, "close")
    expect(colleague.locator(".matter-title")).to_contain_text("已归结")
    cast.picture("second_clerk", "desk-matter-closed")

    page = _track(cast, number, code)
    expect(page.locator("main")).to_contain_text("准予享受最低生活保障")
    page.locator("input[name=score][value='5']").check(force=True)
    page.get_by_label("想说的话").fill("办得快")
    page.get_by_role("button", name="提交评价").click()
    expect(page.locator("main")).to_contain_text("谢谢您的评价")
    cast.picture("applicant", "portal-rated")


def test_a_refusal_goes_through_its_filing(cast: Cast) -> None:
    number = _register_at_the_counter(cast)
    clerk = cast.page("clerk")
    _check_papers(cast, "clerk", number, present=ALL_PAPERS)
    _verb(cast, "clerk", number, "accept_application")
    assert clerk.locator("#verb-refuse").count() == 0
    _verb(
        cast,
        "clerk",
        number,
        "propose_refusal",
        facts="家庭月收入9000元",
        reasons="收入超过标准",
        legal_basis="社会救助暂行办法第九条",
    )
    _verb(cast, "clerk", number, "file_refusal")
    assert clerk.locator("#verb-refuse").count() == 0
    leader = cast.page("leader_in_charge")
    leader.goto(f"{cast.site.address}/desk/decisions/")
    filing = leader.locator("section.decision", has_text=number)
    cast.picture("leader_in_charge", "desk-filing")
    filing.get_by_label(re.compile("意见")).fill("情况属实")
    filing.get_by_role("button", name="同意否定").click()
    _verb(cast, "clerk", number, "refuse", explanation="已当面说明标准和救济途径")
    expect(clerk.locator(".matter-title")).to_contain_text("不予办理")
    _verb(cast, "clerk", number, "deliver")
    _verb(cast, "clerk", number, "close")
    expect(clerk.locator(".matter-title")).to_contain_text("已归结")
    link = clerk.get_by_role("link", name="不予办理决定书").get_attribute("href")
    answer = clerk.request.get(f"{cast.site.address}{link}")
    assert answer.ok
    assert answer.body().startswith(b"%PDF")


def test_pressing_the_wrong_key_loses_nothing(cast: Cast) -> None:
    clerk = cast.page("clerk")
    clerk.goto(f"{cast.site.address}/desk/matters/ZHAO-2020-000001-0/")
    expect(clerk.locator("main")).to_contain_text("没有找到")
    applicant = cast.page("applicant")
    applicant.goto(f"{cast.site.address}/zhaogong/apply/DB-1/")
    applicant.get_by_label("说明").or_(applicant.locator("textarea").first).first.fill("家里困难")
    applicant.get_by_role("button", name="提交").click()
    expect(applicant.locator("#trouble")).to_be_focused()
    expect(applicant.locator("textarea").first).to_have_value("家里困难")
    cast.picture("applicant", "portal-errors")


def _apply_online(cast: Cast) -> tuple[str, str]:
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/zhaogong/")
    cast.picture("applicant", "portal-home")
    page.goto(f"{cast.site.address}/zhaogong/items/DB-1/")
    cast.picture("applicant", "portal-guide")
    page.goto(f"{cast.site.address}/zhaogong/apply/DB-1/")
    page.locator("input[name=applicant_name]").fill("王小明")
    page.locator("input[name=applicant_phone]").fill("13800001234")
    cast.picture("applicant", "portal-apply")
    page.get_by_role("button", name="提交").click()
    number = page.locator("#number").inner_text().strip()
    code = page.locator("#code").inner_text().replace(" ", "").strip()
    cast.picture("applicant", "portal-receipt")
    return number, code


def _track(cast: Cast, number: str, code: str) -> Page:
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/zhaogong/track/")
    page.locator("input[name=number]").fill(number)
    page.locator("input[name=code]").fill(code)
    page.get_by_role("button", name="查询").click()
    expect(page.locator("main")).to_contain_text(number)
    cast.picture("applicant", "portal-progress")
    return page


def _register_at_the_counter(cast: Cast) -> str:
    """With the keyboard alone: search, choose, name, done."""
    page = cast.page("clerk")
    page.goto(f"{cast.site.address}/desk/")
    page.locator("h1").first.click()  # away from the box, which has the focus on load
    page.keyboard.press("/")
    page.keyboard.type("最低")
    page.get_by_role("option", name=re.compile("最低生活保障")).first.wait_for()
    page.keyboard.press("Enter")
    page.locator("input[name=applicant_name]").wait_for()
    page.locator("input[name=applicant_name]").fill("李大江")
    cast.picture("clerk", "desk-register")
    page.keyboard.press("Control+Enter")
    number = page.locator("#receipt-number").inner_text().strip()
    assert page.locator("#query-code").inner_text().strip()
    expect(page.locator("#owed")).to_contain_text(number)
    cast.picture("clerk", "desk-registered")
    return number


def _check_papers(cast: Cast, who: str, number: str, *, present: int) -> None:
    page = open_matter(cast, who, number)
    boxes = page.locator("input[type=checkbox][name^=present-]")
    for place in range(present):
        boxes.nth(place).check(force=True)
    page.get_by_role("button", name="记下核对结果").click()
    expect(page.locator("main")).to_contain_text("核对")


def _due(page: Page) -> str:
    clock = page.locator(".clocks li", has_text="作出决定").first
    return str(clock.locator(".clock-due time").get_attribute("datetime"))
