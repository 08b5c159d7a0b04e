"""What several journeys do on their way."""

from __future__ import annotations

from typing import Final

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.journeys.conftest import Cast

DESK: Final[ViewportSize] = {"width": 1440, "height": 900}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
FITS: Final = "() => document.documentElement.scrollWidth <= innerWidth"


def open_matter(cast: Cast, who: str, number: str) -> Page:
    """Go to the page of a matter."""
    page = cast.page(who)
    page.goto(f"{cast.site.address}/desk/matters/{number}/")
    return page


def offer(cast: Cast, who: str, number: str, *, to: str) -> None:
    """Offer a matter to a colleague, found by name."""
    page = open_matter(cast, who, number)
    step = page.locator("#verb-offer_handover")
    step.locator("summary").click()
    step.get_by_role("combobox").fill(to)
    step.get_by_role("option").first.click()
    step.locator("button.btn-primary, button.btn-danger").first.click()
    expect(page.locator("main")).to_contain_text("接收")


def take(cast: Cast, who: str, number: str, verb: str, **fields: str) -> None:
    """Open a verb's form on the matter's page, fill it in and send it; it must not be refused."""
    page = open_matter(cast, who, number)
    step = page.locator(f"#verb-{verb}")
    step.locator("summary").click()
    for name, text in fields.items():
        step.locator(f"[name={name}]").fill(text)
    step.locator(".form-actions button").click()
    page.wait_for_load_state()
    assert page.locator(".refusal, .notice-error").count() == 0, page.locator("main").inner_text()[:500]


def look(cast: Cast, who: str, name: str) -> None:
    """Keep what somebody sees as it is on a desk and on a phone; on neither is anything cut off.

    For a journey that is walked once: everybody works in the window they have.
    """
    page = cast.page(who)
    worked_in = page.viewport_size or DESK
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        if cast.site.pictures:
            page.screenshot(path=str(cast.site.pictures / f"{name}-{size['width']}.png"), full_page=True)
        fits(page, f"{name} at {size['width']}")
    page.set_viewport_size(worked_in)


def fits(page: Page, what: str) -> None:
    """Nothing is cut off sideways, once a chart has drawn itself anew for the window."""
    for _ in range(50):
        if page.evaluate(FITS):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"too wide: {what}")
