"""A browser that runs no script: from the call to the dispatch, and the visit on the investigator's telephone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.stories import test_screener as screener
from tests.stories.desk import PHONE, Desk

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def test_takes_looks_decides_and_dispatches(desk: Desk, tmp_path: Path) -> None:
    plain = replace(desk, pictures=tmp_path)
    plain.sit("du", "2026-04-21 11:40", "/intake")
    screener.take(plain)
    screener.who_is_it(plain)
    screener.relate(plain)
    screener.decide_otherwise(plain)
    screener.dispatch(plain)
    screener.at_once_known(plain)
    sees_the_boy(plain)


def sees_the_boy(desk: Desk) -> None:
    """The investigator at the door, with a thumb; what is missing is said, what was typed stays."""
    desk.page.set_viewport_size(PHONE)
    desk.open("/cases")
    desk.page.get_by_role("link", name=screener.BOY).first.click()
    case = desk.page.url.rsplit("/", 1)[-1]
    desk.open(f"/cases/{case}/contact")
    desk.choose("怎麼聯繫", "家訪")
    desk.choose("結果", "訪視成功")
    desk.choose("在哪裡", "家裡")
    desk.fill("談了什麼", "保母在場，小宇靠著她不說話。")
    desk.click(f"存到{screener.BOY}")
    desk.sees(f"請選有沒有見到{screener.BOY}。", "其他填好的都還在。")
    desk.choose(f"{screener.BOY}，有見到嗎", "見到本人")
    desk.click(f"存到{screener.BOY}")
    desk.sees("記下了。", "保母在場，小宇靠著她不說話。")
