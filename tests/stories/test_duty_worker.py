"""The duty worker's night: a call at 23:40, a report by keyboard alone, a call-out, a placement, two signatures."""

from __future__ import annotations

from tests.stories.desk import Desk
from tests.stories.keyboard import Keyboard

BOY = "汪小澄"
REFUGE = "望潮縣隱浪路9933號"
EMERGENCY = {
    "現在有立即危險": "是", "有或疑似有傷害": "是", "須立即給予保護": "是", "須緊急安置": "是",
    "父母、監護人、照顧者或其他家庭成員故意": "是", "情況緊急": "是", "兒少移動中": "否",
}  # fmt: skip
DECIDED = {"篩派結果": "保護案件，中心實地調查", "分級": "第一級", "分類": "第一類", "管轄": "所在地"}


def test_a_night_from_the_call_to_two_signatures(desk: Desk) -> None:
    desk.sit("luo", "2026-04-21 23:40", "/duty")
    desk.sees("羅以安值班中", "現在接聽", "到明天08:30", "今晚關注名單", "先請派出所巡邏，再打給葉督導")
    desk.picture("night")
    report = by_keyboard_alone(Keyboard(desk.page), desk)
    desk.sees("兒少保護通報分級分類，明天23:40前", "現在由誰負責", "望潮縣值班台・羅以安，0900-000-104")
    look_up(desk)
    case = decide_and_take(desk, report)
    go_out(desk, case)
    place(desk, case)
    hand_over(desk, case)
    write_down(desk)


def by_keyboard_alone(keys: Keyboard, desk: Desk) -> str:
    """The call, and from it the report. Gives its address."""
    keys.write("說了什麼", "有小孩一個人在樓梯間哭，說爸爸打他。")
    keys.write("誰打來", "住同一棟的人")
    keys.write("電話", "0900-000-778")
    keys.press("記下，接著寫通報")
    desk.sees("照對方說的寫，其他可以晚點補。")
    keys.pick("從哪裡來", "電話")
    keys.write("對方怎麼說", "樓梯間有個小男生在哭，說爸爸打他，左手抬不起來。爸爸在家喝酒。")
    keys.tick("可能是哪一類", "兒少保護")
    keys.tick("現在有立即危險？", "是")
    keys.tick("有人受傷？", "是")
    keys.write("人在哪裡", "河岬鎮，派出所已經過去")
    for role, name, age, hurt in (
        (("兒少"), BOY, "107年5月20日", "左手抬不起來"),
        ("行為人", "汪明輝", "40歲左右", ""),
    ):
        keys.pick("角色", role)
        keys.write("姓名或稱呼", name)
        keys.write("年齡或生日", age)
        keys.write("傷勢", hurt)
    keys.press("收下通報，開始計時")
    desk.sees("通報收下了", "爸爸在家喝酒", "通報人身分另存")
    assert "0900-000-778" not in desk.text()
    return desk.page.url.removeprefix(desk.live)


def look_up(desk: Desk) -> None:
    """While the caller is on the line: the whole county, as flags, for this call only."""
    desk.open("/duty")
    desk.sees("這一班的來電", "成為通報")
    desk.fill("姓名、電話或地址", "陳小宇")
    desk.pick("為了哪通電話", "K115-")
    desk.click("查一下")
    desk.sees("全縣（只有註記）", "陳小宇")
    assert "隱浪路" not in desk.text()


def decide_and_take(desk: Desk, report: str) -> str:
    """What the duty supervisor said by telephone, then the case in one's own hands. Gives the case's number."""
    desk.open(report)
    desk.answer("#advice details", BOY, EMERGENCY)
    sheet = desk.part("#decide form", f"{BOY}・兒少保護")
    assert "所在地建議" in sheet.inner_text()
    for what, outcome in (
        ("篩派結果", "保護案件，中心實地調查"),
        ("分級", "第一級"),
        ("分類", "第一類"),
        ("管轄", "所在地"),
    ):
        desk.choose(what, outcome, within=sheet)
    desk.unfold("督導在電話裡決定的", sheet)
    desk.pick("督導", "江淑芬", sheet)
    sheet.locator("input[name=at_day]").fill("115年4月21日")
    sheet.locator("input[name=at_time]").fill("23:40")
    desk.click(f"記下{BOY}的決定", sheet)
    desk.sees("決定記下了，建議也一起留著。")
    giving = desk.part("#decide form", "派案：兒少保護")
    desk.choose("哪些人", BOY, within=giving)
    desk.unfold("其他單位或人員", giving)
    desk.choose("交給誰", "羅以安", within=giving)
    desk.click("派案，兒少保護", giving)
    desk.sees("派案了。責任從那一刻起移轉，對方簽收。")
    desk.click("C115-")
    desk.sees(f"還沒見到{BOY}。", "第一級案件當面訪視兒少", "羅以安")
    return desk.page.url.rsplit("/", 1)[-1]


def go_out(desk: Desk, case: str) -> None:
    """Somebody is called out, one goes out oneself and comes back; the desk would ring who is late."""
    desk.open("/duty")
    calling = desk.unfold("找人出勤")
    desk.pick("找誰出勤", "曹宜庭", calling)
    desk.fill("為了哪一件", case, calling)
    desk.click("記下出勤", calling)
    desk.sees("出勤記下了。", "出勤紀錄")
    leaving = desk.unfold("我要外出")
    desk.when("預計幾點回來", "115年4月22日", "02:00", leaving)
    desk.fill("到哪個鄉鎮", "河岬鎮", leaving)
    desk.fill("和誰一起", "曹宜庭（備勤）", leaving)
    desk.fill("案件或通報編號", case, leaving)
    desk.click("登記外出", leaving)
    desk.sees("外出記下了。回來時請回報。", "1人在外")
    desk.sit("fang", "2026-04-22 02:40", "/duty")
    desk.sees("有1人外出逾時，先打電話。", "羅以安還沒回報", "0900-000-104")
    desk.sit("luo", "2026-04-22 03:20", "/duty")
    desk.click("我回來了")
    desk.sees("平安回報記下了。", "0人在外")


def place(desk: Desk, case: str) -> None:
    """At three, with the supervisor's word; 72 hours and the minutes on the road."""
    desk.open(f"/cases/{case}/placement")
    desk.choose("安置哪一位", BOY)
    desk.when("安置時間", "115年4月22日", "03:00")
    desk.pick("安置類型", "緊急短期中心")
    desk.choose("依據", "兒童及少年福利與權益保障法第56條")
    desk.choose("性質", "緊急安置（有期限）")
    desk.fill("不計入的分鐘", "25")
    desk.choose("不計入的原因", "在途護送時間")
    desk.pick("哪位督導同意", "江淑芬")
    desk.when("電話同意的時間", "115年4月22日", "02:40")
    desk.choose("在學", "是")
    desk.choose("通知得到父母或監護人", "是")
    desk.fill("處所地址", REFUGE)
    desk.fill("別人要找時洽誰", "通報調查處理中心 (08)000-2004")
    desk.click("記下安置")
    desk.sees("72小時＋不計入25分鐘＝4月25日03:25", "緊急安置通報法院", "處所保密", "江淑芬同意")
    assert REFUGE not in desk.text()
    desk.picture("placement", "#placements")


def hand_over(desk: Desk, case: str) -> None:
    """08:25 the one, 08:52 the other, from 08:30 on."""
    desk.sit("luo", "2026-04-22 08:25", "/duty")
    line = desk.unfold("寫一行")
    desk.fill("要交給下一班的事", f"{BOY}已安置，法院通報白天傳真。", line)
    desk.choose("哪一類", "待追蹤", within=line)
    desk.fill("案件或通報編號", case, line)
    desk.click("寫上交接單", line)
    changing = desk.unfold("交班", desk.part("#shift"))
    desk.pick("交班的人", "羅以安", changing)
    desk.pick("接班的人", "杜婉婷", changing)
    desk.when("交班時間", "115年4月22日", "08:30", changing)
    desk.click("寫交接單，簽我這一邊", changing)
    desk.sees("交班已簽 08:25", "等接班簽名")
    desk.sit("du", "2026-04-22 08:52", "/duty")
    desk.click("接班，我簽")
    desk.sees("08:30生效", "接班已簽 08:52")
    desk.picture("two-signatures", "#shift")
    desk.open(f"/cases/{case}")
    desk.sees("現在找誰\n\n杜婉婷", "處所保密")


def write_down(desk: Desk) -> None:
    """What the supervisor said in the night she writes down in the morning."""
    desk.sit("jiang", "2026-04-22 09:00", "/unit")
    waiting = desk.part(".reviews .row", "緊急安置")
    assert "你在電話裡核可了" in waiting.inner_text()
    desk.fill("寫一句", "02:40電話同意安置。", waiting)
    desk.click("補登核可", waiting)
    desk.sees("補登了")
