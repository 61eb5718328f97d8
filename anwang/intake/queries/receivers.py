"""To whom a kind of case may go: the units that usually take it first, everybody else folded away. Advice only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.directory.states import NOT_CASEWORK, Role, UnitKind
from anwang.foundation import clock
from anwang.intake import rules

from .gather import gathered
from .posts import POSTS
from .report import ReportPage, english
from .sheet import FAMILY

CARE = ("suicide", "mental_health")
TO_CENTRE = (rules.FIELD, "")
"""Screening outcomes after which the centre itself investigates: said so, or not said yet."""
DOING = {Role.SOCIAL_WORKER, Role.INVESTIGATOR, Role.CARE_VISITOR, Role.NURSE, Role.NGO_WORKER}
WHOLE = 30
"""A county with so many units is listed whole."""
LISTED = 12
"""Of a larger one so many are listed at first, for each kind of case."""
Rank = tuple[bool, int, int]


@dataclass(frozen=True)
class Receiver:
    """One worker or desk. `value` is what the form sends; `cover` who stands in today."""

    value: str
    name: str
    load: int | None
    cover: str
    advised: bool = False


@dataclass(frozen=True)
class Group:
    """A unit with who may receive there. `fits`: it serves the area of somebody in the report."""

    unit: str
    areas: str
    fits: bool
    receivers: tuple[Receiver, ...]


class Choice(NamedTuple):
    """Whom to choose from: the groups offered first, the others, and how many units are not listed."""

    first: tuple[Group, ...]
    others: tuple[Group, ...]
    unlisted: int


def receivers(
    viewer: Viewer, page: ReportPage, kinds: Mapping[str, Iterable[str]], *, kept: str = "", whole: bool = False
) -> dict[str, Choice]:
    """For each kind of case its choice, in one statement. `kinds`: with the screening outcomes of the pairs, "" for
    none. `kept`: a value of the form whose unit is listed in any case. `whole`: list every unit of a large county.

    In the 2026 regime the centre's investigators come first for what the centre investigates; otherwise the units
    of the kind, those that serve the area and carry such cases now before the rest.
    """
    fits = {row["unit_id"]: _fits(page, row) for row in page.rows["units"]}
    asked = {}
    for kind, screened in kinds.items():
        centre = _centre_first(kind, set(screened), rules.regime(page.received_at, page.county))
        ranks = {row["unit_id"]: _rank(page, row, kind, fits[row["unit_id"]]) for row in page.rows["units"]}
        wanted = (UnitKind.INTAKE,) if centre else _kinds(kind)
        asked[kind] = (centre, wanted, ranks, _listed(page, wanted, ranks, kept, whole))
    posts = _posts(viewer, page, {unit for *_other, listed in asked.values() for unit in listed})
    return {
        kind: _choice(page, fits, posts, centre, wanted, ranks, listed)
        for kind, (centre, wanted, ranks, listed) in asked.items()
    }


def _listed(page: ReportPage, wanted: tuple[str, ...], ranks: dict[str, Rank], kept: str, whole: bool) -> set[str]:
    """The units whose people are named: all of them, or in a large county those that come first."""
    units = page.rows["units"]
    if whole or len(units) <= WHOLE:
        return set(ranks)
    ordered = sorted(units, key=lambda row: (row["kind"] not in wanted, ranks[row["unit_id"]], row["unit"]))
    return {row["unit_id"] for row in ordered[:LISTED]} | (set(kept.split(".")[1:2]) & set(ranks))


def _posts(viewer: Viewer, page: ReportPage, listed: set[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each unit: a post with its worker, and the unit's desk."""
    tonight = datetime.combine(rules.on_day(clock.now()) + timedelta(days=1), time.min, clock.TAIPEI)
    given = {"units": [UUID(unit) for unit in listed], "tonight": tonight, "en": english()}
    of = {row["unit_id"]: row for row in page.rows["units"]}
    found: dict[str, list[dict[str, Any]]] = {}
    for row in gathered(viewer, {"posts": POSTS}, given)["posts"] if listed else ():
        found.setdefault(row["unit_id"], []).append(of[row["unit_id"]] | row)
    return found


def _choice(
    page: ReportPage, fits: dict[str, bool], posts: dict[str, list[dict[str, Any]]], centre: bool,
    wanted: tuple[str, ...], ranks: dict[str, Rank], listed: set[str],
) -> Choice:  # fmt: skip
    first, rest = [], []
    for unit in (row["unit_id"] for row in page.rows["units"] if row["unit_id"] in listed):
        rows, mine = posts[unit], posts[unit][0]["kind"] in wanted
        workers = _workers(rows, investigators=centre) if mine else []
        desks = _desks(rows) if mine and rules.office_closes(clock.now(), page.county) is None else []
        if workers or desks:
            first.append((ranks[unit], _group(rows[0], fits[unit], [*desks, *workers])))
        taken = {one.value for one in (*workers, *desks)}
        others = [one for one in (*_desks(rows), *_everybody(rows)) if one.value not in taken]
        if others:
            rest.append(_group(rows[0], fits[unit], others))
    ordered = sorted(first, key=lambda pair: (pair[0], pair[1].unit))
    return Choice(_with_advice(ordered), tuple(rest), len(ranks) - len(listed))


def _centre_first(kind: str, screened: set[str], regime: str) -> bool:
    return regime == rules.CENTRE_FIRST and kind not in (FAMILY, *CARE) and bool(screened & set(TO_CENTRE))


def _kinds(kind: str) -> tuple[str, ...]:
    if kind == FAMILY:
        return (UnitKind.WELFARE,)
    return (UnitKind.MENTAL_HEALTH,) if kind in CARE else (UnitKind.PROTECTION,)


def _everybody(rows: list[dict[str, Any]]) -> list[Receiver]:
    found = {row["worker_id"]: row for row in rows if row["worker_id"] and row["role"] not in NOT_CASEWORK}
    return [
        Receiver(f"worker.{row['unit_id']}.{worker}", row["worker"], row["load"], row["cover"] or "")
        for worker, row in found.items()
    ]


def _workers(rows: list[dict[str, Any]], *, investigators: bool) -> list[Receiver]:
    """Who does the work there; supervisors only where there is nobody else."""
    doing = {Role.INVESTIGATOR} if investigators else DOING
    posts = [row for row in rows if row["role"] in doing]
    return sorted(_everybody(posts) or _everybody(rows), key=lambda one: (bool(one.cover), one.load))


def _desks(rows: list[dict[str, Any]]) -> list[Receiver]:
    found = {row["desk_id"]: row for row in rows if row["desk_id"]}
    return [Receiver(f"desk.{row['unit_id']}.{desk}", row["desk"], None, "") for desk, row in found.items()]


def _group(row: dict[str, Any], fits: bool, found: list[Receiver]) -> Group:
    return Group(row["unit"], row["areas"] or "", fits, tuple(found))


def _fits(page: ReportPage, row: dict[str, Any]) -> bool:
    """By the code of an address the viewer may read, or by the township's name in the place that was said."""
    said = " ".join((page.place, *(detail for person in page.people for detail in person.details)))
    codes = {one["area_code"] for one in page.rows["areas"]} | {page.report["area_code"]} - {""}
    names = (row["areas"] or "").split("、")
    return bool(codes & set(row["area_codes"] or ())) or any(name and name in said for name in names)


def _rank(page: ReportPage, row: dict[str, Any], kind: str, fits: bool) -> Rank:
    """Serves the area, carries the kind now, carries little of the other side (children or adults)."""
    carried = {one["kind"]: one["count"] for one in page.rows["carrying"] if one["unit_id"] == row["unit_id"]}
    child = kind == rules.CHILD_PROTECTION
    other = sum(count for code, count in carried.items() if (code == rules.CHILD_PROTECTION) != child)
    return (not fits, -carried.get(kind, 0), other)


def _with_advice(ranked: list[tuple[Rank, Group]]) -> tuple[Group, ...]:
    """One name is marked: of the unit that clearly comes first, who is there today with the least in hand."""
    groups = tuple(group for _rank, group in ranked)
    there = [one for one in groups[0].receivers if one.load is not None and not one.cover] if groups else []
    if not there or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return groups
    best = min(there, key=lambda one: one.load or 0)
    marked = tuple(replace(one, advised=one is best) for one in groups[0].receivers)
    return (replace(groups[0], receivers=marked), *groups[1:])
