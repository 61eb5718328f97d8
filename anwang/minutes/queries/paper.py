"""The printed lines of minutes, around a place and as a whole; a file as it was brought; papers of the agenda."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.minutes.models import Material, Node, Sitting, SourceBody

from .seen import VISIBLE_SQL, is_visible, who

AROUND = 3
"""Lines before and after a place that are shown beside it."""


@dataclass(frozen=True)
class Printed:
    """One printed line; `is_it` for the line that is asked about."""

    line: int
    kind: str
    text: str
    is_it: bool = False


@dataclass(frozen=True)
class Kept:
    """A file for keeping."""

    name: str
    media_type: str
    content: bytes


def printed_lines(viewer: Viewer, sitting_id: UUID) -> tuple[Printed, ...]:
    """Every line of the minutes of a sitting, in order."""
    _readable(viewer, sitting_id)
    found = Node.objects.filter(sitting_id=sitting_id).order_by("place").values_list("line", "kind", "text")
    return tuple(Printed(line, kind, text) for line, kind, text in found if text)


def around(lines: tuple[Printed, ...], line: int) -> tuple[Printed, ...]:
    """The lines beside a place, the place itself marked."""
    return tuple(
        Printed(one.line, one.kind, one.text, one.line == line)
        for one in lines
        if line - AROUND <= one.line <= line + AROUND
    )


def file_of(viewer: Viewer, sitting_id: UUID) -> Kept:
    """The file that minutes were read from, as it was brought."""
    _readable(viewer, sitting_id)
    found = Sitting.objects.filter(id=sitting_id, source__isnull=False).values_list("source_id", "source__name").first()
    if found is None:
        raise NotFound(_("這份紀錄是在這裡寫的，沒有原檔。"))
    content = SourceBody.objects.values_list("content", flat=True).get(source_id=found[0])
    return Kept(found[1], "application/octet-stream", bytes(content))


def material(viewer: Viewer, material_id: UUID) -> Kept:
    """A paper of an agenda."""
    row = Material.objects.filter(id=material_id).first()
    if row is None or not is_visible(viewer, row.sitting_id):
        raise NotFound(_("查無這份會議資料。"))
    return Kept(row.name, row.media_type, bytes(row.content))


def earlier_decisions(viewer: Viewer, sitting_id: UUID) -> list[tuple[str, str]]:
    """(id, words) of the decisions of the sitting before this one in its series, for correcting them."""
    sql = f"""
    SELECT d.id, i.label, i.title, d.number, d.text FROM minutes_decisiontext d JOIN minutes_item i ON i.id = d.item_id
      JOIN (SELECT e.id FROM minutes_sitting e, minutes_sitting s WHERE s.id = %(id)s AND {VISIBLE_SQL}
               AND e.series_id = s.series_id AND e.met_on < s.met_on AND e.state IN ('sent', 'confirmed')
             ORDER BY e.met_on DESC LIMIT 1) e ON e.id = d.sitting_id
     ORDER BY i.position, d.position"""  # noqa: S608  our own condition
    with connection.cursor() as cursor:
        cursor.execute(sql, who(viewer) | {"id": sitting_id})
        return [
            (str(key), f"案由{label}　{title[:24]}　{number or '－'}　{text[:40]}")
            for key, label, title, number, text in cursor.fetchall()
        ]


def later_sittings(viewer: Viewer, sitting_id: UUID) -> list[tuple[str, str]]:
    """(id, title) of later sittings of the same series: where minutes may have been confirmed."""
    found = Sitting.objects.filter(id=sitting_id).values_list("series_id", "met_on").first()
    if found is None or found[0] is None or found[1] is None or not is_visible(viewer, sitting_id):
        return []
    later = Sitting.objects.filter(series_id=found[0], met_on__gt=found[1]).exclude(state="called_off")
    return [(str(key), title) for key, title in later.order_by("met_on").values_list("id", "title")]


def _readable(viewer: Viewer, sitting_id: UUID) -> None:
    if not is_visible(viewer, sitting_id):
        raise NotFound(_("查無這次會議，或紀錄還沒發送給你的單位。"))
