"""A workbook that takes a while says so; it comes under its own name, and what went wrong is told."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from playwright.sync_api import Route, expect
from python_calamine import CalamineWorkbook

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


def test_how_far_a_long_workbook_is_stands_there_and_it_comes_whole(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/matters/")
    whole = b"PK\n\nwhat stands after the empty line"
    bar = office.locator("#making progress")
    bar.evaluate("""bar => {
        const told = {attributes: true, attributeFilter: ["value"]};
        new MutationObserver(() => { bar.dataset.seen = bar.value; }).observe(bar, told);
    }""")

    def told(route: Route) -> None:
        assert route.request.headers["x-progress"] == "yes"
        name = {"Content-Disposition": "attachment; filename*=utf-8''a%20b.xlsx"}
        told = {"Content-Type": "application/vnd.huiyin.told", **name}
        route.fulfill(headers=told, body=b"200/600\n400/600\n\n" + whole)

    office.route("**/matters.xlsx*", told)
    with office.expect_download() as coming:
        office.get_by_role("link", name="导出表格").click()
    assert coming.value.suggested_filename == "a b.xlsx"
    assert coming.value.path().read_bytes() == whole
    expect(bar).to_have_attribute("max", "600")
    expect(bar).to_have_attribute("data-seen", "400")


def test_a_workbook_of_the_server_is_the_same_told_and_untold(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/matters/")
    link = office.get_by_role("link", name="导出表格")
    plain = office.request.get(link.evaluate("link => link.href"))
    with office.expect_download() as coming:
        link.click()
    assert _lines(coming.value.path().read_bytes()) == _lines(plain.body())
    assert "spreadsheetml" in plain.headers["content-type"]


def _lines(book: bytes) -> Sequence[Sequence[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


def test_what_is_no_workbook_is_shown_as_the_page_it_is(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/matters/")
    office.context.clear_cookies()
    office.get_by_role("link", name="导出表格").click()
    expect(office.locator("input[type=password]")).to_be_visible()
