"""The portal in large type on the smallest phones: nothing is wider than the screen."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Cast

pytestmark = pytest.mark.journey

OVER = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def window() -> tuple[int, int]:
    """The test sets the widths itself."""
    return (320, 700)


def test_nothing_is_cut_off_in_large_type(cast: Cast) -> None:
    page = cast.page("applicant")
    page.goto(f"{cast.site.address}/zhaogong/")
    page.locator("button[name=language]").click()
    page.locator("button[name=type]").click()
    for width in (320, 360, 390):
        page.set_viewport_size({"width": width, "height": 700})
        for path in ("", "items/", "items/DB-1/", "ask/", "track/"):
            page.goto(f"{cast.site.address}/zhaogong/{path}")
            assert page.locator("html.large").count() == 1
            assert page.evaluate(OVER) <= 0, (width, path)
