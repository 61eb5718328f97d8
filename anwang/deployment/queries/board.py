"""The board of a kind and a year: every county, every source, sums that refuse to guess."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.steering import Standing, standing
from anwang.access.viewer import Viewer
from anwang.deployment import rules
from anwang.deployment.rules import Published
from anwang.deployment.states import Reach, Says
from anwang.directory.models import Jurisdiction, Unit
from anwang.directory.queries import Called
from anwang.directory.states import UnitKind
from anwang.foundation import clock

FIGURES_SQL = """
SELECT f.county_id, f.year, f.says, f.number, f.source, f.source_on, f.reach, f.id, f.unit_id, u.called
  FROM deployment_figure f JOIN directory_unit u ON u.id = f.unit_id
 WHERE f.kind = %(kind)s AND f.year IN (%(year)s, %(year)s - 1) AND f.withdrawn_at IS NULL
   AND (f.reach = 'published' OR f.county_id = %(county)s AND NOT %(ministry)s OR f.unit_id = ANY (%(units)s)
        OR %(ministry)s AND f.reach = 'sent')
 ORDER BY f.county_id, f.year, f.says, f.source_on, f.source
"""
LIVE_SQL = """
SELECT jurisdiction_id, count(*) FROM directory_unit
 WHERE kind = %(unit)s AND is_public AND opened_on <= %(day)s AND (closed_on IS NULL OR closed_on > %(day)s)
 GROUP BY jurisdiction_id
"""
ASKED_SQL = "SELECT county_id FROM deployment_postsrequest WHERE kind = %s AND year = %s"


@dataclass(frozen=True)
class Stated:
    """One number as a source states it; `number` None is 未定."""

    id: UUID
    number: int | None
    source: str
    source_on: date
    unit: str
    reach: str
    reach_words: str
    may_send: bool
    may_publish: bool
    may_withdraw: bool


@dataclass(frozen=True)
class Cell:
    """What all sources together say. `state`: none, unknown, conflict or agreed (then `number` is theirs)."""

    says: str
    stated: tuple[Stated, ...]
    state: str
    number: int | None


@dataclass(frozen=True)
class Row:
    """A county. `live` is the directory's own count (None where nothing is counted); `differs` from what is stated."""

    county: str
    name: str
    cells: tuple[Cell, ...]
    live: int | None
    differs: bool
    was: int | None
    asks_posts: bool
    """The number of centres changed since the year before and nobody asked for posts yet."""
    may_ask: bool


@dataclass(frozen=True)
class Total:
    """A sum, or None with why it cannot be told."""

    says: str
    label: str
    number: int | None
    because: tuple[str, ...]


@dataclass(frozen=True)
class Board:
    """A kind in a year."""

    kind: str
    label: str
    year: int
    rows: tuple[Row, ...]
    totals: tuple[Total, ...]
    published: tuple[Published, ...]
    published_conflicts: tuple[str, ...]
    kinds: tuple[tuple[str, str], ...]
    is_counted: bool
    is_ministry: bool


def standing_of(viewer: Viewer) -> Standing:
    """For whom the viewer steers."""
    return standing(viewer)


def counties(viewer: Viewer) -> list[tuple[str, str]]:
    """(code, name) of every county with a government in the directory; by code, never by what they achieved."""
    with_government = Unit.objects.filter(kind=UnitKind.COUNTY).values("jurisdiction_id")
    return list(Jurisdiction.objects.filter(code__in=with_government).order_by("code").values_list("code", Called()))


def board(viewer: Viewer, kind: str, year: int, lang: str = "zh") -> Board:
    """Everything stated for a kind and a year that the viewer may see, beside the directory's count."""
    on, who = clock.today(), standing(viewer)
    stated = _stated(kind, year, who)
    unit = rules.counted_as(kind, on)
    live, has_posts = _live(unit, year, on), rules.has_posts(kind, on)
    asked = _asked(kind, year) if has_posts else set()
    rows = []
    for code, name in counties(viewer):
        cells = tuple(_cell(says, stated.get((code, year, says), [])) for says in Says.values)
        actual, was = cells[1], _cell(Says.ACTUAL, stated.get((code, year - 1, Says.ACTUAL), []))
        now, then = actual.number if actual.state == "agreed" else None, was.number if was.state == "agreed" else None
        changed = has_posts and now is not None and then is not None and now != then
        counted = live.get(code, 0) if unit and live is not None else None
        rows.append(
            Row(
                code, name, cells, counted, counted is not None and now is not None and counted != now, then,
                changed and code not in asked, who.county == code and not who.is_ministry,
            )
        )  # fmt: skip
    told = rules.published(kind, on, lang)
    return Board(
        kind, _label(kind, on, lang), year, tuple(rows), _totals(rows), tuple(told), _conflicts(told),
        tuple((one.code, one.label.to(lang)) for one in rules.kinds(on)), bool(unit), who.is_ministry,
    )  # fmt: skip


def _label(kind: str, on: date, lang: str) -> str:
    found = rules.kind(kind, on)
    return found.label.to(lang) if found else kind


def _stated(kind: str, year: int, who: Standing) -> dict[tuple[str, int, str], list[Stated]]:
    given = {"kind": kind, "year": year, "county": who.county, "ministry": who.is_ministry, "units": list(who.units)}
    found: dict[tuple[str, int, str], list[Stated]] = defaultdict(list)
    if not who.steers:
        return found
    with connection.cursor() as cursor:
        cursor.execute(FIGURES_SQL, given)
        for county, of, says, number, source, source_on, reach, key, unit_id, unit in cursor.fetchall():
            handles = who.is_ministry or (unit_id in who.units and reach != Reach.PUBLISHED)
            found[county, of, says].append(
                Stated(
                    key, number, source, source_on, unit, reach, str(Reach(reach).label),
                    handles and reach == Reach.DRAFT and not who.is_ministry,
                    who.is_ministry and reach != Reach.PUBLISHED, handles,
                )
            )  # fmt: skip
    return found


def _live(unit: str, year: int, on: date) -> dict[str, int] | None:
    """How many living units of the kind each county had at the end of a year (today for this one); None for years to
    come and for what the directory does not hold."""
    if not unit or year > on.year:
        return None
    with connection.cursor() as cursor:
        cursor.execute(LIVE_SQL, {"unit": unit, "day": min(on, date(year, 12, 31))})
        return dict(cursor.fetchall())


def _asked(kind: str, year: int) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(ASKED_SQL, [kind, year])
        return {county for (county,) in cursor.fetchall()}


def _cell(says: str, stated: list[Stated]) -> Cell:
    numbers = {one.number for one in stated}
    if not numbers:
        return Cell(says, (), "none", None)
    if len(numbers) > 1:
        return Cell(says, tuple(stated), "conflict", None)
    number = next(iter(numbers))
    return Cell(says, tuple(stated), "unknown" if number is None else "agreed", number)


def _totals(rows: list[Row]) -> tuple[Total, ...]:
    """A sum only where every county has one number; otherwise which county keeps it from being told."""
    found = []
    for place, says in enumerate(Says):
        why, sum_ = [], 0
        for row in rows:
            cell = row.cells[place]
            if cell.state == "agreed":
                sum_ += cell.number or 0
            elif cell.state == "conflict":
                why.append(_("%(county)s來源不一致") % {"county": row.name})
            elif cell.state == "unknown":
                why.append(_("%(county)s未定") % {"county": row.name})
            else:
                why.append(_("%(county)s沒有數字") % {"county": row.name})
        found.append(Total(says.value, str(says.label), None if why or not rows else sum_, tuple(why)))
    return tuple(found)


def _conflicts(told: list[Published]) -> tuple[str, ...]:
    """Published figures of the same year and meaning that disagree, in words."""
    groups: dict[tuple[int, str], list[Published]] = defaultdict(list)
    for one in told:
        groups[one.year, one.says].append(one)
    return tuple(
        _("%(year)d年的兩個來源不一致：%(numbers)s。兩個都列。")
        % {"year": year - 1911, "numbers": "、".join(f"{one.number}（{one.source}）" for one in of)}
        for (year, _says), of in groups.items()
        if len({one.number for one in of}) > 1
    )
