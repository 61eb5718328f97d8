"""The machine's clock jumps: hours back, a month ahead and back. Nothing is lost, no flood, the record keeps order."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from anwang.access.models import Account
from anwang.access.throttle import knock
from anwang.audit import sealing
from anwang.audit.models import Act
from anwang.foundation import clock
from anwang.foundation.errors import AnwangError
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import Report
from anwang.matters import actions, jobs
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Escalation, Matter
from anwang.matters.verify import verify
from anwang.project import clockwatch
from anwang.systems.actions import issue_token, register_system
from anwang.systems.admission import admit
from tests.world import World, build_world, hours

NOW = datetime(2026, 3, 8, 0, 10, tzinfo=clock.TAIPEI)
MONTH = timedelta(days=30)


@pytest.fixture
def hands(committed_db: str, at) -> clock.FrozenClock:
    return at(NOW)


@pytest.fixture
def world(hands: clock.FrozenClock) -> World:
    with transaction.atomic():
        return build_world(night=(NOW - hours(30), NOW + hours(60)))


def receive(world: World, words: str) -> object:
    with transaction.atomic():
        report = ReportIn(
            received_at=clock.now(), channel="phone", narrative=words, reporter=ReporterIn(name="鄰居"),
            persons=(PersonIn(role="child", name="江語彤", age_text="7歲"),),
        )  # fmt: skip
        return receive_report(report=report, by=world.viewer("night")).id


def seal() -> None:
    with transaction.atomic():
        sealing.seal()


@pytest.fixture
def holds(owner_connection: psycopg.Connection[tuple[object, ...]]) -> Callable[[], bool]:
    """Whether every promise and every seal holds, seen with the owner's eyes."""

    def look() -> bool:
        with transaction.atomic():
            return verify(owner_connection) == [] and sealing.check() == []

    return look


def test_goes_on_when_the_clock_falls_back(world: World, hands: clock.FrozenClock, holds: Callable[[], bool]) -> None:
    receive(world, "jump before")
    seal()
    hands.advance(hours(-3))
    receive(world, "jump after")
    seal()
    assert holds()
    # What was received ahead of the clock is shown again when the clock has come there.
    assert clockwatch.ahead() == hours(3)
    hands.advance(hours(3))
    assert clockwatch.ahead() == timedelta(0)
    with transaction.atomic():
        world.viewer("night")
        assert set(Report.objects.values_list("narrative", flat=True)) == {"jump before", "jump after"}
        # Written in the order in which it happened, whatever the clock said.
        with connection.cursor() as cursor:
            cursor.execute("SELECT recorded_at FROM audit_act WHERE verb = 'report.received' ORDER BY xid, id")
            first, second = (moment for (moment,) in cursor.fetchall())
        assert second - first == hours(-3)


def test_an_act_on_what_the_clock_puts_ahead_is_taken_or_refused_with_a_sentence(
    world: World, hands: clock.FrozenClock, holds: Callable[[], bool]
) -> None:
    report = receive(world, "jump")
    hands.advance(hours(-3))
    with transaction.atomic():
        matter = Matter.objects.get(id=report)
    said = "。"
    try:
        with transaction.atomic():
            actions.reassign(
                matter_id=matter.id, to=Holder(world.units["protection"], world.workers["worker"]),
                effective_at=clock.now(), expected_since=matter.acting_since, by=world.viewer("supervisor"),
            )  # fmt: skip
    except AnwangError as error:
        said = str(error)
    assert said.endswith("。")
    assert holds()


def test_raises_no_flood_of_alarms_and_loses_no_duty(
    world: World, hands: clock.FrozenClock, holds: Callable[[], bool]
) -> None:
    for number in range(3):
        receive(world, f"jump {number}")
    before = Duty.objects.filter(open_of__isnull=False).count()
    hands.advance(MONTH)
    jobs.raise_alarms()
    ahead = Escalation.objects.count()
    assert ahead > 0
    for _again in range(3):
        jobs.raise_alarms()
        jobs.carry_out_transitions()
        jobs.return_contracts()
    hands.advance(-MONTH)
    for _again in range(3):
        jobs.raise_alarms()
    assert Escalation.objects.count() == ahead
    assert Duty.objects.filter(open_of__isnull=False).count() == before
    hands.advance(MONTH)
    assert jobs.raise_alarms() == 0
    assert holds()


def test_a_token_lives_by_its_day_and_a_throttle_by_its_window(world: World, hands: clock.FrozenClock) -> None:
    with transaction.atomic():
        by = world.viewer("administrator")
        system = register_system(
            code="load", name="測試系統", agency="望潮醫院", reach="county", channels=("api",), contact_unit="資訊室",
            by=by, at=NOW,
        )  # fmt: skip
        until = date(2026, 3, 20)
        token = issue_token(system_id=system.id, scopes=("reports:write",), expires_on=until, by=by, at=NOW)

    def state() -> str:
        with transaction.atomic():
            found = admit(token.plain)
            return found.ended if found else "unknown"

    assert state() == ""
    hands.advance(MONTH)
    assert state() == "expired"
    hands.advance(-MONTH - hours(3))
    assert state() == ""
    within = timedelta(minutes=10)
    counts = [knock("test", "127.0.0.1", most=2, within=within).count for _ in range(3)]
    hands.advance(hours(-1))
    assert counts == [1, 2, 3]
    assert knock("test", "127.0.0.1", most=2, within=within).count == 1


def test_a_session_ends_when_the_clock_runs_ahead_and_gives_back_what_was_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    client.force_login(Account.objects.get_by_natural_key("night"))
    true = time.time
    assert client.get("/reports/new").status_code == 200
    monkeypatch.setattr("anwang.web.accounts.gate.seconds", lambda: int(true()) - 3 * 3600)
    assert client.get("/reports/new").status_code == 200
    monkeypatch.setattr("anwang.web.accounts.gate.seconds", lambda: int(true()) + 3 * 3600)
    words = "樓上的孩子一直哭，有人在摔東西。"
    answer = client.post("/reports/new", {"narrative": words})
    assert answer.status_code == 401
    assert words in answer.content.decode()
    assert not Act.objects.filter(verb="report.received").exists()
