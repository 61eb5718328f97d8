"""The command and the worker: what they say, what they write down, and that doing it again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.exchange.rosters import commands
from anwang.foundation import clock
from anwang.rosters import jobs
from anwang.rosters.models import RosterAlarm
from tests.unit.rosters.conftest import AT, SENDER, bring, counted
from tests.unit.rosters.tables import child, roster
from tests.world import build_world

ROWS = [child(1), child(2, 前置查訪結果=""), child(4)]


@pytest.fixture
def county(committed_db: str) -> Iterator[clock.FrozenClock]:
    with clock.frozen(AT) as hands:
        with transaction.atomic():
            build_world()
        yield hands


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "逕遷.csv"
    path.write_bytes(roster(ROWS, "big5"))
    return path


def imported(path: Path, *more: str) -> int:
    return commands.main(["import", str(path), "--kind", "moved", "--sender", SENDER, *more])


def test_the_command_says_the_equation_and_the_row_that_is_missing(county, file, capsys) -> None:
    sum_ = hashlib.sha256(file.read_bytes()).hexdigest()
    assert imported(file, "--declared", "4", "--sha256", sum_) == 1
    said = capsys.readouterr()
    assert "應到4筆，實到3筆＝收下2＋退件1" in said.out
    assert "缺序號3。" in said.err
    assert "雜湊不符" not in said.err
    assert counted(report__isnull=False) == 2


def test_the_command_run_again_changes_nothing_and_says_so(county, file, capsys) -> None:
    imported(file, "--declared", "3")
    before = counted()
    imported(file, "--declared", "3")
    assert "沒有重複收" in capsys.readouterr().out
    assert counted() == before == len(ROWS)


@pytest.mark.parametrize(
    "given", [[], ["--declared", "3", "--sha256", "abc"], ["--declared", "3", "--county", "00000"]],
    ids=["no count", "half a hash", "no county"],
)  # fmt: skip
def test_the_command_refuses_with_a_sentence(county, file, capsys, given) -> None:
    assert imported(file, *given) == 1
    assert capsys.readouterr().err.startswith("anwang: ")
    assert counted() == 0


def test_names_a_file_that_is_not_there(county, tmp_path, capsys) -> None:
    assert imported(tmp_path / "none.csv", "--declared", "1") == 1
    assert "讀不到這個檔案" in capsys.readouterr().err


def test_the_worker_notes_each_alarm_once(county, file) -> None:
    imported(file, "--declared", "4")
    assert jobs.raise_alarms() == 1
    assert jobs.raise_alarms() == 0
    county.advance(timedelta(days=40))
    assert jobs.raise_alarms() == 4
    kinds = sorted(RosterAlarm.objects.values_list("kind", flat=True))
    assert kinds == ["count", "not_visited", "not_visited", "rejected", "stale"]
    assert jobs.raise_alarms() == 0


def test_the_worker_takes_what_a_page_received(county) -> None:
    with transaction.atomic():
        bring(service_viewer("rosters"), ROWS)
    assert (jobs.take_rows(), jobs.take_rows()) == (2, 0)
