"""The social worker: today's list, a contact on a phone, a child that must be seen, a report, the family."""

from __future__ import annotations

from tests.stories.desk import PHONE, Desk

BOY = "王小恩"


def test_a_child_must_be_seen_before_the_report_goes_on(desk: Desk) -> None:
    desk.sit("xu", "2026-04-21 14:00", "/today")
    desk.sees("有1件已經逾期。", "第一級案件當面訪視兒少", "4月20日09:05接獲＋24小時＝4月21日09:05", "卡在哪裡？")
    desk.picture("today")
    late = desk.part(".duties .row", "第一級案件當面訪視兒少")
    desk.pick("卡在哪裡？", "對方拒絕或迴避", late)
    desk.click("記下", late)
    desk.sees("對方拒絕或迴避")
    desk.open("/cases")
    desk.click(BOY)
    desk.sees(f"還沒見到{BOY}。", "4月14日14:00見到，昨天16:00去了沒見到", "家人稱在睡")
    case = desk.page.url.rsplit("/", 1)[-1]
    report(desk, case)
    desk.sees("第一級要當面見到人。還沒見到，請選原因再送審。")
    contact(desk, case)
    report(desk, case)
    desk.sees("送審了。", f"{BOY}，調查中。", "督導審核")


def report(desk: Desk, case: str) -> None:
    """The investigation report, as far as it is known."""
    desk.open(f"/cases/{case}/investigation")
    desk.choose("哪一類", "第一類")
    desk.fill("訪視調查紀錄", "右耳廓瘀青，母親說是撞到。")
    desk.fill("後續處置建議", "開案服務。")
    desk.choose(f"{BOY}的安全評估", "有計畫才安全")
    desk.fill(f"{BOY}的安全計畫", "外婆每天接送，幼兒園每日留意。")
    desk.click("送督導審核")


def contact(desk: Desk, case: str) -> None:
    """At the kindergarten gate, with a thumb."""
    desk.page.set_viewport_size(PHONE)
    desk.open(f"/cases/{case}/contact")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.choose("怎麼聯繫", "校園訪視")
    desk.choose("結果", "訪視成功")
    desk.when("開始時間", "115年4月21日", "13:30")
    desk.choose("在哪裡", "學校")
    desk.fill("談了什麼", "小恩說昨天耳朵痛。")
    desk.click(f"存到{BOY}")
    desk.sees(f"請選有沒有見到{BOY}。", "其他填好的都還在。")
    desk.choose(f"{BOY}，有見到嗎", "見到本人")
    desk.fill(f"{BOY}的樣子", "右耳廓瘀青約1公分")
    desk.picture("contact")
    desk.click(f"存到{BOY}")
    desk.sees("記下了。", "13:30當面見到", "小恩說昨天耳朵痛。")
    desk.page.set_viewport_size({"width": 1440, "height": 900})


def test_the_family_on_one_page(desk: Desk) -> None:
    desk.sit("jian", "2026-04-21 14:00", "/families")
    desk.sees("你手上有2家。")
    desk.click("林佳安家")
    desk.sees("主責", "簡伯勳", "接下來", "誰在這個家", "家系圖", "陳小宇", "陳小樂", "林小晴", "住址保密")
    desk.picture("family")
    desk.page.get_by_text("用表格看這一年").click()
    desk.sees("最近一次", "家防中心兒保組")


def test_an_assessment_asks_each_child_and_one_child_is_closed_while_the_others_go_on(desk: Desk) -> None:
    desk.sit("jian", "2026-04-21 14:00", "/cases")
    desk.click("林小晴、陳小樂、陳小宇")
    case = desk.page.url.rsplit("/", 1)[-1]
    assert "告訴主責要退出" not in desk.text()
    desk.sees("法院裁定繼續安置到")
    desk.open(f"/cases/{case}/assessment")
    for part in ("通報事由確認", "問題診斷與評估", "服務目標", "服務計畫"):
        desk.fill(part, "小晴住外婆家，安全；小樂陪同上學。")
    desk.sees("上次：安全。這次再看一次。")
    desk.choose("林小晴的安全評估", "安全")
    desk.choose("陳小樂的安全評估", "有計畫才安全")
    desk.click("送督導審核")
    desk.sees("有計畫才安全，請寫安全計畫。", "其他填好的都還在。")
    desk.fill("陳小樂的安全計畫", "導師每天看，放學由外婆接。")
    desk.click("送督導審核")
    desk.sees("送審了。", "評估報告　督導審核中")
    closing(desk)


def closing(desk: Desk) -> None:
    """One child of three: the case goes on; the supervisor decides."""
    desk.page.locator("a[href*='/closing/']", has_text="林小晴").click()
    desk.page.wait_for_load_state()
    desk.sees("林小晴結案", "沒有當面見到本人，不能結案。", "家裡還有別人在案時，這個案件會繼續。")
    desk.click("送督導審核")
    desk.sees("其他填好的都還在。")
    desk.choose("結案理由", "目標達成")
    desk.fill("服務摘要", "與外婆同住穩定，學校持續關心。")
    desk.choose("結案前已經做的", "完成危險評估", "告知怎麼回來")
    desk.choose("結案後要不要後追", "不用")
    desk.page.set_viewport_size(PHONE)
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    desk.click("送督導審核")
    desk.sees("送審了。主責也會知道。", "陳小樂", "陳小宇")
