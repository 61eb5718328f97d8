"""The definitions of the monthly count, dated and cited, read once from `policy/indicators/`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from anwang import rulebook
from anwang.rulebook import Cite, RulebookError, Text, yaml12
from anwang.rulebook.problems import Problem, Report
from anwang.rulebook.versions import Version, check_dates, read_version

DYNAMIC, STATIC = "dynamic", "static"
_TOP = ("indicator", "title", "period", "below", "versions")
_BODY = ("from", "until", "cite", "also", "assumption", "definition", "formula")


@dataclass(frozen=True)
class Definition:
    """What a figure means on a day, and where that comes from. `below`: the border of small numbers, else 0."""

    id: str
    title: Text
    period: str
    definition: Text
    formula: Text
    since: date
    cite: Cite | None
    assumption: Text | None
    below: int = 0


def definitions(on: date) -> dict[str, Definition]:
    """Definitions in force on a day, by the last word of their id. Earlier than the first: the first, as assumed."""
    found = {}
    for raw, versions in _read(rulebook.book().folder):
        inside = [one for one in versions if one.from_ <= on] or list(versions[:1])
        version, name = inside[-1], str(raw["indicator"])
        found[name.rpartition(".")[2]] = Definition(
            name,
            _text(raw["title"]),
            str(raw["period"]),
            _text(version.body["definition"]),
            _text(version.body["formula"]),
            version.from_,
            version.cite,
            version.assumption,
            int(raw.get("below", 0)),
        )
    return found


@lru_cache(maxsize=2)
def _read(folder: Path) -> list[tuple[dict[str, Any], tuple[Version[None], ...]]]:
    """Every definition with its versions; raises RulebookError with every problem at once."""
    problems: list[Problem] = []
    sources, found = rulebook.book().contents.sources, []
    for path in sorted((folder / "indicators").glob("*.yaml")):
        for where, raw in yaml12.read(path, f"indicators/{path.name}", problems):
            name = str(raw.get("indicator"))
            report = Report(where, name, problems)
            report.keys(raw, _TOP, _TOP[:3] + _TOP[4:])
            title, versions = _text(raw["title"]), []
            for entry in report.sequence(raw.get("versions"), "versions"):
                report.keys(entry, _BODY, ("from", "definition", "formula"))
                version = read_version(entry, {}, "indicator", name, title, sources, report)
                versions += [version] if version else []
            found.append((raw, check_dates(versions, report)))
    if problems:
        raise RulebookError(problems)
    return found


def _text(raw: Any) -> Text:
    return Text(str(raw["zh"]), str(raw["en"]))
