"""What became of every decision of the published minutes: `policy/lines/`, read once. Plain data, nothing of the desk.

Each line names the minutes and the place in them, the operative words as printed, the sentence in our own words, what
it asks for, and what this product now does: rules, forms, figures, pages, or that it does nothing yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any  # a YAML document

from anwang import rulebook
from anwang.rulebook import RulebookError, Text, yaml12
from anwang.rulebook.problems import Problem, Report

from . import rules
from .states import KEPT, Changed

ASKS = ("change", "report", "course", "grant", "relay", "remind", "stay", "note")
NOW = ("done", "part", "not_yet", "outside")
_KEYS = ("at", "words", "says", "is", "now", "to", "note")


@dataclass(frozen=True)
class End:
    """Where a line leads: kind and id, and for a rule the day its version begins where the line means one version."""

    kind: str
    ref: str
    from_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One decision of published minutes."""

    minutes: str
    at: str
    words: str
    says: Text
    asks: str
    now: str
    to: tuple[End, ...]
    note: Text


def lines() -> dict[str, tuple[Line, ...]]:
    """Every line by its minutes, latest minutes first. Raises RulebookError with every problem at once."""
    return _read(rulebook.book().folder)


def leading_to(ref: str) -> tuple[Line, ...]:
    """The lines that lead to a rule, form, indicator or page."""
    return _by_end(rulebook.book().folder).get(ref, ())


@lru_cache(maxsize=2)
def _by_end(folder: Path) -> dict[str, tuple[Line, ...]]:
    found: dict[str, tuple[Line, ...]] = {}
    for rows in _read(folder).values():
        for line in rows:
            for ref in dict.fromkeys(end.ref for end in line.to):
                found[ref] = (*found.get(ref, ()), line)
    return found


@lru_cache(maxsize=2)
def _read(folder: Path) -> dict[str, tuple[Line, ...]]:
    problems: list[Problem] = []
    sources = rulebook.book().contents.sources
    found: dict[str, tuple[Line, ...]] = {}
    for path in sorted((folder / "lines").glob("net-minutes-*.yaml"), reverse=True):
        for where, raw in yaml12.read(path, f"lines/{path.name}", problems):
            report = Report(where, str(raw.get("minutes")), problems)
            if raw.get("minutes") not in sources:
                report.complain("these minutes are no source")
                continue
            found[raw["minutes"]] = tuple(_line(raw["minutes"], one, report) for one in raw["lines"])
    if problems:
        raise RulebookError(problems)
    return found


def _line(minutes: str, raw: Mapping[str, Any], report: Report) -> Line:
    here = report.at(f"{minutes} {raw.get('at')}")
    here.keys(raw, _KEYS, tuple(key for key in _KEYS if key != "to"))
    if raw["is"] not in ASKS or raw["now"] not in NOW:
        here.complain(f"{raw['is']} or {raw['now']} is not known")
    ends = tuple(_end(one, here) for one in raw.get("to", ()))
    if raw["now"] == "done" and not ends:
        here.complain("what is done leads somewhere")
    return Line(
        minutes, str(raw["at"]), str(raw["words"]), Text.read(raw["says"], here, "says", both=True), str(raw["is"]),
        str(raw["now"]), ends, Text.read(raw["note"], here, "note", both=True),
    )  # fmt: skip


def _end(raw: Mapping[str, Any], report: Report) -> End:
    kind = next((one for one in KEPT if one in raw), None)
    report.keys(raw, (*sorted(KEPT), "from"), ())
    if kind is None:
        report.complain("an end names a rule, instrument, indicator or page")
        return End("", "")
    since = date.fromisoformat(raw["from"]) if "from" in raw else None
    dead = rules.why_dead(kind, str(raw[kind]), since, rulebook.book())
    if dead:
        report.complain(f"{raw[kind]}: {dead}")
    return End(Changed(kind).value, str(raw[kind]), since)
