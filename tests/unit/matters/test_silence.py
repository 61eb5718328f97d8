"""Silence about a dispute rises to somebody who is there: not to a closed desk, and not only when its time is up."""

from datetime import datetime

import pytest

from anwang.foundation import clock
from anwang.matters import actions
from anwang.matters.alarms import raised, standing_alarms
from anwang.matters.jobs import raise_alarms
from anwang.matters.models import Dispute, Escalation
from tests.unit.matters.cases import held_by
from tests.world import World, build_world

pytestmark = pytest.mark.django_db


def taipei(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.TAIPEI)


@pytest.fixture
def world(at) -> World:
    """A Friday: given at 17:05, the first act, disputed at 17:20, ten minutes before the offices close."""
    at("2026-03-13T17:25+08:00")
    world = build_world(night=(taipei("2026-03-13 17:30"), taipei("2026-03-17 08:30")))
    matter = held_by(world, "worker", opened_at=taipei("2026-03-13 17:05"))
    by = world.viewer("worker")
    actions.set_step(matter_id=matter.id, code="phone", due_at=taipei("2026-03-13 19:00"), by=by,
                     at=taipei("2026-03-13 17:10"))  # fmt: skip
    actions.file_dispute(
        matter_id=matter.id, claimed_unit_id=world.units["welfare"], topic="kind", words="脆弱家庭。",
        by=world.viewer("supervisor"), at=taipei("2026-03-13 17:20"),
    )  # fmt: skip
    return world


def told(at: str) -> list[tuple[str, int]]:
    return [(one.told.role, one.step) for one in raised(taipei(at)) if one.about == "dispute"]


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-13 17:29", []),
        ("2026-03-13 17:59", []),
        ("2026-03-13 18:00", [("duty_supervisor", 0)]),
        ("2026-03-14 11:00", [("duty_supervisor", 0)]),
        ("2026-03-15 23:00", [("duty_supervisor", 0)]),
        ("2026-03-16 09:00", []),
        ("2026-03-16 17:20", [("duty_supervisor", 1)]),
        ("2026-03-17 17:20", [("duty_supervisor", 1), ("chief", 2)]),
    ],
)
def test_names_the_duty_supervisor_while_the_offices_are_closed(
    world: World, moment: str, expected: list[tuple[str, int]]
) -> None:
    assert told(moment) == expected


def test_reaches_whoever_keeps_the_desk_over_the_weekend_and_is_written_down_once(world: World, at) -> None:
    at("2026-03-14T11:00+08:00")
    alarm = next(one for one in standing_alarms(world.viewer("night")) if one.about == "dispute")
    assert (alarm.told.desk_id, alarm.since) == (world.desk, taipei("2026-03-13 17:30"))
    raise_alarms(taipei("2026-03-14 11:00"))
    raise_alarms(taipei("2026-03-15 11:00"))
    assert Escalation.objects.filter(about="dispute").count() == 1


def test_is_silent_once_it_is_ruled(world: World, at) -> None:
    at("2026-03-14T10:00+08:00")
    filed = Dispute.objects.get()
    actions.rule(dispute_id=filed.id, unit_id=world.units["protection"], words="急迫，先處理。",
                 principle="嬰兒照顧堪慮者由家防處理。",
                 by=world.viewer("chief"), at=taipei("2026-03-14 09:50"))  # fmt: skip
    assert told("2026-03-14 11:00") == []


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-03-17 08:31", []),
        ("2026-03-17 17:29", []),
        ("2026-03-17 17:30", [("duty_supervisor", 0)]),
        ("2026-03-17 17:45", [("duty_supervisor", 0), ("chief", 1)]),
        ("2026-03-18 07:59", [("duty_supervisor", 0), ("chief", 1)]),
        ("2026-03-18 08:00", []),
        ("2026-03-21 11:00", [("duty_supervisor", 0), ("chief", 1)]),
    ],
)
def test_misses_somebody_at_the_desk_only_while_the_offices_are_closed(
    world: World, moment: str, expected: list[tuple[str, int]]
) -> None:
    assert [(one.told.role, one.step) for one in raised(taipei(moment)) if one.about == "gap"] == expected


def test_counts_a_gap_in_the_roster_from_the_closing_of_the_offices(world: World) -> None:
    (first, *_) = [one for one in raised(taipei("2026-03-17 18:00")) if one.about == "gap"]
    assert first.since == taipei("2026-03-17 17:30")
