"""A county asks, two sections answer, a promise is tracked and kept; beside it what the tabs show, on a phone too."""

from __future__ import annotations

from tests.stories.desk import PHONE, Desk

TABS = (
    "/steering",
    "/steering/loopholes",
    "/steering/plans",
    "/steering/assessments",
    "/deployment",
    "/steering/cards",
)


def test_goes_from_a_question_to_a_promise_that_is_kept(desk: Desk, axe) -> None:  # type: ignore[no-untyped-def]
    desk.sit("cheng", "2026-04-21 13:00", "/steering")
    desk.sees("每個社福中心能不能都有一名督導")
    desk.click("寫一件提問")
    desk.pick("主題", "經費與補助")
    desk.fill("問題", "值班費怎麼補助")
    desk.fill("說明", "夜間值班人力增加，值班費能不能列入補助？")
    desk.click("存成草稿")
    desk.click("選單位送出")
    desk.page.get_by_label("中央社會及家庭業務組").check()
    desk.page.get_by_label("中央保護服務業務組").check()
    desk.fill("期限", "115年5月15日")
    desk.click("送給這些單位")
    desk.sees("送出了。每個單位各自答覆。", "中央保護服務業務組")
    address = "/" + desk.page.url.split("/", 3)[3]
    assert axe(desk.page) == []
    desk.sit("xie", "2026-04-21 13:30", address)
    desk.page.locator("a.btn.go", has_text="答覆").click()
    desk.page.get_by_label("答覆", exact=True).fill("可列入，另函說明計算方式。")
    desk.fill("答應做什麼", "函知值班費計算方式")
    desk.fill("什麼時候做完", "115年6月15日")
    assert axe(desk.page) == []
    desk.click("送出答覆")
    desk.sees("函知值班費計算方式", "等答覆")
    desk.page.locator("a.btn.small", has_text="回報完成").click()
    desk.fill("做了什麼", "函知各縣市計算方式。")
    desk.page.get_by_label("佐證").fill("部授家字第1150009004號")
    desk.page.get_by_role("button", name="回報完成").click()
    desk.sees("部授家字第1150009004號")
    for tab in TABS:
        desk.open(tab)
        assert axe(desk.page) == [], tab
    for link in ("/steering/plans/", "/steering/assessments/", "/steering/cards/", "/steering/loopholes/"):
        desk.open(link.rstrip("/"))
        desk.page.locator("main li.row h3 a").first.click()
        desk.page.wait_for_load_state()
        assert axe(desk.page) == [], link
    desk.page.set_viewport_size(PHONE)
    for tab in (*TABS, address):
        desk.open(tab)
        wide = desk.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, tab
