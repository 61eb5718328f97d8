"""A missing row is missing until that row has come, and what is late is named however much is not late yet."""

from __future__ import annotations

import pytest

from anwang.access.viewer import service_viewer
from anwang.rosters.actions import take_on
from anwang.rosters.models import RosterFile
from anwang.rosters.queries import alarms, overview
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child

pytestmark = pytest.mark.django_db


def kinds(world) -> list[str]:
    found = [alarm.kind for alarm in overview(world.viewer("screener")).alarms]
    service_viewer("rosters")
    return found


def test_the_same_rows_again_do_not_bring_the_missing_one(world, importer) -> None:
    rows = [child(number) for number in range(1, 32) if number != 17]
    first = bring(importer, rows, declared=31).file
    bring(importer, [{**row, "備註": "再送"} for row in rows], about=first.number)
    assert kinds(world) == ["count"]
    bring(importer, [child(17)], about=first.number)
    assert kinds(world) == []


def test_another_number_in_its_place_is_a_missing_row(world, importer) -> None:
    rows = [child(number) for number in range(1, 32) if number != 17]
    file = bring(importer, rows).file
    assert (file.missing, file.gaps) == (0, [17])
    assert kinds(world) == ["count"]
    bring(importer, [child(17)], about=file.number)
    assert kinds(world) == []


def test_a_number_that_cannot_be_read_is_no_missing_row(world, importer) -> None:
    file = bring(importer, [child(1), child(2, 序號="二"), child(3)]).file
    assert (file.missing, file.gaps, kinds(world)) == (0, [], [])


def test_a_list_that_numbers_otherwise_counts_new_rows_only(world, importer) -> None:
    rows = [child(101), child(102)]
    first = bring(importer, rows, declared=3).file
    bring(importer, [{**row, "備註": "再送"} for row in rows], about=first.number)
    assert (first.gaps, kinds(world)) == ([], ["count"])
    bring(importer, [child(103)], about=first.number)
    assert kinds(world) == []


def test_rows_not_due_yet_hide_no_late_one(world, importer, at, monkeypatch: pytest.MonkeyPatch) -> None:
    bring(importer, [child(1), child(2), child(3)])
    take_on(by=service_viewer("rosters"))
    bring(service_viewer("rosters"), [child(1, 前置查訪結果="")], sender="別的戶政事務所")
    monkeypatch.setattr(alarms, "MOST", 2, raising=False)
    at("2026-04-08T00:00+08:00")
    assert kinds(world) == ["rejected"]


def test_the_same_bytes_are_another_list_of_another_kind_or_month(world, importer) -> None:
    rows = [child(1, 前置查訪結果="")]
    files = [
        bring(importer, rows), bring(importer, rows, kind="vaccination"), bring(importer, rows, period="115-04"),
        bring(importer, rows, period="115-04"),
    ]  # fmt: skip
    assert [file.is_new for file in files] == [True, True, True, False]
    assert RosterFile.objects.count() == 3
