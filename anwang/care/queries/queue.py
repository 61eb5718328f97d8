"""The queue of a mental health centre: what waits for triage, decision, answer, hand-over; what runs out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # rows aggregated as JSON
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.care import rules, words
from anwang.care.states import MeasureKind
from anwang.cases.words import phase_words, rule_title
from anwang.foundation import clock

QUEUE_SQL = """
SELECT m.id, m.number, c.kind, c.phase, m.opened_at, w.called, u.called, m.acting_unit_id,
       m.acting_worker_id = ANY (%(me)s) OR m.acting_desk_id = ANY (%(desks)s), y.rule_id, y.due_at,
       (SELECT string_agg(p.name, '、' ORDER BY p.born_earliest) FROM cases_casesubject s
          JOIN people_person p ON p.id = s.person_id WHERE s.matter_id = m.id AND s.until_on IS NULL),
       (SELECT jsonb_build_object('level', e.level, 'service', e.service, 'stands_in', e.stands_in, 'long', e.long,
                                  'register', e.register)
          FROM care_entry e WHERE e.matter_id = m.id AND e.until_on IS NULL LIMIT 1),
       (SELECT jsonb_build_object('at', t.at, 'proposed', t.proposed, 'level', t.level, 'inputs', t.inputs,
                                  'decided', EXISTS (SELECT 1 FROM care_served d WHERE d.triage_id = t.id))
          FROM care_triage t WHERE t.matter_id = m.id ORDER BY t.at DESC, t.recorded_at DESC LIMIT 1),
       (SELECT jsonb_build_object('id', r.id, 'service', r.service, 'because', r.because, 'to', r.to_unit_id,
                                  'at', r.asked_at, 'unit', ru.called)
          FROM care_reroute r JOIN directory_unit ru ON ru.id = r.to_unit_id
         WHERE r.matter_id = m.id AND r.state = 'asked'),
       (SELECT jsonb_build_object('id', g.id, 'done', g.done, 'told', g.told_at, 'followed', g.followed_at,
                                  'elsewhere', g.registered_id IS NOT NULL AND g.registered_id <> g.county_id)
          FROM care_emergency g WHERE g.matter_id = m.id
           AND (g.done_at IS NULL OR (g.followed_at IS NULL AND (g.told_at IS NULL OR g.registered_id <> g.county_id)))
         ORDER BY g.received_at DESC LIMIT 1),
       (SELECT jsonb_build_object('kind', x.kind, 'ends_on', x.ends_on, 'asked', x.asked_on)
          FROM care_measure x WHERE x.matter_id = m.id AND x.ended_at IS NULL ORDER BY x.ends_on LIMIT 1),
       (SELECT jsonb_build_object('id', d.id, 'from', d.from_what, 'expected', d.expected_at)
          FROM care_departure d WHERE d.matter_id = m.id AND d.left_at IS NULL AND d.called_off_at IS NULL
         ORDER BY d.expected_at LIMIT 1)
  FROM cases_case c JOIN matters_matter m ON m.id = c.id AND m.ended_at IS NULL
  JOIN directory_unit u ON u.id = m.acting_unit_id
  LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN matters_duty y ON y.id = m.next_duty_id
 WHERE c.kind IN ('mental_health', 'suicide')
 ORDER BY y.due_at NULLS LAST, m.opened_at LIMIT 300
"""
FILLED_SQL = """
SELECT DISTINCT p.service FROM care_filling f JOIN care_post p ON p.id = f.post_id AND p.until_on IS NULL
  JOIN directory_unit u ON u.id = p.unit_id
 WHERE f.until_on IS NULL AND u.jurisdiction_id = %s
"""
PLAIN = 12
"""Columns of the queue before those aggregated as JSON."""
ENDING_DAYS = 30
"""A compulsory measure is listed as ending so many days before its last day: the longest notice of the act."""


@dataclass(frozen=True)
class Line:
    """One case in the queue, with what is to be done about it in words."""

    id: UUID
    number: str
    people: str
    kind: str
    phase: str
    level: str
    level_number: int
    service: str
    worker: str
    unit: str
    next_step: str
    due_at: datetime | None
    is_mine: bool
    reasons: tuple[str, ...]
    says: str
    link: str
    """Id of what `says` is about: a re-routing, an emergency, a departure; empty for the case itself."""


@dataclass(frozen=True)
class Queue:
    """The parts of the desk, each in the order of what comes first."""

    emergencies: tuple[Line, ...]
    to_answer: tuple[Line, ...]
    untriaged: tuple[Line, ...]
    undecided: tuple[Line, ...]
    to_hand_back: tuple[Line, ...]
    leaving: tuple[Line, ...]
    ending: tuple[Line, ...]
    waiting: tuple[Line, ...]
    served: tuple[Line, ...]

    @property
    def waits(self) -> int:
        """How many cases wait for somebody of this desk."""
        parts = (self.emergencies, self.to_answer, self.untriaged, self.undecided, self.to_hand_back)
        return len({one.id for part in parts for one in part})


def queue(viewer: Viewer) -> Queue:
    """Cases of mental health and suicide follow-up the viewer may know of, by what they wait for."""
    given = {"me": list(viewer.acts_as), "desks": list(viewer.desks)}
    with connection.cursor() as cursor:
        cursor.execute(QUEUE_SQL, given)
        rows = cursor.fetchall()
        cursor.execute(FILLED_SQL, [viewer.county])
        filled = {service for (service,) in cursor.fetchall()}
    parts: dict[str, list[Line]] = {name: [] for name in Queue.__dataclass_fields__}
    for row in rows:
        _sort(_Row(*row[:PLAIN], *(json.loads(part) if part else None for part in row[PLAIN:])), viewer, filled, parts)
    return Queue(**{name: tuple(found) for name, found in parts.items()})


@dataclass(frozen=True)
class _Row:
    id: UUID
    number: str
    kind: str
    phase: str
    opened_at: datetime
    worker: str | None
    unit: str
    unit_id: UUID
    is_mine: bool
    rule_id: str | None
    due_at: datetime | None
    people: str | None
    entry: dict[str, Any] | None
    triage: dict[str, Any] | None
    reroute: dict[str, Any] | None
    emergency: dict[str, Any] | None
    measure: dict[str, Any] | None
    departure: dict[str, Any] | None


def _sort(row: _Row, viewer: Viewer, filled: set[str], parts: dict[str, list[Line]]) -> None:
    """Put a case under everything it waits for; under what is served otherwise."""
    before = sum(len(found) for found in parts.values())
    if row.emergency:
        parts["emergencies"].append(_line(row, _emergency_words(row.emergency), row.emergency["id"]))
    if row.reroute:
        mine = UUID(row.reroute["to"]) in viewer.supervised_units
        said = _("請%(unit)s以%(service)s服務：%(because)s") % {
            "unit": row.reroute["unit"], "service": words.service_words(row.reroute["service"]),
            "because": words.label(rules.OVERRIDE, row.reroute["because"]),
        }  # fmt: skip
        parts["to_answer" if mine else "waiting"].append(_line(row, said, row.reroute["id"] if mine else ""))
    if row.triage is None and row.kind == rules.MIND and not row.entry:
        parts["untriaged"].append(_line(row, _("接獲後還沒分流")))
    elif row.triage and not row.triage["decided"]:
        proposed = row.triage["proposed"]
        said = _("建議由%(who)s服務") % {"who": words.service_words(proposed)} if proposed else _("資料不足，由人研判")
        parts["undecided"].append(_line(row, said))
    if row.entry and row.entry["stands_in"] and row.entry["service"] in filled:
        said = _("護理師暫代中，%(post)s已補實") % {"post": words.service_words(row.entry["service"])}
        parts["to_hand_back"].append(_line(row, said))
    if row.departure:
        parts["leaving"].append(_line(row, _leaving_words(row.departure), row.departure["id"]))
    if row.measure and (date.fromisoformat(row.measure["ends_on"]) - clock.today()).days <= ENDING_DAYS:
        parts["ending"].append(_line(row, measure_words(row.measure)))
    if sum(len(found) for found in parts.values()) == before:
        parts["served"].append(_line(row, ""))


def measure_words(measure: dict[str, Any]) -> str:
    """強制住院，到6月9日；聲請中."""
    said = _("%(kind)s，到%(day)s") % {
        "kind": MeasureKind(measure["kind"]).label, "day": words.day(date.fromisoformat(measure["ends_on"])),
    }  # fmt: skip
    return said + _("；已申請，等決定") if measure["asked"] else said


def _leaving_words(departure: dict[str, Any]) -> str:
    return _("%(what)s，預定%(at)s") % {
        "what": words.label(rules.LEAVING, departure["from"]),
        "at": words.instant(datetime.fromisoformat(departure["expected"])),
    }  # fmt: skip


def _emergency_words(emergency: dict[str, Any]) -> str:
    if not emergency["done"]:
        return _("緊急處置中，由所在地處理")
    if emergency["told"] is None:
        return _("處置好了，還沒通知戶籍地")
    return _("等戶籍地接手，接受前由我們追蹤")


def _line(row: _Row, says: str, link: str = "") -> Line:
    entry, triage = row.entry or {}, row.triage or {}
    level = entry.get("level") or triage.get("level")
    advice = (
        rules.who_serves(triage["inputs"], clock.today()) if triage.get("inputs") and not triage["decided"] else None
    )
    return Line(
        id=row.id, number=row.number, people=row.people or _("姓名不詳"),
        kind=words.label("case.kind", row.kind), phase=phase_words(row.phase, row.kind), level=words.level_words(level),
        level_number=level or 0, service=words.service_words(entry["service"], entry["stands_in"]) if entry else "",
        worker=row.worker or "", unit=row.unit, next_step=rule_title(row.rule_id) if row.rule_id else "",
        due_at=row.due_at, is_mine=bool(row.is_mine), reasons=words.reasons(advice)[:1] if advice else (), says=says,
        link=link,
    )  # fmt: skip
