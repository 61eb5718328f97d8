"""The unit supervisor: signs and chooses with the load in view, sends back with words, signs a hand-over list."""

from __future__ import annotations

from tests.stories.desk import Desk


def test_a_supervisor_signs_and_chooses_with_the_load_in_view(desk: Desk) -> None:
    desk.sit("shi", "2026-04-21 11:50", "/unit")
    desk.sees(
        "1件指派等你簽收，1件送審等你看。", "責任已經到了，簽收讓對方放心。", "案量，對照每人25件", "林可芸・10件"
    )
    waiting = desk.part(".offers .row", "等簽收")
    assert "現在由林可芸處理" in waiting.inner_text()
    number = waiting.locator(".whom .n").inner_text()
    desk.pick("交給", "石宗霖", waiting)
    desk.click("簽收", waiting)
    desk.sees("簽收了，交給石宗霖。", "沒有等你簽收的指派。")
    desk.sit("shi", "2026-04-21 11:55", f"/cases/{number}")
    desk.sees("現在找誰\n\n石宗霖")


def test_a_supervisor_approves_one_and_returns_one_with_words(desk: Desk) -> None:
    desk.sit("fang", "2026-04-21 11:50", "/unit")
    desk.sees("6件送審等你看。", "到校與電話確認後，目前不需開案。")
    desk.picture("unit")
    returned = desk.part(".reviews .row", "調查報告")
    desk.click("退回", returned)
    desk.sees("請寫為什麼退回、補什麼就可以。")
    desk.open("/unit")
    desk.sees("6件送審等你看。")
    returned = desk.part(".reviews .row", "調查報告")
    number = returned.locator(".whom .n").inner_text()
    desk.fill("寫一句", "請補孩子自己怎麼說。", returned)
    desk.click("退回", returned)
    desk.sees(f"退回了{number}，理由已經送到。", "5件送審等你看。")
    approved = desk.part(".reviews .row", "分級分類")
    desk.click("核可", approved)
    desk.sees("核可了T115-", "4件送審等你看。")
    desk.sit("you", "2026-04-21 12:00", f"/cases/{number}")
    desk.sees("請補孩子自己怎麼說。", "方振維")


def test_a_supervisor_signs_a_hand_over_list(desk: Desk) -> None:
    desk.sit("gao", "2026-04-21 11:50", "/unit/lists")
    desk.sees("1份清冊等簽名。", "吳承恩・離職", "簽收之前，由原來的人或暫代的督導負責。")
    desk.picture("hand-over-list")
    listed = desk.part(".rows .row", "吳承恩")
    assert listed.inner_text().count("→") == 31
    desk.click("簽收", listed)
    desk.sees("7件已經移交。", "沒有等簽名的清冊。")
    assert "手上0件" in desk.part(".rows.steps .row", "吳承恩").inner_text()
    desk.sit("kang", "2026-04-21 12:00", "/cases")
    desk.sees("你手上有10件個案")
