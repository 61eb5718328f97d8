"""The short form of `make faults`: a handful of kills under load, a power cut, stale files; nothing told is lost."""

import os
import shutil
from collections.abc import Iterator

import pytest

from anwang.project.postgres import binaries
from tests.faults.campaign import Campaign
from tests.faults.ground import Ground, place

SEED = 20260307


@pytest.fixture
def ground(template: str) -> Iterator[Ground]:
    with place() as data:
        ground = Ground(data)
        try:
            ground.found()
            yield ground
        finally:
            ground.stop()
            ground.clear()
            shutil.rmtree(ground.cluster.socket, ignore_errors=True)


def test_keeps_what_it_acknowledged_whatever_is_killed(ground: Ground) -> None:
    campaign = Campaign(ground, SEED)
    campaign.begin()
    assert ground.is_durable()
    for target in ("postmaster", "import", "hasty restart", "gunicorn worker", "everything"):
        made = campaign.strike(target, after=0.8)
        assert made.is_clean, made
    end = campaign.finish()
    assert end.is_clean, end
    assert end.acknowledged > 0
    before = _reports(ground)
    assert campaign.end() == {}
    _plant_stale_files(ground)
    ground.start()
    assert _reports(ground) == before


def _reports(ground: Ground) -> tuple[object, ...] | None:
    with ground.ask() as server:
        return server.execute("SELECT count(*) FROM intake_report").fetchone()


def _plant_stale_files(ground: Ground) -> None:
    """What a machine that lost its power may leave, with numbers that now belong to others."""
    (data,) = ground.data.glob("pg[0-9]*")
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n0 0\nready\n")
    (ground.data / f"pg{binaries.find().major}.new").mkdir()
    (ground.data / ".keys.1.dead").write_text("{")
    ground.cluster.socket.mkdir(mode=0o700, exist_ok=True)
    (ground.cluster.socket / ".s.PGSQL.5432.lock").write_text(f"{os.getpid()}\n{data}\n1\n5432\n/tmp\n")
    (ground.cluster.socket / ".s.PGSQL.5432").touch()
