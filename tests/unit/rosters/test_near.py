"""Whoever is near to somebody shielded is kept, and a child listed again is looked at anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from anwang.access.viewer import service_viewer
from anwang.cases.actions import NewSubject, Sight, Told, open_case, record_contact
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReportIn
from anwang.intake.models import ReportPerson
from anwang.matters.holder import Holder
from anwang.people.actions import add_safety_address
from anwang.people.models import Address, Person
from anwang.rosters import rules
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterCells, RosterRow
from anwang.rosters.queries import file_page, overview
from anwang.rosters.queries.shields import kept_for
from anwang.rosters.rules import Child
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
HIDDEN = "望潮縣隱浪路9555號"
NUMBER = make_test_id("W", 2, 81)


@pytest.fixture
def hiding(world) -> None:
    """A mother in hiding; her girl stands in the same report, and nobody wrote that they are kin."""
    by = world.viewer("screener")
    persons = (
        PersonIn(role="victim", name="范雨桐", sex="female"),
        PersonIn(role="child", name="范小禾", sex="female", identifiers=(("national_id", NUMBER),)),
    )
    report = receive_report(
        report=ReportIn(received_at=clock.now(), channel="phone", narrative="求助", persons=persons,
                        kinds=("intimate_violence",)),
        by=by,
    )  # fmt: skip
    person_id = ReportPerson.objects.get(report_id=report.id, role="victim").person_id
    add_safety_address(person_id=person_id, text=HIDDEN, ask_whom="家防中心 (08)000-2006", by=by, at=clock.now())


def is_kept(number: str = "", **cells: str) -> bool:
    return bool(kept_for([(Child(number=number), cells)]))


def test_a_child_in_the_same_report_is_near(world, hiding) -> None:
    file = bring(
        service_viewer("rosters"), [child(1, 姓名="別名", 身分證號=NUMBER, 居住地址="望潮縣新浪路9001號")]
    ).file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screening_supervisor")
    assert [row.whom for row in file_page(viewer, file.number).rows] == ["保密"]
    assert not Address.objects.filter(text__contains="新浪路").exists()


@pytest.mark.parametrize("column", ["address", "registered", "school"])
def test_every_place_of_a_row_is_looked_at(world, hiding, column: str) -> None:
    service_viewer("rosters")
    places = {"address": "望潮縣河岬鎮防風林路9001號", "registered": "望潮縣河岬鎮防風林路9003號", column: HIDDEN}
    assert is_kept(**places)
    assert not is_kept(address="望潮縣河岬鎮防風林路9001號")


@pytest.mark.parametrize(
    ("who", "answered"), [("screener", True), ("clerk", True), ("worker", False), ("administrator", False)]
)
def test_only_whoever_loads_is_told_whom_a_place_gives_away(world, hiding, who: str, answered: bool) -> None:
    world.viewer(who)
    assert is_kept(address=HIDDEN) is answered


def test_a_session_of_nobody_is_told_nothing(world, hiding) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anwang.worker', '', true), set_config('anwang.service', '', true)")
    assert not is_kept(address=HIDDEN)


def test_whoever_resembles_a_closed_record_has_no_address_to_read(world, importer) -> None:
    number = make_test_id("W", 2, 82)
    bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)])
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    assert Person.objects.filter(name="謝小晴").update(is_restricted=True) == 1
    row = child(1, 姓名="謝小晴", 身分證號=number, 居住地址="望潮縣新浪路9001號")
    file = bring(service_viewer("rosters"), [row], sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screening_supervisor")
    assert not Address.objects.filter(text__contains="新浪路").exists()
    assert [row.whom for row in file_page(viewer, file.number).rows] == ["保密"]
    assert not RosterCells.objects.filter(file_id=file.id).exists()


def test_a_child_listed_again_is_to_be_seen_again(world, importer, at) -> None:
    row = child(1, 姓名="謝小晴", 身分證號=make_test_id("W", 2, 83))
    first = bring(importer, [row]).file
    take_on(by=service_viewer("rosters"))
    seen_in_a_case(world, RosterRow.objects.get(file=first))
    at(clock.now() + timedelta(days=40))
    again = bring(service_viewer("rosters"), [row], sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screener")
    one, other = (file_page(viewer, file.number) for file in (first, again))
    assert [(page.rows[0].seen, page.met) for page in (one, other)] == [("met", 1), ("untried", 0)]
    assert RosterRow.objects.get(file=again).taken == "joined"
    assert other.rows[0].visit_due == rules.visit_due(again.received_at, "99001")
    at(other.rows[0].visit_due + timedelta(hours=1))
    late = [alarm for alarm in overview(world.viewer("screener")).alarms if alarm.kind == "not_visited"]
    assert [alarm.file_number for alarm in late] == [again.number]


def seen_in_a_case(world, row: RosterRow) -> None:
    by = world.viewer("screener")
    now = clock.now()
    case = open_case(
        kind="vulnerable_family", county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=now, report_id=row.report_id,
        subjects=[NewSubject(row.person_id, "child")], by=by,
        facts={"received_at": now, "known_at": now, "has_child": "yes"},
    )  # fmt: skip
    told = Told("home", "met", now, ended_at=now, summary="在家。", sights=(Sight(row.person_id, "yes"),))
    record_contact(matter_id=case.id, told=told, by=world.viewer("worker"))
    service_viewer("rosters")


def test_a_reader_without_names_is_not_told_which_line_resembles_a_record(world, importer) -> None:
    number = make_test_id("W", 2, 84)
    bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)])
    take_on(by=service_viewer("rosters"))
    rows = [child(1, 姓名="別人", 身分證號=number), child(2)]
    file = bring(service_viewer("rosters"), rows, sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    page = file_page(world.viewer("screener"), file.number, show="person")
    assert ([row.line for row in page.rows], page.matched) == ([1], 1)
    page = file_page(world.viewer("chief"), file.number, show="person")
    assert ([row.line for row in page.rows], page.matched) == ([1, 2], None)
