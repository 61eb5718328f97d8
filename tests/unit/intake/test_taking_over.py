"""接手: a report of the day is taken over by the desk at night, one of the night by the centre: by rule."""

from datetime import datetime

import pytest

from anwang.foundation import clock
from anwang.foundation.errors import Conflict, Refused
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report
from anwang.matters.models import Duty, Matter
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
AFTERNOON, NIGHT, MORNING = "2026-03-09T15:00+08:00", "2026-03-09T21:00+08:00", "2026-03-10T09:00+08:00"


@pytest.fixture
def world(at) -> World:
    at(AFTERNOON)
    return build_world(night=(taipei("2026-03-09 17:30"), taipei("2026-03-10 08:30")))


def taken_by(world: World, key: str, when: str) -> Report:
    said = told(when, "小孩在哭。", PersonIn(role="child", name="林小安", age_text="5歲"),
                reporter=ReporterIn(name="卓小姐", phone="0900-000-771", may_call_back="yes"))  # fmt: skip
    return actions.receive_report(report=said, by=world.viewer(key))


def take(world: World, report: Report, key: str, since: datetime | None = None) -> Matter:
    matter = Matter.objects.get(id=report.id)
    by = world.viewer(key)
    return actions.take_over(report_id=report.id, by=by, at=clock.now(), expected_since=since or matter.acting_since)


def test_the_desk_takes_a_report_of_the_day_and_may_ring_the_reporter(world: World, at) -> None:
    report = taken_by(world, "screener", "2026-03-09 14:50")
    at(NIGHT)
    with pytest.raises(Refused):
        actions.read_reporter(report_id=report.id, by=world.viewer("night"))
    take(world, report, "night")
    matter = Matter.objects.get(id=report.id)
    assert (matter.acting_desk_id, matter.accountable_id) == (world.desk, world.units["intake"])
    assert Duty.objects.get(open_of=report.id, rule_id="child_protection.grading").desk_id == world.desk
    assert actions.read_reporter(report_id=report.id, by=world.viewer("night")).phone == "0900-000-771"
    with pytest.raises(Refused):
        actions.read_reporter(report_id=report.id, by=world.viewer("screener"))


def test_refuses_while_the_worker_is_at_his_desk(world: World, at) -> None:
    report = taken_by(world, "screener", "2026-03-09 14:50")
    at("2026-03-09T17:29+08:00")
    with pytest.raises(Refused, match="還在班上"):
        take(world, report, "screening_supervisor")


@pytest.mark.parametrize("key", ["worker", "supervisor", "clerk", "chief", "screening_supervisor"])
def test_refuses_whoever_is_not_at_the_desk_at_night(world: World, at, key: str) -> None:
    report = taken_by(world, "screener", "2026-03-09 14:50")
    at(NIGHT)
    if key == "screening_supervisor":  # a supervisor of the centre may: he answers for it
        assert take(world, report, key).acting_worker_id == world.workers[key]
        return
    with pytest.raises(Refused):
        take(world, report, key)


def test_the_centre_takes_a_report_of_the_night_from_a_desk_that_nobody_keeps(world: World, at) -> None:
    at(NIGHT)
    report = taken_by(world, "night", "2026-03-09 20:50")
    at("2026-03-10T08:00+08:00")
    with pytest.raises(Refused, match="還在班上"):
        take(world, report, "screener")
    at(MORNING)
    take(world, report, "screener")
    assert Matter.objects.get(id=report.id).acting_worker_id == world.workers["screener"]
    assert actions.read_reporter(report_id=report.id, by=world.viewer("screener")).phone == "0900-000-771"


def test_the_second_of_two_is_told(world: World, at) -> None:
    report = taken_by(world, "screener", "2026-03-09 14:50")
    at(NIGHT)
    seen = Matter.objects.get(id=report.id).acting_since
    take(world, report, "screening_supervisor", since=seen)
    at("2026-03-09T21:05+08:00")
    with pytest.raises(Conflict):
        take(world, report, "night", since=seen)
