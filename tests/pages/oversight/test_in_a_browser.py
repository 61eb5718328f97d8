"""Oversight, protection and data subjects in a browser: clean for everybody, fit a telephone, work by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.access.viewer import service_viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import jobs
from anwang.oversight.actions import ask_reader, declare
from anwang.oversight.models import Question
from tests.unit.cases.office import Office, open_office
from tests.unit.protection import orders as at_hand
from tests.unit.protection.test_shields import covered
from tests.world import build_world

VISITS = {
    "privacy": ("/oversight", "/oversight?show=settled", "/oversight/record"),
    "worker2": ("/oversight/mine", "/oversight/relatives"),
    "adult_worker": ("/protection",),
    "clerk": ("/requests", "/requests/new"),
    "chief": ("/keeping",),
    "administrator": ("/files", "/accounts", "/accounts/review", "/account"),
}
FOLLOWED = {"privacy": "/oversight", "adult_worker": "/protection"}
"""Where the first line of the list is opened by keyboard."""


@pytest.fixture
def there(live: str) -> Office:
    """Live servers keep their own time: everything happens now."""
    with clock.frozen(clock.now()), transaction.atomic():
        office = open_office(build_world(), None)  # type: ignore[arg-type]
        case = at_hand.her_case(office)
        covered(office, case)
        by = office.be("worker2")
        for _n in range(26):
            reading("cases.case", by=by, file_id=uuid7(), zone="case")
        declare(relation="spouse", name="王大明", born_on=(clock.today() - timedelta(days=9000)), by=by)
        jobs.ring_bulk()
        service_viewer("oversight")
        question = Question.objects.get()
        ask_reader(question_id=question.id, text="請說明事由。", by=office.be("privacy"))
    return office


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_everybody_and_fits(
    page: Page, live: str, there: Office, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]],
    width: int,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})

    def looked(key: str) -> None:
        assert axe(page) == [], (key, page.url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (key, page.url)

    for key, paths in VISITS.items():
        page.context.clear_cookies()
        log_in(page, key)
        for path in paths:
            answer = page.goto(f"{live}{path}")
            assert answer is not None
            assert answer.status == 200, (key, path)
            looked(key)
            if FOLLOWED.get(key) == path:
                link = page.locator("main ol.rows h3 a, main ul.rows h3 a").first
                link.focus()
                with page.expect_navigation():
                    page.keyboard.press("Enter")
                assert page.url != f"{live}{path}"
                looked(key)
