"""From a file of minutes to the drawn line: brought, sent, tracked, told, reported, linked, released, and back."""

from __future__ import annotations

import re

from tests.stories.desk import PHONE, Desk

FIFTH = """網絡業務協調會議第5次會議紀錄

時間：115年4月20日（星期一）上午9時30分
地點：中央第二會議室
主持人：藍科長怡安　　紀錄：謝政勳

壹、主持人致詞：（略）
貳、確認前次會議紀錄：確認。
參、報告案
案由一：返家通知辦理情形。（報告單位：中央保護服務業務組）
決定：
一、洽悉。
二、請望潮縣政府社會局於會後2週內檢討被害人聯繫時限，並修正作業規定。
肆、臨時動議：無
伍、散會。（上午11時）
"""
ASKED = "檢討被害人聯繫時限，並修正作業規定"


def test_goes_from_the_file_to_the_drawn_line_and_back(desk: Desk, axe) -> None:  # type: ignore[no-untyped-def]
    track_and_tell(desk)
    address = receive_and_report(desk)
    link_and_release(desk, address)
    assert axe(desk.page) == []
    desk.page.set_viewport_size(PHONE)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(desk.page) == []
    desk.click("得知他將返家後多久內要聯絡到被害人")
    desk.sees("由哪句話改的", ASKED)
    desk.open("/sittings/lines/net-minutes-2021")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(desk.page) == []
    desk.click("人工調整之後觀察多久")
    desk.sees("由哪句話改的", "半年後報告")


def track_and_tell(desk: Desk) -> None:
    """謝政勳 brings the minutes, sends them, tracks the sentence and tells the county."""
    desk.sit("xie", "2026-04-21 11:50", "/sittings/import")
    file = {"name": "第5次會議紀錄.txt", "mimeType": "text/plain", "buffer": FIFTH.encode()}
    desk.page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    desk.click("匯入，看讀到什麼")
    sitting = re.search(r"/sittings/of/([0-9a-f-]{36})", desk.page.url)
    assert sitting
    desk.open(f"/sittings/of/{sitting[1]}/send")
    desk.click("發送，內容不再改")
    desk.click("決議的列管與布達")
    desk.sees(ASKED, "期限：會後2週內")
    desk.page.locator("a.btn.small", has_text="列管").first.click()
    desk.page.wait_for_load_state()
    desk.sees("從開會那天起算，請確認。")
    desk.pick("主辦單位", "望潮縣政府社會局")
    desk.page.get_by_label("這句話要求改變").check()
    desk.page.get_by_role("button", name="列管", exact=True).click()
    desk.sees("列管了。", "望潮縣政府社會局")
    desk.click("布達給單位")
    desk.choose("布達給誰", "望潮縣政府社會局")
    desk.choose("怎麼布達", "系統內")
    desk.page.get_by_role("button", name="布達", exact=True).click()
    desk.sees("還有1個單位沒有確認收到")


def receive_and_report(desk: Desk) -> str:
    """程雅文 acknowledges and reports; where the decision stands."""
    desk.sit("cheng", "2026-04-21 12:00", "/sittings/tracked")
    desk.sees("等你確認收到的布達")
    desk.click("確認收到")
    desk.click("確認收到")
    desk.open("/sittings/tracked")
    desk.page.locator("h3 a", has_text="檢討被害人聯繫時限").first.click()
    desk.page.wait_for_load_state()
    address = "/" + desk.page.url.split("/", 3)[3]
    desk.click("回報辦理情形")
    desk.fill("辦理情形", "時限改為到家之前。")
    desk.fill("佐證", "望社字第1150000300號")
    desk.choose("建議", "解除列管")
    desk.click("送出辦理情形")
    desk.sees("回報了。等主席裁示。")
    return address


def link_and_release(desk: Desk, address: str) -> None:
    """No release before the sentence leads to the rule it changed."""
    desk.sit("xie", "2026-04-21 12:10", address)
    desk.sees("這句話要求改變")
    desk.click("裁示")
    desk.choose("主席裁示", "解除列管")
    desk.click("存下裁示")
    desk.sees("這項決議要求改變。請先連到改了什麼")
    desk.open(address)
    desk.click("連到改了什麼")
    desk.choose("改了哪一種", "規則")
    desk.fill("規則或量表的代碼", "care.call_before_home")
    desk.fill("改了什麼，一句話", "返家前聯繫到被害人")
    desk.click("連到這裡")
    desk.sees("連好了。", "得知他將返家後多久內要聯絡到被害人")
    desk.click("裁示")
    desk.choose("主席裁示", "解除列管")
    desk.click("存下裁示")
    desk.sees("裁示好了。", "已解除列管")
