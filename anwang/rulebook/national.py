"""National changes enacted in the product: dated versions laid into the nation's own line, the old ones kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from .cites import Source, read_sources
from .counties import CountyRow
from .problems import Report
from .reading import KEYS, Contents, with_content
from .versions import ENVELOPE, Handle, Version, read_version


def lay_national(
    handles: Mapping[str, Handle[Any]], rows: Iterable[CountyRow], contents: Contents, report: Report
) -> dict[str, Handle[Any]]:
    """Handles with further national versions; each row names a rule and, for its days, only the keys it changes."""
    result = dict(handles)
    for row in rows:
        here = report.at(row.enacts)
        handle = result.get(row.enacts)
        if handle is None:
            here.complain("no rule has this id")
            continue
        for raw in row.versions:
            handle = _with(handle, raw, contents, here)
        result[row.enacts] = handle
    return result


def own_sources(
    raws: Iterable[Mapping[str, Any]], known: Mapping[str, Source], report: Report
) -> dict[str, Source]:  # fmt: skip
    """The letters and minutes that enactments bring along as their sources, beside those of the files."""
    found = dict(known)
    for raw in raws:
        found.update(read_sources(raw.get("sources", []), raw.get("authorities", {}), report))
    return found


def _with(handle: Handle[Any], raw: Mapping[str, Any], contents: Contents, report: Report) -> Handle[Any]:
    for key in set(raw) - {*ENVELOPE, *KEYS[handle.kind]}:
        report.complain(f"unknown key '{key}'")
    day = _day(raw)
    before = handle.get(day) if day else None
    if day is None or before is None:
        report.complain("the rule is not in force on the day of the change")
        return handle
    if any(version.from_ == day for version in handle.national):
        report.complain(f"two versions start on {day}")
        return handle
    kept = {key: value for key, value in before.body.items() if key not in ENVELOPE}
    until = {"until": before.until.isoformat()} if before.until else {}
    read = read_version({**kept, **until, **raw}, {}, handle.kind, handle.rule_id, handle.title, contents.sources,
                        report)  # fmt: skip
    if read is None:
        return handle
    return replace(handle, national=_placed(handle.national, before, with_content(read, contents, report)))


def _placed(line: tuple[Version[Any], ...], before: Version[Any], new: Version[Any]) -> tuple[Version[Any], ...]:
    ended = replace(before, until=new.from_ - timedelta(days=1))
    others = [ended if version is before else version for version in line]
    return tuple(sorted((*others, new), key=lambda version: version.from_))


def _day(raw: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(raw.get("from")))
    except ValueError:
        return None
