"""The office changes a limit through the screen: tried first, proposed by one, confirmed by another."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

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


def test_a_long_month_comes_in_portions_and_is_one_month(cast: Cast) -> None:
    leader = cast.page("main_leader")
    asked: list[str] = []

    def portion(route: Route) -> None:
        asked.append(parse_qs(urlsplit(route.request.url).query).get("after", [""])[0])
        rows = [
            ("last-1", (("丙科", 80, 3), ("甲科", 0, 0)), (1, 2, 3)),
            ("last-2", (("乙科", 70, 0), ("丙科", 10, 1)), (3, 4, 5, 6)),
            ("", (("甲科", 20, 2),), (7,)),
        ][len(asked) - 1]
        route.fulfill(content_type="text/html; charset=utf-8", body=_portion(*rows))

    leader.route("**/dry-run/month/*", portion)
    month = "rules=book:company&from=2026-10&to=2026-10"
    leader.goto(f"{cast.site.address}/desk/rules/dry-run/?{month}")
    expect(leader.locator("label[for=trial-bar]")).to_have_text("试算完成")
    assert asked == ["", "last-1", "last-2"]
    rows = leader.locator("#trial-table tbody tr")
    assert rows.evaluate_all("rows => rows.map(row => row.innerText.split(/\\s+/).join(' ').trim())") == [
        "丙科 90 4",
        "乙科 70 0",
        "甲科 20 2",
    ]
    expect(leader.locator('[data-total="matters"]')).to_have_text("180")
    expect(leader.locator('[data-total="newly_late"]')).to_have_text("6")
    expect(leader.locator("#trial-affected li")).to_have_text([str(one) for one in (1, 2, 3, 3, 4, 5)])


def _portion(last: str, units: tuple[tuple[str, int, int], ...], numbers: tuple[int, ...]) -> str:
    """What the server answers for a portion, cut to two figures."""
    rows = "".join(
        f'<tr data-unit="{unit}"><th>{unit}</th><td><span>{told}</span></td><td><span>{late}</span></td></tr>'
        for unit, told, late in units
    )
    matters, newly_late = sum(one[1] for one in units), sum(one[2] for one in units)
    figures = f"matters={matters};newly_late={newly_late};matters_changed={newly_late};"
    listed = "".join(f'<li data-number="{one}">{one}</li>' for one in numbers)
    head = f'<tbody data-month="2026-10" data-last="{last}" data-figures="{figures}">'
    return f"<table>{head}{rows}</tbody></table><ul>{listed}</ul>"


def _fill(page: Page, name: str, text: str) -> None:
    page.locator("[name='limit.by_urgency.normal']").fill("4")
    page.locator("[name=reason]").fill("镇长办公会纪要")
    page.locator(f"[name={name}]").fill(text)


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
