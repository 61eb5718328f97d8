"""Fixtures for browser tests: the site in a thread on a clone of the database, Chromium, axe, log-in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any  # axe answers with plain JSON

import pytest
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "zh-TW", "timezone_id": "Asia/Taipei"}


@pytest.fixture
def live(committed_db: str) -> Iterator[str]:
    """Address of the site, served from this test's own database, in which the rows must be committed."""
    thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def log_in(live: str) -> Callable[[Page, str], None]:
    """`log_in(page, username)`: a session for that account, without going through the form."""

    def put_cookie(page: Page, username: str) -> None:
        client = Client()
        client.force_login(get_user_model().objects.get_by_natural_key(username))
        page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live}])

    return put_cookie


def follow(page: Page, press: Callable[[], object]) -> None:
    """Press, and wait for the page that answers: a slow machine begins to leave the old one some time after."""
    with page.expect_navigation():
        press()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)`: what WCAG 2.2 AA finds wrong on the page, one line a violation; empty when clean."""
    script = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")

    def violations(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']})", WCAG)
        return [f"{v['id']}: {v['help']}: {[node['html'] for node in v['nodes'][:3]]}" for v in found["violations"]]

    return violations


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests fail, not skip, without a browser, with the sentence that says how to get one."""
    browser = [item for item in items if "page" in getattr(item, "fixturenames", ())]
    if browser and not os.access(CHROMIUM, os.X_OK):
        raise pytest.UsageError("No Chromium: run `apt-get install chromium fonts-noto-cjk` as root.")
