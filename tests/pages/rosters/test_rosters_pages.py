"""The desk of rosters: taking a file, being told what is missing, mending a row, the slip for the sender."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.matters.actions import end_matter
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterFile, RosterRow, RosterWithdrawal
from tests.unit.rosters import tables
from tests.world import World, build_world

AT = "2026-04-01T10:00+08:00"
STATEMENTS = 8


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(AT)
    return build_world()


def as_(key: str) -> Client:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    return client


def send(client: Client, rows: list[dict[str, str]], **said: str):
    given = {
        "file": SimpleUploadedFile("名冊.csv", tables.roster(rows), "text/csv"), "kind": "moved",
        "sender": "河岬戶政事務所", "declared": str(len(rows)),
        "received_at_day": "115/4/1", "received_at_time": "09:30",
        **said,
    }  # fmt: skip
    return client.post("/rosters/new", given, follow=True)


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", "", answer.content.decode()).split())


def test_takes_a_file_and_names_the_row_that_did_not_come(world: World) -> None:
    page = words(send(as_("screener"), [tables.child(1), tables.child(3)], declared="3"))
    assert "應到3筆，實到2筆，缺第2筆" in page
    assert "收好了，回條L115-" in page
    assert "應到3＝實到2＋缺1" in page
    alarms = words(as_("screener").get("/rosters"))
    assert "有1件名冊警示要處理。" in alarms
    assert "逕遷戶籍名冊（河岬戶政事務所）應到3筆，實到2筆，缺第2筆" in alarms


def test_says_that_a_file_was_taken_before(world: World) -> None:
    send(as_("screener"), [tables.child(1)])
    assert "這個檔案收過了，沒有重複收。" in words(send(as_("screener"), [tables.child(1)]))
    assert RosterFile.objects.count() == 1


def test_keeps_what_was_typed_when_a_file_cannot_be_read(world: World) -> None:
    page = send(as_("screener"), [], file=SimpleUploadedFile("a.csv", b"\xff\xff"), sender="鷺洲戶政事務所")
    assert page.status_code == 200
    assert "檔案不是UTF-8也不是Big5" in words(page)
    assert "鷺洲戶政事務所" in page.content.decode()


def test_mends_a_rejected_row_and_keeps_what_came(world: World) -> None:
    client = as_("screener")
    send(client, [tables.child(1, 前置查訪結果="尚未辦理")])
    row = RosterRow.objects.get()
    page = client.get(f"/rosters/rows/{row.id}")
    assert "名冊寫的是：尚未辦理" in words(page)
    kept = {"name": "測試1", "serial": "1", "sex": "女", "born_on": "112年5月6日"}
    again = client.post(f"/rosters/rows/{row.id}", {**kept, "pre_check": ""})
    assert "還有欄位不對" in words(again)
    done = client.post(f"/rosters/rows/{row.id}", {**kept, "pre_check": "查訪，未遇"}, follow=True)
    assert "補正了，這一筆會照收下的辦。" in words(done)
    assert take_on(by=service_viewer("rosters")).taken == 1


def test_makes_reports_at_once_when_asked(world: World) -> None:
    client = as_("screener")
    send(client, [tables.child(1)])
    number = RosterFile.objects.get().number
    done = client.post(f"/rosters/{number}/take", follow=True)
    assert "轉成通報1筆。" in words(done)
    assert re.search(r"T115-\d{4}-\d{4}", words(done))


@pytest.mark.parametrize("form", ["odt", "pdf", "txt"])
def test_gives_the_sender_a_slip_without_a_name(world: World, form: str) -> None:
    client = as_("clerk")
    send(client, [tables.child(1, 姓名="謝小晴"), tables.child(2, 姓名="謝小雨", 前置查訪結果="")], declared="3")
    file = RosterFile.objects.get()
    slip = client.post(f"/rosters/{file.number}/slip", {"form": form})
    assert slip.status_code == 200
    body = slip.content
    if form == "odt":
        body = zipfile.ZipFile(io.BytesIO(body)).read("content.xml")
    if form != "pdf":
        said = body.decode()
        assert file.sha256 in said
        assert "謝小" not in said
        assert "應到3筆，實到2筆，缺第3筆" in said


SETTLED = {"outcome": "count_confirmed", "asked": "戶政 (08)000-3000", "answered_by": "戶政林課員",
           "words": "對方多寫一筆", "at_day": "115/4/1", "at_time": "09:50"}  # fmt: skip


def test_settles_a_wrong_count_by_a_code_and_by_whom(world: World) -> None:
    client = as_("screener")
    send(client, [tables.child(1)], declared="2")
    number = RosterFile.objects.get().number
    for missing, says in (("outcome", "請選"), ("answered_by", "請寫是誰確認的"), ("asked", "請寫問了哪個單位")):
        answer = client.post(f"/rosters/{number}/settle", {**SETTLED, missing: ""})
        assert says in words(answer), missing
        assert "有1件名冊警示" in words(client.get("/rosters")), "words alone settle nothing"
    page = words(client.post(f"/rosters/{number}/settle", SETTLED, follow=True))
    assert "記下釐清的結果了。" in page
    assert "機關確認實到的筆數才對" in page
    assert "戶政林課員" in page
    assert "名冊都對得上，沒有警示。" in words(client.get("/rosters"))


def test_two_persons_withdraw_a_row_and_the_page_says_why(world: World) -> None:
    screener, supervisor = as_("screener"), as_("screening_supervisor")
    send(screener, [tables.child(1, 前置查訪結果="")])
    row, number = RosterRow.objects.get(), RosterFile.objects.get().number
    path, why = f"/rosters/rows/{row.id}", {"because": "sender_error", "words": "林課員說重複列了"}
    assert RosterRow.objects.get().state == "rejected"
    screener.post(f"{path}/withdraw", {**why, "words": " "})
    assert not RosterWithdrawal.objects.exists()
    asked = words(screener.post(f"{path}/withdraw", why, follow=True))
    assert "等另一個人確認才撤回" in asked
    assert "實到1＝收下0＋退件1" in asked
    assert "等第二人確認 機關送錯了：林課員說重複列了" in asked
    assert "你寫的，請另一個人確認。" in words(screener.get(path))
    assert screener.post(f"{path}/decide", {"do": "confirm"}).status_code == 403
    assert "同意撤回" in words(supervisor.get(path))
    done = words(supervisor.post(f"{path}/decide", {"do": "confirm"}, follow=True))
    assert "實到1＝收下0＋退件0＋已補正0＋撤回1" in done
    assert "機關送錯了：林課員說重複列了" in done
    assert "機關送錯了" in words(as_("chief").get(f"/rosters/{number}"))


def test_a_second_person_who_does_not_agree_says_why(world: World) -> None:
    send(as_("screener"), [tables.child(1, 前置查訪結果="")])
    path = f"/rosters/rows/{RosterRow.objects.get().id}"
    as_("screener").post(f"{path}/withdraw", {"because": "elsewhere", "words": "林課員說青嵐縣報了"})
    supervisor = as_("screening_supervisor")
    assert "請寫為什麼不同意撤回" in words(supervisor.post(f"{path}/decide", {"do": "send_back"}))
    said = {"do": "send_back", "words": "青嵐縣沒有這個孩子"}
    page = words(supervisor.post(f"{path}/decide", said, follow=True))
    assert "沒有撤回，這一筆還要補正。" in page
    assert "青嵐縣沒有這個孩子" in page
    assert "實到1＝收下0＋退件1" in page


def test_does_not_call_in_order_what_nobody_expects(world: World) -> None:
    page = words(as_("screener").get("/rosters"))
    assert "還沒有收過名冊。" in page
    assert "名冊都對得上" not in page


def test_expects_a_roster_and_stops_expecting_it(world: World, at: Callable[..., object]) -> None:
    client = as_("clerk")
    client.post("/rosters/expected", {"kind": "insurance", "sender": "健保署分區業務組"})
    at(clock.now() + timedelta(days=40))
    assert "未納健保名冊（健保署分區業務組）該來沒有來" in words(as_("screener").get("/rosters"))
    feed = re.search(r"/rosters/feeds/([0-9a-f-]{36})/end", as_("screener").get("/rosters").content.decode())
    as_("screener").post(f"/rosters/feeds/{feed[1]}/end", {"because": "改由署本部送"})
    assert "名冊都對得上，沒有警示。" in words(as_("screener").get("/rosters"))


def test_names_whose_case_ended_without_his_being_seen(world: World) -> None:
    client = as_("screener")
    send(client, [tables.child(1, 姓名="謝小晴"), tables.child(2, 姓名="謝小雨")])
    take_on(by=service_viewer("rosters"))
    row = RosterRow.objects.get(line=1)
    end_matter(matter_id=row.report_id, how="not_opened", at=clock.now(), by=service_viewer("rosters"))
    number = RosterFile.objects.get().number
    page = words(client.get(f"/rosters/{number}?show=ended"))
    assert "1 ，看沒見到就結束的" in page or "1，看沒見到就結束的" in page
    assert "謝小晴" in page
    assert "謝小雨" not in page
    said = words(client.get("/rosters"))
    assert "沒見到就結束的孩子，請看各份名冊。" in said
    assert "每個孩子都有人去看" not in said


def test_says_which_number_is_missing_where_the_count_is_right(world: World) -> None:
    client = as_("screener")
    page = words(send(client, [tables.child(1), tables.child(4), tables.child(3)]))
    assert "應到3筆，實到3筆，缺第2筆。" in page
    assert "記下釐清的結果" in page
    assert "缺第2筆" in words(client.get("/rosters"))


def test_a_chief_is_not_offered_whom_a_record_resembles(world: World) -> None:
    send(as_("screener"), [tables.child(1)])
    number = RosterFile.objects.get().number
    assert "人工研判" in words(as_("screener").get(f"/rosters/{number}"))
    page = words(as_("chief").get(f"/rosters/{number}?show=person"))
    assert "人工研判" not in page
    assert "比對完" not in page
    assert "第1筆" in page


SEES = {"screener": 200, "clerk": 200, "chief": 200, "supervisor": 200, "investigator": 200, "worker": 403,
        "ngo_worker": 403, "administrator": 403}  # fmt: skip


@pytest.mark.parametrize("who", SEES)
def test_who_sees_the_desk(world: World, who: str) -> None:
    assert as_(who).get("/rosters").status_code == SEES[who]


def test_a_chief_sees_no_name(world: World) -> None:
    send(as_("screener"), [tables.child(1, 姓名="謝小晴")])
    number = RosterFile.objects.get().number
    assert "謝小晴" in words(as_("screener").get(f"/rosters/{number}"))
    assert "謝小晴" not in words(as_("chief").get(f"/rosters/{number}"))


@pytest.mark.parametrize("path", ["/rosters", "/rosters/new", "/rosters/{number}"])
def test_asks_the_database_little_however_many_rows(world: World, path: str) -> None:
    send(as_("screener"), [tables.child(number) for number in range(1, 40)], declared="41")
    take_on(by=service_viewer("rosters"))
    client, number = as_("screener"), RosterFile.objects.get().number
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get(path.format(number=number))
    mine = [one["sql"] for one in asked.captured_queries if not re.match(
        r"SAVEPOINT|RELEASE|SELECT \* FROM access_viewer|.*(django_session|access_account)", one["sql"])]  # fmt: skip
    assert len(mine) <= STATEMENTS, mine
