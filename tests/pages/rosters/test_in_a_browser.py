"""The desk of rosters in a browser: readable by everybody, on a telephone, in English."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def committed_db(county: str) -> str:
    """The invented county, for reading."""
    return county


@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_is_readable_by_everybody(
    live: str, page: Page, axe: Callable[[Page], None], log_in: Callable[[Page, str], None], size
) -> None:
    log_in(page, "he")
    page.set_viewport_size(size)
    page.goto(f"{live}/rosters")
    file = page.locator("a[href^='/rosters/L']").first.get_attribute("href")
    for path in ("/rosters", "/rosters/new", "/rosters/expected", file):
        page.goto(live + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
