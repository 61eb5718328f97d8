"""The screener by day: the queue, a further report that is a new event, a decision against the advice, dispatch."""

from __future__ import annotations

from tests.stories.desk import Desk

BOY = "陳小宇"
TALE = "小宇從阿姨家回來，臉上又有一塊紅腫，保母今天早上才看到。"
KNOWN = {
    "現在有立即危險": "否", "有或疑似有傷害": "是", "須立即給予保護": "否", "須緊急安置": "否",
    "父母、監護人、照顧者或其他家庭成員故意": "是", "情況緊急": "否",
}  # fmt: skip
DECIDED = {"篩派結果": "保護案件，中心實地調查", "分級": "第一級", "分類": "第一類", "管轄": "所在地"}


def test_a_day_from_the_queue_to_dispatch(desk: Desk) -> None:
    desk.sit("du", "2026-04-21 11:40", "/intake")
    desk.sees("有7件通報還沒辦完。", "其中1件已經逾期。", "逾期2小時", "不重複通報＝")
    desk.picture("queue")
    take(desk)
    who_is_it(desk)
    relate(desk)
    decide_otherwise(desk)
    dispatch(desk)
    at_once_known(desk)


def take(desk: Desk) -> None:
    """A call by day; clocks start when the telephone rang."""
    desk.click("寫一件新的通報")
    desk.pick("從哪裡來", "電話")
    desk.fill("對方怎麼說", TALE)
    desk.choose("可能是哪一類", "兒少保護")
    first = desk.page.get_by_role("group", name="第1個人").first
    desk.pick("角色", "兒少", first)
    desk.fill("姓名或稱呼", BOY, first)
    desk.fill("年齡或生日", "112年11月18日", first)
    desk.fill("傷勢", "左臉紅腫", first)
    desk.picture("new-report")
    desk.click("收下通報，開始計時")
    desk.sees("通報收下了", TALE, "兒少保護通報分級分類，明天11:40前", "通報調查處理中心，杜婉婷", "查無不等於沒有")


def who_is_it(desk: Desk) -> None:
    """Nobody is joined to anybody by himself: the screener says so, with the reasons in view."""
    desk.click("有1筆可能是同一人")
    desk.sees(f"{BOY}是不是以前的誰？", "很可能是同一人", "同姓名　同生日")
    desk.page.get_by_label("是", exact=True).first.check()
    desk.click("記下")
    desk.sees("記下了，可以再改。", "2次通報", "處遇中", "家防中心兒保組")


def relate(desk: Desk) -> None:
    """Unsure means a new event."""
    desk.sees("建議：新事件", "不確定時以新事件處理", "年幼的孩子說是同一事件，要第二個人確認")
    earlier = desk.part("#before .key", "3月7日23:40")
    earlier.get_by_label("新事件").check()
    desk.click("記下關係", earlier)
    desk.sees("和先前通報的關係記下了。")
    assert desk.part("#before .key", "3月7日23:40").get_by_label("新事件").is_checked()


def decide_otherwise(desk: Desk) -> None:
    """The rule says level two; she says one, and why. Both stay."""
    desk.answer("#advice details", BOY, KNOWN)
    desk.sees("篩派結果：保護案件，中心實地調查　分級：第二級")
    sheet = desk.part("#decide form", f"{BOY}・兒少保護")
    for what, outcome in (
        ("篩派結果", "保護案件，中心實地調查"),
        ("分級", "第一級"),
        ("分類", "第一類"),
        ("管轄", "所在地"),
    ):
        desk.choose(what, outcome, within=sheet)
    desk.picture("report", "#said")
    desk.click(f"記下{BOY}的決定", sheet)
    desk.sees("還差一個地方", "和建議不同，請寫理由")
    sheet = desk.part("#decide form", f"{BOY}・兒少保護")
    sheet.locator("textarea[name=why-grade]").fill("孩子還在同一個人身邊，今天就要看到。")
    desk.choose("分級", "第一級", within=sheet)
    desk.click(f"記下{BOY}的決定", sheet)
    desk.sees("決定記下了，建議也一起留著。", "督導即時審核", "分級分類：督導審核中")
    desk.sees("等督導決定；責任不變，時限照跑。")


def dispatch(desk: Desk) -> None:
    """Load and leave in view; who got it answers at once."""
    giving = desk.part("#decide form", "派案：兒少保護")
    assert "尤冠廷" in giving.inner_text()
    desk.choose("哪些人", BOY, within=giving)
    desk.choose("交給誰", "尤冠廷", within=giving)
    desk.click("派案，兒少保護", giving)
    desk.sees("派案了。責任從那一刻起移轉，對方簽收。", "分級：第一級", "建議：第二級", "孩子還在同一個人身邊")


def at_once_known(desk: Desk) -> None:
    """The worker of the open case has it on his list, the investigator has to see the boy within a day."""
    desk.sit("jian", "2026-04-21 11:50", "/today")
    desk.sees("在案再通報之處理", "林佳安家")
    desk.sit("you", "2026-04-21 11:50", "/today")
    desk.sees("簽收指派", "已經由你負責；簽收是讓對方放心。", "第一級案件當面訪視兒少", "明天11:40")
