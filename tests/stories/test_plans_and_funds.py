"""From a late county's wish to the letter: extension, submission, completeness, review by another, letter, posts."""

from __future__ import annotations

from tests.stories.desk import PHONE, Desk

TITLE = "年度執行計畫提報"


def test_goes_from_the_extension_to_the_posts(desk: Desk, axe) -> None:  # type: ignore[no-untyped-def]
    desk.sit("lan", "2026-04-21 11:40", "/submissions")
    desk.sees("等答覆的展延", "承辦人異動，資料還在整理")
    desk.page.locator("p.end a", has_text="答覆").first.click()
    desk.page.wait_for_load_state()
    desk.choose("怎麼答覆", "不同意")
    desk.fill("文號、會議或理由", "期限已過，請盡快送出")
    desk.click("答覆這件展延")
    assert axe(desk.page) == []
    desk.sit("bo", "2026-04-21 11:50", "/submissions")
    desk.sees("逾期")
    desk.click(TITLE)
    desk.sees("不同意", "期限已過，請盡快送出")
    for part in ("執行計畫書", "經費需求表"):
        desk.page.locator("main h3 a", has_text=part).click()
        desk.page.wait_for_load_state()
        desk.fill("內容", f"{part}如附。")
        desk.click("存下這一項")
    desk.click("申請經費或員額")
    desk.choose("申請什麼", "員額：關懷訪視員")
    desk.fill("多少", "2")
    desk.click("存下這一項")
    desk.click("送出提報")
    desk.sees("還沒寫：人力配置表", "仍然可以送")
    desk.click("送出提報給中央")
    desk.sees("已送出", "逾期")
    address = "/" + desk.page.url.split("/", 3)[3]
    _answered(desk, address)
    assert axe(desk.page) == []
    desk.page.set_viewport_size(PHONE)
    for path in ("/submissions", address, "/funds", "/funds/tiers", "/submissions/posts", "/submissions/pay"):
        desk.open(path)
        assert axe(desk.page) == [], path
        assert desk.page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path


def _answered(desk: Desk, address: str) -> None:
    """The ministry's side: complete, an opinion, decided by another, the letter; the posts stand in the table."""
    desk.sit("xie", "2026-04-21 13:30", address)
    desk.click("看有沒有缺件")
    for box in desk.page.locator("main input[type=checkbox]:checked").all():
        box.uncheck()
    desk.fill("說明", "人力配置表併入計畫書")
    desk.click("存下結果")
    desk.click("擬審查意見")
    desk.choose("審查結果", "核定")
    desk.fill("審查意見", "案量高於全國，同意增置。")
    desk.click("送主管核定")
    desk.sit("lan", "2026-04-21 14:00", address)
    desk.click("核定審查意見")
    desk.choose("怎麼決定", "同意")
    desk.click("存下決定")
    desk.sit("xie", "2026-04-21 14:30", address)
    desk.click("發核定函")
    desk.fill("核定函文號", "衛部救字第1150000166號")
    desk.fill("發文日期", "115年4月21日")
    desk.fill("員額從哪一天起調整", "115年5月1日")
    desk.click("發核定函")
    desk.sees("已發核定函", "增2名")
    desk.sit("bo", "2026-04-21 15:00", "/submissions/posts")
    desk.sees("衛部救字第1150000166號", "關懷訪視員", "115年5月1日起")
