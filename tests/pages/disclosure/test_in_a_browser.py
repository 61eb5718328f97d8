"""The desk of disclosure in a browser: clean for everybody, fits a telephone, works by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.disclosure import actions
from anwang.foundation import clock
from tests.unit.disclosure.stage import FAMILY, HER, Couple, set_up
from tests.world import build_world


@pytest.fixture
def there(live: str) -> Couple:
    """Live servers keep their own time: everything happens now."""
    with clock.frozen(clock.now()), transaction.atomic():
        couple = set_up(build_world(), None)  # type: ignore[arg-type]
        look = couple.look("welfare_worker", HER, serving=couple.welfare)
        assert look is not None
        whose, because = actions.Whose(number=FAMILY), actions.Because("life_threat", "警方在門口")
        glass = actions.break_glass(whose=whose, because=because, by=couple.be("welfare_worker"), at=clock.now())
        actions.ask_second_person(glass_id=glass.matter_id, by=couple.be("welfare_worker"), at=clock.now())
        letter = actions.Letter("望潮地檢署", "望檢字第1號", "joint_service", "law")
        wanted = actions.Wanted("paper", ("course",), "偵查需要", clock.today())
        actions.register_letter(matter_number=couple.number(couple.hers), letter=letter, wanted=wanted,
                                by=couple.be("adult_worker"), at=clock.now())  # fmt: skip
    return couple


@pytest.mark.parametrize("width", [1440, 390])
def test_is_clean_for_everybody_and_fits(
    page: Page, live: str, there: Couple, log_in: Callable[[Page, str], None], axe: Callable[[Page], list[str]],
    width: int,
) -> None:  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    for key, paths in (
        ("welfare_worker", ("", "/look", "/openings", "/openings/new")),
        ("adult_supervisor", ("", "/openings", "/use")),
        ("privacy", ("/openings", "/receipts")),
    ):  # fmt: skip
        page.context.clear_cookies()
        log_in(page, key)
        for path in paths:
            page.goto(f"{live}/disclosure{path}")
            assert axe(page) == [], (key, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (key, path)
        link = page.locator("main ol.rows h3 a").first
        if link.count():
            link.focus()
            page.keyboard.press("Enter")
            page.wait_for_load_state()
            assert axe(page) == [], (key, page.url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (key, page.url)
