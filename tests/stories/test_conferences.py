"""The high-risk meeting of May: each side reads its own, the chair rules, the prosecutor sees the room and no more."""

from __future__ import annotations

from tests.stories.desk import Desk

MAY, APRIL = "115年5月高危機個案網絡會議", "115年4月高危機個案網絡會議"


def test_each_side_of_a_meeting_reads_its_own(desk: Desk) -> None:
    desk.sit("lin", "2026-04-21 11:50", "/meetings")
    desk.sees("開會通知等你回覆", "功效看決議，不看場次", "高危機列管中")
    desk.picture("meetings")
    desk.click(MAY)
    desk.sees("張雅文", "勒頸、揚言同歸於盡，人已離家。", "林佳安")
    assert "情緒與飲酒沒有改善" not in desk.text()
    desk.picture("meeting-her-side")
    desk.click("回覆要怎麼參加")
    desk.choose("你怎麼參加", "會到")
    desk.click("送出回覆")
    desk.sees("回覆好了。")
    desk.sit("xu2", "2026-04-21 12:00", "/meetings")
    desk.click(MAY)
    desk.sees("吳建國", "情緒與飲酒沒有改善", "第1案")
    for hidden in ("張雅文", "林佳安", "人已離家", "第2案", "林可芸"):
        assert hidden not in desk.text()
    desk.picture("meeting-his-side")
    desk.sit("wen", "2026-04-21 12:05", "/meetings")
    desk.click(MAY)
    desk.sees("張雅文", "吳建國", "林佳安")


def test_a_chair_rules_on_what_was_reported(desk: Desk) -> None:
    desk.sit("ye", "2026-04-21 12:00", "/meetings")
    desk.sees("等你裁示的決議")
    desk.click("更新安全計畫並交學校一份")
    desk.sees("安全計畫更新，學務主任簽收一份。", "建議解除列管")
    desk.picture("decision")
    desk.click("裁示")
    desk.choose("裁示", "附條件解除")
    desk.fill("附帶的條件", "暑假前再確認一次")
    desk.page.locator("input.date").first.fill("115年6月30日")
    desk.click("存下裁示")
    desk.sees("裁示好了。", "暑假前再確認一次")
    desk.open("/meetings")
    desk.page.locator("summary", has_text="其他看得到").click()
    desk.sees("辦完1項", "暑假前再確認一次")


def test_a_prosecutor_reads_the_room_and_nothing_beyond(desk: Desk) -> None:
    desk.sit("guan", "2026-04-21 12:00", "/meetings")
    desk.click("致命暴力危險")
    desk.sees("張雅文", "緊急保護令剛核發", "指揮偵辦，違反保護令即帶案", "今晚分工.txt")
    assert "C115-" not in desk.text()
    desk.picture("urgent-room")
    desk.page.locator("main textarea").first.fill("通聯紀錄收到了。")
    desk.click("寫進戰情室")
    desk.sees("記下了。", "通聯紀錄收到了。")
    desk.sit("lin", "2026-04-21 12:10", "/meetings")
    desk.click("致命暴力危險")
    desk.click("結束並封存")
    desk.fill("結果", "一夜平安，已交白天的人。")
    desk.click("結束，成員不再看得到")
    desk.sees("已封存", "一夜平安，已交白天的人。", "每次打開都留下紀錄")
    desk.sit("guan", "2026-04-21 12:15", "/meetings")
    assert "致命暴力危險" not in desk.text()


def test_a_reviewer_reads_what_was_known_that_day(desk: Desk) -> None:
    desk.sit("fu", "2026-04-21 12:00", "/meetings")
    desk.click("兒少重傷")
    desk.sees("當時知道的事", "夜間急診通報，值班台同步告知醫院回電號碼")
    desk.page.get_by_label("看到哪一天").fill("115年3月8日")
    desk.click("看那一天")
    desk.sees("到3月8日（日）", "打開過")
    desk.picture("incident-review")
