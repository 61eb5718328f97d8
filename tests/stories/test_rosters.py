"""A screener takes a list with a row missing, mends what went back, and sees who was not visited in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from anwang.demo.stories.rosters import TWO_LISTS
from tests.stories.desk import Desk
from tests.unit.rosters.tables import child, roster

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def test_a_list_with_a_row_missing_without_a_script(desk: Desk, tmp_path: Path) -> None:
    sees_what_is_wrong(desk)
    number = takes_a_list(desk, tmp_path)
    mends_a_row(desk, number)
    settles_the_count(desk, number)
    the_supervisor_sees_no_child_in_hiding(desk)
    her_worker_is_told_that_she_is_listed_again(desk)


def sees_what_is_wrong(desk: Desk) -> None:
    """Without a report of anybody: a row that did not come, a list that did not, a child not seen in time."""
    desk.sit("he", "2026-04-21 14:00", "/today")
    desk.sees("名冊有3件警示：名冊沒有來1、筆數不符1、逾期未訪1")
    desk.click("名冊有3件警示")
    desk.sees("有3件名冊警示要處理。", "應到4筆，實到3筆，缺第3筆", "芮小滿", "去過沒遇到")
    desk.sees("新生未入學名冊（嵐溪國民小學）該來沒有來")
    desk.picture("rosters")


def takes_a_list(desk: Desk, tmp_path: Path) -> str:
    """Three were declared; two came, and one of them had not been visited before. Gives the number of the slip."""
    desk.click("收一份名冊")
    girl = {"姓名": "沐雲朵", "身分證號": TWO_LISTS, "出生日期": "112年8月14日"}
    rows = [child(1, 居住地址="青嵐縣嵐溪鎮霧林路9311號", **girl), child(3, 姓名="樊小河", 前置查訪結果="")]
    file = tmp_path / "名冊.csv"
    file.write_bytes(roster(rows, "big5"))
    desk.page.get_by_label("名冊檔案").set_input_files(file)
    desk.choose("哪一種名冊", "逕遷戶籍")
    desk.fill("哪個機關送的", "北嶺戶政事務所")
    desk.fill("對方說有幾筆", "3")
    desk.when("收到的時間", "115年4月21日", "13:50")
    desk.click("收下，逐筆核對")
    desk.sees("應到3筆，實到2筆，缺第2筆", "實到2＝收下1＋退件1", "「前置查訪結果」是空的，請補上")
    return desk.page.url.rpartition("/")[2].partition("?")[0]


def mends_a_row(desk: Desk, number: str) -> None:
    """The registry says on the telephone what it did; what came first is kept."""
    desk.click("補正", desk.part("li.row", "第2筆"))
    assert desk.page.get_by_label("姓名", exact=True).input_value() == "樊小河"
    desk.pick("前置查訪結果", "查訪，未遇")
    desk.click("補正，重新收這一筆")
    desk.sees("補正了，這一筆會照收下的辦。", "實到2＝收下1＋退件0＋已補正1")
    desk.click("現在就轉成通報")
    desk.sees("轉成通報2筆。", "沐雲朵", "併入進行中的通報", "樊小河", "查無相近資料")


def settles_the_count(desk: Desk, number: str) -> None:
    desk.choose("結果是什麼", "機關確認實到的筆數才對")
    desk.fill("問了哪個單位，電話幾號", "北嶺戶政 (08)000-3001")
    desk.fill("誰確認的", "北嶺戶政林課員")
    desk.fill("補充說明", "多寫一筆，名冊是對的。")
    desk.when("對方什麼時候答覆的", "115年4月21日", "14:00")
    desk.click("記下釐清的結果")
    desk.sees("記下釐清的結果了。", "北嶺戶政林課員", "多寫一筆，名冊是對的。")


def the_supervisor_sees_no_child_in_hiding(desk: Desk) -> None:
    desk.sit("ma", "2026-04-21 14:20", "/rosters")
    desk.click("逕遷戶籍名冊（嵐溪戶政事務所）應到4筆")
    desk.sees("沐雲朵", "保密")
    assert "戴星河" not in desk.text()


def her_worker_is_told_that_she_is_listed_again(desk: Desk) -> None:
    """The girl's case is open and she was seen; another office lists her now, and her worker decides."""
    desk.sit("zhu", "2026-04-21 14:30", "/today")
    desk.sees("在案期間又列入名冊之處理", "沐雲朵")
    desk.click("看名冊後決定")
    desk.sees("別的機關的名冊又列了這個孩子。")
    desk.choose("看過名冊之後，接下來怎麼做？", "照原來的計畫，不另排")
    desk.fill("看了什麼，為什麼這樣決定", "戶政重送，外婆已約五月辦遷徙登記。")
    desk.click("記下看過名冊的決定")
    desk.sees("檢視完了，下一步已經排好。")
    assert "在案期間又列入名冊之處理" not in desk.text()
