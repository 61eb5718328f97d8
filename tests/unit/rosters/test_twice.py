"""The same file from two connections, and a taker killed between rows: each child once, and the next run goes on."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from django.db import connection, connections, transaction

from anwang.access.viewer import service_viewer
from anwang.foundation import clock
from anwang.rosters.actions import receive_roster, take_on
from anwang.rosters.models import RosterFile, RosterRow
from anwang.rosters.reading import load
from tests.unit.rosters.conftest import AT, SENDER, counted
from tests.unit.rosters.tables import child, roster
from tests.world import build_world

ROWS = [child(number) for number in range(1, 9)]


@pytest.fixture
def county(committed_db: str) -> Iterator[None]:
    with clock.frozen(AT):
        with transaction.atomic():
            build_world()
        yield


def bring() -> bool:
    with clock.frozen(AT), transaction.atomic():
        by = service_viewer("rosters")
        given = load(
            body=roster(ROWS), kind="moved", sender=SENDER, received_at=clock.now(), county="99001", declared=8
        )
        return receive_roster(roster=given, by=by, county="99001").is_new


def in_threads(work, count: int) -> list[object]:
    """Each in a thread with a connection of its own, all at once."""
    results: list[object] = []
    start = threading.Barrier(count)

    def run() -> None:
        start.wait()
        try:
            with clock.frozen(AT):
                results.append(work())
        except Exception as error:
            results.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_two_connections_take_the_same_file_once(county: None) -> None:
    found = in_threads(bring, 2)
    assert sorted(map(str, found)) == ["False", "True"]
    assert (RosterFile.objects.count(), counted()) == (1, len(ROWS))


def test_two_takers_make_one_report_of_each_row(county: None) -> None:
    bring()
    done = in_threads(lambda: take_on(by=service_viewer("rosters")).taken, 2)
    assert sum(map(int, map(str, done))) == len(ROWS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM matters_matter")
        assert cursor.fetchone() == (len(ROWS),)


def test_killed_between_rows_the_next_run_goes_on(county: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from anwang.rosters.actions import taking

    bring()
    real, calls = taking.receive_report, iter(range(100))

    def killed(**given: object) -> object:
        if next(calls) == 3:
            raise KeyboardInterrupt
        return real(**given)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "receive_report", killed)
    with pytest.raises(KeyboardInterrupt):
        take_on(by=service_viewer("rosters"))
    assert counted(report__isnull=False) == 3
    assert take_on(by=service_viewer("rosters")).taken == len(ROWS) - 3
    with transaction.atomic():
        service_viewer("rosters")
        assert len(set(RosterRow.objects.values_list("report_id", flat=True)) - {None}) == len(ROWS)


def test_a_file_cut_by_one_row_is_another_file_and_says_so(county: None) -> None:
    bring()
    with transaction.atomic():
        by = service_viewer("rosters")
        body = b"\r\n".join(roster(ROWS).split(b"\r\n")[:-2]) + b"\r\n"
        cut = load(body=body, kind="moved", sender=SENDER, received_at=clock.now(), county="99001", declared=8)
        file = receive_roster(roster=cut, by=by, county="99001").file
    assert (file.received, file.missing, file.gaps) == (7, 1, [8])
