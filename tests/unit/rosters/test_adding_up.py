"""The sums of the first page are the sums of the pages of the files, and each step is no larger than the one before."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import timedelta

import pytest

from anwang.access.viewer import service_viewer
from anwang.cases.actions import NewSubject, Sight, Told, open_case, record_contact
from anwang.foundation import clock
from anwang.foundation.national_id import make_test_id
from anwang.matters.actions import end_matter
from anwang.matters.holder import Holder
from anwang.rosters.actions import ask_to_withdraw, decide_withdrawal, mend_row, take_on
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.queries import Counts, file_page, overview
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db
NAMES = [field.name for field in fields(Counts)]


@pytest.fixture
def months(world, importer, at) -> None:
    """Two months of two kinds, with everything that can become of a row; one child stands on two lists."""
    twice = {"姓名": "謝小晴", "身分證號": make_test_id("W", 2, 95)}
    not_yet = {"前置查訪結果": ""}
    rows = [child(1, **twice), child(2), child(3, **not_yet), child(4, **not_yet), child(5, **not_yet), child(6)]
    first = bring(importer, rows, declared=8, period="115-03").file
    bring(importer, [child(4)], about=first.number, period="115-03")
    mend(world, first, 3)
    withdraw(world, first, 5)
    take_on(by=service_viewer("rosters"))
    see(world, first, 1)
    row = row_of(world, first, 2)
    end_matter(matter_id=row.report_id, how="not_opened", at=clock.now(), by=service_viewer("rosters"))
    at(clock.now() + timedelta(days=2))
    called = {"前置查訪結果": "催補種，仍未接種"}
    rows = [child(1, **twice, **called), child(2, 姓名="測試6", **called)]
    bring(service_viewer("rosters"), rows, kind="vaccination")
    take_on(by=service_viewer("rosters"))
    at(clock.now() + timedelta(days=2))
    bring(service_viewer("rosters"), [child(1, 姓名="還沒轉")], period="115-04")


def row_of(world, file: RosterFile, line: int) -> RosterRow:
    service_viewer("rosters")
    return RosterRow.objects.get(file=file, line=line, attempt=0)


def mend(world, file: RosterFile, line: int) -> None:
    row = row_of(world, file, line)
    mend_row(row_id=row.id, changed={"pre_check": "查訪，未遇"}, by=world.viewer("screener"), at=clock.now())


def withdraw(world, file: RosterFile, line: int) -> None:
    row, now = row_of(world, file, line), clock.now()
    ask_to_withdraw(row_id=row.id, because="sender_error", words="林課員", by=world.viewer("screener"), at=now)
    decide_withdrawal(row_id=row.id, confirm=True, by=world.viewer("screening_supervisor"), at=now)


def see(world, file: RosterFile, line: int) -> None:
    row, now = row_of(world, file, line), clock.now()
    case = open_case(
        kind="vulnerable_family", county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=now, report_id=row.report_id,
        subjects=[NewSubject(row.person_id, "child")], by=world.viewer("screener"),
        facts={"received_at": now, "known_at": now, "has_child": "yes"},
    )  # fmt: skip
    told = Told("home", "met", now, ended_at=now, summary="在家。", sights=(Sight(row.person_id, "yes"),))
    record_contact(matter_id=case.id, told=told, by=world.viewer("worker"))


@pytest.mark.parametrize("who", ["screener", "screening_supervisor", "chief"])
def test_the_sums_are_those_of_the_files(world, months, who: str) -> None:
    seen = overview(world.viewer(who))
    summed: dict[str, Counter[str]] = {}
    for line in seen.files:
        page = file_page(world.viewer(who), line.number)
        assert {name: getattr(line.counts, name) for name in NAMES} == {name: getattr(page, name) for name in NAMES}
        for name in NAMES:
            summed.setdefault(line.kind, Counter())[name] += getattr(page, name) or 0
    assert {total.kind for total in seen.totals} == {"moved", "vaccination"}
    for total in seen.totals:
        found = {name: getattr(total.counts, name) or 0 for name in NAMES}
        assert found == {name: summed[total.kind][name] for name in NAMES}
    assert [total.counts.matched is None for total in seen.totals] == [who == "chief"] * 2


def test_every_step_adds_up(world, months) -> None:
    moved, vaccination = (total.counts for total in overview(world.viewer("screener")).totals)
    assert (moved.declared, moved.missing, moved.received) == (10, 2, 8)
    assert (moved.accepted, moved.rejected, moved.mended, moved.withdrawn) == (5, 0, 2, 1)
    assert (moved.children, moved.taken, moved.matched, moved.dispatched) == (6, 5, 5, 1)
    assert (moved.met, moved.ended) == (1, 1)
    assert (vaccination.children, vaccination.taken, vaccination.matched) == (2, 2, 1)
    for counts in (moved, vaccination):
        assert counts.declared == counts.received + counts.missing
        assert counts.received == counts.accepted + counts.rejected + counts.mended + counts.withdrawn
        assert counts.children >= counts.taken >= counts.dispatched >= counts.met
        assert counts.taken >= (counts.matched or 0)


def test_by_name_there_are_as_many_as_the_sum_says(world, months) -> None:
    by = world.viewer("screener")
    seen = overview(by)
    shows = {"met": "met", "ended": "ended", "rejected": "rejected"}
    for show, name in shows.items():
        pages = [file_page(by, line.number, show=show) for line in seen.files]
        assert sum(page.total for page in pages) == sum(getattr(total.counts, name) for total in seen.totals), show
        assert all(row.whom for page in pages for row in page.rows)


def test_a_period_leaves_out_what_came_before_and_after(world, months) -> None:
    first = overview(world.viewer("screener"), since=clock.local(clock.now()).date()).files
    assert [line.counts.received for line in first] == [1]
