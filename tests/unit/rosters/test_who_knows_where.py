"""Who learns where the child of a row lives and went, by role: of a child in hiding, whoever holds her safety zone."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReportIn
from anwang.intake.models import ReportPerson
from anwang.people.actions import add_safety_address
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterRow
from anwang.rosters.queries import file_page
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child, table, text
from tests.world import WORKERS

pytestmark = pytest.mark.django_db
PLAIN, KEPT, LATER = 1, 2, 3
"""Lines: nobody hides; the mother hid before the list came; the child was shielded afterwards."""
ALL = {PLAIN, KEPT, LATER}
ROWS = {"screener": ALL, "screening_supervisor": {PLAIN}, "service:rosters": ALL}
"""Role → lines of which it reads county, report and child. Whoever is not named reads none."""
TOLD = {"screener": set(), "screening_supervisor": {KEPT, LATER}}
"""Role → lines that `rosters_shielded` names. A clerk or a chief is told of none: his page shows all lines alike."""
NUMBERS = {"screener": ALL, "screening_supervisor": {PLAIN}}
"""Role → lines of which it is told who works on them."""
EVERYBODY = [*(key for key, *_ in WORKERS), "service:rosters", "service:api", "nobody"]


@pytest.fixture
def file(world):
    """A list with the three; the screener took down the mother's report and hides her and the child."""
    by = world.viewer("screener")
    number = make_test_id("W", 2, 91)
    mother = PersonIn(role="victim", name="范雨桐", sex="female", birth=PartialDate(1995, 3, 2),
                      identifiers=(("national_id", number),))  # fmt: skip
    report = receive_report(
        report=ReportIn(received_at=clock.now(), channel="phone", narrative="求助", persons=(mother,),
                        kinds=("intimate_violence",)),
        by=by,
    )  # fmt: skip
    hide(ReportPerson.objects.get(report_id=report.id).person_id, by)
    lines = table([child(PLAIN), child(KEPT, 姓名="范小禾"), child(LATER, 姓名="謝小晴", 母親姓名="")])
    for line, value in zip(lines, ["母親身分證號", "", number, ""], strict=True):
        line.append(value)
    found = bring(service_viewer("rosters"), [1, 2, 3], body=text(lines).encode()).file
    take_on(by=service_viewer("rosters"))
    service_viewer("rosters")
    later = RosterRow.objects.get(file=found, line=LATER)
    hide(later.person_id, world.viewer("screener"))
    return found


def hide(person_id, by) -> None:
    add_safety_address(person_id=person_id, text="青嵐縣無名路9001號", ask_whom="家防中心 (08)000-2006", by=by,
                       at=clock.now())  # fmt: skip


def become(world, who: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('anwang.worker', '', true), set_config('anwang.service', '', true)")
    if who.startswith("service:"):
        service_viewer(who.removeprefix("service:"))
    elif who != "nobody":
        world.viewer(who)


def asked(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_reads_county_and_report_of_which_row(world, file, who: str) -> None:
    become(world, who)
    seen = asked("SELECT line FROM rosters_rosterrow WHERE goes_to = '99001' AND report_id IS NOT NULL")
    assert {line for (line,) in seen} == ROWS.get(who, set())


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_is_told_which_rows_are_closed(world, file, who: str) -> None:
    become(world, who)
    ids = asked("SELECT unnest(rosters_shielded())")
    become(world, "service:rosters")
    assert {RosterRow.objects.get(id=id_).line for (id_,) in ids} == TOLD.get(who, set())


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_is_told_the_report_of_which_row(world, file, who: str) -> None:
    become(world, who)
    told = asked("SELECT row_id FROM rosters_progress('99001', NULL)"
                 " WHERE report_number IS NOT NULL OR unit_id IS NOT NULL OR worker_id IS NOT NULL")  # fmt: skip
    become(world, "service:rosters")
    assert {RosterRow.objects.get(id=id_).line for (id_,) in told} == NUMBERS.get(who, set())


@pytest.mark.parametrize("who", ["screening_supervisor", "clerk", "chief", "administrator", "worker"])
def test_counts_every_row_for_whoever_counts(world, file, who: str) -> None:
    become(world, who)
    assert asked("SELECT count(*), bool_and(is_taken) FROM rosters_lines") == [(3, True)]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        asked("SELECT rosters_hidden()")


def test_the_page_of_whoever_reads_names_says_secret_for_both(world, file) -> None:
    page = file_page(world.viewer("screening_supervisor"), file.number)
    assert [row.whom for row in page.rows] == ["測試1", "保密", "保密"]
    assert [bool(row.report_number) for row in page.rows] == [True, False, False]
    assert (page.received, page.taken) == (3, 3)


def test_no_table_beside_says_which_report_a_row_came_to(world, file) -> None:
    service_viewer("rosters")
    rows = {row.id: row.report_id for row in RosterRow.objects.filter(line=KEPT)}
    world.viewer("screening_supervisor")
    for row_id, report_id in rows.items():
        keys = asked("SELECT count(*) FROM intake_receivedkey WHERE key LIKE %s", f"%{row_id}%")
        acts = asked("SELECT count(*) FROM audit_act WHERE matter_id = %s AND details::text LIKE %s", report_id,
                     f"%{row_id}%")  # fmt: skip
        assert (keys, acts) == ([(0,)], [(0,)])


def test_a_row_nobody_may_read_is_changed_by_nobody(world, file) -> None:
    service_viewer("rosters")
    hidden = RosterRow.objects.get(line=KEPT).id
    world.viewer("screening_supervisor")
    changed = "UPDATE rosters_rosterrow SET state = 'withdrawn', withdrawn_because = 'x' WHERE id = %s RETURNING id"
    assert asked(changed, hidden) == []
