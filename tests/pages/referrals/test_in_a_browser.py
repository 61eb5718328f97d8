"""The desk of referrals in a browser: axe-clean, no sideways scrolling on a telephone, both languages, by keyboard."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.access.models import Account
from anwang.foundation import clock
from anwang.matters.models import Matter
from anwang.referrals import actions
from tests.pages.cases.test_case_pages import number
from tests.unit.cases.office import Office, open_office
from tests.unit.referrals.asking import told
from tests.unit.referrals.test_coming_home import her_case
from tests.world import build_world

SHOTS = os.environ.get("ANWANG_SHOTS")


@pytest.fixture
def pages(live: str) -> dict[str, list[str]]:
    """A referral that waits, a transition, a notice; the addresses each worker opens."""
    start = clock.now() - timedelta(hours=3)
    with clock.frozen(start) as hands, transaction.atomic():
        office: Office = open_office(build_world(), hands)
        case = office.child_case(family_id=office.family)
        hers = her_case(office)
        hands.advance(timedelta(minutes=10))
        made = actions.refer(case_id=case.id, given=told(office), by=office.be("worker"), at=clock.now())
        actions.plan_transition(
            case_id=case.id, person_id=office.boy, kind="graduation", on=clock.today() + timedelta(days=20),
            by=office.be("worker"), at=clock.now(),
        )  # fmt: skip
        given = actions.NoticeIn("prison", "監獄", "陳志豪", clock.now(), born_on=date(1990, 2, 3))
        actions.take_notice(given=given, by=office.be("screener"))
        actions.publish(
            unit_id=office.units["welfare"], kind="vulnerable_family", places=2, by=office.be("welfare_supervisor"),
            at=clock.now(),
        )  # fmt: skip
        there = f"/referrals/{Matter.objects.get(id=made.id).number}"
        notice = f"/referrals/notices/{Matter.objects.get(kind='notice', arose_from=hers.id).number}"
        of_case = f"/cases/{number(case)}"
    return {
        "worker": [
            "/referrals", there, f"{of_case}/referrals", f"{of_case}/refer", f"{of_case}/refer/vulnerable_family",
            f"{of_case}/transition", f"{of_case}/stage", f"{there}/send-on", of_case,
        ],
        "welfare_supervisor": [
            "/referrals", there, f"{there}/answer", "/referrals/receivers", "/referrals/receivers/say",
        ],
        "adult_worker": ["/referrals/notices", notice],
        "screener": ["/referrals/notices/new"],
    }  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [(1440, "zh-hant"), (390, "en")])
def test_is_clean_and_narrow_for_each_side(
    pages: dict[str, list[str]], live: str, page: Page, log_in: Callable[..., None], axe: Callable[[Page], list[str]],
    width: int, language: str,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900 if width > 400 else 844})
    with transaction.atomic():
        Account.objects.update(language=language)
    for who, paths in pages.items():
        page.context.clear_cookies()
        log_in(page, who)
        for path in paths:
            page.goto(live + path)
            if SHOTS:
                name = path.strip("/").replace("/", "-")
                page.screenshot(path=Path(SHOTS) / f"{who}-{name}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            assert axe(page) == [], path


def test_answers_by_keyboard_alone(
    pages: dict[str, list[str]], live: str, page: Page, log_in: Callable[..., None]
) -> None:
    log_in(page, "welfare_supervisor")
    page.goto(live + pages["welfare_supervisor"][1])
    page.get_by_role("link", name="回覆接不接").focus()
    page.keyboard.press("Enter")
    page.get_by_label("接受", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="回覆", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live}/referrals")
    assert "已接受" in page.get_by_role("main").inner_text()
