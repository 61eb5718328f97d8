from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster
from anwang.project.supervisor import reserved_port
from tests.ports import unused_port


class Served:
    """`anwang serve` in a process of its own, below a shell that plays the part of make."""

    def __init__(self, data: Path) -> None:
        self.port = unused_port()
        self.data = data
        # What the tests set for themselves must not reach the program.
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ANWANG_", "DJANGO_"))}
        serve = f'"{sys.executable}" -m anwang.project.cli serve --with-parent'
        self.make = subprocess.Popen(
            ["/bin/sh", "-c", f"{serve}; exit $?"],
            env=kept | {"DATA": str(data), "PORT": str(self.port)},
            stderr=subprocess.PIPE,
            text=True,
        )

    def read_until(self, word: str) -> str:
        assert self.make.stderr is not None
        seen = ""
        for line in self.make.stderr:
            seen += line
            if word in line:
                return seen
        raise AssertionError(seen)

    def processes(self) -> dict[int, str]:
        """Pid and command of everything that has our data directory in its environment or its arguments."""
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes()
                if str(self.data).encode() in command + (folder / "environ").read_bytes() and command:
                    found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        return found

    def pid_of(self, word: str) -> int:
        return min(
            pid
            for pid, command in self.processes().items()
            if word in command and not re.search(r"tether|^/bin/sh", command)
        )

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with contextlib.closing(connection), contextlib.suppress(OSError):
            connection.request("GET", "/healthz")
            return connection.getresponse().status
        return 0


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    for path in (folder, *folder.parents[:2]):
        path.chmod(0o711)
    return folder


@pytest.fixture
def served(data: Path) -> Iterator[Served]:
    served = Served(data)
    try:
        served.read_until("ready: http://127.0.0.1:")
        yield served
    finally:
        for pid in served.processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        served.make.communicate()
        Cluster(data).wait_until_stopped()


def _eventually(happens: Callable[[], bool], seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("killed", ["make", "supervisor"])
def test_leaves_nothing_running_after_kill_9_of(served: Served, killed: str) -> None:
    pid = served.make.pid if killed == "make" else served.pid_of("cli serve")
    os.kill(pid, signal.SIGKILL)
    served.make.wait()
    assert _eventually(lambda: not served.processes()), served.processes()


def test_stops_everything_on_an_interrupt_and_starts_again(served: Served) -> None:
    os.kill(served.pid_of("cli serve"), signal.SIGINT)
    assert served.make.wait(30) == 0
    assert not served.processes()
    assert not Cluster(served.data).socket.exists()


def test_serves_again_after_kill_9_of_what_it_started(served: Served) -> None:
    for word in ("gunicorn", "bin/postgres", "keeper.py"):
        os.kill(served.pid_of(word), signal.SIGKILL)
        assert _eventually(lambda: served.status() == 200), word


def test_says_so_when_the_port_is_in_use() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(NoServer, match=f"Port {port} is in use"), reserved_port(port, 0.2):
            pass


def test_waits_for_a_former_site_to_let_go_of_its_port(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as former:
        former.bind(("127.0.0.1", 0))
        former.listen()
        port = former.getsockname()[1]
        ends = threading.Timer(1.5, former.close)
        ends.start()
        with reserved_port(port) as site:
            assert site.getsockname()[1] == port
        ends.join()
    assert f"port {port} is in use: waiting" in capsys.readouterr().err
