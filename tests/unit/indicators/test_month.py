"""Every cell of a month equals a count made again by hand, and only those see it who may."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest

from anwang.audit.models import Reading
from anwang.directory.models import Appointment
from anwang.directory.states import Role
from anwang.foundation.errors import NotFound, Refused
from anwang.indicators import actions, ods, policies, queries, tables
from anwang.indicators.definitions import definitions
from anwang.indicators.months import Month
from tests.unit.indicators.sample import KINDS, NOT_OPEN, Fact, Sample, build_sample
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)


@pytest.fixture
def world(at: Callable[..., object]) -> World:
    at("2026-05-20T09:00+08:00")
    return build_world()


@pytest.fixture
def sample(world: World) -> Sample:
    return build_sample(world)


def by_hand(facts: list[Fact]) -> tuple[int, int]:
    return len({fact.item for fact in facts}), len(frozenset().union(*(fact.persons for fact in facts)))


def counted(world: World, of: Month = MARCH, key: str = "supervisor") -> queries.MonthCount:
    return queries.month(world.viewer(key), "99001", of)


@pytest.mark.parametrize("month", [Month(2026, 2), MARCH, Month(2026, 4), Month(2026, 5)])
def test_counts_every_cell_as_by_hand(world: World, sample: Sample, month: Month) -> None:
    found = counted(world, month)
    for figure in queries.FIGURES:
        facts = list(sample.in_month(figure, month.year, month.month))
        total = found.total(figure)
        assert (total.items, total.persons) == by_hand(facts), figure
        for level in ("kind", "source", "township", "reason"):
            for key in {getattr(fact, level) for fact in facts} | {"nobody"}:
                cell = found.cell(figure, level, key)
                assert (cell.items, cell.persons) == by_hand([f for f in facts if getattr(f, level) == key])


def test_the_sample_has_something_of_everything(world: World, sample: Sample) -> None:
    assert {fact.figure for fact in sample.facts} == set(queries.FIGURES)
    assert {fact.kind for fact in sample.facts} == set(KINDS)
    assert {fact.reason for fact in sample.facts if fact.figure == "not_opened"} == set(NOT_OPEN)


def test_sets_duplicates_apart_and_shows_both_denominators(world: World, sample: Sample) -> None:
    found = counted(world)
    aside = {"same_event": "duplicate", "invalid": "invalid", "wrong_kind": "erroneous"}
    expected = dict.fromkeys(tables.SETS_ASIDE, 0)
    for fact in sample.in_month("set_aside", 2026, 3):
        if fact.reason in aside:
            expected[aside[fact.reason]] += 1
    assert tables.set_aside(found, MARCH.next.first) == expected
    rows = {row.title: row for row in tables.figure_rows(found, "zh")}
    received, opened = found.total("received").items, found.total("opened").items
    valid = received - sum(expected.values())
    assert rows["有效通報"].count.items == valid
    assert rows["開案÷受理（含重複、無效、錯誤）"].rate == f"{100 * opened / received:.1f}%（{opened}÷{received}）"
    assert rows["開案÷有效通報（不含）"].rate == f"{100 * opened / valid:.1f}%（{opened}÷{valid}）"
    assert tables.rate(0, 0) == "－"


def test_lays_out_the_official_form_by_source_and_grade(world: World, sample: Sample) -> None:
    form = tables.official_form(counted(world))
    facts = [fact for fact in sample.in_month("received", 2026, 3) if fact.kind == "child_protection"]
    for line, mandated in zip(form[1:4], ("yes", "no", "unknown"), strict=True):
        grades = ("one", "two", "none")
        assert line[1:4] == [sum(f.reason == f"{mandated}/{grade}" for f in facts) for grade in grades]
    assert form[-1][-1] == len(facts)


@pytest.mark.parametrize(("key", "sees", "drills"), [
    ("supervisor", True, True), ("screening_supervisor", True, True), ("welfare_supervisor", True, True),
    ("chief", True, False), ("worker", False, False), ("clerk", False, False), ("administrator", False, False),
    ("ngo_worker", False, False), ("screener", False, False),
])  # fmt: skip
def test_shows_figures_and_records_by_post(world: World, key: str, sees: bool, drills: bool) -> None:
    viewer = world.viewer(key)
    assert bool(policies.may_see_figures(viewer, "99001")) is sees
    assert bool(policies.may_drill(viewer, "99001")) is drills
    assert not policies.may_see_figures(viewer, "99002")
    if not sees:
        assert queries.month(viewer, "99001", MARCH).cells == {}


@pytest.mark.parametrize(("key", "county"), [("worker", "99001"), ("ngo_worker", "99001"), ("supervisor", "99002")])
def test_the_database_itself_counts_nothing_for_others(world: World, sample: Sample, key: str, county: str) -> None:
    from django.db import connection

    world.viewer(key)
    with connection.cursor() as cursor:
        cursor.execute(queries.MONTH_SQL, [county, MARCH.since, MARCH.before])
        assert cursor.fetchall() == []


def test_a_chief_counts_without_reading_a_single_record(world: World, sample: Sample) -> None:
    assert counted(world, key="chief").cells == counted(world).cells
    viewer = world.viewer("chief")
    with pytest.raises(Refused):
        actions.open_drill(county="99001", of=MARCH, figure="received", by_="", key="", by=viewer)
    assert not Reading.objects.exists()


def test_an_officer_of_the_county_counts_as_its_chief_does_and_opens_no_record(world: World, sample: Sample) -> None:
    full = counted(world, key="chief").cells
    Appointment.objects.filter(worker_id=world.workers["chief"]).update(role=Role.OFFICER)
    assert counted(world, key="chief").cells == full != {}
    assert not policies.may_drill(world.viewer("chief"), "99001")


@pytest.mark.parametrize("figure", queries.FIGURES)
def test_drills_to_the_records_of_the_own_unit_and_traces_each(world: World, sample: Sample, figure: str) -> None:
    facts = list(sample.in_month(figure, 2026, 3))
    viewer = world.viewer("supervisor")
    found = actions.open_drill(county="99001", of=MARCH, figure=figure, by_="", key="", by=viewer)
    assert {str(record.id) for record in found} == {fact.item.partition("/")[0] for fact in facts}
    assert Reading.objects.filter(what="figures.drill").count() == len(found)
    stranger = world.viewer("adult_supervisor")
    assert actions.open_drill(county="99001", of=MARCH, figure=figure, by_="", key="", by=stranger) == []


def test_drills_by_one_key(world: World, sample: Sample) -> None:
    facts = [fact for fact in sample.in_month("received", 2026, 3) if fact.kind == "elder"]
    viewer = world.viewer("supervisor")
    found = actions.open_drill(county="99001", of=MARCH, figure="received", by_="kind", key="elder", by=viewer)
    assert len(found) == len({fact.item for fact in facts})


def test_writes_a_spreadsheet_without_a_name(world: World, sample: Sample) -> None:
    body = ods.workbook(counted(world), unit="家防中心兒保組", townships={"99001010": "河岬鎮"})
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        whole = "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    for words in ("內部使用，不得公布", "有效＝受理－（重複＋無效＋錯誤）", "10740-90-01-2", "河岬鎮", "115年3月"):
        assert words in whole
    assert "虛構" not in whole
    assert "葉承翰" not in whole


def test_marks_small_numbers(world: World, sample: Sample) -> None:
    assert tables.has_small(counted(world))
    assert not tables.has_small(counted(world, Month(2020, 1)))


def test_every_definition_says_what_and_whence_in_both_languages() -> None:
    for one in definitions(date(2026, 3, 1)).values():
        assert one.definition.zh
        assert one.definition.en
        assert one.formula.en
        assert one.cite or one.assumption


@pytest.mark.parametrize("text", ["2026-13", "2026-3", "115-03", "", "２０２６-03", "1911-12"])
def test_refuses_what_is_no_month(text: str) -> None:
    with pytest.raises(NotFound):
        Month.read(text)


def test_a_month_ends_where_the_next_begins_in_taipei() -> None:
    assert Month(2026, 12).next == Month(2027, 1)
    assert Month(2026, 1).previous == Month(2025, 12)
    assert MARCH.since.isoformat() == "2026-03-01T00:00:00+08:00"
