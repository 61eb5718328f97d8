"""Reports that come in together are what they are when each comes alone; each costs few statements, many no more."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.access.viewer import Viewer, service_viewer
from anwang.foundation.errors import AnwangError
from anwang.intake.actions import receive_report, receive_reports
from anwang.intake.actions import receiving as entrance
from anwang.intake.incoming import Arrival
from anwang.intake.models import Report
from anwang.matters.actions import planning
from anwang.matters.models import Matter
from anwang.people.models import Person
from tests.unit.intake.arrivals import CHILD, MOTHER, NIGHT, rows, told, varied
from tests.world import World, build_world

pytestmark = pytest.mark.django_db
COUNTY = "99001"


@pytest.fixture
def world(at) -> World:
    at(NIGHT + timedelta(minutes=5))
    return build_world(night=(NIGHT - timedelta(hours=4), NIGHT + timedelta(hours=9)))


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def alone(arrivals: list[Arrival], by: Viewer) -> list[str]:
    said = []
    for each in arrivals:
        try:
            row = receive_report(
                report=each.report, by=by, county=COUNTY, sender=each.sender, key=each.key, call_id=each.call_id
            )
            said.append("known" if row._state.adding else "taken")
        except AnwangError as error:
            said.append(str(error))
    return said


def together(arrivals: list[Arrival], by: Viewer) -> list[str]:
    found = receive_reports(arrivals=arrivals, by=by, county=COUNTY)
    return [str(one) if isinstance(one, AnwangError) else "known" if one._state.adding else "taken" for one in found]


def known_person(world: World) -> Person:
    """Somebody on record, who stood in a report before."""
    receive_report(report=told(persons=(CHILD,)), by=world.viewer("night"))
    return Person.objects.get(name=CHILD.name)


@pytest.mark.parametrize("taker", ["night", "import"])
def test_writes_the_same_rows_for_many_as_for_each_alone(world: World, taker: str) -> None:
    arrivals = varied(known_person(world).id)
    written, said = [], []
    for way in (alone, together):
        with undone():
            by = service_viewer(taker) if taker == "import" else world.viewer(taker)
            said.append(way(arrivals, by))
            world.viewer("night")
            written.append(rows())
    assert said[0] == said[1]
    assert [said[0].count(word) for word in ("taken", "known")] == [10, 1]
    assert [len(each) for each in written[0].values()] == [len(each) for each in written[1].values()]
    for table in written[0]:
        # The bytes that came in under one key are planned in the order of the file, their keys written by name.
        assert written[0][table] == written[1][table], table


def test_asks_no_more_statements_for_fifty_than_for_one(world: World) -> None:
    told_of = [Arrival(told(persons=(CHILD, MOTHER)), "twss", f"K-{n}") for n in range(50)]
    counted = []
    for arrivals in (told_of[:1], told_of[1:]):
        by = service_viewer("import")
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            assert set(together(arrivals, by)) == {"taken"}
        counted.append(len(asked))
    assert max(counted) <= 8, counted
    assert Matter.objects.filter(kind="report").count() == 50


def test_gives_the_number_of_what_it_took(world: World) -> None:
    report = receive_report(report=told(), by=world.viewer("night"))
    assert Matter.objects.get(id=report.id).number == report.number


def test_draws_again_when_a_number_is_taken(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    by = service_viewer("import")
    first = receive_report(report=told(), by=by, county=COUNTY).number
    drawn = [first, "T115-0000-0017", "T115-0000-0017", "T115-0000-0024", "T115-0000-0031", "T115-0000-0048"]
    monkeypatch.setattr(planning, "new_number", lambda letter, year: drawn.pop(0))
    together([Arrival(told()) for _ in range(3)], by)
    assert Matter.objects.filter(number=first).count() == 1
    assert Matter.objects.count() == 4


def test_one_that_is_refused_leaves_nothing_behind(world: World) -> None:
    by = service_viewer("import")
    bad = told(persons=(CHILD, MOTHER, CHILD.__class__(role="child", identifiers=(("other", ""),))))
    assert together([Arrival(told()), Arrival(bad), Arrival(told())], by)[1].endswith("。")
    world.viewer("night")
    assert Report.objects.count() == 2
    assert not Person.objects.filter(name=MOTHER.name).exists()


def test_waits_for_who_is_taking_the_same_record_and_then_finds_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two looked at the same instant and saw nothing: the second is refused by the key, and looks again."""
    by, same = service_viewer("import"), Arrival(told(), "twss", "A-1")
    together([same], by)
    seen, looked = entrance._which_are_seen, []
    monkeypatch.setattr(entrance, "_which_are_seen", lambda arrivals: looked.append(1) or seen(()))
    with pytest.raises(Exception, match="received_once_by_sender"), transaction.atomic():
        together([same], by)
    monkeypatch.setattr(entrance, "_which_are_seen", seen)
    assert together([same], by) == ["known"]
    assert looked == [1]


def test_hides_where_somebody_hides_whoever_else_names_the_place(world: World) -> None:
    """Who is brought in later in the list hides at the address that somebody else was reported with."""
    from anwang.people.actions import add_safety_address
    from anwang.people.models import Address

    known = known_person(world)
    by = world.viewer("night")
    add_safety_address(person_id=known.id, text="望潮縣無名路9001號", ask_whom="家防中心 (08)000-1000", by=by, at=NIGHT)
    other = CHILD.__class__(role="other_party", name="陳志豪", addresses=(("living", "望潮縣無名路9001號"),))
    brought = CHILD.__class__(role="victim", person_id=known.id)
    receive_report(report=told(persons=(other, brought)), by=by)
    assert Address.objects.get().is_hidden
