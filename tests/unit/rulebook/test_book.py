"""Rules by date and county, clocks from events, replay."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from anwang import rulebook
from anwang.rulebook import NotInForce, Rulebook, RulebookError, UnknownRule, WrongAnswer

from .folders import DUTY, VALUE, write

TAIPEI = ZoneInfo("Asia/Taipei")
DAY = date(2026, 3, 7)
RECEIVED = datetime(2026, 3, 7, 23, 40, tzinfo=TAIPEI)
SEVEN_DAYS = {
    "enacts": "first.visit",
    "county": "99002",
    "versions": [
        {"from": "2025-03-01", "assumption": "縣市自訂", "within": "7 days"},
        {"from": "2025-09-01", "assumption": "停止", "withdrawn": "yes"},
    ],
}


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    return rulebook.load(write(tmp_path))


def test_gives_the_version_of_the_day(tmp_path: Path) -> None:
    later = "  - {from: 2024-01-01, assumption: 後, type: whole_number, value: 3}\n"
    book = rulebook.load(write(tmp_path, value=VALUE + later))
    limit = book.value("days.limit")
    assert [limit.on(date(2023, 12, 31)).value, limit.on(date(2024, 1, 1)).value] == [10, 3]
    with pytest.raises(NotInForce):
        limit.on(date(2019, 12, 31))


def test_gives_nothing_after_a_rule_is_withdrawn_but_still_ends_what_it_started(tmp_path: Path) -> None:
    gone = "  - {from: 2026-01-01, assumption: 停止適用, withdrawn: yes}\n"
    book = rulebook.load(write(tmp_path, duty=DUTY + gone))
    facts = {"kind": "family", "received_at": RECEIVED, "at": RECEIVED}
    assert book.started_by("report.received", facts, DAY) == []
    assert book.done_by("contact.made", {"seen": True}, DAY) == {"first.visit"}


def test_starts_a_duty_with_due_instant_and_words(book: Rulebook) -> None:
    facts = {"kind": "family", "received_at": RECEIVED, "at": RECEIVED}
    (started,) = book.started_by("report.received", facts, DAY)
    assert started.due_at == datetime(2026, 3, 18, tzinfo=TAIPEI)
    assert (started.rule_id, started.per, started.owed_by) == ("first.visit", "matter", "acting")
    assert str(started.words) == "3月7日23:40起算＋10日＝3月17日24:00（首日不計）"
    assert started.words.to("en") == "from 7 Mar 23:40 + 10 days = 17 Mar 24:00 (first day not counted)"


@pytest.mark.parametrize(("facts", "starts"), [({"kind": None}, 1), ({}, 0), ({"kind": "elder"}, 0)])
def test_starts_when_a_fact_is_unknown_but_not_when_it_is_not_given(book: Rulebook, facts: dict, starts: int) -> None:
    assert len(book.started_by("report.received", facts | {"received_at": RECEIVED}, DAY)) == starts


@pytest.mark.parametrize(("facts", "done"), [({"seen": "yes"}, 1), ({"seen": None}, 0), ({}, 0), ({"seen": False}, 0)])
def test_discharges_only_by_what_is_known(book: Rulebook, facts: dict, done: int) -> None:
    assert len(book.done_by("contact.made", facts, DAY)) == done


def test_counts_from_the_event_and_says_so_when_receipt_is_unknown(book: Rulebook) -> None:
    (started,) = book.started_by("report.received", {"kind": "family", "received_at": None, "at": RECEIVED}, DAY)
    assert "法定起算時點不明" in str(started.words)


def test_refuses_a_clock_without_instant_or_zone(book: Rulebook) -> None:
    with pytest.raises(WrongAnswer):
        book.started_by("report.received", {"kind": "family"}, DAY)
    naive = datetime(2026, 3, 7, 23, 40)  # noqa: DTZ001 (the point)
    with pytest.raises(WrongAnswer):
        book.started_by("report.received", {"kind": "family", "received_at": naive}, DAY)


def test_refuses_events_and_rules_it_does_not_know(book: Rulebook) -> None:
    with pytest.raises(UnknownRule):
        book.started_by("report.dreamt", {}, DAY)
    with pytest.raises(UnknownRule):
        book.duty("days.limit")


def test_lays_a_county_row_over_the_nation(book: Rulebook) -> None:
    over, visit = book.overlay([SEVEN_DAYS]), "first.visit"

    def within(day: date, county: str) -> str:
        return over.duty(visit).on(day, county).content.within

    assert within(date(2025, 2, 28), "99002") == "10 days"
    assert within(date(2025, 3, 1), "99002") == "7 days"
    assert within(date(2025, 9, 1), "99002") == "10 days"
    assert within(date(2025, 3, 1), "99001") == "10 days"
    assert over.duty(visit).on(date(2025, 3, 1), "99002").county == "99002"
    assert book.duty(visit).on(date(2025, 3, 1), "99002").content.within == "10 days"


def test_joins_a_countys_enactments_into_one_line(book: Rulebook) -> None:
    first = SEVEN_DAYS | {"versions": SEVEN_DAYS["versions"][:1]}
    second = SEVEN_DAYS | {"versions": [{"from": "2025-06-01", "assumption": "再改", "within": "5 days"}]}
    over = book.overlay([first]).overlay([second])
    found = [over.duty("first.visit").on(day, "99002").content.within for day in (date(2025, 5, 31), date(2025, 6, 1))]
    assert found == ["7 days", "5 days"]
    with pytest.raises(RulebookError, match="two versions start"):
        book.overlay([first, first])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"within": "11 days"}, "longer than the national"),
        ({"within": "7 working_days"}, "longer than the national"),
        ({"within": "1 month"}, "longer than the national"),
        ({"owed_by": "supervisor"}, "may not set 'owed_by'"),
    ],
)
def test_refuses_a_county_row_that_goes_too_far(book: Rulebook, change: dict, message: str) -> None:
    row = SEVEN_DAYS | {"versions": [{"from": "2025-03-01", "assumption": "自訂", **change}]}
    with pytest.raises(RulebookError, match=message):
        book.overlay([row])


def test_lets_a_county_be_shorter_in_another_unit(book: Rulebook) -> None:
    row = SEVEN_DAYS | {"versions": [{"from": "2025-03-01", "assumption": "自訂", "within": "48 hours"}]}
    assert book.overlay([row]).duty("first.visit").on(DAY, "99002").content.within == "48 hours"


def test_replays_a_decision_by_hash_and_flat_inputs(book: Rulebook) -> None:
    advice = book.table("track").on(DAY).advise({"danger": "no", "factors": 3})
    stored = json.loads(json.dumps(dict(advice.inputs)))
    assert book.replay("track", advice.hash, stored) == advice
    facts = {"kind": "family", "received_at": RECEIVED, "at": RECEIVED}
    (started,) = book.started_by("report.received", facts, DAY, "99002")
    again = book.replay("first.visit", started.hash, json.loads(json.dumps(dict(started.inputs))))
    assert again == started


def test_replays_from_a_stored_body_after_the_file_changed(tmp_path: Path, book: Rulebook) -> None:
    version = book.table("track").on(DAY).version
    stored = json.loads(json.dumps(version.stored))
    text = (tmp_path / "table.yaml").read_text(encoding="utf-8").replace('">= 2"', '">= 5"')
    changed = rulebook.load(write(tmp_path, table=text))
    with pytest.raises(UnknownRule):
        changed.replay("track", version.hash, {"danger": "no", "factors": 3})
    assert changed.replay("track", version.hash, {"danger": "no", "factors": 3}, stored).outcome == "vulnerable"


def test_refuses_a_stored_body_that_was_tampered_with(tmp_path: Path, book: Rulebook) -> None:
    version = book.table("track").on(DAY).version
    stored = json.loads(json.dumps(version.stored))
    stored["body"]["rows"][0]["then"] = "general"
    empty = rulebook.load(write(tmp_path, table=VALUE.replace("days.limit", "other")))
    with pytest.raises((UnknownRule, RulebookError)):
        empty.replay("track", version.hash, {"danger": "no"}, stored)


def test_keeps_the_hash_when_only_the_title_changes(tmp_path: Path, book: Rulebook) -> None:
    renamed = rulebook.load(write(tmp_path, value=VALUE.replace("zh: 期限", "zh: 日數")))
    assert renamed.value("days.limit").on(DAY).hash == book.value("days.limit").on(DAY).hash
    other = rulebook.load(write(tmp_path, value=VALUE.replace("value: 10", "value: 9")))
    assert other.value("days.limit").on(DAY).hash != book.value("days.limit").on(DAY).hash


def test_reads_the_folder_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANWANG_POLICY", str(write(tmp_path)))
    assert set(rulebook.load().contents.handles) == {"days.limit", "first.visit", "track"}


def test_lists_every_rule_of_a_day_for_the_pages(book: Rulebook) -> None:
    entries = {entry.rule_id: entry for entry in book.index(DAY, "99002")}
    assert set(entries) == {"days.limit", "first.visit", "track"}
    assert str(entries["first.visit"].summary) == "10日內"
    assert entries["track"].assumption is not None
    assert {entry.summary for entry in book.index(date(2000, 1, 1))} == {None}


def test_gives_none_instead_of_a_version_where_asked_gently(book: Rulebook) -> None:
    assert book.value("days.limit").get(date(2000, 1, 1)) is None
    found = book.value("days.limit").get(DAY)
    assert found is not None
    assert found.value == 10


def test_says_when_no_resting_step_is_written(book: Rulebook) -> None:
    with pytest.raises(UnknownRule):
        book.resting("case.elder", RECEIVED, DAY)
