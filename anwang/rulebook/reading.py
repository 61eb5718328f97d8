"""From files to rules: reads the folder, every document's envelope and body, and collects all problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import yaml12
from .cites import Source, read_sources
from .counties import CountyRow, joined, resolve
from .duties import KEYS as DUTY_KEYS
from .duties import read_duty
from .instrument_reading import KEYS as INSTRUMENT_KEYS
from .instrument_reading import read_instrument
from .problems import Problem, Report
from .schedules import KEYS as SCHEDULE_KEYS
from .schedules import read_schedule
from .tables import read_table
from .text import Text
from .values import read_codelist, read_value
from .versions import ENVELOPE, Handle, Version, check_dates, read_version

KEYS: dict[str, tuple[str, ...]] = {
    "value": ("type", "value", "choices", "unit"),
    "duty": DUTY_KEYS,
    "table": ("inputs", "outcomes", "rows", "ordered"),
    "instrument": INSTRUMENT_KEYS,
    "codelist": ("codes", "system"),
    "schedule": SCHEDULE_KEYS,
}
TOP = ("title", "settable_by", "versions", "note")
FREEDOMS = ("shorter_only", "more_only", "any", "not")
APART = ("calendars", "situations", "indicators", "lines")


@dataclass(frozen=True)
class Event:
    """Something that happens, and the facts the rulebook is told about it."""

    code: str
    meaning: Text
    facts: frozenset[str]


@dataclass
class Contents:
    """What a policy folder holds."""

    sources: dict[str, Source] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    instants: dict[str, Text] = field(default_factory=dict)
    handles: dict[str, Handle[Any]] = field(default_factory=dict)
    rows: list[CountyRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_folder(folder: Path) -> Contents:
    """Everything under `folder` but calendars and situations; problems are collected, never raised."""
    contents = Contents()
    if not (folder / "sources.yaml").is_file():
        contents.problems.append(Problem(str(folder), "", "no sources.yaml: this is not a policy folder"))
        return contents
    documents = []
    for path in sorted(folder.rglob("*.yaml")):
        shown = path.relative_to(folder)
        if shown.parts[0] not in APART:
            documents.extend(yaml12.read(path, shown.as_posix(), contents.problems))
    for where, raw in documents:
        if where.startswith(("sources.yaml", "events.yaml")):
            report = Report(where, "", contents.problems)
            body = report.mapping(raw, "the document")
            if "sources" in body:
                contents.sources.update(read_sources(body["sources"], body.get("authorities", {}), report))
            if "events" in body:
                contents.events.update(read_events(body, report))
                for name, label in body.get("instants", {}).items():
                    contents.instants[str(name)] = Text.read(label, report, f"instant '{name}'")
    for where, raw in documents:
        if not where.startswith(("sources.yaml", "events.yaml")):
            read_document(raw, Report(where, "", contents.problems), contents)
    contents.handles = apply_rows(contents.handles, contents.rows, contents, contents.problems)
    return contents


def read_events(body: Mapping[str, Any], report: Report) -> dict[str, Event]:
    """Events with their facts; `every` lists the facts all of them carry."""
    every = frozenset(map(str, body.get("every", [])))
    events = {}
    for item in report.sequence(body["events"], "events"):
        entry = report.mapping(item, "an event")
        report.keys(entry, ("event", "zh", "en", "facts"), ("event", "zh", "en"))
        code = str(entry.get("event"))
        if code in events:
            report.complain(f"event '{code}' is listed twice")
        facts = every | frozenset(map(str, entry.get("facts", [])))
        events[code] = Event(code, Text(str(entry.get("zh")), str(entry.get("en"))), facts)
    return events


def read_document(raw: Any, report: Report, contents: Contents) -> None:
    """One rule, or one county's row for a rule."""
    document = report.mapping(raw, "the document")
    if "enacts" in document:
        contents.rows.append(CountyRow.read(document, report))
        return
    kinds = [kind for kind in KEYS if kind in document]
    if len(kinds) != 1:
        report.complain(f"a document starts with one of {', '.join(KEYS)} or enacts")
        return
    kind, rule_id = kinds[0], str(document[kinds[0]])
    here = report.at(rule_id)
    here.keys(document, (kind, *TOP, *KEYS[kind]), (kind, "title", "versions"))
    if rule_id in contents.handles:
        here.complain("this id is used twice")
        return
    title = Text.read(document.get("title"), here, "title", both=True)
    shared = {key: document[key] for key in KEYS[kind] if key in document}
    versions = []
    for entry in here.sequence(document.get("versions"), "versions"):
        version = read_version(entry, shared, kind, rule_id, title, contents.sources, here)
        if version is not None:
            here.keys(here.mapping(entry, "a version"), (*ENVELOPE, *KEYS[kind]))
            versions.append(with_content(version, contents, here))
    settable = read_settable(document.get("settable_by", {}), kind, here)
    contents.handles[rule_id] = Handle(rule_id, kind, title, settable, check_dates(versions, here), {}, here.where)


def read_settable(raw: Any, kind: str, report: Report) -> dict[str, dict[str, str]]:
    """Who may set what: `{county: {within: shorter_only}}`."""
    found: dict[str, dict[str, str]] = {}
    for who, keys in report.mapping(raw, "settable_by").items():
        if who != "county":
            report.complain(f"settable_by: '{who}' cannot set rules")
        found[who] = {}
        for key, freedom in report.mapping(keys, "settable_by").items():
            if key not in KEYS[kind]:
                report.complain(f"settable_by: unknown key '{key}'")
            if freedom not in FREEDOMS:
                report.complain(f"settable_by: '{freedom}' is not one of {', '.join(FREEDOMS)}")
            found[who][key] = str(freedom)
    return found


def with_content(version: Version[Any], contents: Contents, report: Report) -> Version[Any]:
    """The version with its body read as an object of its kind."""
    if version.withdrawn:
        return version
    here = report.at(f"{version.rule_id} from {version.from_}")
    readers = {"value": read_value, "table": read_table, "instrument": read_instrument, "codelist": read_codelist}
    if version.kind in ("duty", "schedule"):
        facts = {code: event.facts for code, event in contents.events.items()}
        read = read_duty if version.kind == "duty" else read_schedule
        return replace(version, content=read(version.body, facts, here))
    return replace(version, content=readers[version.kind](version.body, here))


def apply_rows(
    handles: Mapping[str, Handle[Any]], rows: Iterable[CountyRow], contents: Contents, problems: list[Problem]
) -> dict[str, Handle[Any]]:
    """Handles with the counties' own versions laid over the national ones; `rows` are all rows there are."""
    result = dict(handles)
    for row in joined(rows):
        report = Report(row.where, row.enacts, problems)
        handle = result.get(row.enacts)
        if handle is None:
            report.complain("no rule has this id")
            continue
        merged = resolve(handle, row, contents.sources, report)
        read = tuple(version if version.content else with_content(version, contents, report) for version in merged)
        result[row.enacts] = replace(handle, counties={**handle.counties, row.county: read})
    return result
