"""A goes away on a plan, B signs, acts for A, and hands back; the public sees who is there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from huiyin.rules.workdays import SHANGHAI
from tests.journeys.conftest import Cast
from tests.journeys.steps import open_matter

pytestmark = pytest.mark.journey

MOST_TRIES = 80
CUT_OFF = """() => [document.documentElement, ...document.querySelectorAll('.table-wrap')]
    .some((one) => one.scrollWidth > one.clientWidth)"""


def test_away_with_a_hand_over_and_back(cast: Cast) -> None:
    applicant = cast.page("applicant")
    applicant.goto(f"{cast.site.address}/zhihui/apply/DB-1/")
    applicant.locator("input[name=applicant_name]").fill("王小明")
    applicant.locator("input[name=applicant_phone]").fill("13800001239")
    applicant.get_by_role("button", name="提交").click()
    number = applicant.locator("#number").inner_text().strip()

    clerk, second = cast.page("hq_clerk"), cast.page("hq_second_clerk")
    _goes_away(cast, clerk)
    clerk.get_by_role("link", name="写交接单").first.click()
    clerk.locator("textarea[name=things]").fill("公章在柜内")
    clerk.locator(f'input[name="progress-{number}"]').fill("等收入证明")
    _look(cast, "hq_clerk", "handover-write")
    clerk.get_by_role("button", name="交给对方确认").click()
    expect(clerk.locator("main")).to_contain_text("等确认")

    second.goto(f"{cast.site.address}/desk/handovers/")
    second.get_by_role("link", name="查看并确认").first.click()
    expect(second.locator("main")).to_contain_text("等收入证明")
    second.get_by_role("button", name="确认接收").click()
    expect(second.locator("main")).to_contain_text("已确认")
    _look(cast, "hq_second_clerk", "handover-sheet")

    # The absence begins at the next full minute; then B does the work, as B for A.
    page = open_matter(cast, "hq_second_clerk", number)
    for _ in range(MOST_TRIES):
        if page.locator("#papers form").count():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(page.locator("main")).to_contain_text("B岗顶岗")
    for box in page.locator("#papers input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="记下核对结果").click()
    expect(page.locator("main")).to_contain_text("（替卫经办")
    _look(cast, "hq_second_clerk", "matter-stood-in")

    applicant.goto(f"{cast.site.address}/zhihui/posts/")
    expect(applicant.locator("main")).to_contain_text("B岗顶岗")
    _look(cast, "applicant", "public-posts")
    head = cast.page("hq_head")
    for address in ("positions/", "positions/MZ01/"):
        head.goto(f"{cast.site.address}/desk/{address}")
        _look(cast, "hq_head", address.strip("/").replace("/", "-"))

    clerk.goto(f"{cast.site.address}/desk/handovers/")
    clerk.get_by_role("button", name="销假").first.click()
    second.goto(f"{cast.site.address}/desk/handovers/")
    second.get_by_role("link", name="写交接单").first.click()
    expect(second.locator("main")).to_contain_text(number)
    second.get_by_role("button", name="交给对方确认").click()
    clerk.goto(f"{cast.site.address}/desk/handovers/")
    clerk.get_by_role("link", name="查看并确认").first.click()
    expect(clerk.locator("main")).to_contain_text("顶岗期间办理的")
    _look(cast, "hq_clerk", "handover-back")
    clerk.get_by_role("button", name="确认接收").click()


def _goes_away(cast: Cast, page: Page) -> None:
    page.goto(f"{cast.site.address}/desk/handovers/")
    begins = datetime.now(SHANGHAI) + timedelta(minutes=1)
    page.locator("select[name=kind]").select_option("training")
    page.locator("input[name=starts_at]").fill(begins.strftime("%Y-%m-%dT%H:%M"))
    ends = begins + timedelta(hours=3)
    page.locator("input[name=ends_at]").fill(ends.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("main")).to_contain_text("等B岗确认，尚未开始")


def _look(cast: Cast, who: str, name: str) -> None:
    """Keep a picture; nothing is cut off at the side."""
    cast.picture(who, name)
    assert not cast.page(who).evaluate(CUT_OFF), name
