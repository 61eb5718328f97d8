"""The lead of a family: who leads and why, the shared plan, the list, who has said it will leave."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # database rows
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.cases import rules, words
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter
from anwang.matters.policies import holds

from .rows import as_list

LEAD_SQL = """
SELECT m.id, m.number, f.number, f.label, u.id, u.called, u.phone,
  w.called, w.phone, m.acting_since, m.ended_at,
  m.county, c.inputs, c.opened_at, c.rule_id, c.differs_because,
  (SELECT array_agg(DISTINCT z) FROM access_grant g, unnest(g.zones) z WHERE g.file_id = m.id
     AND g.holder = ANY ((SELECT access_keys())::text[]) AND g.starts_at <= (SELECT access_at())
     AND (g.ends_at IS NULL OR g.ends_at > (SELECT access_at()))),
  (SELECT jsonb_agg(jsonb_build_object('text', p.text, 'at', p.at, 'by', pw.called)
       ORDER BY p.recorded_at DESC, p.id DESC)
     FROM cases_sharedplan p JOIN directory_worker pw ON pw.id = p.by WHERE p.matter_id = m.id),
  (SELECT jsonb_agg(jsonb_build_array(lu.called, l.what, l.due_on) ORDER BY l.position)
     FROM cases_whodoeswhat l JOIN directory_unit lu ON lu.id = l.unit_id
    WHERE l.matter_id = m.id AND l.list_id = (SELECT list_id FROM cases_whodoeswhat x WHERE x.matter_id = m.id
      ORDER BY x.recorded_at DESC, x.list_id DESC LIMIT 1)),
  (SELECT jsonb_agg(jsonb_build_array(v.id, vu.called, v.told_at, v.objection)) FROM cases_leaving v
     JOIN matters_matter vm ON vm.id = v.matter_id AND vm.ended_at IS NULL
     JOIN directory_unit vu ON vu.id = vm.acting_unit_id WHERE v.coordination_id = m.id),
  (SELECT jsonb_agg(DISTINCT jsonb_build_array(cu.id, cu.name)) FROM matters_matter cm
     JOIN cases_case cc ON cc.id = cm.id JOIN directory_unit cu ON cu.id = cm.acting_unit_id
    WHERE cm.family_id = m.family_id AND cm.ended_at IS NULL),
  (SELECT jsonb_agg(jsonb_build_array(l.unit_id, lu.name, l.what, l.due_on) ORDER BY l.position)
     FROM cases_whodoeswhat l JOIN directory_unit lu ON lu.id = l.unit_id
    WHERE l.matter_id = m.id AND l.list_id = (SELECT list_id FROM cases_whodoeswhat x WHERE x.matter_id = m.id
      ORDER BY x.recorded_at DESC, x.list_id DESC LIMIT 1))
  FROM matters_matter m JOIN cases_coordination c ON c.id = m.id
  JOIN directory_unit u ON u.id = m.acting_unit_id LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
  LEFT JOIN people_family f ON f.id = m.family_id WHERE m.number = %s
"""

LEAD_OF_SQL = """
SELECT m.number FROM matters_matter m JOIN cases_coordination c ON c.id = m.id
 WHERE m.family_id = %s AND m.ended_at IS NULL
"""
KINDS_SQL = """
SELECT DISTINCT c.kind FROM matters_matter m JOIN cases_case c ON c.id = m.id
 WHERE m.family_id = %s AND m.ended_at IS NULL
"""


@dataclass(frozen=True)
class LeadPage:
    """A family coordination for its page. `plans` newest first; `units` those of cases the viewer may know of."""

    id: UUID
    number: str
    family_number: str
    family: str
    unit_id: UUID
    unit: str
    phone: str
    worker: str
    since: datetime
    is_over: bool
    proposed: str
    rule_id: str
    ruled_on: str
    """ISO day on which the rule was asked."""
    differs_because: str
    can: frozenset[str]
    may_lead: bool
    """Whether the viewer writes plan and list: the lead and his supervisor, no partner."""
    plans: tuple[tuple[str, str, str], ...]
    lines: tuple[tuple[str, str, str], ...]
    leaving: tuple[tuple[UUID, str, str, str], ...]
    units: tuple[tuple[UUID, str], ...]
    listed: tuple[tuple[UUID, str, str, str], ...]
    """The present list with its units: (unit, name, what, ISO date or empty)."""


def lead(viewer: Viewer, number: str) -> LeadPage:
    """The coordination with that number, or NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(LEAD_SQL, [number])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這個家庭主責。請確認編號。"))
    (id_, number, family_number, family, unit_id, unit, unit_phone, worker, phone, since, ended, county, inputs,
     opened_at, rule_id, differs, zones, plans, lines, leaving, units, listed) = row  # fmt: skip
    reading("cases.lead", by=viewer, file_id=id_, zone=Zone.WORK)
    opened_on = clock.local(opened_at).date()
    may_lead = Zone.CASE in (zones or ()) and holds(viewer, Matter.objects.get(id=id_))
    return LeadPage(
        id_, number, family_number or "", family or "", unit_id, unit, phone or unit_phone, worker or "", since,
        ended is not None, lead_reason(viewer, inputs, opened_on, county), rule_id,
        opened_on.isoformat(), differs, frozenset(zones or ()), may_lead,
        tuple((one["text"], _when(one["at"]), one["by"]) for one in as_list(plans)),
        tuple((unit, what, due or "") for unit, what, due in as_list(lines)),
        tuple((UUID(key), name, _when(at), said) for key, name, at, said in as_list(leaving)),
        tuple((UUID(key), name) for key, name in as_list(units)),
        tuple((UUID(key), name, what, due or "") for key, name, what, due in as_list(listed)),
    )  # fmt: skip


def _when(at: str) -> str:
    return words.instant(datetime.fromisoformat(at))


def lead_reason(viewer: Viewer, inputs: Mapping[str, Any], on: date, county: str) -> str:
    """Whom the rule of that day proposed to lead, with its reason, in words; empty where it was not asked."""
    return rules.reason(rules.lead_again(inputs, on, county)) if inputs else ""


def lead_number(viewer: Viewer, family_id: UUID) -> str:
    """The number of the family's coordination when there is one the viewer may know of; else empty."""
    with connection.cursor() as cursor:
        cursor.execute(LEAD_OF_SQL, [family_id])
        row = cursor.fetchone()
    return row[0] if row else ""


def lead_proposal(viewer: Viewer, kinds: Collection[str], minors_home: str) -> str:
    """Whom the rule of today would have lead a family with these kinds of open case, with its reason."""
    return rules.in_words(rules.lead(kinds, minors_home, clock.today(), viewer.county))


def open_kinds(viewer: Viewer, family_id: UUID) -> tuple[str, ...]:
    """Kinds of the family's open cases that the viewer may know of."""
    with connection.cursor() as cursor:
        cursor.execute(KINDS_SQL, [family_id])
        return tuple(kind for (kind,) in cursor.fetchall())
