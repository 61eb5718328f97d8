"""A reading is written with the purpose of the relation that opened it, whatever the session says of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from anwang.access.actions import grant, unit_key
from anwang.access.models import Involvement
from anwang.access.viewer import Viewer, seen
from anwang.audit.actions import reading
from anwang.audit.models import Reading
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake import actions as intake
from anwang.intake.incoming import PersonIn
from tests.unit.intake.stories import told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = "2026-03-10T22:00+08:00"


@pytest.fixture
def world(at: Callable[..., clock.FrozenClock]) -> World:
    at(NOW)
    now = clock.now()
    return build_world(night=(now - timedelta(hours=1), now + timedelta(hours=9)))


def written(by: Viewer, file_id: object, **given: str) -> tuple[str, str]:
    reading("report", by=by, file_id=file_id, zone="case", **given)  # type: ignore[arg-type]
    row = Reading.objects.filter(by_worker_id=by.worker_id).latest("id")
    return row.purpose, row.because


def a_report(world: World) -> object:
    by = world.viewer("screening_supervisor")
    child = PersonIn(role="child", name="吳小安", sex="male")
    return intake.receive_report(report=told("2026-03-10 21:00", "哭聲", child), by=by).id


def test_writes_the_purpose_of_the_relation(world: World) -> None:
    report = a_report(world)
    assert written(world.viewer("screener"), report) == ("intake", "intake")
    assert written(world.viewer("night"), report)[0] == "duty"


def test_believes_no_purpose_that_the_session_claims(world: World) -> None:
    report = a_report(world)
    claims = replace(world.viewer("screener"), purpose="statistics")
    assert written(claims, report)[0] == "intake"


def test_puts_his_own_relation_before_his_units(world: World) -> None:
    by, file_id = world.viewer("supervisor"), uuid7()
    grant(file_id=file_id, holder=unit_key(world.units["protection"], "supervising"), zones=("work", "case"),
          purpose="supervision", because="acting_unit", by=by, at=clock.now() - timedelta(hours=2))  # fmt: skip
    assert written(by, file_id) == ("supervision", "acting_unit")
    grant(file_id=file_id, holder=f"w:{by.worker_id}", zones=("work", "case"), purpose="casework", because="joining",
          by=by, at=clock.now() - timedelta(hours=1))  # fmt: skip
    assert written(by, file_id) == ("casework", "joining")


def test_reads_a_person_through_the_files_he_stands_in(world: World) -> None:
    report = a_report(world)
    by = world.viewer("screener")
    person = Involvement.objects.filter(file_id=report).values_list("person_id", flat=True)[0]
    assert written(by, person) == ("intake", "intake")


def test_keeps_what_was_asked_for_past_the_grants_and_the_ground_that_was_said(world: World) -> None:
    report = a_report(world)
    assert written(replace(world.viewer("worker2"), purpose="statistics"), uuid7()) == ("statistics", "")
    assert written(world.viewer("screener"), report, because="K115-0000-0000") == ("intake", "K115-0000-0000")


@pytest.mark.parametrize(("key", "purpose"), [
    ("screener", "intake"), ("supervisor", "supervision"), ("clerk", "paperwork"), ("worker", "casework"),
    ("administrator", "administration"), ("chief", "supervision"),
])  # fmt: skip
def test_knows_what_a_post_is_for(world: World, key: str, purpose: str) -> None:
    row = ("", world.units["intake"], "", "", [world.units["intake"]], [world.viewer(key).role], [], [])
    assert seen(row, world.workers[key]).purpose == purpose
