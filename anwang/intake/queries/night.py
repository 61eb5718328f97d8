"""The duty desk: who answers, what came in, who is out, what to watch tonight. One statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.intake import rules
from anwang.intake.states import CallOutcome, NoteKind, WatchOutcome

from .gather import gathered
from .words import named

SCREENING = (Role.SCREENER, Role.SCREENING_SUPERVISOR)
QUEUE = frozenset({*SCREENING, Role.DUTY_SUPERVISOR})
PARTS = {
    "places": """SELECT d.id AS desk_id, d.unit_id, d.called AS desk, d.phone AS desk_phone, d.covers_county,
         u.called AS unit, s.rank,
         w.id AS worker_id, w.called AS worker, w.phone, s.starts_at, s.ends_at
    FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id
    LEFT JOIN directory_shift s ON s.desk_id = d.id AND s.starts_at < %(until)s AND s.ends_at > %(at)s
     AND NOT EXISTS (SELECT 1 FROM directory_absence b WHERE b.worker_id = s.worker_id
                        AND b.starts_at <= greatest(s.starts_at, %(at)s) AND b.ends_at > greatest(s.starts_at, %(at)s))
    LEFT JOIN directory_worker w ON w.id = s.worker_id
   WHERE u.jurisdiction_id = %(county)s AND u.closed_on IS NULL ORDER BY d.covers_county DESC, d.name,
         s.starts_at, s.rank""",
    "office": """SELECT u.called AS unit, u.phone, w.called AS worker FROM directory_unit u
    LEFT JOIN directory_appointment p ON p.unit_id = u.id AND p.ended_at IS NULL AND p.role = ANY (%(screening)s)
         AND NOT EXISTS (SELECT 1 FROM directory_absence ab WHERE ab.worker_id = p.worker_id
                          AND ab.starts_at <= %(at)s AND ab.ends_at > %(at)s)
    LEFT JOIN directory_worker w ON w.id = p.worker_id
   WHERE u.jurisdiction_id = %(county)s AND u.kind = 'intake' AND u.closed_on IS NULL
         ORDER BY u.name, p.role, p.started_at""",
    "calls": """SELECT c.id, c.log_id, c.number, c.received_at, c.recorded_at, c.about, c.outcome, c.passed_to,
         c.sealed_caller IS NOT NULL AS sealed,
         w.called AS taken_by, m.number AS report_number
    FROM intake_call c JOIN directory_worker w ON w.id = c.taken_by_id LEFT
         JOIN matters_matter m ON m.id = c.report_id
   WHERE c.county = %(county)s AND (c.outcome = 'open' OR c.received_at >= %(since)s)
         ORDER BY c.received_at DESC LIMIT 100""",
    "waiting": """SELECT m.number, r.received_at, left(r.narrative, 60) AS said,
         (SELECT min(x.due_at) FROM matters_duty x
           WHERE x.open_of = m.id AND x.state = 'open' AND NOT x.is_auto) AS due_at,
         (SELECT string_agg(coalesce(nullif(p.name, ''), '?'), '、' ORDER BY rp.recorded_at, rp.id)
         FROM intake_reportperson rp
            JOIN people_person p ON p.id = rp.person_id WHERE rp.report_id = r.id
           AND (rp.role IN ('child', 'victim', 'person')
         OR EXISTS (SELECT 1 FROM intake_screeningpair sp WHERE sp.report_id = r.id AND sp.person_id = rp.person_id
                     AND sp.kind = 'child_protection'))) AS names
    FROM (SELECT k.id, k.number FROM matters_matter k
           WHERE k.kind = 'report' AND k.ended_at IS NULL AND k.county = %(county)s OFFSET 0) m,
         LATERAL (SELECT * FROM intake_report r WHERE r.id = m.id OFFSET 0) r
   ORDER BY due_at NULLS LAST LIMIT 30""",
    "watched": """SELECT t.id, m.number, m.kind, t.night_on, t.why, t.do_if, t.outcome, t.outcome_words,
         t.outcome_at, w.called AS handed_by,
         w.phone, u.called AS unit FROM intake_tonightwatch t JOIN matters_matter m ON m.id = t.matter_id
    JOIN directory_worker w ON w.id = t.handed_by_id JOIN directory_unit u ON u.id = t.handed_unit_id
   WHERE t.night_on = %(night)s ORDER BY t.recorded_at""",
    "out": """SELECT c.id, w.id AS worker_id, w.called AS name, w.phone, c.area_name, c.with_whom, c.out_at,
         c.due_back_at, m.number
    FROM intake_checkin c JOIN directory_worker w ON w.id = c.worker_id LEFT
         JOIN matters_matter m ON m.id = c.matter_id
   WHERE c.county = %(county)s AND c.back_at IS NULL ORDER BY c.due_back_at""",
    "call_outs": """SELECT o.id, w.called AS name, w.phone, o.called_at, o.answered_at, o.left_at, o.arrived_at,
         o.returned_at, coalesce(m.number, k.number) AS number
    FROM intake_callout o JOIN directory_worker w ON w.id = o.worker_id
    LEFT JOIN matters_matter m ON m.id = o.matter_id LEFT JOIN intake_call k ON k.id = o.call_id
   WHERE o.called_at >= %(since)s AND EXISTS (SELECT 1 FROM directory_desk d JOIN directory_unit u ON u.id = d.unit_id
     WHERE d.id = o.desk_id AND u.jurisdiction_id = %(county)s) ORDER BY o.called_at""",
    "notes": """SELECT n.id, n.kind, n.text, n.ends_at, n.recorded_at, w.called AS by_name, m.number
         FROM intake_shiftnote n
    LEFT JOIN directory_worker w ON w.id = n.by LEFT JOIN matters_matter m ON m.id = n.matter_id
   WHERE n.ends_at >= %(since)s ORDER BY n.recorded_at""",
    "sheets": """SELECT h.id, d.called AS desk, f.id AS from_id, f.called AS from_name, t.id AS to_id,
         t.called AS to_name, h.effective_at, h.given_at, h.received_at,
         (SELECT count(*) FROM matters_shifthandoveritem i WHERE i.handover_id = h.id) AS count
    FROM matters_shifthandover h JOIN directory_desk d ON d.id = h.desk_id JOIN directory_unit u ON u.id = d.unit_id
    JOIN directory_worker f ON f.id = h.from_worker_id JOIN directory_worker t ON t.id = h.to_worker_id
   WHERE u.jurisdiction_id = %(county)s AND h.effective_at >= %(since)s ORDER BY h.effective_at""",
    "workers": """SELECT w.id, w.called AS name, u.called AS unit FROM directory_appointment p
         JOIN directory_worker w ON w.id = p.worker_id
    JOIN directory_unit u ON u.id = p.unit_id WHERE p.ended_at IS NULL AND u.jurisdiction_id = %(county)s
         ORDER BY u.name, w.name""",
}  # fmt: skip


@dataclass(frozen=True)
class Out:
    """A worker who is out. `overdue` minutes are counted from the time to be back."""

    id: UUID
    name: str
    phone: str
    where: str
    due_back_at: datetime
    is_overdue: bool
    rises_to: str
    is_me: bool


@dataclass(frozen=True)
class Office:
    """The intake unit that answers in office hours: its line, who screens and is not on leave, until when."""

    unit: str
    phone: str
    there: tuple[str, ...]
    closes_at: datetime


@dataclass(frozen=True)
class Night:
    """The desk as the page shows it; `rows` keeps the plain rows of each list."""

    answering: dict[str, Any] | None
    office: Office | None
    """Who answers in office hours while nobody is on a shift."""
    roster: tuple[dict[str, Any], ...]
    gaps: tuple[str, ...]
    out: tuple[Out, ...]
    rows: dict[str, list[dict[str, Any]]]
    desk_id: UUID | None
    """The desk whose sheet the viewer keeps."""
    sees_waiting: bool
    """Whoever screens or keeps a desk now is shown the reports that wait; to others an empty list says nothing."""

    @property
    def overdue(self) -> tuple[Out, ...]:
        return tuple(one for one in self.out if one.is_overdue)


def night(viewer: Viewer) -> Night:
    """Tonight at the desks of the viewer's county."""
    now = clock.now()
    here = clock.local(now)
    on = (here - timedelta(hours=12)).date() if here.hour < 12 else here.date()
    given = {"county": viewer.county, "at": now, "until": now + timedelta(hours=24), "since": now - timedelta(hours=16),
             "night": on, "screening": [str(role) for role in SCREENING]}  # fmt: skip
    with rules.one_book():
        rows = gathered(viewer, PARTS, given)
        _label(rows)
        places = rows["places"]
        answers = [row for row in places if row["worker_id"] and row["starts_at"] <= now < row["ends_at"]]
        return Night(
            answering=min(answers, key=lambda row: (not row["covers_county"], row["rank"])) if answers else None,
            office=None if answers else _office(rows["office"], rules.office_closes(now, viewer.county)),
            roster=tuple(row for row in places if row["worker_id"]),
            gaps=_gaps(places, now, now + timedelta(hours=24)),
            out=tuple(_out(viewer, row, now) for row in rows["out"]),
            rows=rows,
            desk_id=_desk(viewer, places),
            sees_waiting=bool(viewer.desks or rows["waiting"] or set(viewer.roles.values()) & QUEUE),
        )


def _office(rows: list[dict[str, Any]], closes_at: datetime | None) -> Office | None:
    there = tuple(row["worker"] for row in rows if row["worker"])
    return Office(rows[0]["unit"], rows[0]["phone"], there, closes_at) if there and closes_at else None


def _label(rows: dict[str, list[dict[str, Any]]]) -> None:
    for row in rows["waiting"]:
        row["names"] = named(row["names"])
    for row in rows["calls"]:
        row["outcome_text"] = str(CallOutcome(row["outcome"]).label)
    for row in rows["watched"]:
        row["outcome_text"] = str(WatchOutcome(row["outcome"]).label) if row["outcome"] else ""
    for row in rows["notes"]:
        row["kind_text"] = str(NoteKind(row["kind"]).label)


def _desk(viewer: Viewer, places: list[dict[str, Any]]) -> UUID | None:
    mine = {str(desk) for desk in viewer.desks} | {
        row["desk_id"] for row in places if UUID(row["unit_id"]) in viewer.supervised_units
    }
    return next((UUID(row["desk_id"]) for row in places if row["desk_id"] in mine), None)


def _gaps(places: list[dict[str, Any]], since: datetime, until: datetime) -> tuple[str, ...]:
    """Desks on which nobody answers now: a hole in tonight's roster is said, not hidden."""
    desks = {row["desk_id"]: row["desk"] for row in places if row["covers_county"]}
    staffed = {row["desk_id"] for row in places if row["worker_id"] and row["rank"] == 1}
    return tuple(name for desk, name in desks.items() if desk not in staffed)


def _out(viewer: Viewer, row: dict[str, Any], now: datetime) -> Out:
    late = now - row["due_back_at"]
    told = [step.tells for step in rules.steps("check_in.overdue", now, viewer.county)
            if late >= timedelta(minutes=step.after_minutes)]  # fmt: skip
    words = {
        "unit_desk": _("值班台打電話確認"),
        "duty_supervisor": _("值班督導決定是否請警察協尋"),
        "chief": _("通報主管"),
    }
    return Out(
        id=UUID(row["id"]),
        name=row["name"],
        phone=row["phone"],
        where="・".join(filter(None, (row["area_name"], row["with_whom"], row["number"]))),
        due_back_at=row["due_back_at"],
        is_overdue=late > timedelta(0),
        rises_to=words.get(told[-1], told[-1]) if told else "",
        is_me=UUID(row["worker_id"]) in viewer.acts_as,
    )
