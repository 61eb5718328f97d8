"""One call: its parts and lines, its log of extensions, how far each county is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Jurisdiction
from anwang.directory.states import CENTRE
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.funding.models import Line
from anwang.submissions import standing

from .desk import Deadline, desk
from .logs import EXTENSIONS, ExtensionLine, extension_line
from .seen import long_day, scope

CALL_SQL = f"""
SELECT c.id, c.title, c.year, c.basis, c.words, c.due_on, c.published_at, c.results_at,
  (SELECT json_agg(json_build_array(p.name, p.is_required) ORDER BY p.position) FROM submissions_callpart p
    WHERE p.call_id = c.id),
  (SELECT json_agg(l.name ORDER BY l.name) FROM submissions_callline x JOIN funding_line l ON l.id = x.line_id
    WHERE x.call_id = c.id),
  (SELECT {EXTENSIONS} WHERE e.call_id = c.id AND (%(central)s OR e.submission_id IS NULL OR EXISTS (
     SELECT 1 FROM submissions_submission mine WHERE mine.id = e.submission_id AND mine.county = %(county)s)))
  FROM submissions_call c WHERE c.id = %(id)s
"""  # noqa: S608  own words


@dataclass(frozen=True)
class CallPage:
    """A call with everything that hangs on it, as far as the viewer sees it."""

    id: UUID
    title: str
    year: int
    basis: str
    words: str
    due: str
    parts: tuple[tuple[str, bool], ...]
    lines: tuple[str, ...]
    rows: tuple[Deadline, ...]
    extensions: tuple[ExtensionLine, ...]
    is_draft: bool
    results: str
    may_call: bool
    may_decide: bool


def call_page(viewer: Viewer, call_id: UUID) -> CallPage:
    """One call. NotFound for a draft of the ministry's, and for a call that never concerned the county."""
    seen = scope(viewer)
    whole = desk(viewer)
    if call_id not in {one.id for one in whole.calls}:
        raise NotFound(_("查無這次提報。"))
    with connection.cursor() as cursor:
        cursor.execute(CALL_SQL, {"central": seen["central"], "county": seen["county"], "id": call_id})
        id_, title, year, basis, words, due_on, published_at, results_at, parts, lines, log = cursor.fetchone()
    rows = tuple(one for one in (*whole.owed, *whole.here, *whole.over) if one.call_id == id_)
    return CallPage(
        id=id_, title=title, year=year - 1911, basis=basis, words=words, due=long_day(due_on),
        parts=tuple((name, required) for name, required in parts or ()), lines=tuple(lines or ()), rows=rows,
        extensions=tuple(extension_line(row) for row in log or ()), is_draft=published_at is None,
        results=long_day(clock.local(results_at).date()) if results_at else "",
        may_call=bool(standing.may_call(viewer)), may_decide=bool(standing.may_decide(viewer)),
    )  # fmt: skip


def counties(viewer: Viewer) -> list[tuple[str, str]]:
    """(code, name) of every county that a call may go to."""
    scope(viewer)
    return [(one.code, one.called) for one in Jurisdiction.objects.exclude(code=CENTRE).order_by("code")]


def lines_of(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of every grant line that a call may offer."""
    scope(viewer)
    return [(str(id_), name) for id_, name in Line.objects.order_by("name").values_list("id", "name")]
