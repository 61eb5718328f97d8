"""County rows: dated settings a county lays over a national rule, as far as the rule allows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from .cites import Source
from .problems import Report
from .versions import ENVELOPE, LAST, Handle, Version, canonical, check_dates, hash_of, read_version


@dataclass(frozen=True)
class CountyRow:
    """`enacts` a rule for one county; each version holds only the keys the county sets."""

    enacts: str
    county: str
    versions: tuple[Mapping[str, Any], ...]
    where: str

    @classmethod
    def read(cls, raw: Mapping[str, Any], report: Report) -> CountyRow:
        here = report.at(str(raw.get("enacts")))
        here.keys(raw, ("enacts", "county", "title", "versions"), ("enacts", "county", "versions"))
        versions = tuple(here.mapping(one, "a version") for one in here.sequence(raw.get("versions"), "versions"))
        return cls(str(raw.get("enacts")), str(raw.get("county")), versions, report.where)


def joined(rows: Iterable[CountyRow]) -> list[CountyRow]:
    """One row for each rule and county, with the versions of all of them in order of their days."""
    found: dict[tuple[str, str], CountyRow] = {}
    for row in rows:
        earlier = found.get((row.enacts, row.county))
        versions = sorted((*(earlier.versions if earlier else ()), *row.versions), key=lambda one: str(one.get("from")))
        found[row.enacts, row.county] = replace(row, versions=tuple(versions))
    return list(found.values())


def resolve(
    handle: Handle[Any], row: CountyRow, sources: Mapping[str, Source], report: Report
) -> tuple[Version[Any], ...]:
    """The county's full line of versions: its own where one is in force, else the national one."""
    allowed = handle.settable_by.get("county", {})
    own = []
    for raw in row.versions:
        for key in set(raw) - set(ENVELOPE):
            if allowed.get(key, "not") == "not":
                report.complain(f"county {row.county} may not set '{key}' of this rule")
        version = read_version(raw, {}, handle.kind, handle.rule_id, handle.title, sources, report, row.county)
        if version is not None:
            own.append(version)
    line = check_dates(own, report)
    days = sorted({day for version in (*handle.national, *line) for day in _breaks(version)})
    found: list[Version[Any]] = []
    for number, day in enumerate(days):
        national = handle.get(day)
        if national is None:
            continue
        mine = next((one for one in line if one.covers(day) and not _ended(one, line, day)), None)
        until = days[number + 1] - timedelta(days=1) if number + 1 < len(days) else None
        if mine is None or mine.withdrawn:
            found.append(replace(national, from_=max(day, national.from_), until=until))
        else:
            found.append(_merge(national, mine, day, until, row.county, allowed, report))
    return tuple(found)


def _breaks(version: Version[Any]) -> tuple[date, ...]:
    return (version.from_,) if version.until in (None, LAST) else (version.from_, version.until + timedelta(days=1))


def _ended(version: Version[Any], line: tuple[Version[Any], ...], day: date) -> bool:
    """Whether a later version of the county has taken its place by that day."""
    return any(version.from_ < other.from_ <= day for other in line)


def _merge(
    national: Version[Any],
    mine: Version[Any],
    day: date,
    until: date | None,
    county: str,
    allowed: Mapping[str, str],
    report: Report,
) -> Version[Any]:
    set_here = {key: value for key, value in mine.body.items() if key not in ENVELOPE}
    for key, value in list(set_here.items()):
        if allowed.get(key) == "shorter_only" and not is_shorter(value, national.body.get(key)):
            report.complain(f"county {county} sets {key}: {value}, longer than the national {national.body.get(key)}")
        if allowed.get(key) == "more_only":
            set_here[key] = _more(national.body.get(key), value, county, report)
    kept = {key: value for key, value in national.body.items() if key not in ENVELOPE}
    said = {key: value for key, value in mine.body.items() if key in ENVELOPE}
    body = {**kept, **set_here, **said, "over": national.hash}
    stored = canonical(national.kind, national.rule_id, national.title, day, county, body)
    return replace(
        national,
        from_=day,
        until=until,
        county=county,
        cite=mine.cite,
        also=mine.also,
        note=mine.note,
        assumption=mine.assumption,
        body=body,
        content=None,
        hash=hash_of(stored),
    )


def _more(national: Any, mine: Any, county: str, report: Report) -> list[Any]:
    """The nation's entries, untouched, and after them the county's own: nothing that protects can be taken out."""
    entries, further = report.sequence(national, "the nation's entries"), report.sequence(mine, "a county's entries")
    known = {entry.get("code") for entry in entries if isinstance(entry, Mapping)}
    for entry in further:
        if isinstance(entry, Mapping) and entry.get("code") in known:
            report.complain(f"county {county} adds '{entry.get('code')}', which the nation has already")
    return [*entries, *further]


def is_shorter(mine: Any, national: Any) -> bool:
    """Whether a county's length or number can never exceed the national one."""
    if isinstance(mine, int) and isinstance(national, int):
        return mine <= national
    least, most = _bounds(mine), _bounds(national)
    if least is None or most is None:
        return False
    if least[2] == most[2]:
        return least[3] <= most[3]
    return least[1] <= most[0]


_HOURS = {
    "minute": (1 / 60, 1 / 60),
    "hour": (1, 1),
    "day": (24, 24),
    "working_day": (24, float("inf")),
    "week": (168, 168),
    "month": (28 * 24, 31 * 24),
    "year": (365 * 24, 366 * 24),
}


def _bounds(raw: Any) -> tuple[float, float, str, int] | None:
    """Least and most hours a length can last, its unit and its number."""
    try:
        number, unit = str(raw).split()
        unit = unit.removesuffix("s")
        least, most = _HOURS[unit]
        return int(number) * least, int(number) * most, unit, int(number)
    except (KeyError, ValueError):
        return None
