"""The office changes a limit through the screen: tried first, proposed by one, confirmed by another."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from huiyin.rules.workdays import SHANGHAI
from tests.journeys.conftest import Cast

pytestmark = pytest.mark.journey

# One for each window: what one journey adopts, the next would start from.
CLAUSES = {1440: "p4.time-limit.6.b", 390: "p4.time-limit.4.b"}


def test_a_limit_is_changed_tried_and_confirmed(cast: Cast) -> None:
    office = cast.page("efficiency_office")
    office.goto(f"{cast.site.address}/desk/rules/{CLAUSES[cast.window[0]]}/")
    office.locator("#amend summary").click()
    _fits(office)
    _fill(office, "since", "2020-01-01")
    office.get_by_role("button", name="提请确认").click()
    # The wrong day is named, and what was typed stands there still.
    expect(office.locator(".field-error").first).to_be_visible()
    expect(office.locator("[name=reason]")).to_have_value("镇长办公会纪要")
    _fill(office, "since", (datetime.now(SHANGHAI) + timedelta(days=30)).strftime("%Y-%m-%d"))
    office.get_by_role("button", name="提请确认").click()
    expect(office.locator("main")).to_contain_text("待确认")
    _fits(office)
    cast.picture("efficiency_office", "rulebook-changes")

    leader = cast.page("main_leader")
    leader.goto(f"{cast.site.address}/desk/rules/changes/")
    leader.get_by_role("link", name="试算", exact=True).first.click()
    leader.get_by_role("button", name="试算").click()
    expect(leader.locator("#trial-stop")).to_be_hidden()
    expect(leader.locator("label[for=trial-bar]")).to_have_text("试算完成")
    expect(leader.locator("#trial-table tbody")).to_have_count(12)
    _fits(leader)
    cast.picture("main_leader", "rulebook-dry-run")
    leader.goto(f"{cast.site.address}/desk/rules/changes/")
    leader.get_by_role("button", name="确认", exact=True).first.click()
    expect(leader.locator("main")).to_contain_text("已确认，待施行")
    cast.picture("main_leader", "rulebook-adopted")


def _fill(page: Page, name: str, text: str) -> None:
    page.locator("[name='limit.by_urgency.normal']").fill("4")
    page.locator("[name=reason]").fill("镇长办公会纪要")
    page.locator(f"[name={name}]").fill(text)


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
