"""A county on a real data directory, with durable settings, served as `make demo` serves it: something to kill."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import psycopg

from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests import template
from tests.ports import unused_port

ROOT = Path(__file__).resolve().parents[2]
COUNTY = "99001"
DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


def eventually(happens: Callable[[], object], seconds: float = 60.0) -> bool:
    """Whether it happened within the time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happens():
            return True
        time.sleep(0.03)
    return False


@contextlib.contextmanager
def place() -> Iterator[Path]:
    """A directory that the server's own account can enter, whoever else makes temporary ones meanwhile."""
    path = Path(tempfile.mkdtemp(prefix="anwang-faults-"))
    path.chmod(0o711)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


class Ground:
    """One data directory, one port, and whatever runs on them."""

    def __init__(self, data: Path) -> None:
        self.port = unused_port()
        self.data = data
        self.cluster = Cluster(data)
        self.site: subprocess.Popen[bytes] | None = None
        # What the tests set for themselves must not reach the programs.
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("ANWANG_", "DJANGO_"))}
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "COVERAGE_PROCESS_START"):
            kept.pop(name, None)
        self.environment = kept | {"DATA": str(data), "PORT": str(self.port), "PYTHONUNBUFFERED": "1"}

    @property
    def log(self) -> Path:
        return self.data / "site.log"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "anwang.project.cli", *arguments]

    def run(self, command: list[str], seconds: float = 120) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False
        )

    def found(self) -> None:
        """Make the data directory: server, schema (from the kept template when there is one), the small county."""
        with self.cluster.running() as cluster:
            roles.make(cluster.url("postgres", "postgres"))
            template.restore(cluster, roles.DATABASE, template.dump_path())
            done = self.run(self.command("migrate"), 600)  # with the keys of this directory in any case
            assert done.returncode == 0, done.stderr
            done = self.run([sys.executable, "-m", "tests.faults.founding"])
            assert done.returncode == 0, done.stderr

    def start(self) -> float:
        """Serve below a shell that plays the part of make; seconds until /healthz answers 200."""
        began = time.monotonic()
        serve = f'"{sys.executable}" -m anwang.project.cli serve --with-parent'
        with self.log.open("ab") as log:
            self.site = subprocess.Popen(
                ["/bin/sh", "-c", f"{serve}; exit $?"], env=self.environment, cwd=ROOT, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        ready = eventually(lambda: self.status() == 200 or not self.serves(), 150.0)
        assert ready, "the site did not become ready"
        assert self.serves(), self.log.read_text(encoding="utf-8")[-2000:]
        return time.monotonic() - began

    def serves(self) -> bool:
        """Whether `anwang serve` is still there."""
        return self.site is not None and self.site.poll() is None

    def stop(self) -> None:
        """Ctrl-C, then nothing may be left."""
        for pid in self.pids("cli serve"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        if self.site is not None:
            self.site.wait(60)

    def kill_everything(self) -> None:
        """As a power cut does it: every process of ours in one breath."""
        pids = list(self.processes())
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.site is not None:
            self.site.wait()
        assert eventually(lambda: not set(pids) & set(self.processes()))

    def clear(self) -> dict[int, str]:
        """End what a failed round left; gives what had to be ended after the grace in which all must end itself."""
        eventually(lambda: not self.processes(), 20)
        left = self.processes()
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self.site is not None:
            self.site.wait()
        return left

    def processes(self) -> dict[int, str]:
        """Pid and command of everything alive with our data directory in its environment or arguments."""
        found, mark = {}, str(self.data).encode()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_bytes()
                if command and mark in command + (folder / "environ").read_bytes():
                    found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        found.pop(os.getpid(), None)
        return found

    def pids(self, word: str) -> list[int]:
        """Processes whose command has the word, oldest first; neither tethers nor the shell."""
        return sorted(
            pid for pid, command in self.processes().items()
            if word in command and not re.search(r"tether|^/bin/sh", command)
        )  # fmt: skip

    def postmaster(self) -> int | None:
        with contextlib.suppress(OSError, ValueError, IndexError):
            return int(next(self.data.glob("pg[0-9]*/postmaster.pid")).read_text().split("\n", 1)[0])
        return None

    def backends(self) -> list[int]:
        """Server processes that answer to the application."""
        with contextlib.suppress(psycopg.Error), self.ask() as server:
            rows = server.execute("SELECT pid FROM pg_stat_activity WHERE usename = %s ORDER BY 1", [roles.APP])
            return [int(str(pid)) for (pid,) in rows]
        return []

    def ask(self) -> psycopg.Connection[tuple[object, ...]]:
        """Look past every right, as the server's superuser."""
        return psycopg.connect(self.cluster.url("postgres", roles.DATABASE), autocommit=True)

    def answers(self) -> bool:
        """Whether the database takes connections: after a restart the site may be up a moment before it."""
        with contextlib.suppress(psycopg.OperationalError), self.ask():
            return True
        return False

    def is_durable(self) -> bool:
        """Whether an acknowledged commit is on the disk, as in a real service."""
        with self.ask() as server:
            return all(server.execute(f"SHOW {name}").fetchone() == ("on",) for name in DURABLE)

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status
        return 0

    def ask_site(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Status and text of the site's answer; 0 when there was none."""
        site = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(site), contextlib.suppress(OSError, http.client.HTTPException):
            site.request(method, path, body, headers)
            answer = site.getresponse()
            return answer.status, answer.read().decode()
        return 0, ""

    def findings(self) -> list[str]:
        """What `anwang verify` finds, as the command says it."""
        done = self.run(self.command("verify"))
        if done.returncode == 0 and " 0 findings" in done.stdout:
            return []
        return done.stderr.splitlines() + done.stdout.splitlines()


def ended(processes: Iterable[subprocess.Popen[bytes]]) -> bool:
    return all(process.poll() is not None for process in processes)
