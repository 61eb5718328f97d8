"""A plan for its page: as it stands, or as a version had it, and what the viewer may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.at_once import Said, read
from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.plans import policies, rules, writing
from anwang.plans.models import Line, Version
from anwang.plans.queries import matter_of
from anwang.plans.states import LineKind
from anwang.plans.viewing import (
    Goal,
    LineView,
    VersionView,
    goals_of,
    of_kind,
    steps_of,
    version_view,
    views_of,
    wordings_of,
)

ABOUT_SQL = """
SELECT coalesce(f.number, '') AS number, coalesce(f.label, '') AS label, coalesce(c.kind, '') AS kind, u.called AS unit
  FROM matters_matter m JOIN directory_unit u ON u.id = m.acting_unit_id
  LEFT JOIN people_family f ON f.id = m.family_id LEFT JOIN cases_case c ON c.id = m.id WHERE m.id = %s
"""


@dataclass(frozen=True)
class PlanPage:
    """A plan for its page: as it stands, or as a version had it."""

    id: UUID
    number: str
    is_family: bool
    family: str
    family_number: str
    unit: str
    is_over: bool
    may_plan: bool
    may_say: bool
    zones: frozenset[str]
    shown: VersionView | None
    """The version asked for; None shows what stands now."""
    newest: VersionView | None
    versions: tuple[VersionView, ...]
    is_changed: bool
    """Lines were written since the newest version."""
    said: tuple[LineView, ...]
    needs: tuple[LineView, ...]
    strengths: tuple[LineView, ...]
    goals: tuple[Goal, ...]
    carer_is_supported: bool
    proposed_review: date | None
    may_hand_in: bool


def plan(viewer: Viewer, number: str, version: int = 0) -> PlanPage:
    """The plan of a case or of a family's lead. NotFound alike when there is none and when he may not know of it."""
    matter = matter_of(viewer, number)
    can = zones_of(viewer, matter.id)
    reading("plans.plan", by=viewer, file_id=matter.id, zone=Zone.CASE if Zone.CASE in can else Zone.WORK)
    versions, lines, steps, wordings, abouts = read(
        Version.objects.filter(matter=matter).select_related("by").order_by("-number"), writing.newest(matter.id),
        steps_of(matter.id), Line.objects.none() if version else wordings_of(matter.id), Said(ABOUT_SQL, [matter.id]),
    )  # fmt: skip
    asked = next((one for one in versions if one.number == version), None)
    if version and asked is None:
        raise NotFound(_("找不到這一版計畫。"))
    kept, about = writing.kept(lines), abouts[0]
    lines = writing.lines_of(asked) if asked else kept
    views = views_of(lines, steps, wordings)
    newest = versions[0] if versions else None
    is_over = matter.ended_at is not None
    return PlanPage(
        id=matter.id, number=matter.number, is_family=matter.kind == "coordination", family=about["label"],
        family_number=about["number"], unit=about["unit"], is_over=is_over, zones=can,
        may_plan=not is_over and bool(policies.may_plan(viewer, matter)),
        may_say=not is_over and bool(policies.may_write(viewer, matter, LineKind.WORDS, Zone.CASE)),
        shown=asked and version_view(asked), newest=newest and version_view(newest),
        versions=tuple(map(version_view, versions)),
        is_changed=_is_changed(kept, newest),
        said=of_kind(views, LineKind.WORDS), needs=of_kind(views, LineKind.NEED),
        strengths=of_kind(views, LineKind.STRENGTH),
        goals=goals_of(lines, views), carer_is_supported=any(one.for_carer for one in views.values()),
        proposed_review=rules.review_on(clock.today(), matter.county), may_hand_in=about["kind"] == "child_protection",
    )  # fmt: skip


def _is_changed(matter_lines: list[Line], newest: Version | None) -> bool:
    """Whether lines were written or withdrawn since the newest version."""
    return newest is None or {one.id for one in matter_lines} != set(newest.lines)
