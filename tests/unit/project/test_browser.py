from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from playwright.sync_api import Page

from tests.world import build_world


def test_serves_pages_to_a_browser_with_no_fault_of_access(
    live: str, page: Page, axe: Callable[[Page], list[str]]
) -> None:
    page.goto(f"{live}/login")
    assert page.locator("html").get_attribute("lang") == "zh-Hant-TW"
    assert axe(page) == []


def test_finds_faults_of_access_where_there_are_some(live: str, page: Page, axe: Callable[[Page], list[str]]) -> None:
    page.goto(f"{live}/login")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<main><img src=\"/x.png\"></main>')")
    assert any(line.startswith("image-alt") for line in axe(page))


def test_logs_in_without_the_form(live: str, page: Page, log_in: Callable[[Page, str], None]) -> None:
    with transaction.atomic():
        build_world()
    log_in(page, "clerk")
    page.goto(f"{live}/")
    assert "/login" not in page.url
