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
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anwang.foundation import clock
from tests.faults.ground import COUNTY, ROOT, Ground, eventually

TARGETS = (
    "postmaster", "one backend", "gunicorn worker", "gunicorn master", "supervisor", "import", "job worker", "keeper",
    "everything", "fast restart", "hasty restart",
)  # fmt: skip
GENTLE = {"fast restart": signal.SIGINT, "hasty restart": signal.SIGQUIT}
"""Of the database, as its operator does it; everything else is kill -9."""
LINES = 12
"""Reports of one file, or children on one list."""
HEAD = "序號,姓名,性別,出生日期,居住地址,前置查訪結果"
WAYS = ("action", "form", "api", "public")
"""Loads that never stop, beside the files and lists brought in one after the other."""

WHOLE = """
SELECT r.narrative, count(*), count(*) FILTER (WHERE
    m.next_duty_id IS NOT NULL AND EXISTS (SELECT 1 FROM matters_duty d WHERE d.open_of = r.id)
    AND EXISTS (SELECT 1 FROM intake_reporter p WHERE p.report_id = r.id)
    AND EXISTS (SELECT 1 FROM intake_reportperson p WHERE p.report_id = r.id)
    AND NOT EXISTS (SELECT 1 FROM intake_reportoriginal o LEFT JOIN intake_originalbody b ON b.original_id = o.id
                     WHERE o.report_id = r.id AND length(b.body) IS DISTINCT FROM o.size)
    AND EXISTS (SELECT 1 FROM access_grant g WHERE g.file_id = r.id)
    AND (SELECT count(*) FROM audit_act a WHERE a.matter_id = r.id AND a.verb = 'report.received') = 1)
  FROM intake_report r JOIN matters_matter m ON m.id = r.id WHERE r.channel <> 'roster' GROUP BY 1
"""
# A list is there once, with every line of it, and every child on it has one report.
LISTS = """
SELECT f.sender, count(DISTINCT f.id), count(r.id), count(DISTINCT i.id), count(DISTINCT i.person_id)
  FROM rosters_rosterfile f LEFT JOIN rosters_rosterrow r ON r.file_id = f.id
  LEFT JOIN intake_reportperson i ON i.report_id = r.report_id AND i.person_id = r.person_id GROUP BY 1
"""


@dataclass
class Round:
    """One kill: what, after how much load, how long until the site answered again, and the count after it."""

    killed: str
    after: float
    back: float = 0.0
    acknowledged: int = 0
    found: int = 0
    lost: int = 0
    duplicates: int = 0
    torn: int = 0
    findings: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.duplicates or self.torn or self.findings)


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
        self.count(made)
        made.findings += self.ground.findings()
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
        """Every report in the tables, by its mark, against every one that was acknowledged."""
        from anwang.matters.verify import verify

        told = self.taken | {line.split()[0] for line in _lines(self.acknowledgements)}
        # Read after the acknowledgements, so that whatever was told must be there.
        with self.ground.ask() as server:
            rows = server.execute(WHOLE).fetchall()  # type: ignore[arg-type]
            lists = server.execute(LISTS).fetchall()  # type: ignore[arg-type]
            made.findings = [f"{one.promise} {one.what}" for one in verify(server)]
        copies = Counter({str(mark): int(str(number)) for mark, number, _whole in rows})
        made.acknowledged, made.found = len(told), sum(copies.values())
        made.lost = sum(1 for mark in told if not copies[mark])
        made.duplicates = sum(number - 1 for number in copies.values())
        made.torn = sum(int(str(number)) - int(str(whole)) for _mark, number, whole in rows)
        self._count_lists(made, [(str(name), *(int(str(number)) for number in numbers)) for name, *numbers in lists])

    def _count_lists(self, made: Round, lists: list[tuple[str, int, int, int, int]]) -> None:
        """A list is there whole or not at all; one that was acknowledged has a report for every child."""
        made.acknowledged += LINES * len(self.lists)
        there = {name: children for name, *_numbers, children in lists}
        made.lost += sum(LINES - there.get(name, 0) for name in self.lists)
        for _name, files, lines, reported, children in lists:
            made.found += reported
            made.duplicates += files - 1 + reported - children
            made.torn += lines != LINES

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
