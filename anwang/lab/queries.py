"""Drafts as pages show them: the list, one with its comments, what a replay found."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # the result of a replay, as data
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.days import end_of_day
from anwang.foundation.errors import NotFound

from .models import Comment, Draft
from .states import DraftState, ReplayState, Taken, What

__all__ = [
    "approvals",
    "comment",
    "comments",
    "draft",
    "drafts",
    "examples",
    "of_rule",
    "replay",
    "replays",
]

_DAY = timedelta(days=1)
LIVE = (DraftState.DRAFT, DraftState.OPEN, DraftState.DECIDING)
LIST_SQL = """
SELECT d.id, d.rule_id, d.county, d.starts_on, d.why, d.state, d.opened_at, d.comment_until, d.ended_at, u.name,
       u.name_en, (SELECT count(*) FROM lab_comment c WHERE c.draft_id = d.id),
       (SELECT count(*) FROM lab_comment c LEFT JOIN lab_answer a ON a.comment_id = c.id
         WHERE c.draft_id = d.id AND a.comment_id IS NULL)
  FROM lab_draft d JOIN directory_unit u ON u.id = d.unit_id
 WHERE {where} AND (d.county = %s OR %s = '' OR (d.opened_at IS NOT NULL AND d.county IN ('', %s)))
   AND (d.opened_at IS NOT NULL OR d.county = %s)
 ORDER BY d.state IN ('enacted', 'withdrawn'), d.starts_on, d.id LIMIT 200
"""
COMMENTS_SQL = """
SELECT c.id, c.text, c.recorded_at, c.answer_due_at, w.name, w.name_en, u.name, u.name_en, a.taken, a.text,
       a.recorded_at, x.name, x.name_en
  FROM lab_comment c JOIN directory_worker w ON w.id = c.by_id LEFT JOIN directory_unit u ON u.id = c.unit_id
  LEFT JOIN lab_answer a ON a.comment_id = c.id LEFT JOIN directory_worker x ON x.id = a.by_id
 WHERE c.draft_id = %s ORDER BY c.recorded_at, c.id
"""
APPROVALS_SQL = """
SELECT a.by_id, w.name, w.name_en, a.as_chief, a.recorded_at, a.round
  FROM lab_approval a JOIN directory_worker w ON w.id = a.by_id WHERE a.draft_id = %s ORDER BY a.recorded_at, a.id
"""
REPLAYS_SQL = """
SELECT r.id, r.what, r.since, r.before, r.state, r.total, r.done, r.milliseconds, r.values = d.values,
       r.result, r.asked_at, r.draft_id, d.rule_id
  FROM lab_replay r JOIN lab_draft d ON d.id = r.draft_id WHERE {where} ORDER BY r.asked_at DESC LIMIT 20
"""
# Row-level security leaves the viewer his own files; the sums of the inputs name which of them change side.
EXAMPLES_SQL = {
    What.REPORTS: """
SELECT m.number, m.kind, d.kind FROM intake_decision d JOIN matters_matter m ON m.id = d.report_id
 WHERE d.rule_id = %s AND d.decided_at >= %s AND d.decided_at < %s AND md5(d.advice ->> 'inputs') = ANY (%s)
   AND NOT EXISTS (SELECT 1 FROM intake_decision l WHERE l.supersedes_id = d.id)
 ORDER BY d.decided_at DESC LIMIT 8""",
    What.DUTIES: """
SELECT m.number, m.kind, coalesce(nullif(m.sort, ''), m.kind) FROM matters_duty d
  JOIN matters_matter m ON m.id = d.matter_id
 WHERE d.rule_id = %s AND d.starts_at >= %s AND d.starts_at < %s AND md5(d.inputs::text) = ANY (%s)
   AND d.state IN ('open', 'done')
 ORDER BY d.starts_at DESC LIMIT 8""",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One draft in a list."""

    id: UUID
    rule_id: str
    county: str
    starts_on: date
    why: str
    state: str
    opened_at: datetime | None
    comment_until: datetime | None
    ended_at: datetime | None
    unit: str
    unit_en: str
    comments: int
    unanswered: int

    @property
    def is_open(self) -> bool:
        return self.state == DraftState.OPEN and self.comment_until is not None and clock.now() < self.comment_until

    @property
    def is_over(self) -> bool:
        return self.state not in LIVE

    @property
    def state_words(self) -> str:
        return str(DraftState(self.state).label)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, and its answer when there is one."""

    id: UUID
    text: str
    at: datetime
    answer_due_at: datetime
    who: str
    who_en: str
    unit: str
    unit_en: str
    taken: str
    answer: str
    answered_at: datetime | None
    answered_by: str
    answered_by_en: str

    @property
    def is_late(self) -> bool:
        return self.answered_at is None and clock.now() > self.answer_due_at

    @property
    def taken_words(self) -> str:
        return str(Taken(self.taken).label) if self.taken else ""


@dataclass(frozen=True, slots=True)
class Approved:
    """One who approved, and in which round."""

    by_id: UUID
    who: str
    who_en: str
    as_chief: bool
    at: datetime
    round: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A replay: how far it is, and when it is done what it found. `is_current`: for the values the draft has now."""

    id: UUID
    what: str
    since: date
    before: date
    state: str
    total: int
    done: int
    milliseconds: int
    is_current: bool
    result: Mapping[str, Any]
    asked_at: datetime
    draft_id: UUID
    rule_id: str

    @property
    def is_done(self) -> bool:
        return self.state == ReplayState.DONE

    @property
    def is_going(self) -> bool:
        return self.state in (ReplayState.WAITING, ReplayState.RUNNING)

    @property
    def share(self) -> int:
        return self.done * 100 // self.total if self.total else 0

    @property
    def state_words(self) -> str:
        return str(ReplayState(self.state).label)

    @property
    def what_words(self) -> str:
        return str(What(self.what).label)


def drafts(viewer: Viewer, reach: str | None) -> list[Line]:
    """Every draft the viewer may read, those at work first. `reach` is what `standing` says of him."""
    return _lines(viewer, reach, "true", [])


def of_rule(viewer: Viewer, reach: str | None, rule_id: str) -> list[Line]:
    """Those of one rule."""
    return _lines(viewer, reach, "d.rule_id = %s", [rule_id])


def draft(viewer: Viewer, draft_id: UUID) -> Draft:
    """The draft itself, for `policies`; raises NotFound. Whether it may be read is the policy's to say."""
    found = Draft.objects.select_related("unit", "author").filter(id=draft_id).first()
    if found is None:
        raise NotFound()
    return found


def comments(viewer: Viewer, draft_id: UUID) -> list[Said]:
    """In the order in which they came."""
    return [Said(*row) for row in _rows(COMMENTS_SQL, [draft_id])]


def comment(viewer: Viewer, comment_id: UUID) -> tuple[UUID, str]:
    """The draft and the words of one comment; raises NotFound."""
    found = Comment.objects.filter(id=comment_id).values_list("draft_id", "text").first()
    if found is None:
        raise NotFound()
    return found


def approvals(viewer: Viewer, draft_id: UUID) -> list[Approved]:
    """Of every round, in order."""
    return [Approved(*row) for row in _rows(APPROVALS_SQL, [draft_id])]


def replays(viewer: Viewer, draft_id: UUID) -> list[Counted]:
    """The latest first."""
    return [_counted(row) for row in _rows(REPLAYS_SQL.format(where="r.draft_id = %s"), [draft_id])]


def replay(viewer: Viewer, replay_id: UUID) -> Counted:
    """One replay; raises NotFound."""
    rows = _rows(REPLAYS_SQL.format(where="r.id = %s"), [replay_id])
    if not rows:
        raise NotFound()
    return _counted(rows[0])


def examples(viewer: Viewer, found: Counted) -> list[tuple[str, str, str]]:
    """Numbers and kinds of files that change side, of those the viewer reads anyway: for most who steer, none."""
    sums = found.result.get("examples") or []
    if found.what not in EXAMPLES_SQL or not sums:
        return []
    spans = end_of_day(found.since - _DAY), end_of_day(found.before - _DAY)
    return [(*row,) for row in _rows(EXAMPLES_SQL[What(found.what)], [found.rule_id, *spans, sums])]


def _lines(viewer: Viewer, reach: str | None, where: str, asked: list[object]) -> list[Line]:
    mine, county = (reach if reach is not None else "-"), viewer.county
    return [Line(*row) for row in _rows(LIST_SQL.format(where=where), [*asked, mine, mine, county, mine])]


def _counted(row: tuple[Any, ...]) -> Counted:
    *before, result, asked_at, draft_id, rule_id = row
    return Counted(*before, json.loads(result), asked_at, draft_id, rule_id)


def _rows(sql: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
