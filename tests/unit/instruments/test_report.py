"""The override report, recomputed by SQL of its own over the tables; who is named in the ledger, and to whom."""

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

import psycopg
import pytest
from django.db import connection, transaction

from anwang.access.actions import involve
from anwang.cases.actions import NewSubject, Safety, record_safety, regrade_subject
from anwang.cases.models import CaseSubject
from anwang.foundation import clock
from anwang.foundation.errors import Refused
from anwang.instruments import queries, tables
from anwang.instruments.actions import Form, Judged, fill, judge, take_report
from anwang.instruments.models import Fill
from anwang.instruments.queries import Half
from tests.printed import unbroken
from tests.unit.cases.office import LATER, Office, open_office, person
from tests.unit.instruments.test_filling import MOOD, ask
from tests.world import build_world

DOWN = Judged("mild", "down", "protective", "外婆陪著", ("low", "tense"))
UP = Judged("severe", "up", "not_in_form", "昨天割腕，量表沒問到", ("low",))
FIRST_HALF = Half(2025, 1)
YEAR_BEFORE = datetime(2025, 3, 8, 23, 40, tzinfo=clock.TAIPEI)
"""A Saturday night so long ago that a whole year has passed since: the database lets nothing begin in the future."""

INDEPENDENT_SQL = """
SELECT f.instrument, f.level, j.level, j.direction, j.unit_id, j.items,
       f.at + interval '6 months' <= %(now)s, f.at + interval '12 months' <= %(now)s,
       ARRAY(
         SELECT m.opened_at FROM access_involvement i JOIN matters_matter m ON m.id = i.file_id
          WHERE m.kind = 'report' AND i.person_id = f.person_id
         UNION ALL SELECT r.at FROM cases_safetyresult r JOIN cases_casesubject s ON s.id = r.subject_id
          WHERE s.person_id = f.person_id AND r.result = 'unsafe'
         UNION ALL SELECT g.at FROM cases_gradechange g JOIN cases_casesubject s ON s.id = g.subject_id
          WHERE s.person_id = f.person_id AND g.grade = 'one'), f.at
  FROM instruments_fill f LEFT JOIN (
    SELECT DISTINCT ON (fill_id) * FROM instruments_judgement ORDER BY fill_id, recorded_at DESC, id DESC) j
    ON j.fill_id = f.id
 WHERE f.county = '99001' AND f.at >= '2025-01-01+08' AND f.at < '2025-07-01+08'
   AND f.id NOT IN (SELECT replaces_id FROM instruments_fill WHERE replaces_id IS NOT NULL)
"""


@pytest.fixture
def long_ago(at: Callable[..., clock.FrozenClock], monkeypatch: pytest.MonkeyPatch) -> clock.FrozenClock:
    monkeypatch.setattr("tests.unit.cases.office.NIGHT", YEAR_BEFORE)
    return at(YEAR_BEFORE + LATER)


@pytest.fixture
def busy(db: None, long_ago: clock.FrozenClock) -> Office:
    return make_busy(open_office(build_world(), long_ago))


def make_busy(office: Office) -> Office:
    """Eight children, each with a form: lowered, raised, agreed, left; some come to harm in time, some too late."""
    children = [person(f"孩子{n}", date(2016, 1, n + 1)) for n in range(8)]
    case = office.child_case(subjects=[NewSubject(one, "child", grade="two", class_code="one") for one in children])
    filled = [ask(office, case.id, "mood.bsrs5", one, answers=MOOD) for one in children]
    by = office.be("worker")
    for one, judged in zip(filled, [DOWN, DOWN, DOWN, UP, UP, Judged("moderate"), Judged("moderate")], strict=False):
        judge(fill_id=one.id, judged=judged, by=by, at=clock.now())
    office.hands.advance(timedelta(days=30))
    _report_about(office, children[0])
    by = office.be("worker")
    subject = CaseSubject.objects.get(person_id=children[3])
    record_safety(subject_id=subject.id, safety=Safety("unsafe"), by=by, at=clock.now())
    office.hands.advance(timedelta(days=200))  # after half a year, within one
    subject = CaseSubject.objects.get(person_id=children[1])
    regrade_subject(subject_id=subject.id, grade="one", class_code="one", reason="新傷", by=office.be("worker"),
                    at=clock.now())  # fmt: skip
    office.hands.advance(timedelta(days=200))  # after a year
    _report_about(office, children[2])
    return office


def _report_about(office: Office, child: UUID) -> None:
    report = office.another_report()
    involve(file_id=report.id, person_id=child, by=office.be("screener"))


def _independent(owner: psycopg.Connection[Any]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Every number of the report, from the tables, in another way."""
    rows = owner.execute(INDEPENDENT_SQL, {"now": clock.now()}).fetchall()
    counted: Counter[str] = Counter()
    items: Counter[tuple[str, str]] = Counter()
    for _instrument, _system, _chosen, direction, _unit, named, near_done, far_done, things, at in rows:
        counted["filled"] += 1
        counted[direction or "none"] += 1
        for window, days, is_done in (("near", 184, near_done), ("far", 365, far_done)):
            harmed = any(at < thing <= at + timedelta(days=days) for thing in things)
            counted[f"{window}_done"] += is_done
            counted[f"{window}_harm"] += is_done and harmed
            counted[f"{window}_under"] += is_done and harmed and direction == "down"
            counted[f"{window}_over"] += is_done and not harmed and direction == "up"
        for item in named or ():
            items[item, direction] += 1
    return counted, items


def test_counts_the_report_as_other_sql_does(
    committed_db: str, owner_connection: psycopg.Connection[Any], long_ago: clock.FrozenClock
) -> None:
    with transaction.atomic():
        office = make_busy(open_office(build_world(), long_ago))
    with transaction.atomic():
        report = queries.half_year(office.be("supervisor"), "99001", FIRST_HALF)
    counted, items = _independent(owner_connection)
    for name in ("filled", "agreed", "up", "down", "near_done", "near_harm", "near_under", "near_over", "far_done",
                 "far_harm", "far_under", "far_over"):  # fmt: skip
        assert report.total(name) == counted[name], name
    low, tense = "感覺憂鬱、心情低落", "感覺緊張不安"
    assert {(one.item, one.down, one.up) for one in report.items} == {
        (low, items["low", "down"], items["low", "up"]), (tense, items["tense", "down"], 0)}  # fmt: skip
    assert (counted["near_under"], counted["far_under"]) == (1, 2)
    assert (counted["near_over"], counted["far_over"]) == (1, 1)
    assert report.versions[0].rate == "71.4%"
    assert {(one.system, one.chosen): one.filled for one in report.cells} == {
        ("中度", "輕度"): 3, ("中度", "重度"): 2, ("中度", "中度"): 2}  # fmt: skip


def test_can_be_made_again_as_of_an_earlier_day(busy: Office) -> None:
    early = queries.half_year(busy.be("supervisor"), "99001", FIRST_HALF, clock.now() - timedelta(days=300))
    assert (early.total("filled"), early.total("near_done"), early.total("near_under")) == (8, 0, 0)


def test_gives_no_numbers_to_whoever_has_no_business_with_the_county(busy: Office) -> None:
    assert not queries.half_year(busy.be("worker"), "99001", FIRST_HALF).versions
    assert not queries.half_year(busy.be("supervisor"), "99002", FIRST_HALF).versions
    with pytest.raises(Refused):
        take_report(county="99001", half=FIRST_HALF, form="ods", by=busy.be("worker"))


def test_names_only_oneself_and_whom_one_supervises(busy: Office) -> None:
    span = {"since": FIRST_HALF.since, "before": clock.now()}
    mine = queries.ledger(busy.be("worker"), **span)
    assert {one.by for one in mine.lines} == {"簡伯勳"}
    assert (mine.valued, mine.up, mine.down, mine.rate) == (7, 2, 3, "71.4%")
    assert len(queries.ledger(busy.be("supervisor"), **span).lines) == 7
    for other in ("worker2", "welfare_supervisor", "chief", "adult_supervisor"):
        assert not queries.ledger(busy.be(other), **span).lines, other


def test_tells_for_each_line_what_came_later_and_in_which_window(busy: Office) -> None:
    lines = queries.ledger(busy.be("supervisor"), since=FIRST_HALF.since, before=clock.now()).lines
    found = sorted((one.direction, one.windows, tuple(what for what, _at in one.later)) for one in lines)
    assert found == sorted([
        ("down", ("harm", "harm"), ("又有新通報",)), ("down", ("calm", "harm"), ("改列較高級別",)),
        ("down", ("calm", "calm"), ("又有新通報",)), ("up", ("harm", "harm"), ("安全評估為不安全",)),
        ("up", ("calm", "calm"), ()), ("agreed", ("calm", "calm"), ()), ("agreed", ("calm", "calm"), ()),
    ])  # fmt: skip


def test_writes_the_same_cells_into_the_spreadsheet(busy: Office) -> None:
    by = busy.be("supervisor")
    file = take_report(county="99001", half=FIRST_HALF, form="ods", by=by)
    cells = _cells(file.body)
    for table in tables.tables(queries.half_year(by, "99001", FIRST_HALF)):
        for line in table.lines:
            assert [str(one) for one in line] in cells[table.name]
    everything = " ".join(text for rows in cells.values() for row in rows for text in row)
    assert "簡伯勳" not in everything
    assert "孩子" not in everything


def test_writes_the_same_numbers_onto_paper(busy: Office) -> None:
    file = take_report(county="99001", half=FIRST_HALF, form="pdf", by=busy.be("supervisor"))
    text = unbroken(file.body)
    for word in ("71.4%", "1／3", "2／3", "簡式健康量表"):
        assert word in text
    assert "孩子" not in text


def _cells(body: bytes) -> dict[str, list[list[str]]]:
    """Sheet → rows of text of an ODS."""
    space = {"t": "urn:oasis:names:tc:opendocument:xmlns:table:1.0"}
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(body)).read("content.xml"))
    name = f"{{{space['t']}}}name"
    return {
        str(table.get(name)): [
            ["".join(cell.itertext()) for cell in row.iterfind("t:table-cell", space)]
            for row in table.iterfind("t:table-row", space)
        ]
        for table in root.iter(f"{{{space['t']}}}table")
    }


def test_asks_about_the_family_members_of_that_day_where_a_form_is_about_a_family(office: Office) -> None:
    case = office.child_case(kind="vulnerable_family", family_id=office.family, subjects=[NewSubject(None, "family")])
    form = Form("vulnerability.index", case.id, family_id=office.family, answers={"child_carer": "yes"},
                judged=Judged("low", "down", "protective", "阿姨已搬來"))  # fmt: skip
    filled: Fill = fill(form=form, by=office.be("worker"), at=clock.now())
    office.hands.advance(timedelta(days=150))
    _report_about(office, office.girl)
    line = queries.ledger(office.be("worker"), since=filled.at, before=clock.now()).lines[0]
    assert (line.fill_id, line.system_text, line.chosen_text, line.windows) == (filled.id, "高", "低", ("harm", "harm"))


def _rows(sql: str, *given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def test_tells_injuries_that_reports_tell_of(office: Office) -> None:
    definition = _rows("SELECT pg_get_viewdef('instruments_told'::regclass)")[0][0]
    assert "intake_reportperson" in definition
