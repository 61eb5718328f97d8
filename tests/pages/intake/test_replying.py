"""The desk of replies: what is owed by its clock, one class at a time, with the reason when no more may be said."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.documents.models import Paper
from anwang.foundation import clock
from anwang.intake.incoming import ReporterIn
from anwang.intake.models import Reply, Report
from anwang.matters.models import Matter
from tests.unit.intake.test_replies import NOW, TEACHER, decided
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


def sit(who: str) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(username=who))
    return client


def number(report: Report) -> str:
    return Matter.objects.get(id=report.id).number


def test_lists_what_is_owed_and_leads_to_it(world: World) -> None:
    report = decided(world)
    page = sit("screener").get("/reports/replies")
    assert "有1件通報要回覆通報人。" in re.sub(r"<[^>]*>", "", page.text)
    assert f'href="/reports/{number(report)}/reply"' in page.text
    assert "陳美惠" not in page.text
    assert "王小恩" not in page.text
    assert 'href="/reports/replies"' in sit("screener").get("/intake").text


def test_puts_a_space_between_the_sentences_of_an_english_title(
    world: World, at: Callable[[object], clock.FrozenClock]
) -> None:
    decided(world)
    at(NOW + timedelta(days=30))
    get_user_model().objects.filter(username="screener").update(language="en")
    for path, words in (("/reports/replies", "reporter. 1 of them"), ("/intake", "finished. 1 of them")):
        assert words in re.sub(r"<[^>]*>", "", sit("screener").get(path).text)


def test_shows_a_clerk_numbers_without_a_way_in(world: World) -> None:
    report = decided(world)
    page = sit("clerk").get("/reports/replies").text
    assert number(report) in page
    assert f"/reports/{number(report)}/reply" not in page


@pytest.mark.parametrize("who", ["welfare_worker", "administrator", "chief", "worker"])
def test_is_closed_to_others(world: World, who: str) -> None:
    report = decided(world)
    assert sit(who).get("/reports/replies").status_code == 403
    assert sit(who).get(f"/reports/{number(report)}/reply").status_code in (403, 404)


def test_asks_the_database_little(world: World) -> None:
    report = decided(world)
    for path in ("/reports/replies", f"/reports/{number(report)}/reply"):
        client = sit("screener")
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        frame = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
        rest = [one["sql"] for one in asked if not one["sql"].startswith(frame)]
        assert len([sql for sql in rest if "django_session" not in sql and "access_" not in sql]) <= 8, rest


def test_answers_by_phone_with_one_class(world: World) -> None:
    report = decided(world)
    client, path = sit("screener"), f"/reports/{number(report)}/reply"
    page = client.get(path).text
    assert "只回類別，不回內容。" in page
    assert "陳美惠" not in page
    answer = client.post(path, {"reply_class": "in_hand", "confirmed": "unit_line", "way": "phone"}, follow=True)
    assert "回覆記下了。" in answer.text
    world.viewer("screener")
    assert list(Reply.objects.values_list("reply_class", "way", "confirmed")) == [("in_hand", "phone", "unit_line")]


def test_answers_by_letter_with_its_number(world: World) -> None:
    report = decided(world)
    client, path = sit("screener"), f"/reports/{number(report)}/reply"
    given = {"reply_class": "passed_on", "confirmed": "paper", "way": "letter"}
    missing = client.post(path, given)
    assert missing.status_code == 422
    for words in ("請填文號。", "請填公文日期。", "請填受文單位。"):
        assert words in missing.text
    client.post(path, given | {"paper_number": "望社字第1150000123號", "paper_on": "115/3/6", "to": "河岬國小"})
    world.viewer("screener")
    assert Paper.objects.get().other_name == "河岬國小"


def test_says_why_no_more_may_be_said_and_keeps_what_was_chosen(world: World) -> None:
    report = decided(world)
    client, path = sit("screener"), f"/reports/{number(report)}/reply"
    answer = client.post(path, {"reply_class": "finished", "confirmed": "no", "way": "phone"})
    assert answer.status_code == 422
    assert "還沒確認是通報人本人" in answer.text
    assert 'value="finished"' in answer.text
    like = ReporterIn(name="林淑芬", phone=TEACHER.phone, organisation=TEACHER.organisation, category="education")
    same = decided(world, like)
    if Matter.objects.get(id=same.id).ended_at is None:
        answer = client.post(f"/reports/{number(same)}/reply",
                             {"reply_class": "finished", "confirmed": "unit_line", "way": "phone"})  # fmt: skip
        assert "這位通報人只能說已受理。" in answer.text
