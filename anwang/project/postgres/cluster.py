"""Start or join the database server that belongs to one data directory.

Whoever uses the server holds a shared flock on `run/use.lock`; Linux lets go of it when the user dies, however that
happens. The `keeper` process owns the server and stops it when it can take that lock alone. So no pid file is ever
believed, any number of commands share one server, and nothing is left running after a kill -9.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from anwang.project.postgres import binaries
from anwang.project.postgres.binaries import NoServer

PORT = 5432
START_SECONDS = 60.0
LEAST_FREE_BYTES = 300 * 1024 * 1024
KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True)
class Cluster:
    """The server of the data directory `base`. An ephemeral one is fast, unsafe and removed with its directory."""

    base: Path
    ephemeral: bool = False

    @property
    def run(self) -> Path:
        """Locks and the server's log."""
        return self.base / "run"

    @property
    def socket(self) -> Path:
        """Directory of the unix socket: short (the system allows 107 bytes) and the same for every command."""
        digest = hashlib.sha256(os.fsencode(self.base.resolve())).hexdigest()[:12]
        return Path(f"/tmp/anwang-{os.geteuid()}-{digest}")  # noqa: S108 - made 0700 and checked to be ours

    @contextmanager
    def in_use(self) -> Iterator[Cluster]:
        """Keep the server alive for the body, without starting it."""
        self.run.mkdir(parents=True, exist_ok=True)
        with open(self.run / "use.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
            yield self

    @contextmanager
    def running(self) -> Iterator[Cluster]:
        """The server, started when it was not there, for as long as the body lasts.

        Raises NoServer with a sentence when it cannot be started.
        """
        with self._one_starter(), self.in_use():
            self._start_unless_ready()
            holder = open(self.run / "use.lock", "a")  # noqa: SIM115 - outlives the starter's turn
            fcntl.flock(holder, fcntl.LOCK_SH)
        try:
            yield self
        finally:
            holder.close()

    def ensure(self) -> None:
        """Start the server again when it or its keeper has died; the caller already uses it."""
        with self._one_starter():
            self._start_unless_ready()

    def wait_until_stopped(self, seconds: float = 15.0) -> bool:
        """After letting go: whether the server has ended, which it does unless somebody else uses it."""
        deadline = time.monotonic() + seconds
        while self._keeper_lives():
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def listens(self) -> bool:
        """Whether a postmaster holds the socket: cheaper than `is_ready`, for asking all the time."""
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket / f".s.PGSQL.{PORT}")) == 0

    def is_ready(self) -> bool:
        """Whether the server accepts connections (asked by pg_isready, never by pid)."""
        if not self.socket.exists():
            return False
        program = binaries.find(self.base).program("pg_isready")
        command = [
            program,
            "-q",
            "-h",
            str(self.socket),
            "-p",
            str(PORT),
            "-U",
            "postgres",
            "-d",
            "postgres",
            "-t",
            "3",
        ]
        return subprocess.run(command, check=False).returncode == 0

    def url(self, user: str, database: str) -> str:
        """A log-in by the socket; the owner's session says that it keeps the database (`postgres.walls`)."""
        keeps = "&options=-c%20anwang.keeps%3Don" if user == "anwang_owner" else ""
        return f"postgresql://{user}@/{database}?host={self.socket}&port={PORT}{keeps}"

    def describe(self) -> str:
        """What is used and where, as the keeper placed it."""
        return (self.run / "server.txt").read_text(encoding="utf-8").strip()

    @contextmanager
    def _one_starter(self) -> Iterator[None]:
        self._make_directories()
        with open(self.run / "start.lock", "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _make_directories(self) -> None:
        try:
            self.run.mkdir(parents=True, exist_ok=True)
            os.chmod(self.run, 0o700)
        except OSError as error:
            raise NoServer(f"Cannot write to {self.base}: set DATA to a directory you may write to.") from error
        _own_directory(self.socket)

    def _keeper_lives(self) -> bool:
        if not self.run.exists():
            return False
        with open(self.run / "keeper.lock", "a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def _start_unless_ready(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            # A keeper that lives is starting its server again after a crash.
            if not self._keeper_lives():
                self._start()
                return
            if time.monotonic() > deadline:
                raise NoServer(f"The database server does not answer: see {self.run / 'postgres.log'}.")
            time.sleep(0.05)

    def _start(self) -> None:
        # Once more: a keeper that was ending when we came has taken the directory with it.
        _own_directory(self.socket)
        found = binaries.find(self.base)
        fresh = not (self.base / f"pg{found.major}").exists()
        if fresh and shutil.disk_usage(self.base).free < LEAST_FREE_BYTES:
            raise NoServer(f"Less than 300 MB free at {self.base}: free some space or set DATA to another disk.")
        wish = {
            "base": str(self.base.resolve()),
            "socket": str(self.socket),
            "port": PORT,
            "ephemeral": self.ephemeral,
            "bin": str(found.bin),
            "major": found.major,
            "description": str(found),
        }
        command = [sys.executable, str(KEEPER), json.dumps(wish)]
        with open(self.run / "keeper.log", "ab") as log:
            keeper = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, start_new_session=True, cwd="/"
            )
        assert keeper.stdout is not None
        with keeper.stdout as answer:
            _expect_ready(answer, self.run)
        _reap_later(keeper)


def _expect_ready(answer: IO[bytes], run: Path) -> None:
    line = answer.readline().decode(errors="replace").strip()
    if line != "ready":
        raise NoServer(line or f"The database server did not start: see {run / 'keeper.log'}.")


def _reap_later(keeper: subprocess.Popen[bytes]) -> None:
    # The keeper ends after us. Marking it as awaited keeps Popen's destructor from warning about a live child.
    keeper.returncode = 0


def _own_directory(path: Path) -> None:
    """Make `path` with mode 0700, refusing one that somebody else put there."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        # Root hands the socket directory to the server's account; only root can have done that.
        ours = stat.S_ISDIR(found.st_mode) and (found.st_uid == os.geteuid() or os.geteuid() == 0)
        if not ours or stat.S_IMODE(found.st_mode) & 0o077:
            raise NoServer(f"{path} belongs to somebody else: remove it and try again.") from None
