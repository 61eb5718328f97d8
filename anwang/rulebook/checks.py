"""Checks beyond loading: situations hold, every change is shown by the day before and the day itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from .cites import Cite
from .explain import summary
from .names_used import misnamed
from .problems import Problem
from .situations import Situation, read_situations, run
from .text import Text
from .versions import Handle

if TYPE_CHECKING:
    from .book import Rulebook


@dataclass(frozen=True)
class Entry:
    """One rule in the index of the policy pages. `summary` is None when it is not in force."""

    rule_id: str
    kind: str
    area: str
    title: Text
    summary: Text | None
    from_: date | None
    cite: Cite | None
    assumption: Text | None
    versions: int
    counties: tuple[str, ...]
    situations: int


def check(book: Rulebook) -> list[Problem]:
    """Situations that are badly written or fail, names nothing answers to, and rules or changes no situation shows."""
    situations, problems = read_situations(book)
    problems.extend(misnamed(book))
    for situation in situations:
        problems.extend(Problem(situation.where, situation.name, wrong) for wrong in run(book, situation))
    shown = _by_rule(situations)
    for handle in book.contents.handles.values():
        problems.extend(_unshown(handle, shown.get(handle.rule_id, [])))
    return sorted(problems)


def _by_rule(situations: list[Situation]) -> dict[str, list[Situation]]:
    shown: dict[str, list[Situation]] = defaultdict(list)
    for situation in situations:
        for rule_id in situation.rules():
            shown[rule_id].append(situation)
    return shown


def _unshown(handle: Handle[Any], shown: list[Situation]) -> list[Problem]:
    """A rule needs a situation; a change needs the day before and the day; an own county line needs its own."""
    if handle.kind == "codelist" and len(handle.national) == 1:
        return []  # a list that never changed has nothing a situation could show better than itself
    if not shown:
        return [Problem(handle.where, handle.rule_id, "no situation shows this rule")]
    found = []
    for county, line in (("", handle.national), *handle.counties.items()):
        days = {situation.on for situation in shown if not county or situation.county == county}
        for version in line[1:] if line is handle.national else [one for one in line if one.county]:
            for day in (version.from_ - timedelta(days=1), version.from_):
                if day not in days:
                    place = f" in county {county}" if county else ""
                    said = f"no situation on {day}{place}, a change of this rule"
                    found.append(Problem(handle.where, handle.rule_id, said))
    return found


def index(book: Rulebook, on: date, county: str | None = None) -> list[Entry]:
    """Every rule as it stands that day, sorted by kind and id."""
    shown = _by_rule(read_situations(book)[0])
    entries = []
    for handle in book.contents.handles.values():
        version = handle.get(on, county)
        entries.append(
            Entry(
                handle.rule_id,
                handle.kind,
                handle.rule_id.partition(".")[0],
                handle.title,
                summary(version) if version else None,
                version.from_ if version else None,
                version.cite if version else None,
                version.assumption if version else None,
                len(handle.national),
                tuple(sorted(handle.counties)),
                len(shown.get(handle.rule_id, ())),
            )
        )
    return sorted(entries, key=lambda entry: (entry.kind, entry.rule_id))
