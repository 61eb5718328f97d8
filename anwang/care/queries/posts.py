"""Posts and loads: who is in which post, how many persons each serves, against which target."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.care import rules, words
from anwang.care.states import HEALTH_UNITS
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import NOT_CASEWORK
from anwang.foundation import clock

POSTS_SQL = """
SELECT p.id, p.service, p.since_on, u.id, u.called, w.id, w.called, f.since_on
  FROM care_post p JOIN directory_unit u ON u.id = p.unit_id
  LEFT JOIN care_filling f ON f.post_id = p.id AND f.until_on IS NULL LEFT JOIN directory_worker w ON w.id = f.worker_id
 WHERE u.jurisdiction_id = %s AND p.until_on IS NULL ORDER BY u.code, p.service, p.since_on, p.id
"""


@dataclass(frozen=True)
class PostLine:
    """One post. `worker` is empty while nobody is in it; `persons` of the psychiatric register he serves."""

    id: UUID
    unit: str
    unit_id: UUID
    service: str
    service_code: str
    since: str
    worker: str
    worker_since: str
    persons: int
    may_keep: bool


@dataclass(frozen=True)
class Ratio:
    """A load with what it is made of: persons over workers in post, the target, and posts approved beside it."""

    service: str
    persons: int
    stood_in: int
    workers: int
    posts: int
    ratio: str
    target: str
    definition: str


def posts(viewer: Viewer) -> tuple[PostLine, ...]:
    """Posts of the health units of the viewer's county, in seat order; loads where `policies.may_see_load` lets him."""
    with connection.cursor() as cursor:
        cursor.execute(POSTS_SQL, [viewer.county])
        rows = cursor.fetchall()
    served, kept = _served(viewer), set(viewer.supervised_units)
    lines = []
    for id_, service, since, unit_id, unit, worker_id, worker, filled in rows:
        persons = sum(n for (_unit, who, _service, _in), n in served.items() if who == worker_id) if worker_id else 0
        lines.append(PostLine(
            id_, unit, unit_id, words.service_words(service), service, words.day(since), worker or "",
            words.day(filled), persons, unit_id in kept,
        ))  # fmt: skip
    return tuple(lines)


def ratios(viewer: Viewer) -> tuple[Ratio, ...]:
    """The ratio of each service in the viewer's county, by people actually in post, with its definition under it."""
    with connection.cursor() as cursor:
        cursor.execute(POSTS_SQL, [viewer.county])
        rows = cursor.fetchall()
    served, on = _served(viewer), clock.today()
    found = []
    for service in (rules.SOCIAL_WORKER, rules.CARE_VISITOR):
        persons = sum(n for (_u, _w, what, stood), n in served.items() if what == service and not stood)
        stood_in = sum(n for (_u, _w, what, stood), n in served.items() if what == service and stood)
        workers = len({row[5] for row in rows if row[1] == service and row[5]})
        target = rules.load_target(service, on, viewer.county)
        found.append(Ratio(
            words.service_words(service), persons, stood_in, workers, sum(row[1] == service for row in rows),
            f"1:{persons / workers:.1f}" if workers else "", f"1:{target}" if target else "",
            _("精神照護名冊上由這種人員承辦的人數，除以今天實際在職的人數；不是核定員額。護理師暫代的、自殺關懷名冊的不算。"),
        ))  # fmt: skip
    return tuple(found)


def _served(viewer: Viewer) -> dict[tuple[UUID, UUID | None, str, bool], int]:
    units = Unit.objects.filter(jurisdiction_id=viewer.county, kind__in=HEALTH_UNITS, closed_on=None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM care_load(%s)", [list(units.values_list("id", flat=True))])
        return {(unit, worker, service, stood): n for unit, worker, service, stood, n in cursor.fetchall()}


def who_can_serve(viewer: Viewer) -> list[tuple[str, str]]:
    """Workers of the health units of the county who carry cases, as `unit/worker` and words; those in a post first."""
    rows = (
        Appointment.objects.select_related("worker", "unit")
        .filter(unit__jurisdiction_id=viewer.county, unit__kind__in=HEALTH_UNITS, ended_at=None, unit__closed_on=None)
        .exclude(role__in=NOT_CASEWORK)
        .order_by("-unit__kind", "unit__code", "role", "worker__name")
    )
    return [
        (f"{one.unit_id}/{one.worker_id}", f"{one.worker.called}（{one.unit.called}，{one.get_role_display()}）")
        for one in rows
    ]


def health_units(viewer: Viewer) -> list[tuple[str, str]]:
    """Health units of the county that are on the system, for a re-routing."""
    units = Unit.objects.filter(
        jurisdiction_id=viewer.county, kind__in=HEALTH_UNITS, closed_on=None, on_system=True
    ).order_by("-kind", "code")
    return [(str(one.id), one.called) for one in units]


def my_posts_units(viewer: Viewer) -> list[tuple[str, str]]:
    """Units whose posts the viewer keeps."""
    units = Unit.objects.filter(id__in=viewer.supervised_units, kind__in=HEALTH_UNITS, closed_on=None).order_by("code")
    return [(str(one.id), one.called) for one in units]


def workers_of(viewer: Viewer, unit_id: UUID) -> list[tuple[str, str]]:
    """Who works in a unit and could fill a post."""
    rows = Appointment.objects.select_related("worker").filter(unit_id=unit_id, ended_at=None)
    return [
        (str(one.worker_id), one.worker.called) for one in rows.exclude(role__in=NOT_CASEWORK).order_by("worker__name")
    ]
