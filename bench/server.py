"""The program being measured: served as in use, and what its processes cost."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .load import Line

TICKS = os.sysconf("SC_CLK_TCK")
READY_SECONDS = 240.0
SETTLED = 0.3
"""Processor seconds in two seconds: less is nothing but looking whether something is due."""


@dataclass(frozen=True)
class Cost:
    """Processor seconds used so far by the site and by the database."""

    site: float
    database: float

    def since(self, before: Cost) -> Cost:
        return Cost(self.site - before.site, self.database - before.database)


@dataclass(frozen=True)
class Site:
    """A served program: where it listens, and the processes at the root of the site and of the database."""

    port: int
    root: int
    database_root: int

    def cost(self) -> Cost:
        return Cost(_seconds(_tree(self.root)), _seconds(_tree(self.database_root)))


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """`anwang serve` on a free port with this data directory, until the block ends."""
    port = _free_port()
    environment = os.environ | {"DATA": str(data), "PORT": str(port), "ANWANG_DEMO": "1"}
    command = [sys.executable, "-m", "anwang.project.cli", "serve", "--with-parent"]
    with open(data / "bench.log", "ab") as log:
        supervisor = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        _wait(port, supervisor)
        _settle(_named(supervisor.pid, "anwang.project.cli worker"))
        yield Site(port, _gunicorn(supervisor.pid), _postmaster(data))
    finally:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(60)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, supervisor: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    ask = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    while time.monotonic() < until:
        if supervisor.poll() is not None:
            raise SystemExit("bench: the server ended before it was ready; see bench.log in its data directory")
        try:
            if Line(port).ask(ask) == 200:
                return
        except (OSError, ValueError):
            pass
        time.sleep(0.2)
    raise SystemExit("bench: the server did not become ready")


def _settle(worker: int) -> None:
    """Until the first round of what is done by itself is over: it looks at everything once."""
    until, before = time.monotonic() + READY_SECONDS, -1.0
    while time.monotonic() < until and (now := _seconds(_tree(worker))) - before > SETTLED:
        before = now
        time.sleep(2)


def _gunicorn(supervisor: int) -> int:
    return _named(supervisor, "gunicorn", "anwang.project.cli") or supervisor


def _named(root: int, words: str, but: str = "\0") -> int:
    """The first process below that was started with these words."""
    lines = ((pid, _read(pid, "cmdline").replace("\0", " ")) for pid in _tree(root))
    return next((pid for pid, line in lines if words in line and but not in line), 0)


def _postmaster(data: Path) -> int:
    files = sorted(data.glob("pg[0-9]*/postmaster.pid"))
    return int(files[-1].read_text().split("\n", 1)[0]) if files else 0


def _tree(root: int) -> list[int]:
    """A process and everything below it."""
    if not root:
        return []
    parents: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):
        if name.isdigit() and (fields := _read(int(name), "stat").rpartition(")")[2].split()):
            parents.setdefault(int(fields[1]), []).append(int(name))
    found, look = [], [root]
    while look:
        pid = look.pop()
        found.append(pid)
        look += parents.get(pid, [])
    return found


def _seconds(pids: list[int]) -> float:
    """User and system time of processes, and of their children that ended."""
    total = 0
    for pid in pids:
        fields = _read(pid, "stat").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) if fields else 0
    return total / TICKS


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""
