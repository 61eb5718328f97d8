"""A decided report ends when its last step is done with anywhere, not only on its own page."""

from __future__ import annotations

import pytest

from anwang.foundation.errors import BadInput
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Report, ReportPerson
from anwang.matters import actions as kernel
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-06 10:00")


@pytest.fixture
def world(at) -> World:
    at(NOW)
    return build_world()


def decided(world: World) -> Report:
    """Dispatched, while the teacher who reported is still owed an answer."""
    by = world.viewer("screener")
    child = PersonIn(role="child", name="王小恩", age_text="9歲")
    teacher = ReporterIn(name="陳老師", category="education")
    report = actions.receive_report(report=told("2026-03-06 10:00", "手上有傷", child, reporter=teacher), by=by)
    actions.dispatch(
        report_id=report.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=[ReportPerson.objects.get(report=report).person_id], by=by, at=NOW,
    )  # fmt: skip
    return report


def owed(report: Report) -> list[Duty]:
    return list(Duty.objects.filter(matter_id=report.id, state="open", is_auto=False))


def test_ends_when_its_last_step_is_excused(world: World) -> None:
    report = decided(world)
    steps = owed(report)
    assert steps, "something is still owed, or this test says nothing"
    for step in steps:
        by = world.viewer("screening_supervisor")
        assert Matter.objects.get(id=report.id).ended_at is None
        kernel.excuse(duty_id=step.id, reason="not_needed", by=by, at=NOW)
        actions.end_when_nothing_is_owed(duty_id=step.id, by=by, at=NOW)
    matter = Matter.objects.get(id=report.id)
    assert (matter.ended_at, matter.ended_how) == (NOW, "dispatched")


def test_stays_open_while_pairs_are_undecided(world: World) -> None:
    by = world.viewer("screener")
    child = PersonIn(role="child", name="王小恩", age_text="9歲")
    report = actions.receive_report(report=told("2026-03-06 10:00", "手上有傷", child), by=by)
    by = world.viewer("screening_supervisor")
    step = owed(report)[0]
    kernel.excuse(duty_id=step.id, reason="not_needed", by=by, at=NOW)
    assert not actions.end_when_nothing_is_owed(duty_id=step.id, by=by, at=NOW)
    assert Matter.objects.get(id=report.id).ended_at is None


@pytest.mark.parametrize("category", ["family", "self"])
def test_tells_a_party_of_receipt_only(world: World, category: str) -> None:
    child = PersonIn(role="child", name="馮立凱", age_text="8歲")
    father = ReporterIn(name="馮國華", category=category)
    by = world.viewer("screener")
    report = actions.receive_report(report=told("2026-03-06 10:00", "我打了兒子", child, reporter=father), by=by)
    for said in ("in_hand", "passed_on", "finished"):
        with pytest.raises(BadInput, match="已受理"):
            actions.answer_reporter(
                report_id=report.id, reply_class=said, confirmed="unit_line", by=world.viewer("screener"), at=NOW
            )
    with pytest.raises(BadInput, match="已受理"):  # also by somebody who may not see the reporter
        actions.answer_reporter(
            report_id=report.id, reply_class="finished", confirmed="unit_line", by=world.viewer("screening_supervisor"),
            at=NOW,
        )  # fmt: skip
    actions.answer_reporter(report_id=report.id, reply_class="received", by=world.viewer("screener"), at=NOW)


def test_tells_a_teacher_more_also_by_somebody_who_may_not_see_her(world: World) -> None:
    report = decided(world)
    by = world.viewer("screening_supervisor")
    actions.answer_reporter(report_id=report.id, reply_class="passed_on", confirmed="unit_line", by=by, at=NOW)
    assert Report.objects.get(id=report.id).reply_class == "passed_on"
