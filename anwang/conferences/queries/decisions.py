"""One tracked decision with what was reported and ruled; how much of what meetings decided was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.at_once import read
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.conferences import rules, standing, words
from anwang.conferences.models import Decision, DecisionReport, DecisionRuling, DecisionUnit, Meeting
from anwang.conferences.states import OPEN_TRACKING, Tracking
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.states import MatterKind

EFFECT_SQL = """
SELECT count(*), count(*) FILTER (WHERE d.released_at IS NOT NULL),
       count(*) FILTER (WHERE d.released_at IS NOT NULL AND (r.first_at AT TIME ZONE 'Asia/Taipei')::date <= d.due_on),
       count(*) FILTER (WHERE d.released_at IS NULL AND d.due_on < %(today)s AND r.first_at IS NULL),
       (SELECT count(*) FROM conferences_meeting k WHERE k.held_at >= %(since)s AND k.held_at < %(until)s)
  FROM conferences_decision d
  LEFT JOIN LATERAL (SELECT min(x.at) AS first_at FROM conferences_decisionreport x
                      WHERE x.decision_id = d.id) r ON true
 WHERE d.task_id IS NOT NULL AND d.made_at >= %(since)s AND d.made_at < %(until)s
"""


@dataclass(frozen=True)
class Effect:
    """Of decisions made in a time: tracked, done, done in time, late without a report; beside it the sessions."""

    made: int
    done: int
    in_time: int
    late: int
    sessions: int

    @property
    def share(self) -> int | None:
        """Decisions done of those tracked, in whole percent; None without any."""
        return self.done * 100 // self.made if self.made else None


@dataclass(frozen=True)
class ReportLine:
    at: str
    words: str
    evidence: str
    proposes: str


@dataclass(frozen=True)
class RulingLine:
    at: str
    state: str
    because: str
    condition: str
    next: str


@dataclass(frozen=True)
class DecisionPage:
    """A tracked decision for its page."""

    id: UUID
    task: str
    number: str
    word: str
    text: str
    unit: str
    worker: str
    helping: tuple[str, ...]
    deliverable: str
    due: str
    due_words: str
    is_late: bool
    state: str
    is_open: bool
    source: str
    source_kind: str
    source_words: str
    opens_source: bool
    """Whether the viewer reads the meeting it was made in."""
    parent: str
    below: tuple[tuple[str, str], ...]
    reports: tuple[ReportLine, ...]
    rulings: tuple[RulingLine, ...]
    may_report: bool
    may_rule: bool
    why_not_rule: str
    sort: str
    """Of its matter: decisions of another room's sort have a page of their own."""


def decision(viewer: Viewer, number: str) -> DecisionPage:
    """The decision whose matter has that number, or NotFound."""
    found = Decision.objects.select_related("task__acting_worker", "unit", "source", "parent__task")
    row = found.filter(task__number=number).first()
    if row is None or row.task is None or row.unit is None or row.due_on is None:
        raise NotFound(_("查無這項決議，或不歸你看。"))
    reading("decision", by=viewer, file_id=row.task_id, zone=Zone.CASE)  # type: ignore[arg-type]
    meetings, reports, helping, below, rulings = read(
        Meeting.objects.filter(id=row.source_id),
        DecisionReport.objects.filter(decision=row).order_by("-recorded_at", "-id"),
        DecisionUnit.objects.select_related("unit").filter(decision=row),
        Decision.objects.select_related("task").filter(parent=row).order_by("position"),
        DecisionRuling.objects.filter(decision=row).order_by("-recorded_at", "-id"),
    )
    keeps = bool(standing.may_keep(viewer, row.source, meetings[0].chair_id if meetings else None))
    may_rule = standing.may_rule(viewer, row.task, keeps)
    is_open = row.state in OPEN_TRACKING
    return DecisionPage(
        row.id, number, row.number, words.label(rules.WORD, row.word), row.text, row.unit.called,
        row.task.acting_worker.called if row.task.acting_worker else "", tuple(one.unit.called for one in helping),
        row.deliverable, words.day(row.due_on), row.due_words, is_open and row.due_on < clock.today() and not reports,
        str(Tracking(row.state).label), is_open, row.source.number, row.source.kind,
        str(MatterKind(row.source.kind).label), bool(meetings),
        row.parent.task.number if row.parent and row.parent.task else "",
        tuple((one.task.number if one.task else "", one.text) for one in below),
        tuple(_report(one) for one in reports), tuple(_ruling(one) for one in rulings),
        is_open and bool(standing.may_report(viewer, row, row.task, keeps)), is_open and bool(may_rule),
        may_rule.reason if keeps and is_open else "", row.task.sort,
    )  # fmt: skip


def effect(viewer: Viewer, since: date, until: date) -> Effect:
    """Of the decisions the viewer may read."""
    given = {
        "since": rules.last_day_at(since - rules.ONE_DAY),
        "until": rules.last_day_at(until),
        "today": clock.today(),
    }
    with connection.cursor() as cursor:
        cursor.execute(EFFECT_SQL, given)
        return Effect(*cursor.fetchone())


def _report(one: DecisionReport) -> ReportLine:
    return ReportLine(words.instant(one.at), one.words, one.evidence, str(Tracking(one.proposes).label))


def _ruling(one: DecisionRuling) -> RulingLine:
    return RulingLine(
        words.instant(one.at), str(Tracking(one.state).label), one.because, one.condition,
        words.day(one.next_on) if one.next_on else "",
    )  # fmt: skip
