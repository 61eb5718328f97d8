"""Killing things under load, by a seeded choice, and counting afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from anwang.foundation import clock
from tests.faults import counting
from tests.faults.counting import LINES, Round, Told
from tests.faults.ground import COUNTY, ROOT, Ground, eventually

TARGETS = (
    "postmaster", "one backend", "gunicorn worker", "gunicorn master", "supervisor", "import", "job worker", "keeper",
    "everything", "fast restart", "hasty restart",
)  # fmt: skip
GENTLE = {"fast restart": signal.SIGINT, "hasty restart": signal.SIGQUIT}
"""Of the database, as its operator does it; everything else is kill -9."""
HEAD = "序號,姓名,性別,出生日期,居住地址,前置查訪結果"
WAYS = ("action", "form", "api", "public", "outbox")
"""Loads that never stop, beside the files and lists brought in one after the other."""


@dataclass
class Importing:
    """A file or list and the process that brings it in; acknowledged when the process ended well."""

    path: Path
    command: list[str]
    process: subprocess.Popen[bytes]


class Campaign:
    """Loads that never stop (WAYS, and files and lists in turn), kills between, counting after each."""

    def __init__(self, ground: Ground, seed: int) -> None:
        self.ground = ground
        self.chance = random.Random(seed)
        self.loads: dict[str, subprocess.Popen[bytes]] = {}
        self.importing: Importing | None = None
        self.unfinished: list[tuple[Path, list[str]]] = []
        self.files = 0
        self.taken: set[str] = set()
        self.lists: set[str] = set()
        self.rounds: list[Round] = []
        self.answered = 0.0

    @property
    def acknowledgements(self) -> Path:
        return self.ground.data / "acknowledged"

    def begin(self) -> None:
        self.ground.start()
        self._keep_loading()
        assert eventually(lambda: {mark.split("-")[0] for mark in _lines(self.acknowledgements)} == set(WAYS))

    def strike(self, target: str, after: float) -> Round:
        """Kill it after so many seconds of load, wait until the site answers, and count."""
        self._go_on(after)
        made = Round(target, after)
        began = time.monotonic()
        self._kill(target)
        self.recover()
        made.back = self.answered - began
        self.count(made)
        self.rounds.append(made)
        return made

    def random_round(self) -> Round:
        return self.strike(self.chance.choice(TARGETS), self.chance.uniform(0.1, 2.0))

    def finish(self) -> Round:
        """Let the loaders go, bring every interrupted file in again, and count for the last time."""
        self._stop_loading()
        self._settle(wait=True)
        while self.unfinished:
            path, command = self.unfinished.pop()
            done = self.ground.run(command)
            assert done.returncode == 0, done.stdout + done.stderr
            self._take(path)
        made = Round("(end)", 0.0)
        arrived = eventually(self._all_arrived, 40)
        self.count(made)
        made.findings += self.ground.findings() + ([] if arrived else ["messages are missing in the files of the day"])
        self.rounds.append(made)
        return made

    def recover(self) -> None:
        """Until the site answers; what a supervisor cannot outlive is started again by hand."""
        if not self.ground.serves():
            self.ground.start()
        assert eventually(lambda: self.ground.status() == 200 or not self.ground.serves())
        if not self.ground.serves():
            self.ground.start()
        self.answered = time.monotonic()
        self._keep_loading()
        before = self._told()
        assert eventually(lambda: self._told() > before), "nothing is acknowledged any more"

    def count(self, made: Round) -> None:
        """Everything in the tables against everything that was acknowledged, read in this order."""
        said = _lines(self.acknowledgements)
        messages = sum(line.startswith("outbox") for line in said)
        told = self.taken | {line for line in said if not line.startswith("outbox")}
        # Read after the acknowledgements, so that whatever was told must be there.
        assert eventually(self.ground.answers), "the database does not come back"
        with self.ground.ask() as server:
            counting.count(server, made, Told(told, messages, self.lists))

    def end(self) -> dict[int, str]:
        """Stop as an operator does; gives what was left running, which must be nothing."""
        self._stop_loading()
        if self.importing:
            self.importing.process.kill()
            self.importing.process.wait()
        self.ground.stop()
        return self.ground.clear()

    def _go_on(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._settle()
            time.sleep(0.05)

    def _settle(self, *, wait: bool = False) -> None:
        """An importer that ended: acknowledged, or to be run again; then the next."""
        running = self.importing
        if running is not None:
            if wait:
                running.process.wait(60)
            status = running.process.poll()
            if status is None:
                return
            if status == 0:
                self._take(running.path)
            else:
                self.unfinished.append((running.path, running.command))
            self.importing = None
        if not wait:
            self._import()

    def _take(self, path: Path) -> None:
        if path.suffix == ".csv":
            self.lists.add(path.stem)
        else:
            self.taken.update(_marks(path))

    def _import(self) -> None:
        """The next file or list: now and then one that was cut short, else a new one."""
        again = self.unfinished and self.chance.random() < 0.5
        path, command = self.unfinished.pop(0) if again else self._new()
        self.importing = Importing(path, command, self._spawn(command))

    def _new(self) -> tuple[Path, list[str]]:
        self.files += 1
        if self.files % 2:
            path = self._file()
            return path, self.ground.command("report", "import", str(path), "--county", COUNTY)
        path = self._list()
        said = ["--kind", "moved", "--sender", path.stem, "--declared", str(LINES), "--county", COUNTY]
        return path, self.ground.command("roster", "import", str(path), *said)

    def _file(self) -> Path:
        path = self.ground.data / f"import-{self.files}.jsonl"
        at = clock.local(clock.now()).isoformat(timespec="seconds")
        with path.open("w", encoding="utf-8") as file:
            for number in range(LINES):
                mark = f"file{self.files}-{number}"
                record = {"number": mark, "received_at": at, "narrative": mark, "persons": [{"name": "江語彤"}]}
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
        return path

    def _list(self) -> Path:
        """Children who moved, each with a name that no other has."""
        path = self.ground.data / f"list-{self.files}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(f"{HEAD}\r\n")
            for number in range(1, LINES + 1):
                file.write(
                    f"{number},測{self.files}之{number},女,112年5月6日,望潮縣河岬鎮防風林路9001號,查訪，未遇\r\n"
                )
        return path

    def _keep_loading(self) -> None:
        """One loader of each; marks of a new one begin with another name."""
        for way in WAYS:
            if way not in self.loads or self.loads[way].poll() is not None:
                name = f"{way}-{time.monotonic_ns()}"
                given = [way, name, str(self.acknowledgements)]
                self.loads[way] = self._spawn([sys.executable, "-m", "tests.faults.load", *given])

    def _all_arrived(self) -> bool:
        """Whether the files that the other system fetches have every message once, numbered without a gap."""
        lines = [line for path in sorted(self.ground.data.glob("outbox/*/*/*.jsonl")) for line in _lines(path)]
        numbers = sorted(int(json.loads(line)["sequence"]) for line in lines)
        with self.ground.ask() as server:
            (there,) = server.execute("SELECT count(*) FROM systems_outgoing").fetchone() or (0,)
        return numbers == list(range(1, int(str(there)) + 1))

    def _told(self) -> int:
        return len(_lines(self.acknowledgements))

    def _stop_loading(self) -> None:
        for process in self.loads.values():
            process.kill()
            process.wait()

    def _spawn(self, command: list[str]) -> subprocess.Popen[bytes]:
        with self.ground.log.open("ab") as log:
            return subprocess.Popen(command, env=self.ground.environment, cwd=ROOT, stdout=log, stderr=log)

    def _kill(self, target: str) -> None:
        if target == "everything":
            self.ground.kill_everything()
            for process in [*self.loads.values(), *([self.importing.process] if self.importing else [])]:
                process.wait()
            return
        pids = self._victims(target)
        if pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.chance.choice(pids), GENTLE.get(target, signal.SIGKILL))
        if target == "supervisor" and self.ground.site is not None:
            self.ground.site.wait(30)

    def _victims(self, target: str) -> Sequence[int]:
        if target == "postmaster" or target in GENTLE:
            pid = self.ground.postmaster()
            return [pid] if pid else []
        if target == "one backend":
            return self.ground.backends()
        if target == "import":
            return [self.importing.process.pid] if self.importing else []
        words = {"supervisor": "cli serve", "job worker": "cli worker", "keeper": "keeper.py"}
        if target in words:
            return self.ground.pids(words[target])
        servers = self.ground.pids("gunicorn")
        return servers[:1] if target == "gunicorn master" else servers[1:]


def _marks(path: Path) -> list[str]:
    return [json.loads(line)["number"] for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    """Whole lines only: one cut off by a kill was never told to anybody."""
    if not path.exists():
        return []
    return [line for line in path.read_text(encoding="utf-8").split("\n")[:-1] if line]
