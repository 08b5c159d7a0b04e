"""A workbook that takes a while says so; it comes under its own name, and what went wrong is told."""

from __future__ import annotations

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.conftest import Cast

pytestmark = pytest.mark.journey


def test_while_a_list_is_made_into_a_workbook_the_page_says_so(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/matters/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    office.route("**/matters.xlsx*", hold)
    link, told = office.get_by_role("link", name="导出表格"), office.locator("#making")
    expect(told).to_be_hidden()
    link.press("Enter")
    expect(told).to_be_visible()
    expect(told).to_contain_text("正在生成表格")
    expect(link).to_have_attribute("aria-busy", "true")
    link.press("Enter")
    cast.picture("efficiency_office", "making")
    wide = office.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert len(held) == 1, "pressed again it asks for a second file"
    with office.expect_download() as coming:
        held[0].continue_()
    assert coming.value.suggested_filename.endswith(".xlsx")
    assert coming.value.path().read_bytes().startswith(b"PK")
    expect(told).to_be_hidden()
    expect(link).not_to_have_attribute("aria-busy", "true")


def test_what_is_no_workbook_is_shown_as_the_page_it_is(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/matters/")
    office.context.clear_cookies()
    office.get_by_role("link", name="导出表格").click()
    expect(office.locator("input[type=password]")).to_be_visible()
