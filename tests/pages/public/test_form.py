"""The form for everybody: a report at once, nothing kept by the browser, nothing typed is lost, nobody unread."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.db import OperationalError
from django.test import Client, override_settings

from anwang.foundation import clock
from anwang.intake.models import OriginalBody, Report, Reporter, ReportPerson, ReportSupplement
from anwang.intake.sealed import open_original
from anwang.matters.models import Duty, Matter
from tests.world import World, build_world, hours

NIGHT = "2026-03-08T03:04+08:00"
WORDS = "樓上的孩子一直哭，有人在摔東西。"
SENT = "收到了。"


@pytest.fixture
def world(db: None, at: Callable[[str], clock.FrozenClock]) -> World:
    at(NIGHT)
    return build_world(night=(clock.now() - hours(8), clock.now() + hours(4)))


@pytest.fixture
def visitor(world: World) -> Client:
    return Client()


def token(client: Client) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/report").text)
    assert found
    return found[1]


def send(client: Client, **typed: object):
    given = {"county": "99001", "what": WORDS, "token": token(client)} | typed
    return client.post("/report", given)


def the_report(world: World) -> Report:
    world.viewer("screener")
    return Report.objects.get()


def test_becomes_a_report_of_the_county_at_once(world: World, visitor: Client) -> None:
    assert SENT in send(visitor, danger="now", when="剛剛", place="河堤路9001號").text
    report = the_report(world)
    matter = Matter.objects.get(id=report.id)
    assert (matter.county, matter.accountable_id) == ("99001", world.units["intake"])
    assert (report.channel, report.unit_code, report.source) == ("public_form", "31", "citizen")
    assert report.narrative == f"{WORDS}\n什麼時候：剛剛"
    assert report.urgency == {"danger_now": "yes"}
    assert Duty.objects.filter(matter=matter, rule_id="report.decide").exists()


def test_lets_unknown_lower_nothing(world: World, visitor: Client) -> None:
    send(visitor)
    report = the_report(world)
    assert (report.kinds, report.kinds_assumed) == (["child_protection"], True)
    assert report.urgency == {"danger_now": "unknown"}
    assert list(ReportPerson.objects.values_list("role", flat=True)) == ["victim"]


@pytest.mark.parametrize(
    ("typed", "kinds", "roles"),
    [
        ({"whom": ["child"], "age": "8歲"}, ["child_protection"], ["child"]),
        ({"whom": ["elder"]}, ["elder"], ["person"]),
        ({"whom": ["elder"], "age": "9歲"}, ["child_protection", "elder"], ["child"]),
        ({"whom": ["elder", "disabled"]}, ["elder", "disability"], ["person", "person"]),
        ({"whom": ["child", "elder"]}, ["child_protection", "elder"], ["child", "person"]),
        ({"whom": ["elder", "adult"]}, ["child_protection", "elder"], ["person", "person"]),
        # Who also ticked "not known" may have a child in mind: not knowing lowers nothing, so its clock runs as well.
        ({"whom": ["unknown", "elder"]}, ["child_protection", "elder"], ["person"]),
        ({"whom": ["unknown"]}, ["child_protection"], ["victim"]),
        ({"whom": ["self"]}, ["child_protection"], ["victim"]),
    ],
)
def test_sets_a_kind_only_where_everybody_is_named(
    world: World, visitor: Client, typed: dict[str, object], kinds: list[str], roles: list[str]
) -> None:
    send(visitor, **typed)
    assert the_report(world).kinds == kinds
    assert sorted(ReportPerson.objects.values_list("role", flat=True)) == sorted(roles)


@pytest.mark.parametrize(
    ("you", "is_party", "category"),
    [("", True, "unknown"), ("unknown", True, "unknown"), ("self", True, "self"), ("family", True, "family"),
     ("neighbour", False, "citizen"), ("professional", False, "education")],
)  # fmt: skip
def test_takes_who_may_be_a_party_for_one(
    world: World, visitor: Client, you: str, is_party: bool, category: str,
) -> None:  # fmt: skip
    send(visitor, you=you, profession="education" if you == "professional" else "")
    report = the_report(world)
    world.viewer("night")
    reporter = Reporter.objects.get(report_id=report.id)
    assert (reporter.is_party, reporter.category) == (is_party, category)


def test_keeps_what_was_typed_as_it_came_in_the_reporter_zone(world: World, visitor: Client) -> None:
    send(visitor, phone="0912-000-345", your_name="阿姨", name_to_use="里長", call_when="早上", message="no")
    report = the_report(world)
    assert not OriginalBody.objects.exists()
    assert "0912-000-345" not in str(list(Report.objects.values())) + str(list(ReportSupplement.objects.values()))
    world.viewer("night")
    sealed = OriginalBody.objects.get(report_id=report.id)
    kept = json.loads(open_original(bytes(sealed.body), sealed.original_id))
    assert kept == {"language": "zh", "typed": {
        "county": ["99001"], "what": [WORDS], "phone": ["0912-000-345"], "your_name": ["阿姨"],
        "name_to_use": ["里長"], "call_when": ["早上"], "message": ["no"]}}  # fmt: skip
    reporter = Reporter.objects.get(report_id=report.id)
    assert (reporter.call_when, reporter.name_to_use) == ("早上；不要留言", "里長")


def test_stands_in_the_queue_of_the_screeners_at_once(world: World, visitor: Client) -> None:
    send(visitor)
    client = Client()
    client.force_login(get_user_model().objects.get(username="screener"))
    assert "民眾線上" in client.get("/intake").text


def test_loses_nothing_that_was_typed(world: World, visitor: Client) -> None:
    answer = send(visitor, county="", phone="abc", what=WORDS, name="阿弟", danger="no", you="neighbour")
    assert answer.status_code == 422
    assert not Report.objects.exists()
    for kept in (WORDS, "abc", "阿弟", "請選縣市。不知道就打113", "請填電話號碼"):
        assert kept in answer.text
    assert re.search(r'value="no"[^>]*checked', answer.text)
    assert '<details class="you" open' in answer.text


@pytest.mark.parametrize(
    ("county", "said"), [("99002", "青嵐縣還收不到線上通報。請打113，或打"), ("elsewhere", "請打113")]
)
def test_takes_nothing_that_nobody_would_read(world: World, visitor: Client, county: str, said: str) -> None:
    answer = send(visitor, county=county)
    assert answer.status_code == 422
    assert said in answer.text
    assert WORDS in answer.text
    assert not Matter.objects.exists()


def test_says_before_the_typing_where_nobody_reads(visitor: Client) -> None:
    page = visitor.get("/report").text
    elsewhere = page.index("下面的縣市這裡還收不到")
    assert elsewhere < page.index("青嵐縣", elsewhere) < page.index('name="what"')


def test_is_one_report_when_sent_twice_and_two_when_changed(world: World, visitor: Client) -> None:
    once = token(visitor)
    for words in (WORDS, WORDS, f"{WORDS}又開始了。"):
        assert SENT in send(visitor, token=once, what=words).text
    assert the_report_count(world) == 2


def the_report_count(world: World) -> int:
    world.viewer("screener")
    return Report.objects.count()


@pytest.mark.parametrize("broken", ["", "x", "eyJub25jZSI6MX0:1:abc"])
def test_asks_once_more_for_a_page_that_is_too_old(world: World, visitor: Client, broken: str) -> None:
    answer = send(visitor, token=broken)
    assert (answer.status_code, the_report_count(world)) == (422, 0)
    assert WORDS in answer.text
    assert SENT in send(visitor, token=re.search(r'name="token" value="([^"]+)"', answer.text)[1]).text


@override_settings(ANWANG_PUBLIC_REPORTS=(2, 60))
def test_names_113_and_keeps_the_words_beyond_the_limit(world: World, visitor: Client) -> None:
    assert [send(visitor, what=f"{WORDS}{n}").status_code for n in range(3)] == [200, 200, 429]
    answer = send(visitor, name="阿弟")
    assert int(answer.headers["Retry-After"]) > 0
    for kept in ("請打113或110", WORDS, "阿弟"):
        assert kept in answer.text
    assert SENT in visitor.post("/report", {"county": "99001", "what": WORDS, "token": token(visitor)},
                                REMOTE_ADDR="192.0.2.9").text  # fmt: skip


@override_settings(ANWANG_PUBLIC_FLOOD=(1, 60))
def test_refuses_nobody_in_a_flood_but_tells_once(
    world: World, visitor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    assert [send(visitor, what=f"{WORDS}{n}").status_code for n in range(4)] == [200] * 4
    assert sum("public form: more than" in line.message for line in caplog.records) == 1


def test_takes_a_report_also_where_knocks_cannot_be_counted(
    world: World, visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_what: object, **_how: object) -> None:
        raise OperationalError

    monkeypatch.setattr("anwang.web.public.middleware.knock", broken)
    assert SENT in send(visitor).text


def test_leaves_nothing_in_the_browser(visitor: Client) -> None:
    get, post = visitor.get, visitor.post
    answers = [get("/report"), get("/report/vi"), send(visitor), send(visitor, what=""), get("/report/status")]
    answers += [post("/report/status", {"number": "A", "secret": "B"})]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "<title>線上表單</title>" in answer.text or answer is answers[1]
        assert not re.search(r'(?:src|href|action)="(?:https?:)?//', answer.text)
        fields = re.findall(r"<(?:input|textarea|select)[^>]*>", answer.text)
        typed = [one for one in fields if 'type="radio"' not in one and 'type="checkbox"' not in one]
        assert all('autocomplete="off"' in one for one in typed)


def test_goes_to_a_neutral_page_and_asks_the_browser_to_forget(visitor: Client) -> None:
    with override_settings(ANWANG_NEUTRAL_PAGE="https://weather.example/"):
        answer = visitor.get("/report/leave")
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://weather.example/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_shows_no_number_of_ours_nor_who_looks(world: World, visitor: Client) -> None:
    page = send(visitor).text
    number = Matter.objects.get().number
    assert number not in page
    assert "通報調查處理中心" not in page
    assert "開案" not in page


def test_writes_no_word_into_the_log(world: World, visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    send(visitor, phone="0912-000-345", receipt="yes")
    send(visitor, county="", phone="0912-000-345")
    assert WORDS not in caplog.text
    assert "0912" not in caplog.text


def test_is_linked_with_the_log_in_page(visitor: Client) -> None:
    assert 'href="/report"' in visitor.get("/login").text
    assert 'href="/login"' in visitor.get("/report").text
