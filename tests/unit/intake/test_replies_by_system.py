"""Replies that a system fetches: by the one that sent the report, no more than its reporter may know, and what ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from anwang.access.viewer import service_viewer
from anwang.audit.models import Act
from anwang.foundation.errors import Conflict
from anwang.intake import actions
from anwang.intake.incoming import PersonIn, ReporterIn
from anwang.intake.models import Reply, Report, Reporter, ReportPerson, ScreeningPair
from anwang.intake.queries.replies import reply_sheet
from anwang.matters.actions import end_matter, excuse
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from tests.unit.intake.stories import taipei, told
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NOW = taipei("2026-03-06 10:00")
TEACHER = ReporterIn(name="陳美惠", phone="(08)000-2113", organisation="河岬國小", category="education")
PEOPLE = (
    PersonIn(role="child", name="王小恩", age_text="9歲"),
    PersonIn(role="carer", name="林淑芬", age_text="35歲", phones=("0912-000-345",)),
)


@pytest.fixture
def world(at: Callable[[object], object]) -> World:
    at(NOW)
    return build_world()


def decided(world: World, reporter: ReporterIn = TEACHER, people: tuple[PersonIn, ...] = PEOPLE, **how: str) -> Report:
    """Dispatched to the investigator; from another system where `how` names a sender and a key."""
    by = world.viewer("screener")
    report = told("2026-03-06 10:00", "手上有傷", *people, reporter=reporter)
    row = actions.receive_report(report=report, by=by, **how)
    actions.dispatch(
        report_id=row.id, kind="child_protection", to=Holder(world.units["intake"], world.workers["investigator"]),
        person_ids=[ReportPerson.objects.get(report=row, role="child").person_id], by=by, at=NOW,
    )  # fmt: skip
    return row


def reply(world: World, report: Report, who: str = "screener", **given: object) -> Reply:
    said = {"reply_class": "in_hand", "confirmed": "unit_line", "at": NOW} | given
    return actions.answer_reporter(report_id=report.id, by=world.viewer(who), **said)


def owes(report: Report) -> bool:
    return Duty.objects.filter(matter_id=report.id, rule_id="report.reply", state="open").exists()


def test_is_answered_by_system_when_that_fetches_it(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    assert reply(world, report, way="system", confirmed="system").sent_at is None
    assert owes(report)
    with pytest.raises(Conflict):
        reply(world, report, way="system", confirmed="system")
    assert [fetched(report) for _again in range(2)] == ["in_hand"] * 2
    assert not owes(report)
    world.viewer("screener")
    assert [one.is_fetched for one in reply_sheet(world.viewer("screener"), number(report)).said] == [True]
    assert Report.objects.get(id=report.id).reply_class == "in_hand"


def owes_only_the_reply(world: World, report: Report) -> bool:
    """Excuse whatever else the report owes, so that its reply is the last of it."""
    by = world.viewer("screening_supervisor")
    others = Duty.objects.filter(matter_id=report.id, state="open", is_auto=False).exclude(rule_id="report.reply")
    for duty_id in list(others.values_list("id", flat=True)):
        excuse(duty_id=duty_id, reason="not_needed", by=by, at=NOW)
    return owes(report)


def test_ends_a_report_that_owed_its_reply_alone_when_that_is_fetched(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    assert owes_only_the_reply(world, report)
    reply(world, report, way="system", confirmed="system")
    assert Matter.objects.get(id=report.id).ended_at is None
    assert fetched(report) == "in_hand"
    ended = Matter.objects.get(id=report.id)
    assert (ended.ended_at, ended.ended_how) == (NOW, "dispatched")
    told = Act.objects.get(verb="report.answered")
    assert (told.by_service, told.by_worker_id, told.details["token"]) == ("api:school-system", None, "ab12cd34")
    assert Act.objects.get(verb="matter.ended").by_service == "api:school-system"
    assert fetched(report) == "in_hand"


def test_leaves_a_report_open_that_owes_more_than_the_fetched_reply(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    assert Duty.objects.filter(matter_id=report.id, state="open", is_auto=False).count() > 1
    reply(world, report, way="system", confirmed="system")
    assert fetched(report) == "in_hand"
    assert Matter.objects.get(id=report.id).ended_at is None


def test_leaves_a_report_open_whose_further_pair_nobody_decided(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    assert owes_only_the_reply(world, report)
    by = world.viewer("screener")
    carer = ReportPerson.objects.get(report=report, role="carer").person_id
    ScreeningPair(report=report, person_id=carer, kind="intimate_violence", recorded_at=NOW,
                  by=by.worker_id).save(force_insert=True)  # fmt: skip
    reply(world, report, way="system", confirmed="system")
    assert fetched(report) == "in_hand"
    assert Matter.objects.get(id=report.id).ended_at is None


def test_tells_no_stranger_how_a_report_stands(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    for service in ("api:hospital", "import", "api:school-system"):
        service_viewer(service)
        with connection.cursor() as cursor:
            cursor.execute("SELECT intake_settled(%s)", [report.id])
            assert cursor.fetchone() == ("dispatched" if service == "api:school-system" else None,)


def test_gives_a_system_nothing_before_somebody_looked(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    assert fetched(report) == ""
    reply(world, report, way="system", confirmed="system")
    assert actions.fetch_reply(report_id=report.id, token="", by=world.viewer("worker2"), at=NOW) == ""
    assert owes(report)


def fetched(report: Report, system: str = "school-system") -> str:
    return actions.fetch_reply(report_id=report.id, token="ab12cd34", by=service_viewer(f"api:{system}"), at=NOW)


def test_gives_a_reply_to_no_system_but_the_one_that_sent_it(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    reply(world, report, way="system", confirmed="system")
    assert [fetched(report, other) for other in ("hospital", "")] == ["", ""]
    assert owes(report)
    assert fetched(report) == "in_hand"


def test_gives_a_system_no_more_than_receipt_once_he_turned_out_to_be_a_party(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    reply(world, report, way="system", confirmed="system")
    by = world.viewer("screener")
    Reporter(report=report, sealed=b"", category="family", is_party=True, recorded_at=NOW,
             recorded_by=by.worker_id).save(force_insert=True)  # fmt: skip
    assert fetched(report) == ""
    world.viewer("screener")
    assert Reply.objects.get().sent_at is None


def test_gives_a_system_receipt_for_whoever_reported(world: World) -> None:
    report = decided(world, ReporterIn(name="陳美惠", category="citizen"), sender="school-system", key="1")
    reply(world, report, way="system", reply_class="received", confirmed="system")
    assert fetched(report) == "received"


def test_records_the_fetching_also_where_the_matter_had_ended(world: World) -> None:
    report = decided(world, sender="school-system", key="1")
    reply(world, report, way="system", confirmed="system")
    end_matter(matter_id=report.id, how="decided", at=NOW, by=world.viewer("screener"))
    assert fetched(report) == "in_hand"
    assert Act.objects.get(verb="report.answered").details == {"reply": "in_hand", "way": "system", "token": "ab12cd34"}


def number(report: Report) -> str:
    return Matter.objects.get(id=report.id).number
