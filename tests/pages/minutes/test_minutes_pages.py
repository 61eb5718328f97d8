"""Meetings of policy by hand: minutes brought and looked through beside the source; sittings drafted and sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anwang.access.models import Account
from anwang.foundation import clock
from anwang.minutes.models import Amendment, DecisionText, Item, Sitting, Uncertain
from tests.pages.cases.test_case_pages import as_
from tests.unit.minutes.conftest import NOW, Table, seat
from tests.unit.minutes.test_keeping import FIFTH, FOURTH, send
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(db: None, at: Callable[..., clock.FrozenClock]) -> Table:
    at(NOW)
    table = Table(seat(build_world()))
    for key in ("officer", "head", "county_officer"):
        Account.objects.create_user(key, "correct horse battery", worker_id=table.world.workers[key], is_demo=True)
    return table


def seen(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, path
    return answer.content.decode()


def sent(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = answer.content.decode()
    assert answer.redirect_chain, re.sub(r"<[^>]+>|\s+", " ", body)[:1500]
    return body


def upload(client: Client, text: str | bytes, name: str = "紀錄.txt") -> str:
    unit = re.findall(r'name="unit" value="([^"]+)"', seen(client, "/sittings/import"))[0]
    body = text.encode() if isinstance(text, str) else text
    answer = client.post("/sittings/import", {"file": SimpleUploadedFile(name, body), "unit": unit}, follow=True)
    return str(answer.content.decode())


def test_brings_minutes_and_settles_what_is_uncertain_beside_the_source(table: Table) -> None:
    officer = as_("officer")
    assert "還沒有會議紀錄" in seen(officer, "/sittings")
    body = upload(officer, FOURTH.replace("（三）", "（四）"))
    assert "日期與星期不符" in body
    assert re.search(r"<mark>時間：115年4月1日（四）", body)
    sitting = Sitting.objects.get()
    path = f"/sittings/of/{sitting.id}"
    doubt = Uncertain.objects.get(sitting=sitting)
    prefix = re.findall(r'name="(d\d+x[^"-]+)-how"', body)[0]
    settle = f"{path}/check/{doubt.id}"
    assert officer.post(settle, {f"{prefix}-how": "corrected"}).status_code == 422
    head = {
        "title": sitting.title,
        "number": "4",
        "met_on": "115年4月2日",
        "start_time": "上午9時30分",
        "place": "三樓",
    }
    assert "更正了，原文不變。" in sent(officer, f"{path}/head", **head)
    assert "記下了。" in sent(officer, settle, **{f"{prefix}-how": "corrected", f"{prefix}-words": "開會通知為4月2日"})
    body = seen(officer, path)
    assert "望潮縣政府社會局" in body
    assert "還沒放進會議系列" in body
    assert "原文12行" in re.sub(r"<[^>]+>", "", seen(officer, f"{path}/text"))
    assert officer.get(f"{path}/file").content == FOURTH.replace("（三）", "（四）").encode()


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("空.txt", b"", "檔案裡沒有文字"),
        ("壞.pdf", b"%PDF-1.7\nnothing", "打不開"),
        ("別的.zip", b"PK\x03\x04xx", "打不開"),
        ("亂.txt", bytes(range(256)) * 4, "編碼"),
        ("大.txt", b"x" * (20 * 1024 * 1024 + 1), "20MB"),
        ("長.txt", "壹、討論案\n".encode() + "案由：甲\n".encode() * 2001, "太長"),
    ],
)  # fmt: skip
def test_says_what_to_do_with_a_bad_file(table: Table, name: str, body: bytes, words: str) -> None:
    assert words in upload(as_("officer"), body, name)
    assert Sitting.objects.count() == 0


def test_takes_numbers_that_are_no_counts(table: Table) -> None:
    body = upload(as_("officer"), FOURTH.replace("第4次", "第99999次").replace("一、請", "一、第99999案繼續列管，請"))
    assert "存成草稿" in body
    assert Sitting.objects.get().number is None


def test_answers_the_same_file_and_offers_to_split(table: Table) -> None:
    officer = as_("officer")
    body = upload(officer, FOURTH + FIFTH)
    assert "分成各次會議" in body
    assert "匯入過了" in upload(officer, FOURTH + FIFTH)
    sitting = Sitting.objects.get()
    assert "分成2次會議了" in re.sub(r"<[^>]+>", "", sent(officer, f"/sittings/of/{sitting.id}/split"))
    one, two = Sitting.objects.order_by("number")
    assert "草稿刪掉了" in sent(officer, f"/sittings/of/{two.id}/throw")
    assert upload(officer, "採買清單\n牛奶").count("找不到") >= 2
    assert one.number == 4


def test_corrects_what_was_read_in_a_decision(table: Table) -> None:
    officer = as_("officer")
    upload(officer, FOURTH)
    sitting = Sitting.objects.get()
    path = f"/sittings/of/{sitting.id}"
    first = DecisionText.objects.filter(sitting=sitting).order_by("position")[0]
    body = sent(officer, f"{path}/decisions/{first.id}", tracking="continued", due="下次會議", units="青嵐縣政府")
    assert "繼續列管" in body
    assert "下次會議" in body
    item = Item.objects.get(sitting=sitting)
    assert "原文" in seen(officer, f"{path}/items/{item.id}/mark")
    assert officer.post(f"{path}/items/{item.id}/mark", {"text": "沒有的字"}).status_code == 422
    assert "標好了" in sent(officer, f"{path}/items/{item.id}/mark", text="人力進用情形。", number="四")
    made = DecisionText.objects.get(number="四")
    assert "不算決議了" in sent(officer, f"{path}/decisions/{made.id}/strike")


def test_plans_drafts_prints_and_sends(table: Table) -> None:
    officer = as_("officer")
    assert "先建立會議體" in seen(officer, "/sittings/new")
    unit = str(table.unit("ministry"))
    body = sent(officer, "/sittings/bodies/new", name="強化社會安全網專案小組", level="ministry", keeper=unit)
    assert "新的會議系列" in body
    series = re.findall(r"/sittings/bodies/([0-9a-f-]{36})", seen(officer, "/sittings/bodies"))[0]
    sent(officer, f"/sittings/bodies/{series}", title="強化社會安全網專案小組第{n}次會議", every_months="3")
    key = re.findall(r'name="series_id" value="([^"]+)"', seen(officer, "/sittings/new"))[0]
    body = sent(officer, "/sittings/new", series_id=key, met_on="115年4月20日", start_time="下午2時", place="301會議室")
    path = f"/sittings/of/{Sitting.objects.get().id}"
    assert "議程0案" in re.sub(r"<[^>]+>", "", body)
    for kind, title in (("report", "人力進用情形"), ("discussion", "增設據點"), ("report", "年度檢討")):
        body = sent(officer, f"{path}/agenda", kind=kind, title=title, unit_id=str(table.unit("social")))
    last = Item.objects.get(title="年度檢討")
    sent(officer, f"{path}/items/{last.id}/move", to="up")
    sent(officer, f"{path}/items/{last.id}/drop")
    sent(officer, f"{path}/guests", unit_id=str(table.unit("social")), attends="member", who="程雅文")
    guest = re.findall(r"/guests/([0-9a-f-]{36})", seen(officer, path))[0]
    assert "視訊" in sent(officer, f"{path}/guests/{guest}", came="video")
    sent(officer, f"{path}/arrange", met_on="115年4月20日", start_time="09:00", place="302會議室", chair="藍組長怡安")
    paper = SimpleUploadedFile("人力表.csv", b"a,b")
    body = sent(officer, f"{path}/papers", file=paper, item_id="")
    material = re.findall(r"/sittings/materials/[0-9a-f-]{36}", body)[0]
    assert officer.get(material).content == b"a,b"
    assert "開過會了" in sent(officer, f"{path}/begin")
    item = Item.objects.get(title="人力進用情形")
    body = sent(
        officer,
        f"{path}/items/{item.id}",
        title=item.title,
        explanation="缺13人。",
        decisions="一、請補實。\n二、洽悉。",
    )
    assert "請補實。" in body
    bad = officer.post(f"{path}/items/{item.id}", {"title": "x", "decisions": "決議：甲\n案由二：乙"})
    assert bad.status_code == 422
    sent(officer, f"{path}/opening", opening="謝謝。", before="")
    sent(officer, f"{path}/adjourn", adjourned_time="11:30")
    for form, magic in (("odt", b"PK"), ("pdf", b"%PDF")):
        assert officer.post(f"{path}/print", {"form": form}).content.startswith(magic)
    assert officer.post(f"{path}/print", {"form": "doc"}).status_code == 422
    county = as_("county_officer")
    assert county.get(path).status_code == 404
    assert "發送了" in sent(officer, f"{path}/send", paper_number="社家支字第1150000009號")
    body = seen(county, path)
    assert "請補實。" in body
    assert "印成PDF" in body
    assert officer.post(f"{path}/agenda", {"kind": "report", "title": "晚了"}).status_code in (403, 422)
    assert "確認好了" in sent(officer, f"{path}/confirm", confirmed_in="")


def test_corrects_the_minutes_before(table: Table) -> None:
    series, officer = table.series(), as_("officer")
    send(table, FOURTH)
    sent(officer, "/sittings/new", series_id=str(series), met_on="115年4月20日")
    sitting = Sitting.objects.get(number=5)
    path = f"/sittings/of/{sitting.id}"
    sent(officer, f"{path}/begin")
    second = DecisionText.objects.get(number="二")
    body = sent(officer, f"{path}/amend", decision_id=str(second.id), text="請各縣市政府每季回報進用率。")
    assert "<del>請各縣市政府每半年回報進用率。</del>" in body
    amendment = Amendment.objects.get(sitting=sitting)
    assert "拿掉了" in sent(officer, f"{path}/amend/{amendment.id}")


def test_is_closed_to_whoever_does_not_steer(table: Table) -> None:
    (one,) = table.bring(FOURTH).sittings
    worker = as_("worker")
    for path in ("/sittings", "/sittings/import", "/sittings/new", "/sittings/bodies", f"/sittings/of/{one}"):
        assert worker.get(path).status_code in (403, 404), path
    gone = UUID(int=7)
    for path in (f"/sittings/of/{gone}", f"/sittings/of/{one}/items/{gone}", f"/sittings/of/{one}/decisions/{gone}"):
        assert as_("officer").get(path).status_code == 404, path
    assert as_("county_officer").post(f"/sittings/of/{one}/throw").status_code in (403, 404)


def test_speaks_english(table: Table) -> None:
    (one,) = table.bring(FOURTH).sittings
    body = seen(as_("officer", "en"), f"/sittings/of/{one}")
    assert "Minutes" in body or "minutes" in body


def test_shows_and_corrects_every_day_of_a_sitting(table: Table) -> None:
    officer = as_("officer")
    upload(officer, FOURTH.replace("上午9時30分", "上午9時30分至12時、4月2日上午9時"))
    path = f"/sittings/of/{Sitting.objects.get().id}"
    words = re.sub(r"<[^>]+>|\s+", "", seen(officer, path))
    assert "115年4月1日09:30115年4月2日09:00散會：11:00" in words
    given = {"title": "第4次會議", "met_on": "115年4月1日", "further_days": "115年4月31日"}
    assert "沒有這一天" in officer.post(f"{path}/head", given).content.decode()
    assert "更正了" in sent(officer, f"{path}/head", **given | {"further_days": "115年4月3日 10:00"})
    assert "4月3日" in seen(officer, path)
