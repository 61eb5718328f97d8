"""How often a program may knock: a token is counted in all processes together, and a stranger spends nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from anwang.access.throttle import knock
from tests.unit.exchange.callers import Caller, caller
from tests.world import World, build_world

NOW = "2026-05-20T09:00+08:00"
PATH = "/api/v1/reports"


@pytest.fixture
def world(db: None, at: Callable[..., object]) -> World:
    at(NOW)
    return build_world()


@pytest.fixture
def hospital(world: World) -> Caller:
    return caller(world.viewer("administrator"))


def kind_of(answer: Any) -> str:
    """The kind of problem an answer tells, after the form every problem has."""
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert set(told) <= {"type", "title", "status", "detail", "advice", "errors"}
    assert told["status"] == answer.status_code
    assert told["detail"].endswith(("。", "."))
    return told["type"].removeprefix("/api/#problem-")


def test_stops_a_program_that_runs_away(hospital: Caller, monkeypatch: pytest.MonkeyPatch, at: Any) -> None:
    monkeypatch.setattr("anwang.exchange.api.pace.requests_a_minute", lambda at, county: 2)
    hands = at("2026-05-20T09:30:10+08:00")
    path = f"{PATH}/T115-1234-5678"
    assert [hospital.ask("GET", path).status_code for _n in range(3)] == [404, 404, 429]
    answer = hospital.ask("GET", path)
    assert (kind_of(answer), answer["Retry-After"]) == ("too-many", "50")
    hands.advance(timedelta(minutes=1))
    assert hospital.ask("GET", path).status_code == 404


def test_counts_a_token_in_all_processes_together(hospital: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anwang.exchange.api.pace.requests_a_minute", lambda at, county: 4)
    told = []
    for process in ({}, {}, {}):
        monkeypatch.setattr("anwang.exchange.api.pace._holders", process)
        told += [hospital.ask("GET", f"{PATH}/T115-1234-5678").status_code for _n in range(3)]
    assert told == [404, 404, 404, 404, 429, 429, 404, 429, 429], "the first in a process is counted with its second"


def test_takes_many_knocks_at_a_time_and_never_lets_in_more(hospital: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anwang.exchange.api.pace.requests_a_minute", lambda at, county: 130)
    asked: list[int] = []
    monkeypatch.setattr(
        "anwang.exchange.api.pace.knock", lambda *a, times, **k: asked.append(times) or knock(*a, times=times, **k)
    )
    told = [hospital.ask("GET", f"{PATH}/T115-1234-5678").status_code for _n in range(132)]
    assert (told.count(404), told[-2:]) == (130, [429, 429])
    assert len(asked) <= 66


def test_spends_nothing_of_a_token_for_who_knows_its_prefix_only(
    hospital: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("anwang.exchange.api.pace.requests_a_minute", lambda at, county: 2)
    assert hospital.ask("GET", f"{PATH}/T115-1234-5678").status_code == 404
    stranger = f"Bearer {hospital.plain[:12]}{'x' * 43}"
    assert [hospital.ask("GET", PATH + "/x", Authorization=stranger).status_code for _n in range(5)] == [401] * 5
    assert hospital.ask("GET", f"{PATH}/T115-1234-5678").status_code == 404
