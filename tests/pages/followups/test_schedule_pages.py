"""Schedules by hand: every form once, what the pages say, what strangers and the feed get."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anwang.cases.models import Case
from anwang.followups.actions import set_level
from anwang.followups.models import Course, Look, Stretch, Window
from anwang.foundation import clock
from anwang.matters.models import Duty, Matter
from tests.pages.cases.test_case_pages import as_, number
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.unit.followups.desk import case_of, contact, instant, job
from tests.world import build_world

pytestmark = pytest.mark.django_db
STRANGERS = ["worker2", "welfare_worker", "adult_worker", "clerk", "administrator"]


@pytest.fixture
def office(db: None, at: Callable[..., clock.FrozenClock]) -> Office:
    return open_office(build_world(), at(NIGHT + LATER))


@pytest.fixture
def story(office: Office) -> Case:
    """The story of the new year: six attempts, three of four contacts, the window over."""
    case = case_of(office, "suicide", "2026-01-30 22:10")
    for at, outcome, method in (
        ("2026-02-02 14:20", "met", "phone"), ("2026-02-06 15:30", "not_met", "home"),
        ("2026-02-10 16:30", "refused", "home"), ("2026-02-12 14:30", "met", "school"),
        ("2026-02-24 10:10", "met", "phone"), ("2026-02-26 16:40", "not_met", "home"),
    ):  # fmt: skip
        contact(office, case.id, at, outcome, method=method)
    job(office, "2026-03-01 09:00")
    return case


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return words(answer.content.decode())


def at_now(prefix: str) -> dict[str, str]:
    here = clock.local(clock.now())
    return {f"{prefix}_day": f"{here.year - 1911}年{here.month}月{here.day}日", f"{prefix}_time": f"{here:%H:%M}"}


def send(client: Client, path: str, **given: object) -> str:
    answer = client.post(path, given, follow=True)
    body = words(answer.content.decode())
    assert answer.redirect_chain, body[:1500]
    return body


def test_shows_attempts_apart_effort_as_compliance_and_asks_why(office: Office, story: Case) -> None:
    page = as_("worker").get(f"/cases/{number(story)}/schedule").content.decode()
    said = words(page)
    assert "有1期次數不足，請說原因。" in said
    assert "1月31日（六）至2月28日（六）" in said
    assert "應聯繫4次，聯繫上3次，沒遇到或被拒3次" in said
    assert "有努力，視同達成" in said
    assert 'data-is="late"' not in page
    assert 'data-is="risk"' not in page
    assert "至少到4月30日" in said


def test_takes_a_reason_and_keeps_the_number(office: Office, story: Case) -> None:
    window = Window.objects.get(ends_on="2026-02-28")
    body = send(as_("worker"), f"/schedules/windows/{window.id}", reason="refused", words="隔門說不想談")
    assert "拒訪 隔門說不想談" in body
    assert "聯繫上3次，沒遇到或被拒3次" in body


def test_advises_a_contact_before_a_long_holiday(office: Office) -> None:
    case = case_of(office, "suicide", "2026-02-05 10:00")
    said = text(as_("worker"), f"/cases/{number(case)}/schedule")
    assert "2月14日（六）至2月22日（日）連續放假9天。放假前先聯繫一次" in said


def test_begins_a_course_changes_its_level_and_says_which_are_not_set(office: Office) -> None:
    case = case_of(office, "mental_health", "2026-03-02 10:00")
    office.hands.advance(timedelta(hours=1))
    client, home = as_("worker"), f"/cases/{number(case)}/schedule"
    assert "社區精神照護第4級：尚未訂定，由縣（市）衛生局訂定" in text(client, home)
    send(client, f"{home}/begin", schedule="care.level_1", person=office.girl.hex, reason="", **at_now("at"))
    office.hands.advance(timedelta(days=10))
    course = Course.objects.get()
    shown = text(client, f"/schedules/{course.id}/level")
    assert "第4級多久訪視一次還沒有訂。請洽縣（市）衛生局訂定" in shown
    refused = client.post(f"/schedules/{course.id}/level", {"level": "4", "reason": "穩定", **at_now("at")})
    assert "請洽縣（市）衛生局訂定" in words(refused.content.decode())
    body = send(client, f"/schedules/{course.id}/level", level="2", reason="症狀穩定", **at_now("at"))
    assert "3月12日（四）起" in body
    assert "改變級別：症狀穩定" in body
    assert Stretch.objects.filter(course=course).count() == 2


def test_keeps_a_long_relationship_by_a_supervisor_without_a_term_for_closing(office: Office) -> None:
    case = case_of(office, "mental_health", "2026-03-02 10:00")
    by = office.be("worker")
    course = set_level(matter_id=case.id, group="care", level="1", person_id=office.girl, by=by, at=clock.now())
    refused = as_("worker").post(f"/schedules/{course}/long", {"reason": "關係剛建立"})
    assert "長期陪伴由督導同意" in words(refused.content.decode())
    body = send(as_("supervisor"), f"/schedules/{course}/long", reason="關係剛建立")
    assert "長期陪伴，沒有結案期限" in body
    assert "9月2日（三）檢視" in body
    send(as_("worker"), f"/schedules/{course}/look", words="關係穩定，願意開門", still_long="yes")
    assert [look.is_long for look in Look.objects.order_by("n")] == [False, True, True]


def test_ends_a_course_only_after_its_time_or_by_a_supervisor(office: Office, story: Case) -> None:
    course = Course.objects.get()
    client = as_("worker")
    for reason, said in (
        ("served", "期程至少要到4月30日"),
        ("refused", "拒絕要有3次紀錄，現在有1次"),
        ("died", "要督導同意"),
    ):
        answer = client.post(f"/schedules/{course.id}/end", {"reason": reason, "words": "2月27日個案討論：續訪"})
        assert said in words(answer.content.decode()), reason
    assert "期程結束了" in send(as_("supervisor"), f"/schedules/{course.id}/end", reason="passed_on", words="")


@pytest.mark.parametrize("who", STRANGERS)
def test_is_not_there_for_strangers(office: Office, story: Case, who: str) -> None:
    course, window = Course.objects.get(), Window.objects.first()
    assert window is not None
    client = as_(who)
    for path in (
        f"/cases/{number(story)}/schedule", f"/schedules/{course.id}/level", f"/schedules/windows/{window.id}",
        f"/schedules/{course.id}/end", f"/schedules/{course.id}/missed",
    ):  # fmt: skip
        assert client.get(path).status_code == 404, path


def test_hangs_on_the_case_page_and_stands_on_today(office: Office, story: Case) -> None:
    page = text(as_("worker"), f"/cases/{number(story)}")
    assert "訪視期程" in page
    assert "應聯繫2次，聯繫上0次" in page
    today = as_("worker").get("/today?all").content.decode()
    assert "自殺關懷本期訪視" in today
    assert f"/cases/{number(story)}/contact" in today


def test_shows_my_weeks_with_days_off(office: Office, story: Case) -> None:
    said = text(as_("worker"), "/calendar")
    assert "建議這天聯繫" in said
    assert "放假" in said
    job(office, "2026-03-10 09:00")
    assert "自殺關懷本期訪視 陳小樂" in text(as_("worker"), "/calendar")


def test_answers_a_secret_address_with_numbers_alone_until_it_is_revoked(office: Office, story: Case) -> None:
    client = as_("worker")
    shown = client.post("/calendar/address").content.decode()
    (secret,) = re.findall(r"/calendar/([\w-]{40,})\.ics", shown)
    nobody = Client()
    answer = nobody.get(f"/calendar/{secret}.ics")
    body = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert answer["Cache-Control"] == "no-store"
    assert "SUMMARY:待辦1件" in body
    given = {line.partition(":")[0].partition(";")[0] for line in body.split("\r\n") if line}
    assert given == {
        "BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "REFRESH-INTERVAL", "UID", "DTSTAMP",
        "DTSTART", "DTEND", "SUMMARY", "CLASS", "TRANSP", "END",
    }  # fmt: skip
    for told in ("陳小樂", number(story), "自殺", "林佳安", "C115", str(story.id)):
        assert told not in body
    assert secret not in client.get("/calendar").content.decode()
    client.post("/calendar/address/end")
    gone, never = (nobody.get(f"/calendar/{one}.ics") for one in (secret, "x" * len(secret)))
    assert gone.status_code == never.status_code == 404
    assert words(gone.content.decode()) == words(never.content.decode())


def test_gives_figures_by_name_to_the_supervisor_and_not_to_others(office: Office, story: Case) -> None:
    mine = text(as_("supervisor"), "/schedules/figures?month=2026-02")
    assert "簡伯勳" in mine
    assert "到期1期，達成1期" in mine
    assert "其中努力1" in mine
    assert "簡伯勳" in text(as_("worker"), "/schedules/figures?month=2026-02")
    chief = text(as_("chief"), "/schedules/figures?month=2026-02")
    assert "家防中心兒保組" in chief
    assert "簡伯勳" not in chief
    assert "這個月沒有到期的期間" in text(as_("worker2"), "/schedules/figures?month=2026-02")


def test_speaks_english(office: Office, story: Case) -> None:
    said = text(as_("worker", "en"), f"/cases/{number(story)}/schedule")
    assert "Suicide follow-up" in said
    assert Matter.objects.get(id=story.id).number in said
    assert instant("2026-01-30 22:10")


@pytest.mark.parametrize("path", ["/cases/{number}/schedule", "/calendar", "/schedules/figures?month=2026-02"])
def test_asks_the_database_few_questions(office: Office, story: Case, path: str) -> None:
    client = as_("worker")
    address = path.format(number=number(story))
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    said = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    assert len(said) <= 12, said


def test_closes_every_missed_window_of_a_schedule_with_one_reason(office: Office) -> None:
    """Three windows over in which nobody was there: one reason, three steps done, the numbers as they were."""
    case = case_of(office, "suicide", "2026-01-30 22:10")
    job(office, "2026-05-03 09:00")
    course, client = Course.objects.get(), as_("worker")
    missed = Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide", due_at__lt=clock.now())
    assert [one.state for one in missed] == ["open"] * 3
    assert "一次說明全部沒達成的期間" in text(client, f"/cases/{number(case)}/schedule")
    nothing = client.post(f"/schedules/{course.id}/missed", {"reason": "", "words": "住院中"})
    assert "住院中" in nothing.content.decode()
    body = send(client, f"/schedules/{course.id}/missed", reason="away", words="住院中")
    assert body.count("住院中") == 3
    assert "一次說明全部沒達成的期間" not in body
    assert {one.state for one in missed.all()} == {"done"}
    assert Duty.objects.filter(matter_id=case.id, rule_id="followup.suicide", state="open").count() == 1
    again = client.post(f"/schedules/{course.id}/missed", {"reason": "away", "words": ""})
    assert "沒有還沒說原因的期間" in words(again.content.decode())
