"""限閱案件清冊: what a supervisor or chief administers and what a reader may read, without a word about persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anwang.access.states import RestrictionReason
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.queries import Called
from anwang.directory.states import SUPERVISING, Role
from anwang.foundation import clock, roc
from anwang.matters.models import Matter

LIST_SQL = """
SELECT r.id, m.number, r.reason, u.called, w.called, r.agreed_by IS NOT NULL, r.starts_at, r.until_at,
       r.ended_at, r.ended_because, r.kept_by && (SELECT access_keys())::varchar[],
       (SELECT array_agg(n.worker_id::text || '|' || p.called ORDER BY p.name)
          FROM access_restrictionreader n JOIN directory_worker p ON p.id = n.worker_id
         WHERE n.restriction_id = r.id AND n.until_at IS NULL), m.acting_worker_id, m.acting_unit_id
  FROM access_restriction r JOIN matters_matter m ON m.id = r.file_id JOIN directory_unit u ON u.id = m.acting_unit_id
  JOIN directory_worker w ON w.id = r.asked_by
 WHERE (%(id)s::uuid IS NULL OR r.id = %(id)s)
 ORDER BY r.ended_at IS NOT NULL OR r.until_at <= %(now)s, r.agreed_by IS NOT NULL, r.until_at DESC LIMIT 200
"""


@dataclass(frozen=True)
class Restricted:
    """One line. `state` is `waiting` (for the chief), `live` or `over`; `readers` are (worker id, name)."""

    id: UUID
    number: str
    reason: str
    unit: str
    asked_by: str
    state: str
    since: str
    until: str
    over: str
    keeps: bool
    readers: tuple[tuple[str, str], ...]
    acting_worker_id: UUID | None
    unit_id: UUID


def restricted(viewer: Viewer, restriction_id: UUID | None = None) -> list[Restricted]:
    """Every restriction the viewer administers or is a reader of, those that need him first. Row-level security."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL, {"id": restriction_id, "now": now})
        return [_line(row, now) for row in cursor.fetchall()]


def colleagues_to_name(viewer: Viewer, unit_id: UUID) -> list[tuple[str, str]]:
    """(worker, name) of those at live posts of a unit, for the list of readers."""
    posts = Appointment.objects.filter(live_unit=unit_id).order_by("started_at", "id")
    return [(str(key), name) for key, name in posts.values_list("worker_id", Called("worker"))]


def _line(row: tuple[Any, ...], now: datetime) -> Restricted:
    (key, number, reason, unit, asked_by, agreed, since, until, ended, because, keeps, readers, acting, unit_id) = row
    over = (ended or until) <= now
    words = {"reviewed": _("已解除"), "not_agreed": _("主管未同意")}.get(because, _("期滿自動解除"))
    return Restricted(
        key, number, str(RestrictionReason(reason).label), unit, asked_by,
        "over" if over else "live" if agreed else "waiting", _day(since), _day(ended or until), words if over else "",
        keeps, tuple((one.partition("|")[0], one.partition("|")[2]) for one in readers or ()), acting, unit_id,
    )  # fmt: skip


def _day(at: datetime) -> str:
    return roc.roc_long(clock.local(at).date(), "en" if (get_language() or "").startswith("en") else "zh")


def asks_for(viewer: Viewer) -> UUID | None:
    """The unit for whose files the viewer may ask: the first he supervises."""
    return next((unit for unit, role in viewer.roles.items() if role in SUPERVISING), None)


def agrees(viewer: Viewer) -> bool:
    """Whether agreeing is the viewer's part: he is a chief somewhere."""
    return Role.CHIEF in viewer.roles.values()


def file_numbered(viewer: Viewer, number: str) -> UUID | None:
    """The open matter of that number that acts at a unit the viewer supervises."""
    units = [unit for unit, role in viewer.roles.items() if role in SUPERVISING]
    found = Matter.objects.filter(number=number.strip().upper(), ended_at=None, acting_unit_id__in=units)
    return found.values_list("id", flat=True).first()
