"""One tracked decision: the sentence, what was reported and ruled, what it changed, what hangs on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.conferences import standing as ruling
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.tracking import standing, words
from anwang.tracking.models import Follow, Track
from anwang.tracking.states import DueHow, Part

from .desk import FIELDS_SQL, FROM_SQL, DecisionLine, line
from .drawn import End, ends

PAGE_SQL = f"""
SELECT {FIELDS_SQL}, t.decision_id, d.task_id, d.source_id, w.called, d.deliverable, d.due_words, t.due_how,
       t.unchanged_because, t.every_printed, t.stopped_at, t.stopped_because, x.text, x.line,
       (SELECT json_agg(json_build_array(r.at, r.words, r.evidence, r.proposes) ORDER BY r.recorded_at DESC)
          FROM conferences_decisionreport r WHERE r.decision_id = d.id),
       (SELECT json_agg(json_build_array(g.at, g.state, g.because, g.condition, g.next_on, y.text, z.title, y.number,
                                         j.kind, j.section, j.label) ORDER BY g.recorded_at DESC)
          FROM conferences_decisionruling g LEFT JOIN tracking_saidin n ON n.ruling_id = g.id
          LEFT JOIN minutes_decisiontext y ON y.id = n.text_id LEFT JOIN minutes_item j ON j.id = y.item_id
          LEFT JOIN minutes_sitting z ON z.id = y.sitting_id WHERE g.decision_id = d.id),
       (SELECT json_agg(json_build_array(c.id, c.kind, c.ref, c.from_on, c.words, c.withdrawn_because)
                        ORDER BY c.at, c.id) FROM tracking_change c WHERE c.track_id = t.decision_id),
       (SELECT json_agg(json_build_array(bm.number, b.part, bd.text, bu.called, bd.state) ORDER BY b.at, bm.number)
          FROM tracking_track b JOIN conferences_decision bd ON bd.id = b.decision_id
          JOIN matters_matter bm ON bm.id = bd.task_id JOIN directory_unit bu ON bu.id = bd.unit_id
         WHERE b.of_id = t.decision_id),
       (SELECT om.number FROM conferences_decision od JOIN matters_matter om ON om.id = od.task_id
         WHERE od.id = t.of_id)
  {FROM_SQL} LEFT JOIN directory_worker w ON w.id = m.acting_worker_id WHERE m.number = %(number)s
"""  # noqa: S608


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
    said: str
    said_where: str


@dataclass(frozen=True)
class ChangeLine:
    id: UUID
    end: End
    words: str
    withdrawn: str


@dataclass(frozen=True)
class BelowLine:
    number: str
    part: str
    text: str
    unit: str
    state: str


@dataclass(frozen=True)
class DecisionPage:
    """A tracked decision for its page. `line` is what lists show of it."""

    id: UUID
    line: DecisionLine
    worker: str
    deliverable: str
    due_words: str
    due_how: str
    unchanged: str
    every: str
    stopped: str
    sentence: str
    printed_line: int
    reports: tuple[ReportLine, ...]
    rulings: tuple[RulingLine, ...]
    changes: tuple[ChangeLine, ...]
    below: tuple[BelowLine, ...]
    above: str
    may_report: bool
    may_rule: bool
    why_not_rule: str
    may_link: bool
    may_stop: bool

    @property
    def live(self) -> tuple[ChangeLine, ...]:
        return tuple(one for one in self.changes if not one.withdrawn)


def decision(viewer: Viewer, number: str) -> DecisionPage:
    """The tracked decision whose matter has that number, or NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE_SQL, {"number": number, "mine": list(viewer.acts_as), "units": list(viewer.units)})
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這項決議，或不歸你看。"))
    head = line(row[:21], clock.today())
    (key, task_id, _source, worker, deliverable, due_words, due_how, unchanged, every, stopped_at, stopped, sentence,
     printed, reports, rulings, changes, below, above) = row[21:]  # fmt: skip
    reading("decision", by=viewer, file_id=task_id, zone=Zone.CASE)
    track = Track.objects.select_related("follow", "decision__task", "decision__source").get(decision_id=key)
    found = track.decision
    keeps = bool(ruling.may_keep(viewer, found.source))
    assert found.task is not None
    rules_here = ruling.may_rule(viewer, found.task, keeps)
    shown = ends([(kind, ref, _on(since)) for _id, kind, ref, since, _words, _back in changes or ()])
    return DecisionPage(
        id=key, line=head, worker=worker or "", deliverable=deliverable, due_words=due_words,
        due_how=str(DueHow(due_how).label), unchanged=unchanged, every=every, stopped=stopped, sentence=sentence,
        printed_line=printed, reports=tuple(_report(one) for one in reports or ()),
        rulings=tuple(_ruling(one) for one in rulings or ()),
        changes=tuple(
            ChangeLine(UUID(one[0]), end, one[4], one[5]) for one, end in zip(changes or (), shown, strict=True)
        ),
        below=tuple(
            BelowLine(no, str(Part(part).label), text, unit, words.state(state))
            for no, part, text, unit, state in below or ()
        ),
        above=above or "",
        may_report=head.is_open and bool(ruling.may_report(viewer, found, found.task, keeps)),
        may_rule=head.is_open and bool(rules_here),
        why_not_rule=rules_here.reason if keeps and head.is_open and not rules_here else "",
        may_link=_may_link(viewer, track.follow, found.unit_id),
        may_stop=bool(every) and stopped_at is None and track.every_months is not None
        and bool(standing.may_track(viewer, track.follow.unit_id)),
    )  # fmt: skip


def _may_link(viewer: Viewer, follow: Follow, unit_id: UUID | None) -> bool:
    return unit_id is not None and bool(standing.may_link(viewer, follow, unit_id))


def _report(row: list[Any]) -> ReportLine:
    at, said, evidence, proposes = row
    return ReportLine(words.moment(datetime.fromisoformat(at)), said, evidence, words.state(proposes))


def _ruling(row: list[Any]) -> RulingLine:
    at, state, because, condition, next_on, said, title, no, kind, section, label = row
    place = f"{title}　{words.where(kind, section, label, '', no)}" if said else ""
    return RulingLine(words.moment(datetime.fromisoformat(at)), words.state(state), because, condition,
                      words.roc(_on(next_on)), said or "", place)  # fmt: skip


def _on(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
