"""From the call to the report: its true time and its caller go along, twice is once, nothing typed is ever lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Call, Report, ReportPerson
from anwang.matters.models import Matter, Review
from tests.pages.intake.test_pages import as_
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

NOW = taipei("2026-03-07 23:58")
CALLER = "0912-000-888"
CALL = {"call-about": "樓上又在吵，有小孩哭", "call-received_at_day": "115/3/7", "call-received_at_time": "23:40",
        "call-caller": "樓下住戶", "call-phone": CALLER, "report": "1"}  # fmt: skip


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW.isoformat())
    return build_world(night=(taipei("2026-03-07 17:30"), taipei("2026-03-08 08:30")))


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form, and the time it proposes."""
    form = page[page.index('<form class="form text"') :]
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    for name in ("received_at_day", "received_at_time"):
        found[name] = re.search(rf'name="{name}" value="([^"]*)"', form)[1]
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def from_a_call(client: Client) -> tuple[str, dict[str, str]]:
    page = client.post("/duty/calls", CALL, follow=True).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)[1]
    return page, hidden(page) | {"once": once}


def test_a_report_from_a_call_was_received_when_the_telephone_rang(world: World) -> None:
    client = as_("night")
    page, form = from_a_call(client)
    assert "樓上又在吵" in page
    assert form["received_at_time"] == "23:40"
    assert client.post("/reports/new", form | {"channel": "phone", "narrative": "有小孩哭"}).status_code == 302
    world.viewer("night")
    assert Report.objects.get().received_at == taipei("2026-03-07 23:40")


def test_the_caller_is_the_reporter_without_being_typed_or_shown(world: World) -> None:
    client = as_("night")
    page, form = from_a_call(client)
    assert CALLER not in page
    client.post("/reports/new", form | {"channel": "phone", "narrative": "有小孩哭"})
    by = world.viewer("night")
    said = actions.read_reporter(report_id=Report.objects.get().id, by=by)
    assert (said.name, said.phone) == ("樓下住戶", CALLER)


def test_who_is_typed_as_reporter_counts_before_the_caller(world: World) -> None:
    client = as_("night")
    _page, form = from_a_call(client)
    client.post("/reports/new", form | {"channel": "phone", "narrative": "有小孩哭", "by-name": "樓上鄰居"})
    by = world.viewer("night")
    said = actions.read_reporter(report_id=Report.objects.get().id, by=by)
    assert (said.name, said.phone) == ("樓上鄰居", "")


def test_a_draft_remembers_its_call(world: World) -> None:
    client = as_("night")
    _page, form = from_a_call(client)
    page = client.post("/reports/new", form | {"narrative": "寫到一半", "keep": "1"}, follow=True).content.decode()
    again = hidden(page)
    assert again["call"] == form["call"]
    client.post("/reports/new", form | again | {"channel": "phone", "narrative": "寫完了"})
    world.viewer("night")
    assert Call.objects.get().outcome == "report"


def test_sent_twice_is_one_report(world: World) -> None:
    client = as_("night")
    once = re.search(r'name="once" value="([^"]+)"', client.get("/reports/new").content.decode())[1]
    form = {"once": once, "received_at_day": "115/3/7", "received_at_time": "23:50", "channel": "phone",
            "narrative": "有小孩哭", "people": "1", "p0-role": "child", "p0-name": "小豆"}  # fmt: skip
    first, second = client.post("/reports/new", form), client.post("/reports/new", form)
    assert first.url == second.url
    world.viewer("night")
    assert (Report.objects.count(), ReportPerson.objects.count()) == (1, 1)


def test_sent_twice_from_one_call_is_one_report(world: World) -> None:
    client = as_("night")
    _page, form = from_a_call(client)
    given = form | {"channel": "phone", "narrative": "有小孩哭"}
    first, second = client.post("/reports/new", given), client.post("/reports/new", given)
    assert (first.status_code, first.url) == (302, second.url)


def test_a_call_that_is_a_report_already_refuses_a_second_and_keeps_the_words(world: World) -> None:
    client = as_("night")
    _page, form = from_a_call(client)
    client.post("/reports/new", form | {"channel": "phone", "narrative": "有小孩哭"})
    answer = client.post("/reports/new", form | {"channel": "phone", "narrative": "同一通電話又寫一次"})
    assert answer.status_code == 422
    assert "同一通電話又寫一次" in answer.content.decode()


@pytest.fixture
def report(world: World) -> Report:
    people = [PersonIn(role="child", name="小豆", age_text="4歲")]
    return actions.receive_report(report=told("2026-03-07 23:40", "有小孩哭", *people), by=world.viewer("night"))


def test_a_conflict_on_the_report_page_gives_the_words_back(world: World, report: Report) -> None:
    child = ReportPerson.objects.get().person_id
    by = world.viewer("night")
    actions.not_open(report_id=report.id, person_id=child, kind="child_protection", ground="family_copes",
                     reason="外婆照顧", evidence="23:50見到", by=by, at=NOW)  # fmt: skip
    review = Review.objects.get(matter_id=report.id)
    path = f"/reports/{Matter.objects.get(id=report.id).number}"
    said = {"review": review.id, "answer": "return", "words": "請補誰見到"}
    assert as_("supervisor").post(f"{path}/review", said).status_code == 302
    answer = as_("supervisor").post(f"{path}/review", said | {"words": "我寫了很多字"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "已經有人決定" in page
    assert "我寫了很多字" in page


def test_a_fault_in_the_second_decision_leaves_none_of_the_first(world: World, report: Report) -> None:
    pair = f"{ReportPerson.objects.get().person_id}.child_protection"
    path = f"/reports/{Matter.objects.get(id=report.id).number}"
    page = as_("night").post(f"{path}/decide", {"pair": pair, "grade": "one", "class": "seven"})
    assert page.status_code == 422
    assert "還沒有決定" in page.content.decode(), "what was undone is not shown as done"


def taken(**more: str) -> tuple[int, str]:
    form = {"received_at_day": "115/3/7", "received_at_time": "23:50", "channel": "fax", "narrative": "有小孩哭",
            "people": "1", "p0-role": "child", "p0-name": "小豆"} | more  # fmt: skip
    answer = as_("night").post("/reports/new", form)
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("born", ["115年2月30日", "115/13/1", "120年2月3日", "2026-02-30", "1150230"])
def test_a_birthday_that_cannot_be_is_said_so_and_kept(world: World, born: str) -> None:
    status, page = taken(**{"p0-age_text": born})
    assert (status, born in page) == (422, True)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("2", "2歲"), ("國小三年級", "國小三年級"), ("五個月", "五個月"), ("3、4歲", "3、4歲"), ("約80歲", "約80歲")],
)
def test_a_bare_number_is_an_age_and_words_stay_words(world: World, typed: str, kept: str) -> None:
    assert taken(**{"p0-age_text": typed})[0] == 302
    world.viewer("night")
    assert ReportPerson.objects.get().age_text == kept


def test_a_time_before_all_rules_is_blamed_on_the_time(world: World) -> None:
    status, page = taken(received_at_day="75/1/1")
    assert status == 422
    assert "接獲時間太早" in page


def test_the_name_behind_a_code_is_sealed(world: World) -> None:
    given = {"p0-name": "甲115-031", "p0-is_code": "on", "p0-real_name": "高小安"}
    assert taken(**given)[0] == 302
    world.viewer("night")
    person = ReportPerson.objects.get().person
    assert (person.name, person.name_kind) == ("甲115-031", "code")
    assert "高小安" not in as_("night").get(f"/reports/{Matter.objects.get(kind='report').number}").content.decode()


def test_a_real_name_without_its_code_is_not_taken(world: World) -> None:
    status, page = taken(**{"p0-real_name": "高小安"})
    assert (status, "有代號才另存真名" in page) == (422, True)


def test_a_report_of_friday_afternoon_names_who_is_awake_at_night(world: World, at: Callable[..., object]) -> None:
    at(taipei("2026-03-06 16:50").isoformat())
    report = actions.receive_report(report=told("2026-03-06 16:50", "放假前的通報"), by=world.viewer("screener"))
    path = f"/reports/{Matter.objects.get(id=report.id).number}"
    assert "下班時間先找" not in as_("screener").get(path).content.decode(), "the office is open"
    at(NOW.isoformat())
    page = as_("night").get(path).content.decode()
    assert "下班時間先找" in page
    assert "0900-000-013" in page
