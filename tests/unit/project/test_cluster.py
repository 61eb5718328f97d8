from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster

HOLD = """
import sys, time
from pathlib import Path
from types import SimpleNamespace
from anwang.project.postgres.cluster import Cluster
with Cluster(Path(sys.argv[1])).running():
    print("running", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    base = tmp_path_factory.mktemp("cluster")
    for folder in (base, *base.parents[:2]):
        folder.chmod(0o711)
    cluster = Cluster(base)
    yield cluster
    # Should a test have failed half-way: nothing of it may stay.
    cluster.wait_until_stopped()
    shutil.rmtree(cluster.socket, ignore_errors=True)


def _hold(cluster: Cluster) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", HOLD, str(cluster.base)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd())
    assert process.stdout is not None
    assert process.stdout.readline() == "running\n"
    return process


def _kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def _postmaster(cluster: Cluster) -> int:
    (file,) = cluster.base.glob("pg*/postmaster.pid")
    return int(file.read_text().split("\n", 1)[0])


def _eventually(happens: Callable[[], bool], seconds: float = 20.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.02)
    return False


def _ask(cluster: Cluster, statement: str) -> object:
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        result = connection.execute(statement)
        return result.fetchone() if result.description else None


def _is_gone(pid: int) -> bool:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    return True


def test_leaves_nothing_running_when_its_only_user_is_killed_and_keeps_the_data(cluster: Cluster) -> None:
    user = _hold(cluster)
    _ask(cluster, "CREATE TABLE kept AS SELECT 1 AS row")
    postmaster = _postmaster(cluster)
    _kill(user)
    assert cluster.wait_until_stopped()
    assert _is_gone(postmaster)
    assert not cluster.socket.exists()
    with cluster.running():
        assert _ask(cluster, "SELECT row FROM kept") == (1,)


def test_is_shared_and_stays_until_the_last_user_is_gone(cluster: Cluster) -> None:
    first, second = _hold(cluster), _hold(cluster)
    postmaster = _postmaster(cluster)
    _kill(first)
    assert not cluster.wait_until_stopped(0.3)
    assert _ask(cluster, "SELECT 1") == (1,)
    assert _postmaster(cluster) == postmaster
    _kill(second)
    assert cluster.wait_until_stopped()


def test_starts_the_server_again_when_the_postmaster_is_killed(cluster: Cluster) -> None:
    with cluster.running():
        _ask(cluster, "CREATE TABLE kept AS SELECT 1 AS row")
        killed = _postmaster(cluster)
        os.kill(killed, signal.SIGKILL)
        assert _eventually(lambda: _is_gone(killed))
        cluster.ensure()
        assert _ask(cluster, "SELECT row FROM kept") == (1,)
        assert _postmaster(cluster) != killed


def test_comes_back_after_its_keeper_is_killed(cluster: Cluster) -> None:
    with cluster.running():
        killed = _postmaster(cluster)
        keeper = int(Path(f"/proc/{killed}/stat").read_text().rpartition(")")[2].split()[1])
        os.kill(keeper, signal.SIGKILL)
        assert _eventually(lambda: not cluster.listens())
        cluster.ensure()
        assert _ask(cluster, "SELECT 1") == (1,)


def test_does_not_believe_a_pid_file_that_names_somebody_else(cluster: Cluster) -> None:
    with cluster.running():
        (data,) = cluster.base.glob("pg*")
    assert cluster.wait_until_stopped()
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n1\n5432\n\n\n0 0\nready\n")
    with cluster.running():
        assert _ask(cluster, "SELECT 1") == (1,)


def test_makes_the_data_directory_anew_when_making_it_was_cut_short(cluster: Cluster) -> None:
    from anwang.project.postgres import binaries

    half = cluster.base / f"pg{binaries.find().major}.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("15\n")
    with cluster.running():
        assert _ask(cluster, "SELECT 1") == (1,)


def test_says_what_to_do_when_the_disk_is_nearly_full(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1))
    with pytest.raises(NoServer, match="free some space"), cluster.running():
        pass


def test_refuses_a_socket_directory_that_others_may_enter(cluster: Cluster) -> None:
    cluster.socket.mkdir()
    cluster.socket.chmod(0o755)
    with pytest.raises(NoServer, match="somebody else"), cluster.running():
        pass
    cluster.socket.rmdir()
