"""A disk that fills up: sentences, nothing told is lost, and it goes on when there is room again."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from anwang.foundation import clock
from anwang.intake.models import Report  # noqa: F401 - the models must be known to verify
from anwang.matters.verify import verify
from tests.faults.ground import COUNTY, Ground

SIZE = "420m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0711", "anwang-faults", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be mounted by root only")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=False)


@pytest.fixture
def ground(template: str, small_disk: Path) -> Iterator[Ground]:
    ground = Ground(small_disk)
    try:
        ground.found()
        yield ground
    finally:
        (small_disk / "filler").unlink(missing_ok=True)
        ground.clear()


def file_of(ground: Ground, name: str, letters: int, lines: int) -> Path:
    path = ground.data.parent / f"{name}.jsonl"
    at = clock.local(clock.now()).isoformat()
    noise = os.urandom(letters // 2).hex()
    records = [{"number": f"{name}-{n}", "received_at": at, "narrative": f"{n} {noise}"} for n in range(lines)]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def bring_in(ground: Ground, path: Path) -> subprocess.CompletedProcess[str]:
    return ground.run(ground.command("report", "import", str(path), "--county", COUNTY))


def test_says_that_nothing_more_fits_and_loses_nothing(ground: Ground) -> None:
    with ground.cluster.running():
        before = file_of(ground, "before", 200, 3)
        assert bring_in(ground, before).returncode == 0
        free = os.statvfs(ground.data)
        left = free.f_bavail * free.f_frsize
        (ground.data / "filler").write_bytes(b"\0" * max(left - 2 * 1024 * 1024, 0))
        after = file_of(ground, "after", 300_000, 20)
        full = bring_in(ground, after)
        assert full.returncode == 1
        assert "。" in full.stderr
        assert "Traceback" not in full.stderr
        (ground.data / "filler").unlink()
        ground.cluster.ensure()
        again = bring_in(ground, after)
        assert again.returncode == 0, again.stderr
        with ground.ask() as server:
            assert server.execute("SELECT count(*), count(DISTINCT narrative) FROM intake_report").fetchone() == (
                23,
                23,
            )
            assert verify(server) == []
