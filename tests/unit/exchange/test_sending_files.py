"""Messages that go out as the file of a day: whole, counted, nothing twice, nothing written over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from anwang.exchange.sending import delivering
from anwang.exchange.sending.delivering import deliver
from anwang.foundation import clock
from anwang.systems.actions.endpoints import end_endpoint
from anwang.systems.actions.telling import Telling, announce
from anwang.systems.events import REPORT_CLOSED, REPORT_DECIDED, REPORT_RECEIVED
from tests.unit.exchange.receiver import REPORT, a_system, an_endpoint
from tests.world import World, build_world

AT = "2026-11-21T23:40+08:00"
THREE = (REPORT_RECEIVED, REPORT_DECIDED, REPORT_CLOSED)


@pytest.fixture(autouse=True)
def our_own_network(settings, tmp_path: Path) -> None:
    settings.OUTBOX_PRIVATE = True
    settings.DATA = tmp_path


@pytest.fixture
def hands(at) -> Iterator[clock.FrozenClock]:
    return at(AT)


@pytest.fixture
def world(db, hands) -> World:
    return build_world()


def tell(world: World, *events: str, to: str = "school-board") -> None:
    by = world.viewer("screener")
    for event in events or THREE:
        assert announce(event, tell=[Telling(to, REPORT, clock.now())], county="99001", by=by)


def folder_of(endpoint_id: UUID, data: Path) -> Path:
    return data / "outbox" / "school-board" / f"99001-{endpoint_id.hex[-8:]}"


def test_writes_the_file_of_the_day_whole_and_counts_it(world: World, tmp_path: Path, hands) -> None:
    endpoint_id, _ = an_endpoint(a_system(), world.viewer("administrator"))
    tell(world, REPORT_RECEIVED)
    assert deliver() == 1
    tell(world, REPORT_DECIDED)
    assert deliver() == 1
    folder = folder_of(endpoint_id, tmp_path)
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-11-21.csv", "2026-11-21.jsonl", "2026-11-21.manifest.json",
    ]  # fmt: skip
    lines = [json.loads(line) for line in (folder / "2026-11-21.jsonl").read_text().splitlines()]
    assert [line["sequence"] for line in lines] == ["1", "2"]
    manifest = json.loads((folder / "2026-11-21.manifest.json").read_text())
    assert (manifest["count"], manifest["first"], manifest["last"]) == (2, 1, 2)
    for file in manifest["files"]:
        assert hashlib.sha256((folder / file["name"]).read_bytes()).hexdigest() == file["sha256"]
    assert (folder / "2026-11-21.csv").read_bytes().startswith(b"\xef\xbb\xbfsequence,id,type")
    hands.advance(timedelta(days=1))
    tell(world, REPORT_CLOSED)
    deliver()
    assert (folder / "2026-11-22.jsonl").exists()


def test_writes_nothing_twice_into_a_file_after_a_crash(world: World, tmp_path: Path, monkeypatch) -> None:
    def killed(**_: object) -> None:
        raise SystemExit

    endpoint_id, _ = an_endpoint(a_system(), world.viewer("administrator"))
    tell(world)
    with monkeypatch.context() as patch:
        patch.setattr(delivering.acts, "note_written", killed)
        with pytest.raises(SystemExit):
            deliver()
    assert deliver() == 3
    assert len((folder_of(endpoint_id, tmp_path) / "2026-11-21.jsonl").read_text().splitlines()) == 3


def test_does_not_write_over_the_files_of_the_endpoint_before(world: World, tmp_path: Path) -> None:
    admin, system_id = world.viewer("administrator"), a_system()
    before, _ = an_endpoint(system_id, admin)
    tell(world, REPORT_RECEIVED)
    deliver()
    end_endpoint(endpoint_id=before, by=world.viewer("administrator"), at=clock.now())
    after, _ = an_endpoint(system_id, world.viewer("administrator"))
    tell(world, REPORT_DECIDED)
    deliver()
    written = [(folder_of(one, tmp_path) / "2026-11-21.jsonl").read_text() for one in (before, after)]
    assert [json.loads(text)["type"] for text in written] == [REPORT_RECEIVED, REPORT_DECIDED]
