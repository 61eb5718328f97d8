"""A report is a matter from the instant it was known: clocks, holders, originals, reporter apart."""

from datetime import datetime, timedelta

import pytest

from anwang.access.queries import zones_of
from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.roc import PartialDate
from anwang.intake import sealed
from anwang.intake.actions import receive_report
from anwang.intake.incoming import OriginalIn, PersonIn, ReporterIn, ReportIn
from anwang.intake.models import OriginalBody, Report, Reporter, ReportOriginal, ReportPerson, ScreeningPair
from anwang.intake.queries.report import page
from anwang.matters.models import Duty, Matter
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)


@pytest.fixture
def world(at) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


def call_of_the_neighbour(**changes: object) -> ReportIn:
    people = (
        PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1), injuries="臉頰瘀青"),
        PersonIn(role="victim", name="林佳安", sex="female", age_text="31歲"),
        PersonIn(role="other_party", name="陳志豪", age_text="35"),
    )
    told = {
        "received_at": NIGHT, "channel": "line_113", "narrative": "鄰居說先生打太太，小孩臉上有瘀青。",
        "kinds": ("child_protection", "intimate_violence"), "persons": people,
        "reporter": ReporterIn(name="鄰居", phone="0912-000-777", category="citizen", may_call_back="yes"),
    }  # fmt: skip
    return ReportIn(**(told | changes))


def duties(report: Report) -> dict[str, datetime]:
    return dict(Duty.objects.filter(matter_id=report.id, state="open").values_list("rule_id", "due_at"))


def test_starts_the_clock_when_it_came_not_when_it_was_keyed(world: World) -> None:
    report = receive_report(report=call_of_the_neighbour(), by=world.viewer("night"))
    assert duties(report)["child_protection.grading"] == NIGHT + timedelta(hours=24)


def test_is_answered_by_the_centre_and_acted_on_by_the_night_desk(world: World) -> None:
    report = receive_report(report=call_of_the_neighbour(), by=world.viewer("night"))
    matter = Matter.objects.get(id=report.id)
    assert (matter.accountable_id, matter.acting_desk_id) == (world.units["intake"], world.desk)
    assert matter.opened_at == NIGHT


def test_is_acted_on_by_the_centre_by_day(at, world: World) -> None:
    morning = datetime(2026, 3, 9, 10, 0, tzinfo=clock.TAIPEI)
    at(morning)
    report = receive_report(report=call_of_the_neighbour(received_at=morning), by=world.viewer("screener"))
    matter = Matter.objects.get(id=report.id)
    assert (matter.acting_unit_id, matter.acting_worker_id) == (world.units["intake"], world.workers["screener"])


def test_looks_at_each_child_and_each_victim_as_a_pair(world: World) -> None:
    report = receive_report(report=call_of_the_neighbour(), by=world.viewer("night"))
    names = {row.person_id: row.person.name for row in ReportPerson.objects.filter(report=report)}
    pairs = {(names[pair.person_id], pair.kind) for pair in ScreeningPair.objects.filter(report=report)}
    assert pairs == {("陳小宇", "child_protection"), ("林佳安", "intimate_violence")}


def test_takes_unborn_and_unnamed_people(world: World) -> None:
    people = (PersonIn(role="child", is_unborn=True), PersonIn(role="child"), PersonIn(role="unknown"))
    report = receive_report(report=call_of_the_neighbour(persons=people), by=world.viewer("night"))
    assert ReportPerson.objects.filter(report=report).count() == 3
    matter = Matter.objects.get(id=report.id)
    shown = [one.name for one in page(world.viewer("night"), matter.number).people]
    assert sorted(shown) == ["姓名不詳", "姓名不詳", "未出生的孩子"]


def test_keeps_the_original_byte_for_byte(world: World) -> None:
    odd = bytes(range(256)) + "鄉公所".encode("big5")
    told = call_of_the_neighbour(originals=(OriginalIn(odd, "application/pdf", "傳真.pdf"),), narrative="")
    report = receive_report(report=told, by=world.viewer("night"))
    kept = OriginalBody.objects.get(report=report)
    assert odd not in bytes(kept.body)
    assert sealed.open_original(bytes(kept.body), kept.original_id) == odd
    assert ReportOriginal.objects.get(report=report).size == len(odd)


def test_shows_the_original_and_the_reporter_only_to_who_holds_the_report(world: World) -> None:
    told = call_of_the_neighbour(originals=(OriginalIn(b"form"),))
    report = receive_report(report=told, by=world.viewer("night"))
    world.viewer("screening_supervisor")
    assert Report.objects.filter(id=report.id).exists()
    assert not Reporter.objects.exists()
    assert not OriginalBody.objects.exists()
    world.viewer("worker")
    assert not Report.objects.exists()


def test_seals_the_reporter(world: World) -> None:
    receive_report(report=call_of_the_neighbour(), by=world.viewer("night"))
    assert "0912" not in bytes(Reporter.objects.get().sealed).decode("latin-1")


def test_receives_the_same_record_once(world: World) -> None:
    told = call_of_the_neighbour(originals=(OriginalIn(b"{}"),))
    by = service_viewer("import")
    one = receive_report(report=told, by=by, county="99001", sender="twss", key="A-1")
    two = receive_report(report=told, by=by, county="99001", sender="twss", key="A-1")
    assert one.id == two.id
    assert Matter.objects.count() == 1


def test_refuses_the_same_number_with_other_content(world: World) -> None:
    by = service_viewer("import")
    told = {"by": by, "county": "99001", "sender": "twss", "key": "A-1"}
    receive_report(report=call_of_the_neighbour(originals=(OriginalIn(b"one"),)), **told)
    with pytest.raises(Conflict):
        receive_report(report=call_of_the_neighbour(originals=(OriginalIn(b"two"),)), **told)


def test_marks_what_is_entered_late(world: World) -> None:
    by = world.viewer("night")
    report = receive_report(report=call_of_the_neighbour(received_at=NIGHT - timedelta(days=3), channel="fax"), by=by)
    assert report.is_late_entry
    assert duties(report)["child_protection.grading"] < clock.now()


@pytest.mark.parametrize(("hours", "late"), [(10, False), (24, False), (33, True)])
def test_marks_a_fax_that_was_typed_when_its_time_for_grading_was_over(
    at, world: World, hours: int, late: bool
) -> None:  # fmt: skip
    at(NIGHT + timedelta(hours=hours))
    report = receive_report(report=call_of_the_neighbour(channel="fax"), by=world.viewer("screener"))
    assert report.is_late_entry is late


def test_takes_the_most_protective_kind_when_nobody_said_one(world: World) -> None:
    report = receive_report(report=call_of_the_neighbour(kinds=()), by=world.viewer("night"))
    assert report.kinds_assumed
    assert "child_protection.grading" in duties(report)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"received_at": NIGHT + timedelta(days=1)}, "received_at"),
        ({"known_at": NIGHT + timedelta(days=1)}, "known_at"),
        ({"narrative": "  "}, "narrative"),
        ({"channel": "pigeon"}, "channel"),
        ({"kinds": ("weather",)}, "kinds"),
    ],
)
def test_refuses_what_cannot_be_taken(world: World, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        receive_report(report=call_of_the_neighbour(**wrong), by=world.viewer("night"))
    assert refused.value.field == field
    assert not Matter.objects.exists()


def test_refuses_a_clerk(world: World) -> None:
    with pytest.raises(Refused):
        receive_report(report=call_of_the_neighbour(), by=world.viewer("clerk"))


def test_lets_the_centre_queue_it(world: World) -> None:
    report = receive_report(report=call_of_the_neighbour(), by=world.viewer("night"))
    assert "case" in zones_of(world.viewer("screener"), report.id)
    assert "reporter" not in zones_of(world.viewer("screener"), report.id)
