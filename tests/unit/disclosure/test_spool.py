"""When the record cannot be written: danger to life alone, on the disk first, into the record afterwards, once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from anwang.access.models import Account, Grant
from anwang.audit.models import Act, Reading
from anwang.disclosure import actions, jobs, spool
from anwang.disclosure.actions.spooling import record_is_writable
from anwang.disclosure.models import Alert, Glass
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.matters.models import Duty
from tests.database import as_owner
from tests.unit.disclosure.stage import FAMILY, NIGHT, Couple, set_up
from tests.world import build_world

ROOT = Path(__file__).resolve().parents[3]
LIFE = actions.Because("life_threat", "刀子，孩子在裡面。")
WHOSE = actions.Whose(number=FAMILY)


@pytest.fixture(autouse=True)
def disk(tmp_path: Path, settings: object) -> Path:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    return tmp_path / "spool"


@pytest.fixture
def there(committed_db: str, at: Callable[..., object]) -> Couple:
    hands = at(NIGHT)
    with transaction.atomic():
        return set_up(build_world(), hands)  # type: ignore[arg-type]


@pytest.fixture
def shut(there: Couple, committed_db: str, cluster: object) -> Callable[[bool], None]:
    """Take from the application the right to write acts and readings, or give it back."""

    def turn(is_shut: bool) -> None:
        word = "REVOKE INSERT ON {} FROM anwang_app" if is_shut else "GRANT INSERT ON {} TO anwang_app"
        with as_owner(cluster, committed_db) as owner:  # type: ignore[arg-type]
            for table in ("audit_act", "audit_reading"):
                owner.execute(word.format(table))

    return turn


def kept(count: int, worker: object = None) -> list[spool.Entry]:
    return [
        spool.write(at=NIGHT + timedelta(minutes=n), worker=worker or uuid4(), unit=uuid4(), county="99001",
                    family=None, files=(uuid4(),), reason="life_threat", words=f"第{n}次")
        for n in range(count)
    ]  # type: ignore[arg-type]  # fmt: skip


def killed(act: str, disk: Path) -> bool:
    """Do it in a new process that kills itself (`dying`); whether it did."""
    names = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    told = {"data": str(disk.parent), "now": clock.now().isoformat(),
            "database": {name: connection.settings_dict[name] for name in names}}  # fmt: skip
    command = [sys.executable, "-m", "tests.unit.disclosure.dying", act, json.dumps(told)]
    return subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL


def test_lies_sealed_signed_and_for_us_alone(disk: Path) -> None:
    kept(1)
    (path,) = disk.glob("*.spool")
    assert path.stat().st_mode & 0o077 == 0
    assert "第0次".encode() not in path.read_bytes()
    assert spool.waiting()[0].entry is not None


def test_keeps_the_order_in_which_it_happened(disk: Path) -> None:
    entries = kept(12)
    assert [one.entry for one in spool.waiting()] == entries


def test_finds_an_entry_that_was_changed_swapped_or_taken_out(disk: Path) -> None:
    kept(4)
    paths = sorted(disk.glob("*.spool"))
    body = bytearray(paths[1].read_bytes())
    body[-1] ^= 1
    paths[1].write_bytes(body)
    assert [one.entry is not None for one in spool.waiting()] == [True, False, False, True]
    paths[1].unlink()
    assert [one.entry is not None for one in spool.waiting()] == [True, False, True]


def test_reads_nothing_half_written_after_kill_9(disk: Path) -> None:
    kept(1)
    assert killed("write", disk)
    assert len(spool.waiting()) == 1
    assert kept(1)
    assert [one.entry is not None for one in spool.waiting()] == [True, True]


def test_refuses_sensitive_reading_while_the_record_cannot_be_written(
    there: Couple, shut: Callable[[bool], None]
) -> None:
    shut(True)
    with transaction.atomic():
        by = there.be("adult_worker")
        assert not record_is_writable(by)
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.break_glass(whose=WHOSE, because=LIFE, by=by, at=clock.now())
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(username="adult_worker"))
    page = client.get(f"/families/{FAMILY}")
    assert page.status_code >= 500
    assert "施曉嵐" not in page.content.decode()


def page_of(key: str, reason: str) -> tuple[int, str]:
    client = Client()
    client.force_login(Account.objects.get(username=key))
    session = client.session
    session["proved"] = int(clock.now().timestamp())
    session.save()
    answer = client.post("/disclosure/openings/new", {"reason": reason, "words": "刀子", "number": FAMILY})
    return answer.status_code, answer.content.decode()


def test_shows_one_sheet_for_danger_to_life_and_records_it_later(
    there: Couple, shut: Callable[[bool], None], disk: Path
) -> None:
    shut(True)
    status, page = page_of("worker2", "life_threat")
    assert status == 200, page
    assert "施曉嵐" in page
    assert "鄧建宏" in page or "H115" not in page
    assert "徐意涵" in page
    assert "watermark" in page
    assert len(list(disk.glob("*.spool"))) == 1
    with transaction.atomic():
        there.be("worker2")
        assert not Glass.objects.exists()
        assert not Grant.objects.filter(because="break_glass").exists()
    with pytest.raises(DatabaseError):
        jobs.replay()
    assert len(list(disk.glob("*.spool"))) == 1
    shut(False)
    there.hands.advance(timedelta(hours=9))
    assert jobs.replay() == 1
    with transaction.atomic():
        there.be("privacy")
        glass = Glass.objects.get()
        assert (glass.at, glass.spooled is not None) == (NIGHT, True)
        act = Act.objects.get(verb="glass.broken")
        assert (act.at, act.recorded_at) == (NIGHT, NIGHT + timedelta(hours=9))
        assert Reading.objects.filter(what="glass", by_worker_id=there.world.workers["worker2"]).exists()
        assert Duty.objects.filter(matter_id=glass.matter_id, rule_id="break_glass.review", state="open").exists()
        assert Alert.objects.get().to_role == "privacy_officer"
        there.be("supervisor")
        assert Alert.objects.get().to_role == "supervising"
    assert (jobs.replay(), len(list(disk.glob("*.spool")))) == (0, 0)


def test_gives_no_sheet_for_another_reason_nor_to_the_other_side(
    there: Couple, shut: Callable[[bool], None], disk: Path
) -> None:
    shut(True)
    status, page = page_of("worker2", "cannot_reach")
    assert status == 403
    assert "施曉嵐" not in page
    status, page = page_of("visitor", "life_threat")
    assert status in (404, 422)
    assert "施曉嵐" not in page
    assert not list(disk.glob("*.spool"))


def test_counts_what_was_spooled_towards_the_day(there: Couple, shut: Callable[[bool], None]) -> None:
    shut(True)
    for _n in range(3):
        with transaction.atomic():
            actions.open_unrecorded(whose=WHOSE, because=LIFE, by=there.be("worker2"), at=clock.now())
    with pytest.raises(Refused), transaction.atomic():
        actions.open_unrecorded(whose=WHOSE, because=LIFE, by=there.be("worker2"), at=clock.now())
    with pytest.raises(NotFound), transaction.atomic():
        actions.open_unrecorded(
            whose=actions.Whose(number="nonsense"), because=LIFE, by=there.be("worker"), at=clock.now()
        )


def test_replays_once_in_order_though_killed_between_commit_and_file(
    there: Couple, shut: Callable[[bool], None], disk: Path
) -> None:
    shut(True)
    for key in ("worker2", "worker", "welfare_worker"):
        with transaction.atomic():
            actions.open_unrecorded(whose=WHOSE, because=LIFE, by=there.be(key), at=clock.now())
        there.hands.advance(timedelta(minutes=5))
    shut(False)
    connection.close()
    assert killed("replay", disk)
    assert len(list(disk.glob("*.spool"))) == 3
    assert jobs.replay() == 2
    with transaction.atomic():
        there.be("privacy")
        readers = list(Glass.objects.order_by("recorded_at", "matter_id").values_list("reader", flat=True))
    assert readers == [there.world.workers[key] for key in ("worker2", "worker", "welfare_worker")]


def test_notes_a_broken_entry_and_goes_on(there: Couple, shut: Callable[[bool], None], disk: Path) -> None:
    shut(True)
    for key in ("worker2", "worker"):
        with transaction.atomic():
            actions.open_unrecorded(whose=WHOSE, because=LIFE, by=there.be(key), at=clock.now())
    shut(False)
    first = min(disk.glob("*.spool"))
    first.write_bytes(first.read_bytes()[:-1])
    jobs.replay()
    assert (disk / "broken" / first.name).exists()
    assert Act.objects.filter(verb="glass.spool_broken").exists()
