"""A form filled on a telephone by keyboard alone; its pages clean by axe at both widths and in both languages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.foundation import clock
from anwang.instruments.actions import Form, Judged, fill
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.instruments.test_filling import MOOD
from tests.world import build_world

WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = os.environ.get("ANWANG_SHOTS", "")


@pytest.fixture
def desk(live: str) -> Iterator[tuple[str, str, str]]:
    """A case with two filled forms, committed: its number, the newest form, and the address of the site."""
    with clock.frozen(NIGHT + LATER) as hands, transaction.atomic():
        office = open_office(build_world(), hands)
        case = office.child_case(family_id=office.family)
        filled = [_filled(office, case.id, judged) for judged in (Judged("moderate"), _lower())]
        number = office.matter(case.id).number
    clock.set_offset(NIGHT + timedelta(days=2) - datetime.now(UTC))
    try:
        yield number, str(filled[-1]), live
    finally:
        clock.set_offset(timedelta(0))


def _lower() -> Judged:
    return Judged("mild", "down", "protective", "外婆陪著", ("low",))


def _filled(office: Office, case_id: object, judged: Judged) -> object:
    office.hands.advance(timedelta(hours=2))
    form = Form("mood.bsrs5", case_id, person_id=office.girl, answers=MOOD, judged=judged)  # type: ignore[arg-type]
    return fill(form=form, by=office.be("worker"), at=clock.now()).id


def shoot(page: Page, name: str) -> None:
    """Pictures for whoever looks: only when `ANWANG_SHOTS` names a folder."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_is_clean_by_axe_at_both_widths(
    page: Page, desk: tuple[str, str, str], log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]], size
) -> None:
    number, filled, live = desk
    page.set_viewport_size(size)
    log_in(page, "worker")
    for name, path in [
        ("case", f"/cases/{number}/forms"), ("fill", f"/cases/{number}/forms/mood.bsrs5"),
        ("day", f"/cases/{number}/forms/danger.intimate"), ("safety", f"/cases/{number}/forms/child.safety"),
        ("result", f"/forms/of/{filled}"), ("chart", f"/forms/of/{filled}/chart"),
        ("networks", f"/forms/of/{filled}/networks"), ("library", "/forms"), ("ledger", "/forms/ledger"),
        ("version", "/forms/text/vulnerability.index/2025-07-01"), ("counties", "/policy/counties"),
    ]:  # fmt: skip
        page.goto(f"{live}{path}")
        shoot(page, f"{name}-{size['width']}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    log_in(page, "supervisor")
    page.goto(f"{live}/forms/report")
    shoot(page, f"report-{size['width']}")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_is_filled_on_a_telephone_by_keyboard_alone(
    page: Page, desk: tuple[str, str, str], log_in: Callable[[Page, str], None]
) -> None:
    number, _filled_before, live = desk
    page.set_viewport_size(NARROW)
    log_in(page, "worker")
    page.goto(f"{live}/cases/{number}/forms/mood.bsrs5")
    page.focus("input[name=about]")
    page.keyboard.press("ArrowDown")
    for name, steps in (("sleep", 3), ("tense", 2), ("suicide", 7)):
        page.focus(f"input[name=q_{name}]")
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").strip() == "存好，看結果":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/forms/of/*")
    assert "請人研判" in page.inner_text("h1")
    assert "不便問" in page.inner_text("table")
