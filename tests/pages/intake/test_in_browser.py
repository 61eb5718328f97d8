"""The front door in a browser: clean by axe at both widths, and the whole intake path by keyboard alone."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page, ViewportSize

from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.queries import receivers as choosing
from anwang.matters.models import Matter
from anwang.web.intake import page as looking
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

NOW = taipei("2026-03-07 23:50")
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
SHOTS = os.environ.get("ANWANG_SHOTS", "")


@pytest.fixture
def number(live: str) -> Iterator[str]:
    """A report of the night, committed; the clock of the site stands near it."""
    clock.set_offset(NOW - datetime.now(UTC))
    try:
        with transaction.atomic():
            world = build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))
            yield_number = _fill(world)
        yield yield_number
    finally:
        clock.set_offset(timedelta(0))


def _fill(world: World) -> str:
    by = world.viewer("night")
    actions.log_call(received_at=taipei("2026-03-07 23:20"), about="樓上又在吵，有小孩哭", caller="樓下住戶",
                     phone="0912-000-888", by=by)  # fmt: skip
    people = (
        PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1, 5), injuries="臉頰、前臂瘀青"),
        PersonIn(role="child", name="陳小樂", birth=PartialDate(2016, 6, 1), where_now="在自己房間"),
        PersonIn(role="victim", name="林佳安", age_text="31歲"),
        PersonIn(role="other_party", name="陳志豪", age_text="35歲"),
    )
    report = actions.receive_report(
        report=told(
            "2026-03-07 23:40", "鄰居說先生打太太，小孩身上有瘀青。打來的人說已經聽到三次，今天最大聲。", *people,
            kinds=("child_protection", "intimate_violence"), channel="line_113",
            urgency={"danger_now": "yes", "child_alone": "no"},
            reporter=ReporterIn(name="隔壁", phone="0912-000-777", may_call_back="yes", category="citizen"),
        ),
        by=by,
    )  # fmt: skip
    with_child = {"report_id": report.id, "kind": "child_protection", "by": by, "at": taipei("2026-03-07 23:45")}
    child = actions.add_to_report(report_id=report.id, person=PersonIn(role="child", name="林小晴", age_text="16歲"),
                                  by=by, at=taipei("2026-03-07 23:44"))  # fmt: skip
    actions.answer_questions(
        person_id=child.person_id, what="grade", given={"needs_protection_now": "yes"}, **with_child
    )
    actions.watch_tonight(matter_id=report.id, night_on=taipei("2026-03-07 12:00").date(), why="先生可能回頭找人",
                          do_if="先打110，再打督導", by=by, at=taipei("2026-03-07 23:46"))  # fmt: skip
    return Matter.objects.get(id=report.id).number


def shoot(page: Page, name: str) -> None:
    """Pictures for whoever looks: only when `ANWANG_SHOTS` names a folder."""
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_is_clean_by_axe_at_both_widths(
    live: str, page: Page, number: str, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]], size
) -> None:
    page.set_viewport_size(size)
    log_in(page, "night")
    for name, path in [
        ("duty", "/duty"),
        ("queue", "/intake"),
        ("new", "/reports/new"),
        ("report", f"/reports/{number}"),
    ]:
        page.goto(f"{live}{path}")
        shoot(page, f"{name}-{size['width']}")
        assert axe(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_takes_a_report_by_keyboard_alone(
    live: str, page: Page, number: str, log_in: Callable[[Page, str], None]
) -> None:
    log_in(page, "night")
    page.goto(f"{live}/reports/new")
    page.focus("#id_channel")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("孩子一個人在家，哭了一個小時。")
    for _ in range(60):
        if page.evaluate("document.activeElement.textContent").strip() == "收下通報，開始計時":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/T115-*")
    assert "孩子一個人在家" in page.inner_text("#said")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_keeps_what_was_typed_while_the_units_of_a_large_county_unfold(
    live: str, page: Page, number: str, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]],
    monkeypatch: pytest.MonkeyPatch, size: ViewportSize,
) -> None:  # fmt: skip
    monkeypatch.setattr(choosing, "WHOLE", 1)
    monkeypatch.setattr(choosing, "LISTED", 2)
    monkeypatch.setattr(looking, "TO_A_SCREEN", 0)
    page.set_viewport_size(size)
    log_in(page, "screener")
    page.goto(f"{live}/reports/{number}#decide")
    form = page.locator("form.decide[action$='/dispatch']").first
    form.get_by_text("其他單位或人員…").click()
    form.locator("[name=persons]").first.check()
    form.locator("[name=reason]").fill("她認得這一家")
    folded = form.locator("details.unit:not([open])").first
    folded.locator("summary").press("Enter")
    shoot(page, f"units-{size['width']}")
    form.get_by_role("button", name="列出另外").click()
    page.wait_for_url("**/dispatch#decide")
    form = page.locator("form.decide[action$='/dispatch']").first
    assert form.locator("[name=reason]").input_value() == "她認得這一家"
    assert form.locator("[name=persons]").first.is_checked()
    assert form.get_by_role("button", name="列出另外").count() == 0
    assert form.locator("details.unit").count() > 3
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    shoot(page, f"units-all-{size['width']}")
