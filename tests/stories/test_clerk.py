"""The clerk, in a browser without JavaScript: registers a paper, numbers and sends a letter he may not read."""

from __future__ import annotations

import re

import pytest

from tests.stories.desk import Desk

pytestmark = pytest.mark.browser_context_args(java_script_enabled=False)


def test_papers_in_and_out_without_a_script(desk: Desk) -> None:
    desk.sit("zhong", "2026-04-21 14:00", "/papers")
    desk.sees("登記簿 5件", "白社字第1150001204號", "協訪函")
    [case] = re.findall(r"白社字第1150001204號\s+(C\d{3}-\d{4}-\d{4})", desk.text())
    register(desk)
    letter = ask_and_write(desk, case)
    number_and_send(desk, letter)
    enter_the_answer(desk, letter)


def register(desk: Desk) -> None:
    """照紙上登記, with the true time of receipt."""
    desk.click("登記一份公文")
    desk.choose("收文還是發文", "收文")
    desk.pick("哪一種", "其他")
    desk.fill("文號", "白社字第1150001399號")
    desk.fill("公文日期", "115/4/20")
    desk.pick("對方單位", "白沙縣政府")
    desk.fill("主旨", "檢送聯繫會議紀錄")
    desk.choose("密等", "普通")
    desk.pick("怎麼送的", "電子交換")
    desk.when("收到或發出的時間", "115年4月21日", "13:40")
    desk.click("登記這一份")
    desk.sees("白社字第1150001399號", "檢送聯繫會議紀錄", "13:40")


def ask_and_write(desk: Desk, case: str) -> str:
    """The worker asks 白沙縣, which is not on the system, to look once, and drafts the letter. Gives its address."""
    desk.sit("jian", "2026-04-21 14:10", f"/matters/{case}/ask/visit_request")
    desk.sees("請哪個縣市協訪？", "請外縣市代訪一次。責任不動，看過後由你們接著辦。")
    desk.pick("問哪個單位？", "白沙縣家防中心（由你們代登回覆）")
    desk.choose("請對方看哪幾位？", "林小晴")
    desk.pick("請對方做什麼？", "協助訪視")
    desk.choose("今天就要有人去看？", "不用今天")
    desk.fill("要讓對方知道什麼？", "林小晴平日住外婆家，請看她好不好。")
    desk.click("問對方接不接")
    desk.sees("問了。回覆之前由家防中心兒保組負責。")
    desk.open(f"/papers/letter?matter={case}")
    desk.choose("哪一種函", "協訪函")
    desk.choose("函裡列哪幾位", "林小晴")
    desk.pick("給哪個單位", "白沙縣家防中心")
    desk.choose("對方要服務哪一側", "被害人側")
    desk.fill("理由，或請對方做的事", "請代為訪視林小晴。")
    desk.click("擬稿，先看一遍")
    desk.sees("函稿好了。看過再取號。", "函請貴機關協助訪視", "責任不因協訪而移轉", "住居所及聯絡方式依法保密")
    desk.sees("林小晴")
    assert not {"陳小宇", "陳小樂", "林佳安", "陳志豪"} & set(re.findall(r"[林陳]\S\S", desk.text()))
    desk.picture("letter")
    return desk.page.url.removeprefix(desk.live)


def number_and_send(desk: Desk, letter: str) -> None:
    """The clerk numbers and sends what he may not read."""
    desk.sit("zhong", "2026-04-21 14:30", letter)
    desk.sees("內容限承辦人", "還沒取號")
    assert "林小晴" not in desk.text()
    desk.fill("文號", "望社字第1150004210號")
    desk.click("填上這個文號")
    desk.sees("取號了。列印、用印後再按發出。")
    desk.pick("怎麼送", "電子交換")
    desk.click("記下已發出")
    desk.sees("記下發出了。對方回文時，從這一頁登記。", "望社字第1150004210號")
    desk.open("/papers")
    desk.sees("望社字第1150004210號", "白社字第1150001399號", "有1封函在等回覆。")
    desk.picture("papers")


def enter_the_answer(desk: Desk, letter: str) -> None:
    """代登: the other county answered on paper; the request is settled from the register."""
    desk.sit("zhong", "2026-04-22 10:00", letter)
    desk.sees("對方來文回覆")
    desk.choose("對方怎麼回", "接受")
    desk.fill("對方文號", "白社字第1150001420號")
    desk.fill("對方誰回的", "何督導")
    desk.fill("對方公文日期", "115/4/22")
    desk.when("收到的時間", "115年4月22日", "09:50")
    desk.click("代登對方的回覆")
    desk.sees("對方的回覆登記好了。", "白社字第1150001420號")
    assert "林小晴" not in desk.text()
    desk.open("/papers")
    desk.sees("沒有等回覆的函。")
