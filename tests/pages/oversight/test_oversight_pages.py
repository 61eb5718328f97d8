"""The desk of readings: who may look, what a reviewer sees and does not, both languages, empty and full."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.audit import posting, sealing
from anwang.audit.actions import reading
from anwang.audit.models import Reading, Watch
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.oversight import jobs
from anwang.oversight.actions import declare
from anwang.oversight.models import Declaration, Question
from tests.proving import prove
from tests.unit.oversight.plays import Play
from tests.world import World, build_world

NOW = "2026-04-21T10:00+08:00"
SISTER = {
    "reader": "screener",
    "named": "吳怡萱",
    "before": [{"self": {"name": "吳怡萱", "number": "A200005552", "address": "望潮縣河岬鎮無名路9001號"}}],
}
MOST = 8


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def asked(world: World) -> tuple[World, UUID, Play]:
    """The sister at intake looked at the family; the night found it."""
    play = Play(world, SISTER)
    play.run()
    jobs.look_through(clock.local(play.at).date(), clock.now())
    service_viewer("oversight")
    return world, Question.objects.get().id, play


def as_(key: str, language: str = "zh-hant") -> Client:
    account = Account.objects.get(username=key)
    Account.objects.filter(pk=account.pk).update(language=language)
    client = Client(headers={"accept-language": language})
    client.force_login(account)
    return prove(client)


def text(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page.decode()))


@pytest.mark.parametrize(("key", "bench", "record"), [
    ("privacy", 200, 200), ("administrator", 302, 200), ("chief", 403, 403), ("worker", 403, 403),
    ("supervisor", 403, 403), ("screener", 403, 403), ("clerk", 403, 403),
])  # fmt: skip
def test_opens_to_whom_it_is_for(world: World, key: str, bench: int, record: int) -> None:
    client = as_(key)
    assert client.get("/oversight").status_code == bench
    assert client.get("/oversight/record").status_code == record
    assert client.get("/oversight/mine").status_code == 200
    assert client.get("/oversight/relatives").status_code == 200
    assert client.get(f"/oversight/questions/{uuid7()}").status_code in {403, 404}


@pytest.mark.parametrize(("language", "words"), [("zh-hant", "沒有查閱等你覆核"), ("en", "No reading waits for you")])
def test_says_that_nothing_waits(world: World, language: str, words: str) -> None:
    assert words in text(as_("privacy", language).get("/oversight").content)


def test_raises_the_undeclared_sister_by_surname_and_address(asked: tuple[World, UUID, Play]) -> None:
    page = text(as_("privacy").get("/oversight").content)
    assert "有1件查閱要你覆核" in page
    assert "同住址" in page
    assert "同姓同鄉鎮市區" in page
    assert "吳怡萱" in page


def test_shows_the_reviewer_nothing_of_the_file(asked: tuple[World, UUID, Play]) -> None:
    _world, key, _play = asked
    answer = as_("privacy").get(f"/oversight/questions/{key}")
    page = answer.content.decode()
    for hidden in ("張雅文", "吳建國", "吳小安", "無名路", "9001", "爭吵"):
        assert hidden not in page
    assert "通報頁" in page
    assert re.search(r"T115-\d{4}-\d{4}", page)


def test_notes_that_the_reviewer_looked(asked: tuple[World, UUID, Play]) -> None:
    world, key, _play = asked
    as_("privacy").get(f"/oversight/questions/{key}")
    assert Reading.objects.filter(
        what="oversight.question", by_worker_id=world.workers["privacy"], file_id=key
    ).exists()


def test_goes_from_question_to_answer_to_outcome(asked: tuple[World, UUID, Play]) -> None:
    _world, key, _play = asked
    officer, reader = as_("privacy"), as_("screener")
    assert "請你說明" not in text(reader.get("/oversight/mine").content)
    assert "請更正" in text(officer.post(f"/oversight/questions/{key}/ask", {"text": ""}).content)
    assert officer.post(f"/oversight/questions/{key}/ask", {"text": "請說明為什麼看"}).status_code == 302
    page = text(reader.get("/oversight/mine").content)
    assert "有1件查閱請你說明" in page
    assert "請說明為什麼看" in page
    assert reader.get(f"/oversight/questions/{key}").status_code == 403
    assert reader.post(f"/oversight/mine/{key}/answer", {"text": " "}).status_code == 200
    assert reader.post(f"/oversight/mine/{key}/answer", {"text": "按錯了"}).status_code == 302
    assert as_("worker").post(f"/oversight/mine/{key}/answer", {"text": "我"}).status_code in {403, 404}
    assert "按錯了" in text(officer.get(f"/oversight/questions/{key}").content)
    assert officer.post(f"/oversight/questions/{key}/settle", {"outcome": "x", "text": "y"}).status_code == 200
    assert (
        officer.post(f"/oversight/questions/{key}/settle", {"outcome": "reminded", "text": "提醒"}).status_code == 302
    )
    assert "不妥，已提醒改善" in text(officer.get("/oversight?show=settled").content)
    assert "已結案" in text(reader.get("/oversight/mine").content)


def test_reads_few_statements(asked: tuple[World, UUID, Play]) -> None:
    _world, key, _play = asked
    for who, path in (("privacy", "/oversight"), ("privacy", f"/oversight/questions/{key}"),
                      ("privacy", "/oversight/record"), ("screener", "/oversight/mine"),
                      ("screener", "/oversight/relatives")):  # fmt: skip
        client = as_(who)
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        asked_for = [one["sql"] for one in seen if not re.match(r"(SAVEPOINT|RELEASE|.*django_session)", one["sql"])]
        assert len(asked_for) <= MOST, (path, asked_for)


def test_shows_everybody_his_own_readings_and_nobody_elses(world: World) -> None:
    reading("report", by=world.viewer("worker"), file_id=uuid7(), zone="case")
    assert "你近30天查閱了1次" in text(as_("worker").get("/oversight/mine").content)
    assert "你近30天沒有查閱" in text(as_("supervisor").get("/oversight/mine").content)
    assert "You looked 1 time in 30 days" in text(as_("worker", "en").get("/oversight/mine").content)


def test_declares_and_takes_back_a_relative(world: World) -> None:
    client = as_("screener")
    assert "請更正" in text(client.post("/oversight/relatives", {"relation": "sibling", "name": ""}).content)
    given = {"relation": "sibling", "name": "吳建國", "number": "A100005551"}
    assert client.post("/oversight/relatives", given).status_code == 302
    page = text(client.get("/oversight/relatives").content)
    assert "你申報了1人" in page
    assert "A100005551" not in page
    world.viewer("screener")
    row = Declaration.objects.get()
    assert as_("worker").post(f"/oversight/relatives/{row.id}/end").status_code == 404
    assert client.post(f"/oversight/relatives/{row.id}/end").status_code == 302
    assert "還沒有申報" in text(client.get("/oversight/relatives").content)


def test_closes_a_declared_relative_on_every_page(world: World) -> None:
    play = Play(world, {"reader": "screener", "before": [{"grant": "u:intake/screener", "because": "intake"}]})
    play.run()
    client = as_("screener")
    assert "吳建國" in client.post("/people/search", {"q": "吳建國"}).content.decode()
    by = world.viewer("screener")
    declare(relation="sibling", name="吳建國", born_on=clock.local(clock.now()).date().replace(1989, 5, 5), by=by)
    found = text(client.post("/people/search", {"q": "吳建國"}).content)
    assert "1989" not in found
    assert "78年" not in found


def test_alarms_when_the_record_was_touched_or_cannot_be_written(world: World) -> None:
    posting.watched("verify", reached=3)
    posting.watched("post", reached=1)
    assert "沒有人動過" in text(as_("administrator").get("/oversight/record").content)
    posting.watched("verify", fault="checkpoint 3: the rows are not those that were sealed")
    for path in ("/oversight/record", "/oversight"):
        assert "問題" in text(as_("privacy").get(path).content)
    assert "checkpoint 3" in text(as_("administrator").get("/oversight/record").content)
    posting.watched("verify")
    with clock.frozen(clock.now() + timedelta(hours=4)):
        assert "超過3小時沒有做" in text(as_("privacy").get("/oversight/record").content)
    assert Watch.objects.count() == 2


def test_prints_the_newest_checkpoint_for_a_drawer(world: World) -> None:
    reading("report", by=world.viewer("worker"), file_id=uuid7(), zone="case")
    with transaction.atomic():
        made = sealing.Checkpoint(
            horizon=5, acts=0, readings=1, size=1, edge=b"e" * 32, root=b"\xab" * 32, signature=b"s", key_id="k",
            made_at=clock.now(),
        )  # fmt: skip
        made.save()
    page = text(as_("privacy", "en").get("/oversight/record").content)
    assert "abababab abababab" in page
    assert "anwang-audit/" in page


def test_lists_the_desk_for_whom_it_is(world: World) -> None:
    assert "查閱稽核" in text(as_("privacy").get("/oversight/mine").content)
    page = text(as_("worker").get("/oversight/mine").content)
    assert "查閱稽核" not in page
    assert "我的查閱" in page
