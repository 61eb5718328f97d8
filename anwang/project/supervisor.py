"""`anwang serve`: database, site and worker under one process that stops them together.

The chain of life: the embedded server ends when nobody holds its lock; gunicorn and the worker are tied to this process
by Linux's death signal, gunicorn's workers to gunicorn, and with `--with-parent` this process to `make`. So a kill -9
anywhere above leaves nothing behind. What dies below is started again.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from anwang.project import databases
from anwang.project.cli import data_directory, refuse_unfinished
from anwang.project.postgres.binaries import NoServer
from anwang.project.postgres.cluster import Cluster
from anwang.project.postgres.tether import die_with_parent

HOST = "127.0.0.1"
TETHER = Path(__file__).parent / "postgres" / "tether.py"
GUNICORN_SETTINGS = Path(__file__).with_name("gunicorn_settings.py")
GRACE_SECONDS = 12.0
READY_SECONDS = 60.0
RESTARTS_A_MINUTE = 5
# A site whose supervisor was killed keeps its port until its last request is done: gunicorn waits ten seconds for that.
PORT_SECONDS = 15.0
SAY_SECONDS = 1.0


class Stopped(Exception):
    """A signal asked us to stop."""


@dataclass
class Child:
    """A program that ends with us and is started again when it ends before us."""

    name: str
    command: list[str]
    descriptors: tuple[int, ...] = ()
    ends_by: int = signal.SIGTERM
    """What Linux sends it when we are killed."""
    starts: list[float] = field(default_factory=list)
    running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches it through us, in our order."""
        now = time.monotonic()
        self.starts = [instant for instant in self.starts if now - instant < 60] + [now]
        if len(self.starts) > RESTARTS_A_MINUTE:
            raise NoServer(f"The {self.name} keeps ending: its last lines above say why.")
        self.running = subprocess.Popen(
            tethered(self.command, self.ends_by),
            pass_fds=self.descriptors,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def restart_if_ended(self) -> None:
        if self.running is not None and self.running.poll() is not None:
            say(f"the {self.name} ended and is started again")
            self.start()

    def stop(self) -> None:
        """Ask it to end, and after a grace make it."""
        if self.running is None or self.running.poll() is not None:
            return
        self.running.terminate()
        try:
            self.running.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()


def main(arguments: list[str]) -> int:
    """Serve until a signal comes. Raises NoServer with a sentence when something is missing."""
    parser = argparse.ArgumentParser(prog="anwang serve", description=__doc__.split("\n", 1)[0] if __doc__ else None)
    parser.add_argument("--with-parent", action="store_true", help="stop when the calling process ends")
    options = parser.parse_args(arguments)
    if options.with_parent:
        die_with_parent(os.getppid(), signal.SIGTERM)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _stop)
    os.environ["DATA"] = str(data_directory())
    refuse_unfinished(data_directory())
    # Children are found by these, wherever they are started from and whatever the machine's language is.
    os.environ.update(DJANGO_SETTINGS_MODULE="anwang.project.settings", PYTHONUTF8="1", PYTHONUNBUFFERED="1")
    try:
        with reserved_port(_port()) as site, ExitStack() as stack:
            cluster = _start_database(stack)
            _prepare(embedded=cluster is not None)
            _serve(site, cluster, stack)
    except Stopped:
        pass
    _ignore_signals()
    if not databases.is_external():
        databases.embedded(data_directory()).wait_until_stopped()
    say("stopped")
    return 0


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise NoServer(f"PORT={text} is not a port: use a number such as PORT=8001.")
    return int(text)


@contextmanager
def reserved_port(port: int, patience: float = PORT_SECONDS) -> Iterator[socket.socket]:
    """A bound socket that does not listen yet: callers are refused until the site is ready, others cannot take it.

    NoServer when the port is not free within `patience` seconds.
    """
    site = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    site.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with site:
        try:
            _bind(site, port, patience)
            _refuse_if_answered(port)
        except PermissionError as error:
            raise NoServer(f"Port {port} is for the system's own programs: choose another with PORT=8001.") from error
        except OSError as error:
            raise NoServer(
                f"Port {port} is in use: stop the other program or choose another with PORT=8001."
            ) from error
        yield site


def _bind(site: socket.socket, port: int, patience: float) -> None:
    began, has_said = time.monotonic(), False
    while True:
        try:
            return site.bind((HOST, port))
        except PermissionError:
            raise
        except OSError:
            waited = time.monotonic() - began
            if waited > patience:
                raise
            if waited > SAY_SECONDS and not has_said:
                say(f"port {port} is in use: waiting {patience:.0f} seconds for a former site to end")
                has_said = True
            time.sleep(0.1)


def _refuse_if_answered(port: int) -> None:
    with socket.socket() as probe:
        probe.settimeout(1)
        if probe.connect_ex((HOST, port)) == 0:
            raise OSError("somebody answers")


def _start_database(stack: ExitStack) -> Cluster | None:
    if databases.is_external():
        say("database: the one in DATABASE_URL")
        return None
    cluster = stack.enter_context(databases.embedded(data_directory()).running())
    say(f"database: {cluster.describe()}")
    return cluster


def _prepare(*, embedded: bool) -> None:
    """Translations, migrations, style sheets, invented people. An external database is migrated by its owner."""
    run_step("messages")
    run_step(*(("migrate", "--static") if embedded else ("prepare",)))
    if os.environ.get("ANWANG_DEMO") == "1":
        run_step("demo", "build", "--if-empty")


def run_step(*arguments: str) -> None:
    """Run one of our own commands, tied to us. Raises NoServer when it fails; it has said why itself."""
    done = subprocess.run(tethered([sys.executable, "-m", "anwang.project.cli", *arguments]), check=False)
    if done.returncode:
        raise NoServer(f"`anwang {' '.join(arguments)}` failed: its last lines above say why.")


def tethered(command: list[str], number: int = signal.SIGTERM) -> list[str]:
    return [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), str(int(number)), "same", "--", *command]


def _serve(site: socket.socket, cluster: Cluster | None, stack: ExitStack) -> None:
    python = [sys.executable, "-m"]
    web = [*python, "gunicorn", "-c", str(GUNICORN_SETTINGS), "-b", f"fd://{site.fileno()}", "anwang.project.wsgi"]
    children = [
        # Quickly: a site that waits for idle callers would keep the port from the next start.
        Child("site", web, (site.fileno(),), ends_by=signal.SIGQUIT),
        Child("worker", [*python, "anwang.project.cli", "worker"]),
    ]
    for child in children:
        stack.callback(child.stop)
        child.start()
    port = site.getsockname()[1]
    _wait_until_ready(port, children)
    say(f"ready: http://{HOST}:{port}/ (Ctrl-C stops it)")
    while True:
        time.sleep(0.5)
        for child in children:
            child.restart_if_ended()
        if cluster is not None and not cluster.listens():
            cluster.ensure()


def _wait_until_ready(port: int, children: list[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not is_healthy(port):
        if time.monotonic() > deadline:
            raise NoServer(f"The site did not become ready: see http://{HOST}:{port}/healthz.")
        for child in children:
            child.restart_if_ended()
        time.sleep(0.05)


def is_healthy(port: int) -> bool:
    """Whether /healthz answers 200."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _stop(*_: object) -> None:
    _ignore_signals()
    raise Stopped


def _ignore_signals() -> None:
    # Once stopping, a second Ctrl-C must not leave half of it running.
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def say(line: str) -> None:
    """A line of progress for the person at the terminal."""
    print(f"anwang: {line}", file=sys.stderr, flush=True)
