"""A document comes in: the clerk of the office, the main leader, the leader in charge, and who handles it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Cast
from tests.journeys.steps import open_matter

pytestmark = pytest.mark.journey


def test_a_document_goes_from_hand_to_hand_until_it_is_archived(cast: Cast) -> None:
    keeper = cast.page("office_head")
    keeper.goto(f"{cast.site.address}/desk/documents/incoming/new/")
    keeper.locator("[name=title]").fill("关于报送防汛情况的通知")
    keeper.locator("[name=source]").fill("县应急局")
    keeper.locator("[name=pages]").fill("6")
    keeper.locator("[name=secrecy]").select_option("secret")
    keeper.locator("main button.btn-primary").click()
    # A state secret is refused, and what was typed stands there still.
    expect(keeper.locator("main")).to_contain_text("不得登记、存储国家秘密")
    expect(keeper.locator("[name=source]")).to_have_value("县应急局")
    cast.picture("office_head", "document-refused")
    keeper.locator("[name=secrecy]").select_option("none")
    keeper.locator("main button.btn-primary").click()
    expect(keeper.locator("main")).to_contain_text("收文办理")
    number = keeper.url.rstrip("/").rsplit("/", 1)[-1]
    _fits(keeper)
    _do(keeper, "present_to_main_leader")

    leader = open_matter(cast, "main_leader", number)
    _do(leader, "write_opinion", opinion="请分管领导牵头办理。")
    expect(leader.locator("main")).to_contain_text("请分管领导牵头办理。")
    _send(cast, number, "present_to_leader", to="冯分管")
    in_charge = open_matter(cast, "leader_in_charge", number)
    _do(in_charge, "write_opinion", opinion="请卫经办承办。")
    _send(cast, number, "send_document", to="卫经办")

    clerk = open_matter(cast, "clerk", number)
    _do(clerk, "sign_for_document")
    cast.picture("clerk", "document-in-hand")
    _fits(clerk)
    _do(clerk, "complete_document", result="已按要求报送。")
    keeper = open_matter(cast, "office_head", number)
    _do(keeper, "archive_document", archive_number="2026-D30-001")
    expect(keeper.locator("main")).to_contain_text("2026-D30-001")
    cast.picture("office_head", "document-archived")
    keeper.goto(f"{cast.site.address}/desk/documents/incoming/")
    expect(keeper.locator("main")).to_contain_text("关于报送防汛情况的通知")
    _fits(keeper)
    cast.picture("office_head", "documents")


def _send(cast: Cast, number: str, verb: str, *, to: str) -> None:
    page = open_matter(cast, "office_head", number)
    step = page.locator(f"#verb-{verb}")
    step.locator("summary").click()
    step.get_by_role("combobox").fill(to)
    step.get_by_role("option").first.click()
    step.locator("form button.btn-primary").click()
    expect(page.locator("main")).to_contain_text(to)


def _do(page: Page, verb: str, **typed: str) -> None:
    step = page.locator(f"#verb-{verb}")
    step.locator("summary").click()
    for name, text in typed.items():
        step.locator(f"[name={name}]").fill(text)
    step.locator("form button.btn-primary").click()
    expect(page.locator(f"#verb-{verb}[open]")).to_have_count(0)


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
