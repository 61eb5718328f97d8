"""What forms of this desk let one choose from."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.tracking import rules, words

UNITS_SQL = """
SELECT u.id::text, u.called FROM directory_unit u
 WHERE u.closed_on IS NULL AND u.is_public AND (u.kind IN ('ministry', 'county', 'bureau', 'health')
       OR u.jurisdiction_id = %(county)s) AND u.id <> ALL (%(never)s)
 ORDER BY u.jurisdiction_id, u.code LIMIT 400
"""
TOLD_SQL = """
SELECT l.unit_id FROM tracking_relay l JOIN tracking_follow f ON f.id = l.follow_id WHERE f.sitting_id = %s
"""
RULINGS_SQL = """
SELECT x.id::text, s.title, i.kind, i.section, i.label, coalesce(p.number, ''), x.number, x.text
  FROM minutes_decisiontext x JOIN minutes_item i ON i.id = x.item_id JOIN minutes_sitting s ON s.id = x.sitting_id
  LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id
 WHERE s.state IN ('sent', 'confirmed') AND i.kind = 'followup' AND s.unit_id = ANY (%(units)s)
   AND s.met_on >= (SELECT o.met_on FROM minutes_sitting o WHERE o.id = %(sitting)s) AND s.id <> %(sitting)s
 ORDER BY s.met_on DESC, i.position, x.position LIMIT 100
"""
SHORT = 30


def units_to_ask(viewer: Viewer, never: tuple[UUID, ...] = ()) -> list[tuple[str, str]]:
    """(unit, name): authorities of the ministry and the counties, and every public unit of the viewer's county."""
    with connection.cursor() as cursor:
        cursor.execute(UNITS_SQL, {"county": viewer.county, "never": list(never)})
        return [(key, name) for key, name in cursor.fetchall()]


def units_to_tell(viewer: Viewer, sitting_id: UUID) -> list[tuple[str, str]]:
    """Those that were not told of a sitting yet."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD_SQL, [sitting_id])
        told = tuple(key for (key,) in cursor.fetchall())
    return units_to_ask(viewer, told)


def sentences_of_rulings(viewer: Viewer, sitting_id: UUID) -> list[tuple[str, str]]:
    """Sentences of later minutes about earlier decisions, in which a ruling may stand."""
    with connection.cursor() as cursor:
        cursor.execute(RULINGS_SQL, {"units": list(viewer.units), "sitting": sitting_id})
        return [
            (key, f"{title}　{words.where(kind, section, label, parent, no)}　{text[:SHORT]}")
            for key, title, kind, section, label, parent, no, text in cursor.fetchall()
        ]


def link_choices(viewer: Viewer) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(pages, indicators) by id with their names."""
    lang = words.lang()
    pages = [(key, said[lang]) for key, said in rules.pages().items()]
    return pages, [(key, f"{said[lang]}（{key}）") for key, said in rules.indicators().items()]
