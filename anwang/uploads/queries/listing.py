"""The list: what is not in the central database yet, what failed, what changed since, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # rows of a definer function
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.uploads import rules
from anwang.uploads.models import Mark
from anwang.uploads.states import Failure, Outcome, Standing

SHOWN = 50
ROWS_SQL = """
SELECT id, number, what, kinds, obtained_at, first_at, last_at, changed_at, coalesce(central_number, ''), failed_at,
       coalesce(failure, ''), tries, base, is_open,
       count(*) FILTER (WHERE is_open) OVER (), count(*) FILTER (WHERE is_open AND base < %(late)s) OVER (),
       count(*) FILTER (WHERE is_open AND tries > 0) OVER (), count(*) OVER ()
  FROM (SELECT u.*, CASE WHEN last_at IS NULL THEN obtained_at ELSE coalesce(changed_at, obtained_at) END AS base,
               last_at IS NULL OR changed_at IS NOT NULL AS is_open
          FROM uploads_of(%(county)s, %(kinds)s, %(starts)s, %(ends)s) u) every
 ORDER BY CASE %(show)s WHEN 'done' THEN is_open WHEN 'failed' THEN NOT (is_open AND tries > 0)
               WHEN 'late' THEN NOT (is_open AND base < %(late)s) ELSE NOT is_open END,
          CASE WHEN %(show)s = 'done' THEN -extract(epoch FROM last_at) ELSE extract(epoch FROM base) END, id
 LIMIT %(most)s
"""
ONE_SQL = """
SELECT id, number, what, kinds, obtained_at, first_at, last_at, changed_at, coalesce(central_number, ''), failed_at,
       coalesce(failure, ''), tries,
       CASE WHEN last_at IS NULL THEN obtained_at ELSE coalesce(changed_at, obtained_at) END,
       last_at IS NULL OR changed_at IS NOT NULL
  FROM uploads_of(%(county)s, %(kinds)s, %(starts)s, %(ends)s) WHERE number = %(number)s
"""
VIEWS = ("open", "late", "failed", "done")


@dataclass(frozen=True)
class UploadLine:
    """One report or case. `due_at` counts from when it was obtained, or from the change after the last upload."""

    id: UUID
    number: str
    is_report: bool
    kinds: tuple[str, ...]
    obtained_at: datetime
    first_at: datetime | None
    last_at: datetime | None
    changed_at: datetime | None
    central_number: str
    failed_at: datetime | None
    failure: str
    tries: int
    is_open: bool
    due_at: datetime | None
    words: str
    """The arithmetic of the clock."""

    @property
    def standing(self) -> Standing:
        if not self.is_open:
            return Standing.DONE
        if self.tries:
            return Standing.FAILED
        return Standing.CHANGED if self.changed_at else Standing.WAITING

    @property
    def standing_words(self) -> str:
        return str(self.standing.label)

    @property
    def what_words(self) -> str:
        """What goes in, as the law calls it."""
        return _("通報表") if self.is_report else _("個案紀錄")

    @property
    def failure_words(self) -> str:
        return str(Failure(self.failure).label) if self.failure else ""


@dataclass(frozen=True)
class Uploads:
    """Some lines, and how many there are of each sort."""

    lines: tuple[UploadLine, ...]
    open: int
    late: int
    failed: int
    done: int

    def count(self, show: str) -> int:
        return {"late": self.late, "failed": self.failed, "done": self.done}.get(show, self.open)


@dataclass(frozen=True)
class MarkLine:
    """One attempt of the past."""

    at: datetime
    outcome_words: str
    way_words: str
    said: str
    by: str


def uploads(viewer: Viewer, show: str = "open", lang: str = "zh", most: int = SHOWN) -> Uploads:
    """The list in one view of `VIEWS`: the longest owed first, of what is done the latest first; `most` lines."""
    now = clock.now()
    with held(), connection.cursor() as cursor:
        given = {
            "county": viewer.county, **vars(rules.spans(viewer.county)), "most": most, "show": show,
            "late": rules.late_before(now, viewer.county),
        }  # fmt: skip
        cursor.execute(ROWS_SQL, given)
        rows = cursor.fetchall()
        lines = [_line(row, viewer.county, lang) for row in rows]
    total, late, failed, every = rows[0][-4:] if rows else (0, 0, 0, 0)
    found = Uploads((), total, late, failed, every - total)
    return Uploads(tuple(lines[: found.count(show)]), total, late, failed, every - total)


def owed_one(viewer: Viewer, number: str, lang: str = "zh") -> UploadLine:
    """One report or case of the list. Raises NotFound alike for what is not on it and for other counties'."""
    with held(), connection.cursor() as cursor:
        cursor.execute(ONE_SQL, {"county": viewer.county, **vars(rules.spans(viewer.county)), "number": number})
        row = cursor.fetchone()
        if row is None:
            raise NotFound(_("上傳清單上沒有這個編號。請從清單點選。"))
        return _line(row, viewer.county, lang)


def marks_of(viewer: Viewer, matter_id: UUID) -> tuple[MarkLine, ...]:
    """What was done about one matter, latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT k.id, w.called FROM uploads_mark k JOIN directory_worker w ON w.id = k.by WHERE k.matter_id = %s",
            [matter_id],
        )
        names = dict(cursor.fetchall())
    rows = Mark.objects.filter(matter_id=matter_id).order_by("-at", "-id")
    return tuple(
        MarkLine(
            row.at, str(Outcome(row.outcome).label), row.get_way_display(),
            row.central_number or row.get_failure_display(), names.get(row.id, ""),
        )
        for row in rows
    )  # fmt: skip


def _line(row: tuple[Any, ...], county: str, lang: str) -> UploadLine:
    base, is_open = row[12], row[13]
    clocked = rules.due(base, county)
    return UploadLine(
        row[0], row[1], row[2] == "report", tuple(row[3]), *row[4:12], is_open,
        clocked.due_at if clocked else None, clocked.words.to(lang) if clocked else "",
    )  # fmt: skip
