"""Violence with illness in two counties: presence acts, registration follows, she knows before he is home."""

from __future__ import annotations

from tests.stories.desk import PHONE, Desk

NAME = "羅志成"


def test_the_queue_proposes_and_a_person_decides(desk: Desk) -> None:
    desk.sit("tang", "2026-04-21 09:10", "/care")
    desk.sees("還沒分流", "游秀蘭", "員額補實了，可以交回", "洪阿滿", "快要離開醫院或監所", NAME, "等對方回覆改派")
    desk.click("游秀蘭")
    desk.sees("自殺、精神照護、保護三張名單都沒有其他註記。")
    desk.choose("是不是精神疾病病人", "疑似，還沒有診斷")
    desk.choose("第幾級", "第二級")
    desk.click("存下，看建議")
    desk.sees("分流好了。請看建議由誰服務。", "建議：關懷訪視員", "單一議題，第一、二級由關懷訪視員服務")
    desk.click("決定由誰服務")
    desk.choose("由哪一種人員服務", "心理衛生社工")
    desk.choose("由哪一位承辦", "許立群")
    desk.click("決定，交給這一位")
    desk.sees("和建議不同，請選理由。", "其他填好的都還在。")
    desk.choose("和建議不同的理由", "比資料顯示的複雜")
    desk.click("決定，交給這一位")
    desk.sees("第二級，由心理衛生社工服務。", "建議是關懷訪視員；理由：比資料顯示的複雜")


def test_a_nurse_hands_back_what_she_did_in_place_of_an_empty_post(desk: Desk) -> None:
    desk.sit("tang", "2026-04-21 09:10", "/care")
    desk.click("洪阿滿")
    desk.sees("由公共衛生護理師（暫代關懷訪視員）服務。")
    desk.click("交回補實的人員")
    desk.choose("交給哪一位", "鄧佩珊")
    desk.click("交給這一位")
    desk.sees("第二級，由關懷訪視員服務。")
    desk.open("/care/load")
    desk.sees("案量負荷比", "計畫目標1:30", "除以今天實際在職的人數；不是核定員額")


def test_the_county_of_presence_acts_and_the_county_of_registration_follows(desk: Desk) -> None:
    desk.sit("meng", "2026-04-21 10:00", "/care/emergency")
    desk.choose("誰發現或通知的", "警察")
    desk.when("什麼時候接獲", "115年4月21日", "09:40")
    desk.fill("人在哪裡", "嵐溪公車總站")
    desk.fill("發生什麼事", "坐在車道上不肯起來，說有人追他。")
    desk.choose("有沒有傷害之虞", "可能傷害自己")
    desk.click("登錄，開始處理")
    desk.sees("由青嵐縣處理中。", "對方接受之前，仍由我們追蹤，責任不中斷。")
    desk.click("回覆是不是病人")
    desk.choose("查到他是精神疾病病人嗎", "身分不明")
    desk.click("存下回覆")
    escort(desk)
    desk.click("處置告一段落")
    desk.choose("主管機關怎麼到場", "派員到場")
    desk.choose("結果", "護送就醫，住院或留觀")
    desk.choose("戶籍在哪個縣市", "望潮縣")
    desk.click("存下結果")
    desk.sees("現在由青嵐縣追蹤。")
    desk.click("通知保護人與戶籍地")
    desk.fill("通知了誰、文號或電話", "電話望潮縣衛生局值班")
    desk.click("存下通知")
    desk.click("後續交給戶籍地")
    desk.choose("交給戶籍地哪個單位", "東汀心衛中心")
    desk.click("請戶籍地接手")
    desk.sees("等東汀心衛中心接手。")


def escort(desk: Desk) -> None:
    """The escort form, on a telephone."""
    desk.page.set_viewport_size(PHONE)
    desk.click("填護送就醫單")
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for label, said in {
        "送到哪一家醫院": "青嵐醫院",
        "誰護送": "嵐溪分局兩位",
        "醫院誰接手": "急診護理師",
        "當時情形": "發抖，願意上車。",
    }.items():
        desk.fill(label, said)
    desk.when("什麼時候出發", "115年4月21日", "09:50")
    desk.when("什麼時候到院", "115年4月21日", "09:58")
    for question in ("約束設備", "檢查身體或物品", "人受傷"):
        desk.choose(f"有沒有用{question}" if question == "約束設備" else f"有沒有{question}", "沒有")
    desk.choose("有沒有告訴他為什麼", "有")
    desk.choose("有沒有通知家屬或保護人", "不知道")
    desk.click("存下護送就醫單")
    desk.page.set_viewport_size({"width": 1440, "height": 900})
    desk.sees("護送就醫單", "青嵐醫院")


def test_she_is_called_before_he_is_home(desk: Desk) -> None:
    desk.sit("xu2", "2026-04-21 11:00", "/care")
    desk.click(NAME)
    desk.sees("離開醫院或監所", "青嵐醫院", "名單上有這些註記", "家庭暴力相對人或加害人")
    assert "鄭怡如" not in desk.text()
    desk.sit("shi", "2026-04-21 11:05", "/today")
    desk.sees("他到家之前，先聯絡被害人")
    desk.open("/care")
    desk.sees("他要回來了，先聯絡她", f"{NAME}預計明天10:00回來")
    assert "青嵐醫院" not in desk.text()
    desk.click(f"{NAME}預計明天10:00回來")
    desk.sees("不要告訴她消息是哪裡來的。")
    desk.choose("怎麼告訴她的", "電話")
    desk.fill("說好了什麼", "今晚去妹妹家，藥袋照約定看。")
    desk.click("存下，她知道了")
    desk.sees("記下了。")
    assert "他要回來了" not in desk.text()


def test_compulsory_treatment_shows_its_rules_and_its_last_day(desk: Desk) -> None:
    desk.sit("xu2", "2026-04-21 11:00", "/care")
    desk.page.locator("summary", has_text="服務中").click()
    desk.click("施明宏")
    desk.sees("強制住院，到6月12日", "法院裁定（新制）", "115年度衛字第9031號", "完成強制鑑定", "緊急安置")
