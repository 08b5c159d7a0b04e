"""The desk's tables at the widths people use: nothing cut off, no name or clause broken into letters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import offer

pytestmark = pytest.mark.journey

WIDTHS = (390, 720, 1024, 1280, 1440)
STACKED_UP_TO = 1100
TALLEST_ROW = 120

CUT_OFF = """() => [document.documentElement, ...document.querySelectorAll('.table-wrap')]
    .some((one) => one.scrollWidth > one.clientWidth)"""
BROKEN = """() => [...document.querySelectorAll('.clause, .whole, .mono')]
    .filter((one) => one.offsetParent && one.getClientRects().length > 1).map((one) => one.textContent)"""
LET_BREAK = """() => document.querySelectorAll('.whole').forEach((one) => {
    one.style.whiteSpace = 'normal'; one.style.overflowWrap = 'anywhere'; one.append('字'.repeat(200)); })"""
ROWS = """() => [...document.querySelectorAll('table.grid tbody tr')].map((row) => row.offsetHeight)"""


@pytest.fixture
def window() -> tuple[int, int]:
    """The test sets the widths itself."""
    return (1440, 900)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_tables_are_read_at_every_width(cast: Cast, language: str) -> None:
    applicant = cast.page("applicant")
    applicant.goto(f"{cast.site.address}/zhaogong/apply/DB-1/")
    applicant.locator("input[name=applicant_name]").fill("王小明")
    applicant.locator("input[name=applicant_phone]").fill("13800001239")
    applicant.get_by_role("button", name="提交").click()
    number = applicant.locator("#number").inner_text().strip()
    _hand_over(cast, number)
    clerk = cast.page("second_clerk")
    clerk.goto(f"{cast.site.address}/desk/")
    if language == "en":
        clerk.get_by_role("button", name="English").click()
    for address in ("", "matters/"):
        clerk.goto(f"{cast.site.address}/desk/{address}")
        expect(clerk.locator("main")).to_contain_text(number)
        for width in WIDTHS:
            _read(clerk, width)
    # The control: a name that may break anywhere is found when it does.
    clerk.evaluate(LET_BREAK)
    assert clerk.evaluate(BROKEN)


def _hand_over(cast: Cast, number: str) -> None:
    """A row then names two people: who has the matter, and who was asked first."""
    offer(cast, "clerk", number, to="蒋经办")
    colleague = cast.page("second_clerk")
    colleague.goto(f"{cast.site.address}/desk/")
    colleague.get_by_role("button", name="接收", exact=True).first.click()
    expect(colleague.locator("main")).to_contain_text(number)


def _read(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert not page.evaluate(CUT_OFF), width
    assert page.evaluate(BROKEN) == [], width
    heights = page.evaluate(ROWS)
    assert heights
    if width > STACKED_UP_TO:
        assert max(heights) < TALLEST_ROW, width
