"""What other desks hang on the family page and the case page: one small template and one scalar sub-select each.

A desk that has something to say there writes `anwang/web/<desk>/on_pages.py` with `PARTS`. All parts of a page are
read in one statement, so that the page stays within its statements whoever joins; nothing else has to be edited.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal  # rows aggregated as JSON; whatever a part's template reads
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

Page = Literal["family", "case"]
Place = Literal["text", "margin"]


@dataclass(frozen=True)
class Part:
    """A part of a page: where it stands, how it is read, how it is shown.

    `sql` is a parenthesised scalar sub-select that gives jsonb, or NULL where there is nothing. It runs with the
    reader's own rights and may name %(family)s (uuid, may be null), %(files)s (uuid[]: files he may know of) and
    %(reads)s (uuid[]: those whose case zone he reads); write a percent sign twice. On the case page both lists hold the
    case, or are empty. `shown` makes of that value what the template reads as `hung`; None means no heading, no line.
    """

    page: Page
    place: Place
    order: int
    """Lower stands higher: 10 plan, 20 instruments, 30 referrals, 40 placements, 50 schedules, 60 meetings."""
    template: str
    sql: str
    shown: Callable[[Viewer, Any], Any]


@dataclass(frozen=True)
class Hung:
    """One part as the page shows it."""

    template: str
    hung: Any


@cache
def parts(page: Page) -> tuple[Part, ...]:
    """The parts of a page, in their order, found by the names of their files."""
    found: list[Part] = []
    for path in sorted(Path(__file__).parent.glob("*/on_pages.py")):
        found += import_module(f"{__package__}.{path.parent.name}.on_pages").PARTS
    return tuple(sorted((one for one in found if one.page == page), key=lambda one: one.order))


def columns(page: Page) -> tuple[str, ...]:
    """The sub-selects of the page's parts, to stand in a statement of the page."""
    return tuple(one.sql for one in parts(page))


def asked(family_id: UUID | None, files: Sequence[UUID], reads: Sequence[UUID]) -> dict[str, object]:
    """What the sub-selects may name."""
    return {"family": family_id, "files": list(files), "reads": list(reads)}


def hung(viewer: Viewer, page: Page, values: Sequence[Any]) -> Mapping[str, tuple[Hung, ...]]:
    """The parts with something to show, by place; `values` as the statement gave them, in the order of `columns`."""
    places: dict[str, list[Hung]] = {"text": [], "margin": []}
    for part, value in zip(parts(page), values, strict=True):
        rows = json.loads(value) if isinstance(value, str) else value
        said = None if rows is None else part.shown(viewer, rows)
        if said is not None:
            places[part.place].append(Hung(part.template, said))
    return {place: tuple(found) for place, found in places.items()}


def read(
    viewer: Viewer, page: Page, family_id: UUID | None, files: Sequence[UUID], reads: Sequence[UUID]
) -> Mapping[str, tuple[Hung, ...]]:
    """The parts of a page that has no statement of its own to put them in: one statement, none where nothing hangs."""
    wanted = columns(page)
    if not wanted or not files:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(wanted)}", asked(family_id, files, reads))
        return hung(viewer, page, cursor.fetchone())
