"""Rows become reports, each by itself: the child's county, one child once, nobody's new address to the wrong eyes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.foundation.roc import PartialDate
from anwang.intake.actions import receive_report
from anwang.intake.incoming import PersonIn, ReportIn
from anwang.intake.models import Report, ReportPerson, ReportSupplement
from anwang.matters.models import Duty, Matter
from anwang.people.actions import add_safety_address
from anwang.people.models import Address, Person
from anwang.people.queries import safety_address
from anwang.rosters import rules
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterCells, RosterRow
from anwang.rosters.queries import file_page, overview
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child, table, text

pytestmark = pytest.mark.django_db
HIDDEN = "望潮縣隱浪路9555號"


def test_a_row_becomes_a_report_of_its_own(world, importer) -> None:
    file = bring(importer, [child(1), child(2, 前置查訪結果="")]).file
    assert (take_on(by=service_viewer("rosters")).taken, take_on(by=service_viewer("rosters")).taken) == (1, 0)
    by = world.viewer("screener")
    row = RosterRow.objects.get(file=file, line=1)
    report = Report.objects.get(id=row.report_id)
    matter = Matter.objects.get(id=row.report_id)
    assert (report.channel, report.kinds, report.reporting_unit) == ("roster", ["vulnerable_family"], "河岬戶政事務所")
    assert matter.accountable_id == world.units["intake"]
    assert Duty.objects.filter(matter=matter, rule_id="report.decide", state="open").exists()
    assert Address.objects.get(person_id=row.person_id).text == "望潮縣河岬鎮防風林路9001號"
    assert (row.taken, row.match, by.county) == ("opened", "new", "99001")


def test_the_childs_county_takes_it_or_gets_a_letter(world, importer) -> None:
    rows = [child(1, 居住地址="珊瑚縣南礁鄉9001號"), child(2, 居住地址="")]
    file = bring(importer, rows).file
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    far, unknown = RosterRow.objects.filter(file=file).order_by("line")
    assert (far.county, far.goes_to, unknown.goes_to) == ("99003", "99001", "99001")
    said = ReportSupplement.objects.get(report_id=far.report_id).text
    assert "請以公文移轄" in said


@pytest.mark.parametrize("before", ["950", "950-06 ", "（95042）", "臺灣省"])
def test_a_postal_code_does_not_hide_the_childs_county(before: str) -> None:
    counties = {"珊瑚縣": "99003"}
    assert rules.county_of({"address": f"{before}珊瑚縣無此路9001號"}, counties, "99001") == "99003"


def test_one_child_on_two_lists_has_one_report_and_two_grounds(world, importer) -> None:
    number = make_test_id("W", 2, 77)
    first = bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)]).file
    take_on(by=service_viewer("rosters"))
    service_viewer("rosters")
    checked = {"姓名": "謝小晴", "身分證號": number, "前置查訪結果": "催補種，仍未接種"}
    second = bring(importer, [child(1, **checked)], kind="vaccination", sender="河岬衛生所").file
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    one, other = (RosterRow.objects.get(file=file) for file in (first, second))
    assert (one.report_id, one.person_id) == (other.report_id, other.person_id)
    assert (other.taken, other.match) == ("joined", "same")
    assert "未預防接種" in ReportSupplement.objects.get(report_id=one.report_id).text
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"姓名": "別人"}, {"出生日期": "112年5月7日"}, {"性別": "男"}], ids=["name", "birth", "sex"]
)
def test_a_number_alone_joins_nobody(world, importer, other) -> None:
    number = make_test_id("W", 2, 78)
    bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)])
    take_on(by=service_viewer("rosters"))
    service_viewer("rosters")
    row = child(1, **{"姓名": "謝小晴", "身分證號": number, **other})
    file = bring(importer, [row], sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    row = RosterRow.objects.get(file=file)
    assert (row.taken, row.match) == ("opened", "person")
    assert Person.objects.values("identity_id").distinct().count() >= 2


def test_one_recorded_dead_is_looked_at_by_a_person(world, importer) -> None:
    number = make_test_id("W", 2, 79)
    bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)])
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    assert Person.objects.filter(name="謝小晴").update(died_on="2026-03-01") == 1
    service_viewer("rosters")
    file = bring(importer, [child(1, 姓名="謝小晴", 身分證號=number)], sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    world.viewer("screener")
    row = RosterRow.objects.get(file=file)
    assert row.match == "person"
    assert "已死亡" in ReportSupplement.objects.get(report_id=row.report_id).text


@pytest.fixture
def shielded(world) -> Person:
    """A mother in hiding, reported before; her number is on the list that comes."""
    by = world.viewer("screener")
    mother = PersonIn(
        role="victim", name="范雨桐", sex="female", birth=PartialDate(1995, 3, 2),
        identifiers=(("national_id", make_test_id("W", 2, 80)),),
    )  # fmt: skip
    report = receive_report(
        report=ReportIn(received_at=clock.now(), channel="phone", narrative="求助", persons=(mother,),
                        kinds=("intimate_violence",)),
        by=by,
    )  # fmt: skip
    person = Person.objects.get(id=ReportPerson.objects.get(report_id=report.id).person_id)
    add_safety_address(person_id=person.id, text="青嵐縣無名路9001號", ask_whom="家防中心 (08)000-2006", by=by,
                       at=clock.now())  # fmt: skip
    return person


def hers(serial: int = 1) -> dict[str, str]:
    return child(serial, 姓名="范小禾", 居住地址=HIDDEN)


def body_with_mother() -> bytes:
    lines = table([hers(), child(2, 姓名="普通小孩")])
    lines[0].append("母親身分證號")
    lines[1].append(make_test_id("W", 2, 80))
    lines[2].append("")
    return text(lines).encode()


def test_the_new_address_of_somebody_shielded_goes_to_the_safety_zone_alone(world, shielded) -> None:
    file = bring(service_viewer("rosters"), [1, 2], body=body_with_mother()).file
    take_on(by=service_viewer("rosters"))
    row = RosterRow.objects.get(file=file, line=1)
    viewer = world.viewer("screening_supervisor")
    assert not Address.objects.filter(text__contains="隱浪路").exists()
    assert [one.whom for one in file_page(viewer, file.number).rows] == ["保密", "普通小孩"]
    assert [bool(one.report_number) for one in file_page(viewer, file.number).rows] == [False, True]
    assert not RosterCells.objects.filter(row=row).exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_search('', '', '', '隱浪路', '')")
        assert cursor.fetchone() == (0,)
    assert not RosterRow.objects.filter(id=row.id).exists()
    world.viewer("screener")
    assert "隱浪路" not in Report.objects.get(id=row.report_id).narrative
    assert row.person_id != shielded.id


def test_a_postal_code_before_a_hiding_place_gives_nobody_away(world, shielded) -> None:
    rows = [child(1, 姓名="別名", 身分證號=make_test_id("W", 2, 82), 居住地址="900-01青嵐縣無名路9001號")]
    file = bring(service_viewer("rosters"), rows).file
    assert [row.whom for row in file_page(world.viewer("screening_supervisor"), file.number).rows] == ["保密"]


def test_a_long_address_of_somebody_shielded_is_kept_whole(world, shielded) -> None:
    end = "由後門進入"
    body = body_with_mother().decode().replace("隱浪路9555號", f"隱浪路9555號{'往左，' * 80}{end}").encode()
    file = bring(service_viewer("rosters"), [1, 2], body=body).file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screener")
    shown = safety_address(viewer, RosterRow.objects.get(file=file, line=1).person_id)
    assert end in str(shown)


def test_whoever_holds_the_safety_zone_reads_the_row_and_the_address(world, shielded) -> None:
    file = bring(service_viewer("rosters"), [1, 2], body=body_with_mother()).file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screener")
    assert [one.whom for one in file_page(viewer, file.number).rows] == ["范小禾", "普通小孩"]
    person_id = RosterRow.objects.get(file=file, line=1).person_id
    shown = safety_address(viewer, person_id)
    assert "隱浪路9555號" in str(shown)


def test_counts_look_the_same_with_and_without_a_shielded_child(world, shielded) -> None:
    by = service_viewer("rosters")
    hidden = bring(by, [1, 2], body=body_with_mother()).file
    plain = bring(by, [child(1), child(2)], sender="別的戶政事務所").file
    take_on(by=service_viewer("rosters"))
    viewer = world.viewer("screening_supervisor")
    one, other = file_page(viewer, hidden.number), file_page(viewer, plain.number)
    counts = ("declared", "received", "accepted", "rejected", "children", "matched", "taken", "dispatched", "met")
    assert [getattr(one, name) for name in counts] == [getattr(other, name) for name in counts]
    assert len(one.rows) == len(other.rows) == 2


def test_a_child_shielded_after_the_list_came_is_sealed_too(world, importer) -> None:
    file = bring(importer, [child(1, 姓名="謝小晴")]).file
    take_on(by=service_viewer("rosters"))
    by = world.viewer("screener")
    person_id = RosterRow.objects.get(file=file).person_id
    assert [row.whom for row in file_page(by, file.number).rows] == ["謝小晴"]
    service_viewer("rosters")
    add_safety_address(person_id=person_id, text=HIDDEN, ask_whom="x", by=service_viewer("rosters"), at=clock.now())
    assert [row.whom for row in file_page(world.viewer("screening_supervisor"), file.number).rows] == ["保密"]


def test_a_chief_sees_counts_and_no_names(world, importer) -> None:
    file = bring(importer, [child(1, 姓名="謝小晴")], declared=2).file
    take_on(by=service_viewer("rosters"))
    page = file_page(world.viewer("chief"), file.number)
    assert [row.whom for row in page.rows] == [""]
    seen = overview(world.viewer("chief"))
    assert [alarm.kind for alarm in seen.alarms] == ["count"]
    assert (seen.totals[0].counts.declared, seen.totals[0].counts.matched) == (2, None)


def test_alarms_come_when_their_time_is_over(world, importer, at) -> None:
    bring(importer, [child(1), child(2, 前置查訪結果="")], declared=3)
    take_on(by=service_viewer("rosters"))
    seen = overview(world.viewer("screener"))
    assert [alarm.kind for alarm in seen.alarms] == ["count"]
    hands = at("2026-04-12T00:00+08:00")
    kinds = [alarm.kind for alarm in overview(world.viewer("screener")).alarms]
    assert sorted(kinds) == ["count", "not_visited", "rejected"]
    hands.advance(timedelta(days=30))
    alarms = overview(world.viewer("screener")).alarms
    assert sorted(alarm.kind for alarm in alarms) == ["count", "not_visited", "rejected", "stale"]
    late = next(alarm for alarm in alarms if alarm.kind == "not_visited")
    assert (late.whom, late.unit) == ("測試1", "通報調查處理中心")
