"""Nine units serve one family: who leads, what is next, one plan, the picture of any day; desk and telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from anwang.access.models import Account
from anwang.demo.beats import play
from anwang.demo.founding import found
from anwang.demo.stories.nine_units import NineUnits
from anwang.foundation import clock
from tests.pages.shell.test_pictures import COLOUR_LAW, HALF_WIDTH, TEXTS, TYPED_SPACE
from tests.stories.desk import PHONE, WIDE, Desk, taipei

AT = "2026-04-21 10:00"


@pytest.fixture
def desk(live: str, page: Page, log_in: Callable[[Page, str], None], tmp_path: Path) -> Desk:
    """The invented county with this one story in it."""
    with clock.frozen(taipei(AT)), transaction.atomic():
        county = found()
        play([NineUnits(county)], taipei(AT), lambda _done, _of: None)
    return Desk(live, page, log_in, tmp_path)


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_one_family_nine_units_one_plan(desk: Desk, axe: Callable[[Page], list[str]], language: str) -> None:
    try:
        _walk(desk, axe, language)
    finally:
        clock.set_offset(timedelta(0))


def _walk(desk: Desk, axe: Callable[[Page], list[str]], language: str) -> None:
    desk.sit("jian", AT, "/families")
    Account.objects.filter(username="jian").update(language="zh-hant")
    desk.click("蔡淑惠家")
    family = desk.page.url.removeprefix(desk.live)
    desk.sees("簡伯勳", "誰在這個家", "中秋前蔡心週末回家住一晚", "看整份計畫", "望潮縣少年輔導委員會", "鷺洲社福中心")
    desk.picture("nine-units")
    desk.open(f"{family}/picture")
    desk.sees("生態圖", "永樂教會", "說法不同", "沒有加保", "在夜市幫忙")
    desk.picture("ecomap")
    desk.open(f"{family}/picture?on=115/3/5")
    desk.sees("3月5日（四）的這一家。")
    desk.open(family)
    desk.click("看整份計畫")
    desk.sees("我想要心心回家過中秋", "做到了", "支持照顧者", "永樂教會")
    plan = desk.page.url.removeprefix(desk.live)
    desk.picture("plan")
    desk.open(f"{plan}/paper?reader=court&name=%E6%9C%9B%E6%BD%AE%E5%B0%91%E5%B9%B4%E6%B3%95%E9%99%A2")
    desk.sees("望潮少年法院", "中秋前蔡心週末回家住一晚")
    assert "睡不到四小時" not in desk.text()
    Account.objects.filter(username="jian").update(language=language)
    faults = []
    forms = [f"{plan}/{one}" for one in ("add/action", "version", "paper?reader=court&name=x")]
    for path in (family, f"{family}/picture", plan, *forms):
        desk.open(path)
        for size in (WIDE, PHONE):
            desk.page.set_viewport_size(size)  # type: ignore[arg-type]
            over = desk.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            faults += [f"{path} {size['width']}: {over}px too wide"] if over > 0 else []
        faults += [f"{path}: {one}" for one in axe(desk.page) + desk.page.evaluate(COLOUR_LAW)]
        if language == "zh-hant":
            texts = desk.page.evaluate(TEXTS)
            faults += [f"{path}: {text}" for text in texts if TYPED_SPACE.search(text) or HALF_WIDTH.search(text)]
    assert faults == []
