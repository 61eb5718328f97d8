"""The process that owns a database server: makes it, starts it, restarts it when it dies, stops it when unused.

Started by `cluster` as `keeper.py JSON`, by file name and with the standard library only. Answers one line on standard
output, `ready` or a sentence, then lives until the last user of the server lets go of `run/use.lock`.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[3])

from anwang.project.postgres.placement import Placement, place  # noqa: E402 - the path is set above

TETHER = Path(__file__).with_name("tether.py")
START_SECONDS = 60.0
STOP_SECONDS = 30.0
RESTARTS = 5


class Failed(Exception):
    """The server cannot run; the message is the sentence for the user."""


class ServerDied(Exception):
    """The postmaster ended while it was wanted."""


class Keeper:
    """One server: where it is (`placement`), how it is reached (`socket`), and its postmaster."""

    def __init__(self, wish: dict[str, str | int | bool]) -> None:
        self.base = Path(str(wish["base"]))
        self.run = self.base / "run"
        self.socket = Path(str(wish["socket"]))
        self.port = str(wish["port"])
        self.ephemeral = bool(wish["ephemeral"])
        self.placement: Placement = place(self.base, Path(str(wish["bin"])), int(wish["major"]))
        self.description = str(wish["description"])
        self.postmaster: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the data directory if there is none, whole or not at all."""
        log = self.run / "postgres.log"
        if log.exists() and log.stat().st_size > 10_000_000:
            log.unlink()
        if self.placement.account:
            os.chown(self.socket, *self.placement.account)
        where = f"{self.description}, data in {self.placement.data}{self.placement.remark}"
        (self.run / "server.txt").write_text(where + "\n", encoding="utf-8")
        if (self.placement.data / "PG_VERSION").exists():
            return
        half = self.placement.data.with_name(self.placement.data.name + ".new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        if self.placement.account:
            os.chown(half, *self.placement.account)
        made = self._spawn("initdb", ["-D", str(half), *self._initdb_options()]).wait()
        if made != 0:
            raise Failed(f"The database could not be made: see {log}.")
        half.rename(self.placement.data)

    def start(self) -> None:
        """Start the postmaster and wait until it answers; wait for a dying predecessor to let go first."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            self._forget_stale_locks()
            self.postmaster = self._spawn("postgres", ["-D", str(self.placement.data), *self._server_options()])
            while self.postmaster.poll() is None:
                if self._answers():
                    return
                if time.monotonic() > deadline:
                    self.stop()
                    break
                time.sleep(0.02)
            if time.monotonic() > deadline or not self._blocked_by_predecessor():
                raise Failed(f"The database server did not start: see {self.run / 'postgres.log'}.")
            time.sleep(0.1)

    def stop(self) -> None:
        """Fast shutdown; after half a minute the immediate one, from which the server recovers."""
        if self.postmaster is None or self.postmaster.poll() is not None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                self.postmaster.send_signal(number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.postmaster.wait(STOP_SECONDS)
                return

    def wait_until_unused(self) -> None:
        """Block until nobody uses the server. Raises ServerDied when the postmaster ends before that."""
        assert self.postmaster is not None
        with open(self.run / "use.lock", "a") as lock:
            previous = signal.signal(signal.SIGCHLD, _raise_server_died)
            try:
                if self.postmaster.poll() is not None:
                    raise ServerDied
                fcntl.flock(lock, fcntl.LOCK_EX)
            finally:
                signal.signal(signal.SIGCHLD, previous)
            self.stop()

    def clean_up(self) -> None:
        shutil.rmtree(self.socket, ignore_errors=True)
        if self.ephemeral:
            shutil.rmtree(self.placement.data, ignore_errors=True)
            shutil.rmtree(self.base, ignore_errors=True)

    def _spawn(self, program: str, arguments: list[str]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-I", "-S", str(TETHER), str(os.getpid()), str(int(signal.SIGINT))]
        command += [self.placement.who, "--", str(self.placement.bin / program), *arguments]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("PG", "LC_", "LANG"))}
        with open(self.run / "postgres.log", "ab") as log:
            return subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
            )

    def _answers(self) -> bool:
        program = str(self.placement.bin / "pg_isready")
        command = [program, "-q", "-h", str(self.socket), "-p", self.port, "-U", "postgres", "-d", "postgres"]
        return subprocess.run(command, check=False).returncode == 0

    def _initdb_options(self) -> list[str]:
        options = [
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--auth-local=trust",
            "--auth-host=scram-sha-256",
            "--no-instructions",
        ]
        # LC_CTYPE must know Chinese letters: with C, pg_trgm silently finds nothing in Chinese names.
        if self.placement.major >= 17:
            options += ["--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        else:
            options += ["--locale=C.UTF-8", "--lc-messages=C"]
        return [*options, "--no-sync"] if self.ephemeral else options

    def _server_options(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "port": self.port,
            "unix_socket_directories": str(self.socket),
            "jit": "off",
            # Error texts and statements carry names and numbers of people; the log must not.
            "log_min_messages": "log",
            "log_min_error_statement": "panic",
            "log_error_verbosity": "terse",
            "timezone": "UTC",
        }
        if self.ephemeral:
            settings |= dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off")
            settings["dynamic_shared_memory_type"] = "mmap"
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _is_our_server(self, pid: int) -> bool:
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.placement.data.resolve()
        except OSError:
            # Not Linux, or gone: let the server judge its own lock file.
            return not Path("/proc/self").exists()

    def _forget_stale_locks(self) -> None:
        """Remove locks whose number now belongs to an unrelated process; the keeper lock makes it safe."""
        for lock in (self.placement.data / "postmaster.pid", self.socket / f".s.PGSQL.{self.port}.lock"):
            pid = _alive(lock)
            if pid is not None and not self._is_our_server(pid):
                lock.unlink(missing_ok=True)

    def _blocked_by_predecessor(self) -> bool:
        tail = (self.run / "postgres.log").read_bytes()[-2000:]
        return b"postmaster.pid" in tail or b"shared memory block" in tail or b"lock file" in tail


def _alive(lock: Path) -> int | None:
    """The pid in a lock file if it is alive, whoever it is."""
    try:
        pid = int(lock.read_text().split("\n", 1)[0])
        os.kill(pid, 0)
    except (OSError, ValueError):
        return None
    return pid


def _raise_server_died(*_: object) -> None:
    raise ServerDied


def _say(line: str) -> None:
    """Answer the starter once, then close the pipe so that nothing waits on us."""
    with contextlib.suppress(OSError):
        os.write(1, (line + "\n").encode())
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    os.close(null)


def keep(keeper: Keeper) -> None:
    """Run the server until it is unused, restarting it when it dies, at most RESTARTS times within a minute."""
    deaths: list[float] = []
    while True:
        try:
            keeper.wait_until_unused()
        except ServerDied:
            deaths = [instant for instant in deaths if time.monotonic() - instant < 60] + [time.monotonic()]
            if len(deaths) > RESTARTS:
                raise Failed("The database server keeps dying.") from None
            keeper.start()
        else:
            return


def main(wish: dict[str, str | int | bool]) -> int:
    run = Path(str(wish["base"])) / "run"
    with open(run / "keeper.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        keeper = None
        try:
            keeper = Keeper(wish)
            keeper.prepare()
            keeper.start()
            _say("ready")
            keep(keeper)
        except Exception as error:
            _say(" ".join(str(error).split()) or repr(error))
            raise
        finally:
            if keeper is not None:
                keeper.stop()
                keeper.clean_up()
    return 0


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
