"""The desk of submissions: what is due when, late first; the ministry's drafts; extensions that wait for an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.submissions import standing
from anwang.submissions.states import SubmissionState

from .seen import SEEN, day, is_late, scope

LIST_SQL = f"""
SELECT m.number, c.id, c.title, c.year, s.county, directory_called(j.name, j.name_en), s.state, s.due_on, c.due_on,
       r.number, r.received_at, e.id, e.new_due_on, e.reason, e.asked_by
  FROM submissions_submission s
  JOIN submissions_call c ON c.id = s.call_id
  JOIN matters_matter m ON m.id = s.id
  JOIN directory_jurisdiction j ON j.code = s.county
  LEFT JOIN LATERAL (SELECT number, received_at FROM submissions_receipt x WHERE x.submission_id = s.id
                      ORDER BY x.round DESC LIMIT 1) r ON true
  LEFT JOIN submissions_extension e ON e.submission_id = s.id AND e.state = 'asked'
 WHERE {SEEN} ORDER BY s.due_on, c.title, s.county
"""  # noqa: S608  own words
CALLS_SQL = """
SELECT c.id, c.title, c.year, c.due_on, c.published_at, c.results_at,
       (SELECT count(*) FROM submissions_submission s WHERE s.call_id = c.id),
       (SELECT count(*) FROM submissions_submission s WHERE s.call_id = c.id AND s.task_id IS NOT NULL)
  FROM submissions_call c
 WHERE %(central)s OR EXISTS (SELECT 1 FROM submissions_submission s WHERE s.call_id = c.id
                               AND (s.county = %(county)s OR c.results_at IS NOT NULL))
 ORDER BY c.year DESC, c.due_on DESC
"""


@dataclass(frozen=True)
class Deadline:
    """A submission as the calendar shows it. `first` is the call's own day where an extension moved it."""

    number: str
    call_id: UUID
    title: str
    year: int
    county: str
    county_text: str
    state: str
    state_text: str
    due: str
    first: str
    late_days: int
    receipt: str
    received: str
    asked: str
    """An extension that waits: the new day, who asked and why."""
    extension_id: UUID | None


@dataclass(frozen=True)
class CallLine:
    """A call as a list shows it."""

    id: UUID
    title: str
    year: int
    due: str
    is_draft: bool
    is_public: bool
    counties: int
    received: int


@dataclass(frozen=True)
class Desk:
    """Everything of the desk. `owed`: what still has to come, late first; `here`: what came in and is not over."""

    title: str
    owed: tuple[Deadline, ...]
    here: tuple[Deadline, ...]
    over: tuple[Deadline, ...]
    waiting: tuple[Deadline, ...]
    calls: tuple[CallLine, ...]
    may_call: bool
    may_decide: bool
    late: int


def desk(viewer: Viewer) -> Desk:
    """The calendar of submissions as far as the viewer sees it."""
    seen = scope(viewer)
    with connection.cursor() as cursor:
        cursor.execute(LIST_SQL, seen)
        rows = [_line(row) for row in cursor.fetchall()]
        cursor.execute(CALLS_SQL, seen)
        calls = tuple(
            CallLine(row[0], row[1], row[2] - 1911, day(row[3]), row[4] is None, row[5] is not None, row[6], row[7])
            for row in cursor.fetchall()
        )
    owed = sorted((one for one in rows if one.state in (SubmissionState.AWAITED, SubmissionState.SENT_BACK)),
                  key=lambda one: -one.late_days)  # fmt: skip
    late = sum(1 for one in owed if one.late_days)
    return Desk(
        title=_title(len(owed), late), owed=tuple(owed), calls=calls, late=late,
        here=tuple(one for one in rows if one not in owed and one.state != SubmissionState.LETTERED),
        over=tuple(one for one in rows if one.state == SubmissionState.LETTERED),
        waiting=tuple(one for one in rows if one.extension_id), may_call=bool(standing.may_call(viewer)),
        may_decide=bool(standing.may_decide(viewer)),
    )  # fmt: skip


def _title(owed: int, late: int) -> str:
    if late:
        return _("%(owed)d件待提報，%(late)d件逾期。") % {"owed": owed, "late": late}
    return _("%(owed)d件待提報。") % {"owed": owed} if owed else _("沒有待提報的計畫。")


def _line(row: tuple) -> Deadline:  # type: ignore[type-arg]
    number, call_id, title, year, county, county_text, state, due_on, first_on, receipt, received, *asked = row
    extension_id, new_due_on, reason, who = asked
    late = (clock.today() - due_on).days if is_late(state, due_on) else 0
    return Deadline(
        number=number, call_id=call_id, title=title, year=year - 1911, county=county, county_text=county_text,
        state=state, state_text=str(SubmissionState(state).label), due=day(due_on),
        first=day(first_on) if first_on != due_on else "", late_days=late, receipt=receipt or "",
        received=day(clock.local(received).date()) if received else "",
        asked=_asked(who, new_due_on, reason),
        extension_id=extension_id,
    )  # fmt: skip


def _asked(who: str | None, new_due_on: date | None, reason: str | None) -> str:
    if who is None or new_due_on is None:
        return ""
    return _("%(who)s申請展延到%(day)s：%(why)s") % {"who": who, "day": day(new_due_on), "why": reason}
