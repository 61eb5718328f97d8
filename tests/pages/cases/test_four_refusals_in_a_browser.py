"""The four refusals at a worker's desk: written down, answered by their rule, gone on with or let go; with pictures."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.cases.actions import NewSubject, approve_review, decide_opening
from anwang.foundation import clock
from anwang.matters.models import Matter
from tests.browser import follow
from tests.unit.cases.office import Office, open_office, person
from tests.world import build_world

PICTURES = Path(__file__).resolve().parents[3] / "docs" / "pictures"
TOLD = ("risk_assessed", "rights_told", "way_back_told")


def four_cases() -> dict[str, str]:
    """Numbers of four cases in service, by who refuses in them."""
    with transaction.atomic():
        office = open_office(build_world(), clock.FrozenClock(clock.now()))
        subjects = {
            "woman": ("intimate_violence", person("周雅婷", date(1992, 4, 4)), "victim", "no"),
            "mother": ("child_protection", person("小安", date(2024, 1, 5)), "child", "yes"),
            "youth": ("youth_guidance", person("蔡哲", date(2010, 9, 2)), "child", "yes"),
            "old man": ("elder", person("周老先生", date(1947, 3, 3)), "client", "no"),
        }  # fmt: skip
        return {who: _opened(office, *given) for who, given in subjects.items()}


def _opened(office: Office, kind: str, subject: object, role: str, has_child: str) -> str:
    case = office.child_case(kind=kind, subjects=[NewSubject(subject, role)], has_child=has_child)  # type: ignore[arg-type]
    by, now = office.be("worker"), clock.now()
    review = decide_opening(case_id=case.id, decision="opened", grounds=["ordered"], words="", by=by, at=now)
    approve_review(review_id=review.id, by=office.be("supervisor"), at=now)
    return Matter.objects.get(id=case.id).number


@pytest.fixture
def refuse(live: str, page: Page, tmp_path: Path) -> Callable[..., Page]:
    """Write a refusal down at the worker's desk, and take a picture of what the page answers."""
    pictures = PICTURES if os.environ.get("PICTURES") == "1" else tmp_path

    def act(number: str, name: str, *, capacity: str = "yes", danger: str = "no", told: tuple[str, ...] = TOLD) -> Page:
        page.goto(f"{live}/cases/{number}/refusals/new")
        page.locator("input[name=person]").first.check()
        page.fill("textarea[name=words]", "不需要，請不要再來。")
        page.select_option("select[name=method]", "phone")
        page.check(f"input[name=capacity][value={capacity}]")
        page.check(f"input[name=public_danger][value={danger}]")
        for one in told:
            page.check(f"input[name=told][value={one}]")
        follow(page, lambda: page.click("form.form button.btn.go"))
        assert page.url.endswith("/refusals"), page.inner_text("main")
        page.screenshot(path=pictures / f"refusal-{name}.png")
        return page

    return act


def test_four_refusals_are_answered_by_four_rules(
    live: str,
    page: Page,
    log_in: Callable[[Page, str], None],
    refuse: Callable[..., Page],
    axe: Callable[[Page], list[str]],
) -> None:
    numbers = four_cases()
    log_in(page, "worker")
    refuse(numbers["mother"], "child")
    assert "不得以拒絕不開案或結案" in page.inner_text("main")
    follow(page, lambda: page.click("text=記下一步"))
    page.check("input[name=step][value=school]")
    page.fill("textarea[name=words]", "幼兒園老師每天看到孩子。")
    follow(page, lambda: page.click("form.form button.btn.go"))
    assert "由學校或幼兒園接觸" in page.inner_text("main")
    refuse(numbers["youth"], "youth")
    assert "少年輔導委員會繼續輔導" in page.inner_text("main")
    refuse(numbers["old man"], "capacity", capacity="no")
    assert "先確認決定能力" in page.inner_text("main")
    refuse(numbers["old man"], "danger", danger="yes")
    assert "保護程序繼續" in page.inner_text("main")
    refuse(numbers["woman"], "not-yet", told=("risk_assessed",))
    assert "尚不得結案" in page.inner_text("main")
    refuse(numbers["woman"], "respected")
    assert axe(page) == []
    follow(page, lambda: page.click("text=送結案審核"))
    page.check("input[name=reason][value=declined]")
    page.fill("textarea[name=summary]", "評估、安全計畫、權利與怎麼回來都說了，她決定不要服務。")
    page.check("input[name=capacity][value=yes]")
    page.check("input[name=public_danger][value=no]")
    for one in ("risk_assessed", "safety_plan", "rights_told", "way_back_told"):
        page.check(f"input[name=done][value={one}]")
    follow(page, lambda: page.click("form.form button.btn.go"))
    assert "送審了" in page.inner_text("body")


def test_says_on_the_form_that_a_youth_is_followed(
    live: str, page: Page, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]]
) -> None:
    numbers = four_cases()
    log_in(page, "worker")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live}/cases/{numbers['youth']}")
    follow(page, lambda: page.click("main a[href*='/closing/']"))
    assert "依法追蹤6個月或到滿18歲" in page.inner_text("main")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{live}/cases/{numbers['old man']}")
    follow(page, lambda: page.click("main a[href*='/closing/']"))
    assert "依法追蹤" not in page.inner_text("main")


def test_a_change_is_told_in_two_clicks_by_telephone_and_by_keyboard(
    live: str, page: Page, log_in: Callable[..., None], axe: Callable[[Page], list[str]]
) -> None:
    number = four_cases()["mother"]
    log_in(page, "worker")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{live}/cases/{number}")
    follow(page, lambda: page.click("text=情況有變動"))
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.focus("button[value=carer_gone]")
    follow(page, lambda: page.keyboard.press("Enter"))
    assert "主要照顧者離開" in page.inner_text("main")
    page.goto(f"{live}/cases/{number}")
    assert "情況有變動，要重新評估" in page.inner_text("main")
