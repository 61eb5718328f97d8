"""Every instrument with its versions: what holds today, what was used, and whether a file was changed afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any  # the body of any version

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.instruments import rules
from anwang.rulebook.handles import DatedInstrument
from anwang.rulebook.versions import Handle

from .offering import FormSheet, written

KEPT_SQL = "SELECT instrument, from_on, county, hash, published_at FROM instruments_version"


@dataclass(frozen=True)
class VersionLine:
    """One version. `is_changed`: the file no longer says what was published, so nobody can fill it."""

    from_on: date
    until_on: date | None
    county: str
    hash: str
    state: str
    """past, now or next."""
    is_draft: bool
    is_published: bool
    is_changed: bool
    is_assumed: bool
    items: int
    summary: str


@dataclass(frozen=True)
class Shelf:
    """One instrument of the library."""

    instrument: str
    title: str
    about: str
    many_networks: bool
    versions: tuple[VersionLine, ...]

    @property
    def is_changed(self) -> bool:
        return any(one.is_changed for one in self.versions)


def library(viewer: Viewer) -> tuple[Shelf, ...]:
    """Every instrument there is, by id, each with its versions, newest first."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT_SQL)
        kept = {(instrument, from_on, county): hash_ for instrument, from_on, county, hash_, _at in cursor.fetchall()}
    return tuple(_shelf(handle, kept) for handle in rules.handles())


def version_sheet(viewer: Viewer, instrument: str, from_on: date) -> FormSheet:
    """One version as a form to read. Raises NotFound."""
    found = rules.in_files(instrument, from_on, "")
    if found is None or found.withdrawn:
        raise NotFound(_("沒有這一版。請從量表庫選。"))
    return written(DatedInstrument(found))


def _shelf(handle: Handle[Any], kept: Mapping[tuple[str, date, str], str]) -> Shelf:
    today, lines = clock.today(), [one for one in handle.national if not one.withdrawn]
    now = handle.get(today)
    found = []
    for place, one in enumerate(lines):
        form = DatedInstrument(one)
        later = lines[place + 1].from_ if place + 1 < len(lines) else None
        until = one.until or (date.fromordinal(later.toordinal() - 1) if later else None)
        used = kept.get((handle.rule_id, one.from_, one.county or ""))
        state = "now" if now is one else "next" if one.from_ > today else "past"
        found.append(
            VersionLine(
                one.from_, until, one.county or "", one.hash, state, form.content.use.draft, used is not None,
                used not in (None, one.hash), one.assumption is not None, len(form.content.items),
                "／".join(rules.said(text) for _code, text in form.content.results),
            )
        )  # fmt: skip
    use = lines[-1].content.use
    return Shelf(handle.rule_id, rules.said(handle.title), use.about, use.many_networks, tuple(reversed(found)))
