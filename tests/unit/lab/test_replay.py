"""A year counted again equals every decision asked again, one by one."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import given as drawn
from hypothesis import strategies as st

from anwang import rulebook
from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, Refused
from anwang.lab import actions, counting, jobs, queries
from anwang.lab.counting import Pair, Row
from anwang.lab.models import Replay
from anwang.rulebook.handles import judge
from tests.unit.lab.drafting import ALL_ONE, FIRST_VISIT, GRADE, Lab, drafted, graded_children, open_lab

DAY = date(2027, 1, 1)
ONE_MORE = [
    {"row": "now", "if": {"needs_protection_now": "yes"}, "then": "one"},
    {"row": "rest", "else": "two"},
]
BASE = rulebook.book()


def changed(rule_id: str, county: str = "", **values: Any) -> rulebook.Rulebook:
    return BASE.overlay(
        [{"enacts": rule_id, "county": county, "versions": [{"from": DAY.isoformat(), "assumption": "x", **values}]}]
    )


def nothing(_done: int, _total: int) -> None:
    """Nobody looks."""


WORDS = st.sampled_from(["yes", "no", None])
ANSWERS = st.fixed_dictionaries({"needs_protection_now": WORDS, "needs_emergency_placement": WORDS})
REPORTS = st.lists(st.tuples(st.sampled_from(["99001", "99002"]), ANSWERS, st.integers(1, 5)), max_size=12)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@drawn(REPORTS)
def test_equals_advice_asked_one_by_one(reports: list[tuple[str, dict[str, str | None], int]]) -> None:
    tried = changed(GRADE, rows=ONE_MORE)
    rows = [Row(county, "child_protection", json.dumps(given), "two", n) for county, given, n in reports]
    found = counting.advice(rows, Pair(BASE, tried, GRADE, DAY), nothing)
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for county, given, n in reports:
        sides = []
        for book in (BASE, tried):
            advice = judge(book.handle(GRADE).on(DAY, county), given)
            sides.append(advice.outcome or f"?{advice.ceiling or ''}")
        wanted[county, "child_protection", sides[0], sides[1]] += n
    assert found.moves == wanted
    assert found.rows == sum(n for _county, _given, n in reports)


BEGUN = st.datetimes(datetime(2025, 1, 1), datetime(2026, 3, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001
DUTIES = st.lists(st.tuples(BEGUN, st.one_of(st.none(), st.integers(0, 30))), max_size=10)
NOW = datetime(2026, 3, 7, tzinfo=UTC)


@FEW
@drawn(DUTIES)
def test_equals_every_clock_run_again(duties: list[tuple[datetime, int | None]]) -> None:
    tried = changed(FIRST_VISIT, within="7 days")
    version = BASE.handle(FIRST_VISIT).on(DAY)
    facts = [{**_facts(version), version.content.counted_from: at.isoformat()} for at, _days in duties]
    rows = [
        Row("99001", "vulnerable_family", json.dumps(one), "done", 1, None if days is None else at + timedelta(days))
        for one, (at, days) in zip(facts, duties, strict=True)
    ]  # fmt: skip
    found = counting.duties(rows, Pair(BASE, tried, FIRST_VISIT, DAY), BASE, NOW, nothing)
    wanted: Counter[tuple[str, str, str, str]] = Counter()
    for row, one in zip(rows, facts, strict=True):
        sides = []
        for book in (BASE, tried):
            due = book.clock_of(FIRST_VISIT, _read(one), DAY, "99001").due_at
            done = row.at or NOW
            late = done > due
            sides.append("late" if late else "in_time" if row.at else "open")
        wanted["99001", "vulnerable_family", sides[0], sides[1]] += 1
    assert found.moves == wanted


def _facts(version: Any) -> dict[str, Any]:
    """Facts under which the duty would start."""
    found: dict[str, Any] = {}
    for name, test in {**version.content.only_if, **version.content.only_known}.items():
        found[name] = sorted(test.words)[0] if test.words else test.span.least
    return found


def _read(one: dict[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(v) if name.endswith("_at") else v for name, v in one.items()}


def test_counts_the_contacts_a_course_owes_under_both() -> None:
    rule = "care.level_2"
    tried = changed(rule, "99001", steps=[{"every": "1 month", "contacts": 1, "in_person": 1}])
    span = json.dumps(["2025-12-31", "2026-01-01", "2026-07-01"])
    rows = [Row("99001", "mental_health", span, "", 3), Row("99002", "mental_health", span, "", 1)]
    found = counting.courses(rows, Pair(BASE, tried, rule, DAY), date(2026, 1, 1), date(2026, 7, 1), nothing)
    assert found.hours["99001"] == [9.0, 18.0]
    assert found.moves["99001", "mental_health", "same", "more"] == 3
    assert found.moves["99002", "mental_health", "same", "same"] == 1


def test_says_what_it_cannot_count() -> None:
    tried = changed(GRADE, rows=ONE_MORE)
    rows = [Row("99001", "x", json.dumps({"needs_protection_now": "perhaps"}), "two", 1)]
    found = counting.advice(rows, Pair(BASE, tried, GRADE, DAY), nothing)
    assert found.moves == {("99001", "x", "unknown", "unknown"): 1}
    facts = json.dumps(_facts(BASE.handle(FIRST_VISIT).on(DAY)))
    due = counting.duties([Row("99001", "x", facts, "done", 1, NOW)], Pair(BASE, BASE, FIRST_VISIT, DAY), BASE, NOW,
                          nothing)  # fmt: skip
    assert due.moves == {("99001", "x", "unknown", "unknown"): 1}


@pytest.fixture
def lab(db: None, at: Callable[..., Any]) -> Lab:
    at("2026-03-07T10:00+08:00")
    return open_lab()


def test_counts_what_the_county_decided_past_the_grants_and_shows_files_only_to_their_readers(lab: Lab) -> None:
    graded_children(lab.world, 2)
    draft = drafted(lab, rule_id=GRADE, rows=ALL_ONE)
    asked = actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    with pytest.raises(Conflict):
        actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    assert jobs.replay() == 1
    asked.refresh_from_db()
    assert asked.state == "done"
    assert asked.result["moves"] == [["99001", "child_protection", "two", "one", 2, 0]]
    assert asked.done == asked.total == 1
    shown = {}
    for key in ("official", "chief", "screener", "screening_supervisor", "adult_worker"):
        viewer = lab.be(key)
        shown[key] = len(queries.examples(viewer, queries.replay(viewer, asked.id)))
    assert shown == {"official": 0, "chief": 0, "screener": 2, "screening_supervisor": 2, "adult_worker": 0}


READ = [GRADE, "2020-01-01", "2030-01-01", ""]


AT_THE_REPORT = {"starts_when": "report.received", "only_known": {}, "unless": {}, "within": "2 days"}


def test_counts_what_only_the_draft_would_start_from_what_others_kept(lab: Lab) -> None:
    graded_children(lab.world, 2)
    draft = drafted(lab, **AT_THE_REPORT)
    asked = actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    assert jobs.replay() == 1
    asked.refresh_from_db()
    assert asked.result["moves"] == [["99001", "report", "not_owed", "starts", 2, 0]]
    barred = drafted(lab, **AT_THE_REPORT | {"only_known": {"oral": "yes"}})
    asked = actions.ask_replay(draft_id=barred.id, by=lab.be("official"), at=clock.now())
    assert jobs.replay() == 1
    asked.refresh_from_db()
    assert asked.result["moves"] == [["99001", "report", "not_owed", "unknown", 2, 0]]


def test_answers_nobody_but_the_job(lab: Lab) -> None:
    graded_children(lab.world, 1)
    draft = drafted(lab, rule_id=GRADE, rows=ALL_ONE)
    asked = actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())

    def rows() -> int:
        with connection.cursor() as cursor, cursor.copy(jobs.READS[asked.what], READ) as copied:
            return len(list(copied.rows()))

    lab.be("official")
    assert rows() == 0
    service_viewer("retention")
    assert rows() == 0
    service_viewer("lab")
    assert rows() == 1


def test_replays_nothing_that_left_no_records(lab: Lab) -> None:
    draft = drafted(lab, rule_id="meeting.read_after", value="10 days")
    with pytest.raises(Refused, match="沒有可以重算的紀錄"):
        actions.ask_replay(draft_id=draft.id, by=lab.be("official"), at=clock.now())
    assert not Replay.objects.exists()
