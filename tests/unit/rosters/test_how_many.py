"""The line on other pages counts what the desk of rosters names, kind by kind."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.matters.actions import end_matter
from anwang.rosters.actions import expect_feed, take_on
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.queries import how_many, overview
from anwang.rosters.states import AlarmKind
from tests.unit.rosters.conftest import bring
from tests.unit.rosters.tables import child
from tests.unit.rosters.test_adding_up import see

pytestmark = pytest.mark.django_db


def same(world, who: str = "screener") -> Counter[str]:
    """What the desk names, after the count was found to be the same."""
    named = Counter(str(AlarmKind(alarm.kind).label) for alarm in overview(world.viewer(who)).alarms)
    found = how_many(world.viewer(who))
    said = {words.rstrip("0123456789"): int("".join(filter(str.isdigit, words)))
            for words in found.words.split("、") if words}  # fmt: skip
    assert (found.total, said) == (sum(named.values()), dict(named))
    return named


@pytest.mark.parametrize("days", [0, 1, 4, 11, 40])
def test_counts_what_the_desk_names(world, importer, at, days: int) -> None:
    expect_feed(kind="insurance", sender="健保署", county="99001", by=importer, at=clock.now())
    rows = [child(1), child(2), child(3), child(4, 前置查訪結果="")]
    first = bring(importer, rows, declared=5, sha256="0" * 64).file
    take_on(by=service_viewer("rosters"))
    see(world, first, 1)
    service_viewer("rosters")
    gone = RosterRow.objects.get(file=first, line=2)
    end_matter(matter_id=gone.report_id, how="not_opened", at=clock.now(), by=service_viewer("rosters"))
    bring(service_viewer("rosters"), [child(1)], sender="別的戶政事務所")
    at(clock.now() + timedelta(days=days))
    named = same(world)
    assert named["筆數不符"] == named["雜湊不符"] == 1
    assert named["逾期未訪"] == (1 if days >= 11 else 0)
    assert named["名冊沒有來"] == (3 if days == 40 else 0)
    assert same(world, "chief") == named


def test_says_nothing_where_nothing_is_wrong(world, importer) -> None:
    assert how_many(world.viewer("screener")).total == 0
    bring(importer, [child(1)])
    take_on(by=service_viewer("rosters"))
    assert (how_many(world.viewer("screener")).words, RosterFile.objects.count()) == ("", 1)


def test_a_worker_of_another_county_is_told_no_count(world, importer, at) -> None:
    file = bring(importer, [child(1)]).file
    take_on(by=service_viewer("rosters"))
    for who, expected in (("screener", 1), ("ngo_worker", 1)):
        world.viewer(who)
        with connection.cursor() as cursor:
            cursor.execute("SELECT rosters_not_seen('99001', %s::uuid[]), rosters_not_seen('99002', %s::uuid[])",
                           [[file.id], [file.id]])  # fmt: skip
            assert cursor.fetchone() == (expected, 0)
