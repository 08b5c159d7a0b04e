"""The portal as somebody meets it: wide and on a phone, by keyboard, in large type, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.conftest import Cast, Site

pytestmark = pytest.mark.journey

SMALLEST_TARGET = 44
TARGETS = """() => [...document.querySelectorAll("a, button, input:not([type=hidden]), summary, textarea")]
  .map(e => e.closest("label.tick") || e)
  .filter(e => !e.classList.contains("skip"))
  .map(e => [e.outerHTML.slice(0, 90), e.getBoundingClientRect().height])
  .filter(([, height]) => height > 0 && height < LEAST)
  .map(([what]) => what)"""


@pytest.fixture
def look(size: str, cast: Cast) -> Callable[[str], None]:
    """Look at the applicant's page: nothing sticks out, nothing is too small, axe finds nothing."""
    page = cast.page("applicant")
    if size == "large":
        page.context.add_cookies([{"name": "huiyin-type", "value": "large", "url": cast.site.address}])

    def at(name: str) -> None:
        cast.picture("applicant", f"portal-{size}-{name}")
        assert_sound(page, name)
        type_size = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert type_size >= (24 if size == "large" else 18)

    return at


def assert_sound(page: Page, name: str) -> None:
    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], [node["html"][:120] for node in fault["nodes"]]) for fault in faults] == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        f"{name} is wider than the window"
    )
    small = page.evaluate(TARGETS.replace("LEAST", str(SMALLEST_TARGET)))
    assert small == [], name


@pytest.mark.parametrize(
    ("window", "size"),
    [((1440, 900), "normal"), ((390, 844), "normal"), ((390, 844), "large")],
    ids=["wide", "phone", "phone-large"],
)
def test_every_page_is_sound(cast: Cast, look: Callable[[str], None]) -> None:
    page, home = cast.page("applicant"), f"{cast.site.address}/zhaogong"
    for name, path in {
        "home": "/",
        "items": "/items/",
        "search": "/items/?q=低保怎么办",
        "nothing": "/items/?q=护照",
        "guide": "/items/DB-1/",
        "ask": "/ask/",
        "track": "/track/",
        "missing": "/items/none/",
    }.items():
        page.goto(home + path)
        look(name)
    page.goto(f"{cast.site.address}/")
    look("offices")
    number, code = apply(page, home, look)
    page.goto(f"{home}/t/{number}")
    expect(page.get_by_label("编号")).to_have_value(number)
    page.get_by_label("查询码").fill("0000000000")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#trouble")).to_be_focused()
    look("wrong")
    # Not from the server, which answers every wrong pair alike; the page kept it.
    expect(page.get_by_label("编号")).to_have_value(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    page.locator("summary").first.click()
    look("progress")


def apply(page: Page, home: str, look: Callable[[str], None]) -> tuple[str, str]:
    page.goto(f"{home}/apply/DB-1/")
    look("apply")
    page.get_by_label("身份证号").fill("123")
    page.get_by_role("button", name="提交").click()
    expect(page.locator("#trouble")).to_be_focused()
    look("refused")
    page.get_by_label("姓名或单位名称").fill("王秀英")
    page.get_by_label("联系电话").fill("13800001237")
    page.get_by_label("身份证号").fill("")
    page.get_by_role("button", name="提交").dblclick()
    expect(page.locator("#number")).to_be_visible()
    look("receipt")
    return page.locator("#number").inner_text(), page.locator("#code").inner_text()


def test_large_type_does_not_lose_what_was_typed_nor_the_code(cast: Cast) -> None:
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/zhaogong/ask/")
    page.get_by_label("您要问什么").fill("低保怎么申请？")
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("html")).to_have_class("large")
    expect(page.get_by_label("您要问什么")).to_have_value("低保怎么申请？")
    page.get_by_label("联系电话").fill("13800001238")
    page.get_by_role("button", name="提交").click()
    code = page.locator("#code").inner_text()
    expect(page.locator("html")).to_have_class("large")
    page.get_by_role("button", name="标准字号").click()
    expect(page.locator("#code")).to_have_text(code)
    with page.expect_download() as printing:
        page.get_by_role("button", name="回执单").click()
    assert printing.value.suggested_filename.endswith(".pdf")


def test_by_keyboard_alone(cast: Cast) -> None:
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/zhaogong/items/DB-1/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, "在网上申请")
    page.keyboard.press("Enter")
    page.wait_for_url("**/apply/DB-1/")
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    for name, typed in {"applicant_name": "王秀英", "applicant_phone": "13800001235"}.items():
        page.keyboard.press("Tab")
        while page.evaluate("document.activeElement.name") != name:
            page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.locator("#number")).to_be_visible()


def tab_to(page: Page, words: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if words in page.evaluate("document.activeElement.textContent"):
            return
    pytest.fail(f"the keyboard does not reach {words}")


@pytest.fixture
def plain(browser: Browser, site: Site) -> Any:
    """A browser with JavaScript switched off."""
    context: BrowserContext = browser.new_context(java_script_enabled=False, locale="zh-CN")
    yield context.new_page()
    context.close()


def test_everything_without_javascript(plain: Page, site: Site) -> None:
    plain.goto(f"{site.address}/zhaogong/")
    plain.get_by_role("link", name="我要咨询").click()
    plain.get_by_role("button", name="大字版").click()
    plain.get_by_label("您要问什么").fill("低保怎么申请？")
    plain.get_by_label("联系电话").fill("13800001236")
    plain.get_by_role("button", name="提交").click()
    number, code = plain.locator("#number").inner_text(), plain.locator("#code").inner_text()
    plain.get_by_role("button", name="标准字号").click()
    expect(plain.locator("#code")).to_have_text(code)
    plain.goto(f"{site.address}/zhaogong/t/{number}")
    plain.get_by_label("查询码").fill(code)
    plain.get_by_role("button", name="查询").click()
    expect(plain.locator("h1")).to_have_text("待答复")
    plain.get_by_text("为什么是这一天？").click()
    expect(plain.locator("details p").first).to_be_visible()


def test_what_is_not_sound_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="zh"><title>x</title><main><h1>x</h1><input></main></html>')
    with pytest.raises(AssertionError, match="label"):
        assert_sound(page, "no label")
    page.set_content('<html lang="zh"><title>x</title><main><h1>x</h1><a href="#">小</a></main></html>')
    with pytest.raises(AssertionError, match="small"):
        assert_sound(page, "small")
    page.close()
