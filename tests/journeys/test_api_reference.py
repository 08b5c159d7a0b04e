"""The reference of the API in a real browser: whole, from local files, under the strict content policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Request, expect

from tests.journeys.conftest import Cast

pytestmark = pytest.mark.journey


def test_the_reference_opens_an_operation_and_loads_from_nowhere_else(cast: Cast) -> None:
    page = cast.page("applicant")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(f"{cast.site.address}/api/docs")
    expect(page.locator(".info .title")).to_contain_text("回音接口")
    expect(page.locator(".opblock")).to_have_count(102)
    page.locator("#operations-intake-register .opblock-summary-control").click()
    expect(page.locator("#operations-intake-register")).to_contain_text("Idempotency-Key")
    cast.picture("applicant", "api-reference")
    assert [url for url in asked if not url.startswith((cast.site.address, "data:", "blob:"))] == []
    # Every complaint about the policy, not only those the console prints, fails this journey.
    assert cast.complaints == []
