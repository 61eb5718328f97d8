"""Backup while people write, and the drill: restored elsewhere, everything is there, opens and goes on."""

from __future__ import annotations

import io
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest

from anwang.project import keys
from anwang.project.backup.archive import Backup
from anwang.project.postgres import roles
from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster
from tests.faults.ground import ROOT, Ground, eventually, place

PASSPHRASE = "燈塔下的貓在數浪花一二三四"
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def ground(template: str) -> Iterator[Ground]:
    """A county whose server runs, with a worker who can log in and reports with sealed reporters."""
    with founded() as ground:
        ground.found()
        with ground.cluster.running():
            with loaded(ground):
                assert eventually(lambda: len(told(ground)) > 4)
            looked = ground.run([sys.executable, "-m", "tests.faults.looking", "set"])
            assert looked.returncode == 0, looked.stderr
            assert json.loads(looked.stdout)["entered"]
            yield ground


@contextmanager
def founded() -> Iterator[Ground]:
    """An empty place for one."""
    with place() as data:
        ground = Ground(data)
        try:
            yield ground
        finally:
            ground.clear()


@pytest.fixture
def elsewhere(template: str) -> Iterator[Ground]:
    with founded() as ground:
        yield ground


@pytest.fixture(scope="module")
def backup(ground: Ground, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One made while reports were written."""
    path = tmp_path_factory.mktemp("kept") / "county.backup"
    with loaded(ground):
        before = len(told(ground))
        assert eventually(lambda: len(told(ground)) > before)
        done = anwang(ground, "backup", str(path))
    assert done.returncode == 0, done.stderr
    return path


@contextmanager
def loaded(ground: Ground) -> Iterator[None]:
    command = [sys.executable, "-m", "tests.faults.load", "action", f"load{time.monotonic_ns()}", str(acks(ground))]
    load = subprocess.Popen(command, env=ground.environment, cwd=ROOT)
    try:
        yield
    finally:
        load.kill()
        load.wait()


def acks(ground: Ground) -> Path:
    return ground.data / "acknowledged"


def told(ground: Ground) -> list[str]:
    return acks(ground).read_text().split() if acks(ground).exists() else []


def anwang(ground: Ground, *arguments: str, **changes: str) -> Done:
    return subprocess.run(
        ground.command(*arguments), env=ground.environment | changes, cwd=ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )  # fmt: skip


def begun(ground: Ground, *arguments: str) -> subprocess.Popen[bytes]:
    """The command itself, to be killed, without its words."""
    command, none = ground.command(*arguments), subprocess.DEVNULL
    return subprocess.Popen(command, env=ground.environment, cwd=ROOT, stdout=none, stderr=none)


def faults(path: Path, ground: Ground) -> list[str]:
    """What is found before anything is restored."""
    try:
        with closing(Backup(path)) as backup:
            return backup.faults(keys.load(ground.data).ring["audit"])
    except NoServer as error:
        return [str(error)]


def altered(backup: Path, folder: Path, change: dict[str, bytes | None]) -> Path:
    """The same backup with parts put in, changed or taken out, as a zip tool would write it."""
    made = folder / "altered.backup"
    with zipfile.ZipFile(backup) as was, zipfile.ZipFile(made, "w") as now:
        parts = {name: was.read(name) for name in was.namelist()} | change
        for name, body in parts.items():
            if body is not None:
                now.writestr(name, body)
    made.with_name(made.name + ".keys").write_bytes(backup.with_name(backup.name + ".keys").read_bytes())
    return made


def test_is_for_its_owner_alone_and_keeps_the_keys_apart(ground: Ground, backup: Path) -> None:
    beside = backup.with_name(backup.name + ".keys")
    assert [path.stat().st_mode & 0o777 for path in (backup, beside)] == [0o600, 0o600]
    secret = json.loads(beside.read_bytes())
    body = backup.read_bytes()
    assert not any(text.encode() in body for text in (secret["secret_key"], *secret["ring"].values()))
    manifest = json.loads(zipfile.ZipFile(io.BytesIO(body)).read("manifest.json"))
    assert manifest["last_seal"]["acts"] > 0
    assert manifest["tables"]["intake_report"][0] > 0
    assert set(backup.parent.iterdir()) == {backup, beside}


def test_the_drill_finds_everything_as_it_was_and_leaves_nothing(ground: Ground, backup: Path, tmp_path: Path) -> None:
    done = anwang(ground, "restore", str(backup), "--verify", TMPDIR=str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert "can be restored" in done.stderr
    assert " 0 findings" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_goes_on_elsewhere_as_if_nothing_had_happened(ground: Ground, backup: Path, elsewhere: Ground) -> None:
    other = elsewhere
    done = anwang(other, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert (other.data / "keys.json").read_bytes() == (ground.data / "keys.json").read_bytes()
    with other.cluster.running():
        with other.ask() as server, ground.ask() as origin:
            (rows,) = server.execute("SELECT count(*) FROM intake_report").fetchone() or (0,)
            (older,) = origin.execute("SELECT count(*) FROM intake_report").fetchone() or (0,)
            assert 0 < rows <= older
        # New acts are sealed behind the old ones, though this server counts its transactions from the beginning.
        with loaded(other):
            assert eventually(lambda: len(told(other)) > 1)
        looked = json.loads(other.run([sys.executable, "-m", "tests.faults.looking"]).stdout)
        assert looked["entered"]
        assert looked["reporter"] == "鄰居"
        assert looked["sealed"] > 1
        assert other.findings() == []
        again = anwang(other, "restore", str(backup))
        assert again.returncode == 1
        assert "holds a database already" in again.stderr


def test_goes_into_a_server_of_ones_own_and_refuses_one_in_use(
    cluster: Cluster, backup: Path, elsewhere: Ground
) -> None:
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as server:
        server.execute("CREATE ROLE county_restored LOGIN CREATEROLE")
        server.execute("CREATE DATABASE county_restored OWNER county_restored")
        try:
            urls = {
                "DATABASE_URL": cluster.url(roles.APP, "county_restored"),
                "DATABASE_OWNER_URL": cluster.url("county_restored", "county_restored"),
            }
            done = anwang(elsewhere, "restore", str(backup), **urls)
            assert done.returncode == 0, done.stderr
            again = anwang(elsewhere, "restore", str(backup), **urls)
            assert again.returncode == 1
            assert "is not empty" in again.stderr
            # The refusal left no mark: what is in use goes on.
            assert " 0 findings" in anwang(elsewhere, "verify", **urls).stdout
        finally:
            server.execute("DROP DATABASE county_restored WITH (FORCE)")
            server.execute("DROP ROLE county_restored")


def test_leaves_nothing_half_when_it_is_killed(ground: Ground, tmp_path: Path) -> None:
    chance = random.Random(8)
    for number in range(4):
        path = tmp_path / f"{number}.backup"
        making = subprocess.Popen(
            ground.command("backup", str(path)), env=ground.environment, cwd=ROOT, stderr=subprocess.DEVNULL
        )
        time.sleep(chance.uniform(0.5, 2.0))
        making.send_signal(signal.SIGKILL)
        making.wait()
        # Whole or not there: the drill's own check of the parts, without the restore.
        assert not path.exists() or faults(path, ground) == []
    done = anwang(ground, "backup", str(tmp_path / "whole.backup"))
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_restore_cut_short_is_not_served_and_runs_again(backup: Path, elsewhere: Ground) -> None:
    other = elsewhere
    restoring = subprocess.Popen(
        other.command("restore", str(backup)), env=other.environment, cwd=ROOT, stderr=subprocess.DEVNULL
    )
    assert eventually(lambda: (other.data / "restore.unfinished").exists())
    restoring.send_signal(signal.SIGKILL)
    restoring.wait()
    served = anwang(other, "serve")
    assert served.returncode == 1
    assert "cut short" in served.stderr
    done = anwang(other, "restore", str(backup))
    assert done.returncode == 0, done.stderr


def test_names_what_was_tampered_with(ground: Ground, backup: Path, tmp_path: Path) -> None:
    dump = zipfile.ZipFile(backup).read("database.dump")
    manifest = zipfile.ZipFile(backup).read("manifest.json")
    changes: dict[str, dict[str, bytes | None]] = {
        "database.dump was changed": {"database.dump": dump[:-1] + bytes([dump[-1] ^ 1])},
        "database.dump is missing": {"database.dump": None},
        "note.txt does not belong to it": {"note.txt": b"x"},
        "manifest.json was changed": {"manifest.json": manifest.replace(b'"made_at": "', b'"made_at": "1')},
        "is no whole backup": {"manifest.sig": None},
    }  # fmt: skip
    for words, change in changes.items():
        assert any(words in fault for fault in faults(altered(backup, tmp_path, change), ground)), words
    cut = tmp_path / "cut.backup"
    cut.write_bytes(backup.read_bytes()[:-1000])
    assert "is no whole backup" in faults(cut, ground)[0]
    # The command says so, and restores nothing.
    done = anwang(ground, "restore", str(altered(backup, tmp_path, {"note.txt": b"x"})), "--verify")
    assert done.returncode == 1
    assert "note.txt does not belong to it" in done.stderr
    assert "nothing was restored" in done.stderr
    assert "Traceback" not in done.stderr


def test_says_when_the_keys_are_others_or_sealed(ground: Ground, backup: Path, tmp_path: Path) -> None:
    others = tmp_path / "other.keys"
    keys.load(tmp_path)
    (tmp_path / "keys.json").rename(others)
    done = anwang(ground, "restore", str(backup), "--verify", "--keys", str(others))
    assert done.returncode == 1
    assert "the keys of another system (audit, receipts, reporters, seals" in done.stderr
    (tmp_path / "word").write_text(PASSPHRASE)
    sealed = tmp_path / "sealed.backup"
    made = anwang(ground, "backup", str(sealed), "--passphrase-file", str(tmp_path / "word"))
    assert made.returncode == 0, made.stderr
    kept = (tmp_path / "sealed.backup.keys").read_text()
    assert not any(text in kept for text in json.loads((ground.data / "keys.json").read_text())["ring"].values())
    assert "under a passphrase" in anwang(ground, "restore", str(sealed), "--verify").stderr
    wrong = anwang(ground, "restore", str(sealed), "--verify", ANWANG_BACKUP_PASSPHRASE="x" * 20)
    assert "does not open" in wrong.stderr
    right = anwang(ground, "restore", str(sealed), "--data", str(ground.data), ANWANG_BACKUP_PASSPHRASE=PASSPHRASE)
    assert "holds a database already" in right.stderr


@pytest.mark.parametrize("place", ["beside", "named"])
def test_seals_no_keys_where_the_same_keys_lie_open(ground: Ground, tmp_path: Path, place: str) -> None:
    (tmp_path / "apart").mkdir()
    made, named = tmp_path / "county.backup", tmp_path / "apart" / "county.keys"
    opened = named if place == "named" else tmp_path / "earlier.backup.keys"
    opened.write_bytes((ground.data / "keys.json").read_bytes())
    asked = ("backup", str(made), "--keys", str(named))
    done = anwang(ground, *asked, ANWANG_BACKUP_PASSPHRASE=PASSPHRASE)
    assert done.returncode == 1
    assert f"{opened} holds these keys without a passphrase" in done.stderr
    assert "Move it to another place or delete it, then run this again" in done.stderr
    assert not made.exists()
    opened.unlink()
    assert anwang(ground, *asked, ANWANG_BACKUP_PASSPHRASE=PASSPHRASE).returncode == 0
    assert "sealed" in json.loads(named.read_text())
    again = anwang(ground, "backup", str(tmp_path / "2.backup"), "--keys", str(named),
                   ANWANG_BACKUP_PASSPHRASE=PASSPHRASE)  # fmt: skip
    assert again.returncode == 0, again.stderr


def test_does_not_overwrite(ground: Ground, backup: Path) -> None:
    before = backup.read_bytes()
    done = anwang(ground, "backup", str(backup))
    assert done.returncode == 1
    assert "is not overwritten" in done.stderr
    assert backup.read_bytes() == before


def test_says_that_the_disk_is_full_and_leaves_no_half_file(ground: Ground, tmp_path: Path) -> None:
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "anwang-faults", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be mounted by root only")
    try:
        done = anwang(ground, "backup", str(tmp_path / "full.backup"))
        assert done.returncode == 1
        assert "could not be written (No space left on device)" in done.stderr
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", "-l", str(tmp_path)], check=False)
