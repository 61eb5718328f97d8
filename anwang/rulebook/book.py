"""The rulebook: rules by id, what events start and end, replay, and the layer of county settings."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from anwang.foundation.calendar import WorkingCalendar
from anwang.foundation.calendar import load as load_calendar

from . import checks, yaml12
from .clocks import Clock, parse_instant
from .conditions import Answer, Facts, plain
from .counties import CountyRow, joined
from .duties import Duty, Started
from .explain import Explanation, explain
from .handles import CodelistHandle, InstrumentHandle, TableHandle, ValueHandle, judge
from .national import lay_national, own_sources
from .problems import Problem, Report, RulebookError, UnknownRule, WrongAnswer
from .reading import Contents, apply_rows, read_folder, with_content
from .schedules import Schedule
from .text import Text
from .versions import Handle, Version, hash_of


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules of a policy folder, with the county rows laid over them. Immutable; safe to share."""

    contents: Contents
    clock: Clock
    folder: Path
    hashes: Mapping[str, Version[Any]] = field(repr=False)

    def handle(self, rule_id: str, kind: str | None = None) -> Handle[Any]:
        """The rule of any kind; raises UnknownRule."""
        handle = self.contents.handles.get(rule_id)
        if handle is None or (kind is not None and handle.kind != kind):
            raise UnknownRule(f"no {kind or 'rule'} is called '{rule_id}'")
        return handle

    def value(self, rule_id: str) -> ValueHandle:
        return ValueHandle(self.handle(rule_id, "value"))

    def duty(self, rule_id: str) -> Handle[Duty]:
        return self.handle(rule_id, "duty")

    def table(self, rule_id: str) -> TableHandle:
        return TableHandle(self.handle(rule_id, "table"))

    def instrument(self, rule_id: str) -> InstrumentHandle:
        return InstrumentHandle(self.handle(rule_id, "instrument"))

    def codelist(self, rule_id: str) -> CodelistHandle:
        return CodelistHandle(self.handle(rule_id, "codelist"))

    def schedule(self, rule_id: str) -> Handle[Schedule]:
        return self.handle(rule_id, "schedule")

    def duties(self) -> Iterator[Handle[Duty]]:
        return (handle for handle in self.contents.handles.values() if handle.kind == "duty")

    def schedules(self) -> Iterator[Handle[Schedule]]:
        return (handle for handle in self.contents.handles.values() if handle.kind == "schedule")

    def started_by(self, event: str, facts: Facts, on: date, county: str | None = None) -> list[Started]:
        """Duties the event starts under the rules of that day, the earliest due first."""
        self._known(event)
        found = []
        for handle in self._concerned.get(event, ()):
            version = handle.get(on, county)
            if version is not None and version.content.starts(event, facts):
                found.append(self._start(version, facts, county))
        return sorted(found, key=lambda started: (started.due_at, started.rule_id))

    def clock_of(self, rule_id: str, facts: Facts, on: date, county: str | None = None) -> Started:
        """The clock of one duty for given facts, whether or not an event starts it (also those for information)."""
        return self._start(self.duty(rule_id).on(on, county), facts, county)

    def done_by(self, event: str, facts: Facts, on: date, county: str | None = None) -> frozenset[str]:
        """Ids of the duties this event discharges, by the last version each had on that day."""
        self._known(event)
        latest = self._latest(event, on, county)
        return frozenset(version.rule_id for version in latest if version.content.ends(event, facts))

    def voided_by(self, event: str, facts: Facts, on: date, county: str | None = None) -> frozenset[str]:
        """Ids of the duties that have no more object once this has happened."""
        self._known(event)
        latest = self._latest(event, on, county)
        return frozenset(version.rule_id for version in latest if event in version.content.void_when)

    def resting(self, matter_kind: str, at: datetime, on: date, county: str | None = None) -> Started:
        """The default next review of a kind of matter (`case.elder`, else `case`, else `any`)."""
        wanted = [matter_kind]
        while "." in wanted[-1]:
            wanted.append(wanted[-1].rpartition(".")[0])
        for name in (*wanted, "any"):
            for handle in self.duties():
                version = handle.get(on, county)
                if version is not None and name in version.content.rests:
                    return self._start(version, {"at": at, "matter_kind": matter_kind}, county)
        raise UnknownRule(f"no resting duty for '{matter_kind}'")

    def replay(
        self, rule_id: str, hash_: str, inputs: Mapping[str, Any], stored: Mapping[str, Any] | None = None
    ) -> Any:
        """The same answer again from a stored hash and flat inputs: a Started for a duty, else an Advice.

        `stored` is the body kept with the decision, for versions that have left the files.
        """
        version = self.hashes.get(hash_)
        if version is None and stored is not None:
            version = self.revive(stored)
        if version is None or version.rule_id != rule_id or version.hash != hash_:
            raise UnknownRule(f"no version of '{rule_id}' has the hash {hash_}")
        if version.kind == "duty":
            return self._start(version, _facts(inputs), version.county or _text(inputs.get("county")))
        return judge(version, dict(inputs))

    def due_again(self, version: Version[Duty], inputs: Mapping[str, Any]) -> datetime | None:
        """When a duty of this version would be due, for the inputs kept with one; None where it would not start.

        What the version asks for and nobody was asked then is unknown. Raises WrongAnswer when no instant is there to
        count from, or what must be known was never asked.
        """
        if not set(version.content.only_known) <= set(inputs):
            raise WrongAnswer("nobody was asked what the duty must know")
        read = {*version.content.reads(), "at"}
        told = {name: value for name, value in inputs.items() if name in read}
        facts = {**dict.fromkeys(read), **_facts(told)}
        if not version.content.applies(facts):
            return None
        return self.clock.ends(version.content, facts, version.county or _text(inputs.get("county")))

    def revive(self, stored: Mapping[str, Any]) -> Version[Any]:
        """A version from its stored form (`Version.stored`); raises RulebookError when it cannot be read."""
        report = Report("stored", str(stored["rule"]))
        title = Text(stored["title"]["zh"], stored["title"]["en"])
        bare: Version[Any] = Version(
            stored["rule"],
            stored["kind"],
            title,
            date.fromisoformat(stored["from"]),
            None,
            stored["county"],
            None,
            (),
            None,
            None,
            False,
            stored["body"],
            None,
            hash_of(stored),
        )
        version = with_content(bare, self.contents, report)
        if report.problems:
            raise RulebookError(report.problems)
        return version

    def overlay(self, enactments: Iterable[Mapping[str, Any]]) -> Rulebook:
        """This book with more rows (`enacts`, `county`, `versions`); raises RulebookError on bad ones.

        Several rows for one rule and county are one line of versions, in order of their days. A row without a county
        changes the nation's line from its day on. A row may bring its own `sources` (and `authorities`, in English).
        """
        problems: list[Problem] = []
        report, raws = Report("enactment", "", problems), [dict(raw) for raw in enactments]
        contents = replace(self.contents, sources=own_sources(raws, self.contents.sources, report))
        read = [CountyRow.read(_bare(raw), Report(f"enactment {n}", "", problems)) for n, raw in enumerate(raws, 1)]
        rows = [*contents.rows, *(row for row in read if row.county)]
        national = joined(row for row in read if not row.county)
        handles = apply_rows(lay_national(contents.handles, national, contents, report), rows, contents, problems)
        if problems:
            raise RulebookError(problems)
        return Rulebook(replace(contents, handles=handles, rows=rows), self.clock, self.folder, _hashes(handles))

    def versions(self) -> Iterator[Version[Any]]:
        """Every version ever in force, national and county, for storing by hash."""
        return iter(self.hashes.values())

    def explain(self, rule_id: str, on: date, county: str | None = None, lang: str = "zh") -> Explanation:
        """Value, source and why in words, with past and coming versions."""
        return explain(self, rule_id, on, county, lang)

    def check(self) -> list[Problem]:
        """Situations that fail and changes that no situation shows; empty when all is well."""
        return checks.check(self)

    def index(self, on: date, county: str | None = None) -> list[checks.Entry]:
        """Every rule as it stands that day, for the policy pages."""
        return checks.index(self, on, county)

    def _known(self, event: str) -> None:
        if event not in self.contents.events:
            raise UnknownRule(f"no event is called '{event}'")

    def _latest(self, event: str, on: date, county: str | None) -> Iterator[Version[Duty]]:
        concerned = self._concerned.get(event, ())
        return (version for handle in concerned if (version := handle.latest(on, county)) is not None)

    @cached_property
    def _concerned(self) -> Mapping[str, Sequence[Handle[Duty]]]:
        """By event, the duties that some version starts, ends or voids with it: no others need be asked."""
        found: dict[str, list[Handle[Duty]]] = {}
        for handle in self.duties():
            lines = (handle.national, *handle.counties.values())
            duties = [version.content for line in lines for version in line if not version.withdrawn]
            for event in {event for duty in duties for event in (*duty.starts_when, *duty.done_by, *duty.void_when)}:
                found.setdefault(event, []).append(handle)
        return found

    def _start(self, version: Version[Duty], facts: Facts, county: str | None) -> Started:
        duty = version.content
        due_at, counted_from, words = self.clock.due(duty, facts, county)
        names = (duty.reads() | {counted_from, "matter_kind"}) & set(facts)
        inputs: dict[str, str | int | None] = {name: plain(facts[name]) for name in sorted(names)}  # type: ignore[misc]
        if county is not None:
            inputs["county"] = county
        return Started(
            version.rule_id,
            version.title,
            version.from_,
            version.hash,
            due_at,
            inputs,
            words,
            version.cite,
            version.assumption,
            duty.owed_by,
            duty.per,
            duty.resting,
            duty.in_principle,
            duty.late,
            version.county,
        )


def _facts(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Flat inputs as facts again: texts named `…at` are instants."""
    return {
        name: parse_instant(value) if isinstance(value, str) and (name == "at" or name.endswith("_at")) else value
        for name, value in inputs.items()
    }


def _bare(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in raw.items() if key not in ("sources", "authorities")}


def _text(raw: Answer) -> str | None:
    return raw if isinstance(raw, str) else None


def _hashes(handles: Mapping[str, Handle[Any]]) -> dict[str, Version[Any]]:
    lines = [line for handle in handles.values() for line in (handle.national, *handle.counties.values())]
    found: dict[str, Version[Any]] = {}
    for version in (version for line in lines for version in line if not version.withdrawn):
        found.setdefault(version.hash, version)
    return found


def policy_folder() -> Path:
    """`ANWANG_POLICY`, else `policy/` beside the package."""
    return Path(os.environ.get("ANWANG_POLICY") or Path(__file__).resolve().parents[2] / "policy")


def load(path: Path | str | None = None) -> Rulebook:
    """Reads a policy folder; raises RulebookError with every problem at once."""
    folder = Path(path) if path is not None else policy_folder()
    contents = read_folder(folder)
    calendar = _calendar(folder, contents.problems)
    if contents.problems:
        raise RulebookError(contents.problems)
    return Rulebook(contents, Clock(calendar, contents.instants), folder, _hashes(contents.handles))


def _calendar(folder: Path, problems: list[Problem]) -> WorkingCalendar | None:
    path = folder / "calendars" / "working-days.yaml"
    if not path.is_file():
        return None
    documents = yaml12.read(path, "calendars/working-days.yaml", problems)
    try:
        return load_calendar(documents[0][1])
    except (ValueError, KeyError, IndexError) as error:
        problems.append(Problem("calendars/working-days.yaml", "", str(error)))
        return None


@cache
def book() -> Rulebook:
    """The rulebook of this installation, read once."""
    return load()
