"""A disk that fills up: sentences, nothing told is lost, and it goes on by itself when there is room again."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from anwang.foundation import clock
from anwang.intake.models import Report  # noqa: F401 - the models must be known to verify
from anwang.matters.verify import verify
from tests.faults.ground import COUNTY, Ground, eventually, place

SIZE = "520m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    with place() as folder:
        disk = folder / "disk"
        disk.mkdir(mode=0o711)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0711", "anwang-faults", str(disk)]
        if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
            pytest.skip("a small disk can be mounted by root only")
        try:
            yield disk
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)


@pytest.fixture
def ground(template: str, small_disk: Path) -> Iterator[Ground]:
    ground = Ground(small_disk)
    try:
        ground.found()
        yield ground
    finally:
        (small_disk / "filler").unlink(missing_ok=True)
        ground.stop()
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


def fill(ground: Ground, left: int) -> None:
    free = os.statvfs(ground.data)
    try:
        (ground.data / "filler").write_bytes(b"\0" * max(free.f_bavail * free.f_frsize - left, 0))
    except OSError as error:  # the site wrote meanwhile: what was left is filled already
        if error.errno != errno.ENOSPC:
            raise


def write(ground: Ground, mark: str, letters: int) -> tuple[int, str]:
    """Send the form of a new report as the worker on duty: status and what the page says."""
    session, now = (ground.data / "session").read_text(), clock.local(clock.now())
    token = "c" * 32
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={token}", "X-CSRFToken": token,
        "Content-Type": "application/x-www-form-urlencoded",
    }  # fmt: skip
    given = {
        "received_at_day": f"{now.year - 1911}/{now.month}/{now.day}", "received_at_time": f"{now:%H:%M}",
        "channel": "phone", "narrative": mark + os.urandom(letters // 2).hex(), "people": "1", "p0-role": "child",
        "p0-name": "江語彤",
    }  # fmt: skip
    status, page = ground.ask_site("POST", "/reports/new", urlencode(given).encode(), headers)
    return status, re.sub(r"<[^>]*>", " ", page.partition("<main")[2])


def test_says_that_nothing_more_fits_and_loses_nothing(ground: Ground) -> None:
    with ground.cluster.running():
        before = file_of(ground, "before", 200, 3)
        assert bring_in(ground, before).returncode == 0
        fill(ground, 2 * 1024 * 1024)
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


def test_a_page_says_what_to_do_and_works_again_when_there_is_room(ground: Ground) -> None:
    ground.start()
    assert write(ground, "before", 20)[0] == 302
    fill(ground, 0)
    told: list[str] = []
    refused = 0
    for number in range(60):
        status, words = write(ground, f"full{number}-", 7000)
        if status == 302:
            told.append(f"full{number}-")
            continue
        refused += 1
        # Full for its tables, or away while it recovers from a full log: in both cases what to do now.
        assert status == 503, words + ground.log.read_text(encoding="utf-8")[-4000:]
        assert "紙本" in words
        assert "之後再補登" in words
        if refused > 3:
            break
    assert refused
    (ground.data / "filler").unlink()
    assert eventually(lambda: write(ground, "after", 20)[0] == 302, 30)
    with ground.ask() as server:
        marks = [str(mark) for (mark,) in server.execute("SELECT narrative FROM intake_report").fetchall()]
        assert all(sum(mark.startswith(one) for mark in marks) == 1 for one in told)
        assert len([mark for mark in marks if mark.startswith("full")]) == len(told)
        assert verify(server) == []
