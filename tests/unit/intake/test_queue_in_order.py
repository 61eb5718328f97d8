"""The queue in the order in which reports press: kept by the database, read page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from anwang.intake import actions
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report
from anwang.intake.queries import queue as queues
from anwang.matters.models import Duty, Matter
from tests.unit.intake.stories import taipei, told, viewer
from tests.world import World, build_world

NOW = "2026-03-06 10:00"
KEPT = "SELECT pressing_at FROM matters_matter WHERE id = %s"


@pytest.fixture
def world(db: None, at: Callable[[str], None]) -> World:
    at((taipei(NOW) + timedelta(minutes=5)).isoformat())
    return build_world()


def received(world: World, name: str = "王小恩", when: str = NOW) -> Report:
    child = PersonIn(role="child", name=name, age_text="4歲")
    return actions.receive_report(report=told(when, "鄰居說有哭聲。", child), by=viewer(world, "screener"))


def kept(report: Report) -> object:
    with connection.cursor() as cursor:
        cursor.execute(KEPT, [report.id])
        return cursor.fetchone()[0]


def test_presses_by_the_earliest_step_a_person_owes(world: World) -> None:
    report = received(world)
    owed = Duty.objects.filter(matter_id=report.id, state="open", is_auto=False).order_by("due_at").first()
    assert owed is not None
    assert kept(report) == owed.due_at


def test_is_written_with_its_row(world: World) -> None:
    before = written_again()
    report = received(world)
    assert Matter.objects.get(id=report.id).pressing_at is not None
    assert written_again() == before


def written_again() -> object:
    """How often this transaction has changed rows of matters."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'matters_matter'")
        return cursor.fetchone()[0]


def test_follows_a_step_that_is_due_at_another_hour(world: World) -> None:
    report, later = received(world), taipei("2026-03-09 08:00")
    Duty.objects.filter(matter_id=report.id, state="open").update(due_at=later)
    assert kept(report) == later


def test_presses_from_its_opening_once_nobody_owes_a_step(world: World) -> None:
    report = received(world)
    before = transaction.savepoint()  # the report would need a next step by the end
    settled = {"state": "done", "settled_at": taipei(NOW), "settled_because": "fact"}
    Duty.objects.filter(matter_id=report.id, state="open", is_auto=False).update(**settled)
    assert kept(report) == Matter.objects.get(id=report.id).opened_at
    transaction.savepoint_rollback(before)


def test_reads_on_where_the_first_so_many_are_not_enough(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    minutes = ("09:00", "09:20", "09:40", "09:50")
    numbers = [Matter.objects.get(id=received(world, f"林小{at}", f"2026-03-06 {at}").id).number for at in minutes]
    who = viewer(world, "screener")
    whole = [row.number for row in queues.queue(who).rows]
    assert sorted(whole) == sorted(numbers)
    monkeypatch.setattr(queues, "NEAR", 3)
    monkeypatch.setattr(queues, "MOST", 2)
    queues._rows_sql.cache_clear()
    try:
        assert [row.number for row in queues.queue(who).rows] == whole[:2]
        assert [row.number for row in queues.queue(who, start=2).rows] == whole[2:]
    finally:
        queues._rows_sql.cache_clear()
