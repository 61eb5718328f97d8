"""A citizen at three in the morning, on a telephone that is not hers alone: reports, keeps a receipt, is gone; then
the desk on duty sees what she wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings

from anwang.foundation import clock
from tests.stories.desk import PHONE, Desk, taipei

WORDS = "樓上的孩子一直喊不要打，剛剛安靜下來了。"


def test_reports_at_three_and_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ANWANG_NEUTRAL_PAGE", f"{desk.live}/healthz")
    arrives(desk)
    number, secret = writes(desk)
    flees(desk)
    asks(desk, number, secret)
    the_desk_on_duty_sees_it(desk)


def arrives(desk: Desk) -> None:
    """Nobody is logged in; the numbers to ring stand first."""
    clock.set_offset(taipei("2026-04-22 03:04") - datetime.now(UTC))
    desk.page.set_viewport_size(PHONE)
    desk.open("/report")
    desk.sees("現在有人正在受傷，或馬上有危險？先打電話。", "110", "113")
    desk.picture("public-form")


def writes(desk: Desk) -> tuple[str, str]:
    """A slip first: the number of her telephone; nothing typed is lost. Gives the two words of the receipt."""
    desk.pick("他們在哪個縣市？", "望潮縣")
    desk.choose("現在有人有危險嗎？", "有，正在發生")
    desk.fill("你看到、聽到什麼？", WORDS)
    desk.choose("你擔心誰？", "孩子")
    desk.fill("他大約幾歲？", "大概5歲")
    desk.fill("他們在什麼地方？", "望潮市河堤路9015號5樓")
    desk.unfold("關於你")
    desk.choose("你是他的誰？", "鄰居")
    desk.fill("你的電話", "九一二")
    desk.fill("什麼時候打比較安全？", "早上九點後")
    desk.choose("要收據嗎？", "要")
    sends(desk)
    desk.sees("有1個地方要改，其他寫好的都還在。", "請填電話號碼")
    assert desk.page.input_value("[name=what]") == WORDS
    desk.fill("你的電話", "0900-000-777")
    sends(desk)
    desk.sees("收到了。", "有人正在危險，不要等，現在就打110。", "照你說的時間和稱呼")
    number, secret = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", desk.text())
    return number, secret


def sends(desk: Desk) -> None:
    """The answer takes the place of the page, without a step in the history."""
    desk.click("交給社工看")
    desk.page.wait_for_selector("form[aria-busy]", state="detached")


def flees(desk: Desk) -> None:
    """Somebody comes in: Esc twice. The way back does not lead to the receipt."""
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("Escape")
    desk.page.wait_for_url("**/healthz")
    desk.page.go_back()
    assert not desk.page.url.startswith(desk.live + "/report")
    assert WORDS not in desk.page.content()
    assert desk.page.context.cookies() == []


def asks(desk: Desk, number: str, secret: str) -> None:
    """The receipt says one neutral word, and to half of it nothing."""
    for second, word in ((secret, "已收到"), ("AAAA-AAAA-AAAA", "查不到")):
        desk.open("/report/status")
        desk.fill("第一組字", number)
        desk.fill("第二組字", second)
        desk.click("看處理到哪裡")
        desk.page.wait_for_selector("form[aria-busy]", state="detached")
        assert desk.page.inner_text("h1") == word


def the_desk_on_duty_sees_it(desk: Desk) -> None:
    """At once in the queue, with its channel; who wrote lies behind its own door."""
    desk.sit("du", "2026-04-22 08:31", "/intake")
    row = desk.part("li.row", WORDS[:12])
    assert "民眾線上" in row.inner_text()
    row.get_by_role("link").first.click()
    desk.page.wait_for_load_state()
    desk.sees(WORDS, "望潮市河堤路9015號5樓")
    assert "0900-000-777" not in desk.text()
