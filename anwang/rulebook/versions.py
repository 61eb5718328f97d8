"""One envelope for every kind of rule: dated versions, each cited or marked as an assumption."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Generic, TypeVar

from .cites import Cite, Source, read_cite, read_date
from .problems import NotInForce, Report
from .text import Text

Body = TypeVar("Body")
ENVELOPE = ("from", "until", "withdrawn", "cite", "also", "assumption", "note")
FIRST, LAST = date.min, date.max


@dataclass(frozen=True)
class Version(Generic[Body]):
    """A rule as it stands from one day on, for the nation or for one county.

    `body` is the complete body as data, `content` the same as an object of its kind. `hash` names everything
    a decision depended on; a stored decision keeps it and can be replayed.
    """

    rule_id: str
    kind: str
    title: Text
    from_: date
    until: date | None
    county: str | None
    cite: Cite | None
    also: tuple[Cite, ...]
    assumption: Text | None
    note: Text | None
    withdrawn: bool
    body: Mapping[str, Any]
    content: Body
    hash: str

    @property
    def value(self) -> Any:
        """The value itself, for rules of kind value."""
        return self.content.value  # type: ignore[attr-defined]  # only values have it

    @property
    def stored(self) -> dict[str, Any]:
        """Everything the hash covers, ready for JSON; `Rulebook.revive` reads it back."""
        return canonical(self.kind, self.rule_id, self.title, self.from_, self.county, self.body)

    def covers(self, day: date) -> bool:
        return self.from_ <= day <= (self.until or LAST)


def canonical(
    kind: str, rule_id: str, title: Text, from_: date, county: str | None, body: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "kind": kind,
        "rule": rule_id,
        "title": {"zh": title.zh, "en": title.en},
        "from": from_.isoformat(),
        "county": county,
        "body": dict(body),
    }


def hash_of(stored: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of everything but the title (a better wording changes no rule)."""
    plain = {key: value for key, value in stored.items() if key != "title"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Handle(Generic[Body]):
    """One rule over time. Bind it once; ask it with a date and, where a county may differ, the county."""

    rule_id: str
    kind: str
    title: Text
    settable_by: Mapping[str, Mapping[str, str]]
    national: tuple[Version[Body], ...]
    counties: Mapping[str, tuple[Version[Body], ...]]
    where: str

    def versions(self, county: str | None = None) -> tuple[Version[Body], ...]:
        """Versions in order of date, those of the county where it has any of its own."""
        return self.counties.get(county or "", self.national)

    def get(self, on: date, county: str | None = None) -> Version[Body] | None:
        """The version in force on the day, or None."""
        for version in reversed(self.versions(county)):
            if version.from_ <= on:
                return version if version.covers(on) and not version.withdrawn else None
        return None

    def on(self, on: date, county: str | None = None) -> Version[Body]:
        """The version in force on the day; raises NotInForce when there is none."""
        version = self.get(on, county)
        if version is None:
            raise NotInForce(f"{self.rule_id} is not in force on {on.isoformat()}")
        return version

    def latest(self, on: date, county: str | None = None) -> Version[Body] | None:
        """The version in force on the day or, after the rule ended, the last one (what it started still runs)."""
        earlier = [version for version in self.versions(county) if version.from_ <= on and not version.withdrawn]
        return earlier[-1] if earlier else None


def read_version(
    raw: Any,
    shared: Mapping[str, Any],
    kind: str,
    rule_id: str,
    title: Text,
    sources: Mapping[str, Source],
    report: Report,
    county: str | None = None,
) -> Version[None] | None:
    """The envelope of one version, its body still unread; None when its dates cannot be read."""
    entry = report.mapping(raw, "a version")
    from_ = read_date(entry.get("from"), report, "from")
    until = read_date(entry["until"], report, "until") if "until" in entry else None
    if from_ is None or (until is not None and until < from_):
        if from_ is not None:
            report.complain(f"until {until} is before from {from_}")
        return None
    withdrawn = entry.get("withdrawn", "no")
    if withdrawn not in ("yes", "no"):
        report.complain("'withdrawn' is yes or no")
    here = report.at(f"{rule_id} from {from_}")
    if not any(key in entry for key in ("cite", "assumption")):
        here.complain("a version needs a cite or an assumption")
    body = {**shared, **{key: value for key, value in entry.items() if key not in ("from", "until", "withdrawn")}}
    stored = canonical(kind, rule_id, title, from_, county, body)
    return Version(
        rule_id,
        kind,
        title,
        from_,
        until,
        county,
        read_cite(entry["cite"], sources, here) if "cite" in entry else None,
        tuple(c for c in (read_cite(one, sources, here) for one in entry.get("also", [])) if c),
        Text.read(entry["assumption"], here, "assumption") if "assumption" in entry else None,
        Text.read(entry["note"], here, "note") if "note" in entry else None,
        withdrawn == "yes",
        body,
        None,
        hash_of(stored),
    )


def check_dates(versions: Sequence[Version[Any]], report: Report) -> tuple[Version[Any], ...]:
    """Versions in order; complains of two on one day, overlaps, gaps, and of wrong order in the file."""
    ordered = tuple(sorted(versions, key=lambda version: version.from_))
    if list(ordered) != list(versions):
        report.complain("versions must run from the earliest to the latest")
    for earlier, later in pairwise(ordered):
        if earlier.from_ == later.from_:
            report.complain(f"two versions start on {later.from_}")
        elif earlier.until is not None and earlier.until >= later.from_:
            report.complain(f"the version from {earlier.from_} overlaps the one from {later.from_}")
        elif earlier.until is not None and earlier.until + timedelta(days=1) < later.from_:
            report.complain(f"nothing is in force between {earlier.until} and {later.from_}: write it as withdrawn")
    return ordered
