"""The desk of meetings: what I am asked to, what I keep, what I owe, what waits for a ruling, what is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.conferences import rules, words
from anwang.conferences.states import MeetingState, Origin, Tracking
from anwang.foundation import clock
from anwang.matters.queries.whom import said

MOST = 50
MEETINGS_SQL = """
SELECT m.number, k.sort, k.title, k.meets_at, k.ends_at, k.state, i.id, i.answer, i.told_at, i.acknowledged_at,
       m.acting_worker_id = ANY (%(mine)s) OR k.chair_id = ANY (%(mine)s) OR m.acting_unit_id = ANY (%(units)s)
  FROM conferences_meeting k JOIN matters_matter m ON m.id = k.id
  LEFT JOIN conferences_invitation i ON i.meeting_id = k.id AND i.worker_id = ANY (%(mine)s) AND i.withdrawn_at IS NULL
 WHERE k.state NOT IN ('closed', 'called_off') OR k.meets_at > %(since)s
 ORDER BY k.state IN ('closed', 'called_off'), k.meets_at LIMIT %(most)s
"""
DECISIONS_SQL = """
SELECT t.number, d.number, d.text, u.called, d.due_on, d.state, s.number, s.kind,
       EXISTS (SELECT 1 FROM conferences_decisionreport r WHERE r.decision_id = d.id
                  AND r.recorded_at > coalesce((SELECT max(x.recorded_at) FROM conferences_decisionruling x
                                                 WHERE x.decision_id = d.id), '-infinity')),
       t.acting_worker_id = ANY (%(mine)s) OR t.acting_unit_id = ANY (%(units)s),
       s.acting_worker_id = ANY (%(mine)s) OR s.acting_unit_id = ANY (%(units)s)
         OR EXISTS (SELECT 1 FROM conferences_meeting k WHERE k.id = s.id AND k.chair_id = ANY (%(mine)s))
  FROM conferences_decision d JOIN matters_matter t ON t.id = d.task_id JOIN matters_matter s ON s.id = d.source_id
  JOIN directory_unit u ON u.id = d.unit_id
 WHERE d.released_at IS NULL AND t.ended_at IS NULL AND t.sort <> 'policy' ORDER BY d.due_on, d.id LIMIT %(most)s
"""
LISTED_SQL = """
SELECT m.number, h.ground, h.listed_at, p.name, p.name_kind, m.ended_at,
       (SELECT d.due_at FROM matters_duty d WHERE d.open_of = m.id AND d.rule_id = 'high_risk.meeting' LIMIT 1)
  FROM conferences_highrisk h JOIN matters_matter m ON m.id = h.matter_id
  LEFT JOIN people_person p ON p.id = h.person_id
 WHERE h.ended_at IS NULL ORDER BY 7 NULLS LAST, h.listed_at LIMIT %(most)s
"""
PROPOSALS_SQL = """
SELECT p.id, m.number, p.sort, p.origin, p.because, u.called, p.at, matters_whom(m.id)
  FROM conferences_proposal p JOIN matters_matter m ON m.id = p.file_id JOIN directory_unit u ON u.id = p.from_unit_id
 WHERE p.ended_at IS NULL ORDER BY p.at LIMIT %(most)s
"""
# Rooms, then reviews, each in an order of its own: what, number, which kind, until or since when, over or not, state.
ROOMS_AND_REVIEWS_SQL = """
(SELECT 'room', m.number, r.purpose, r.ends_at, r.sealed_at IS NOT NULL OR r.ends_at <= %(now)s, ''
   FROM conferences_room r JOIN matters_matter m ON m.id = r.id ORDER BY 5, r.ends_at DESC LIMIT %(most)s)
UNION ALL
(SELECT 'review', m.number, r.kind, r.known_at, r.state = 'closed', r.state
   FROM conferences_incidentreview r JOIN matters_matter m ON m.id = r.id ORDER BY 5, r.known_at DESC LIMIT %(most)s)
"""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list. `asked` is one's own invitation, with what is still to be said to it."""

    number: str
    sort: str
    title: str
    when: str
    state: str
    state_words: str
    is_over: bool
    is_kept: bool
    asked: UUID | None
    to_answer: bool
    to_acknowledge: bool


@dataclass(frozen=True)
class DecisionLine:
    """A tracked decision in a list; `is_late` by the day the meeting set."""

    number: str
    said: str
    text: str
    unit: str
    due: str
    is_late: bool
    state: str
    source: str
    is_reported: bool
    is_mine: bool
    is_to_rule: bool


@dataclass(frozen=True)
class ListedLine:
    case: str
    whom: str
    ground: str
    since: str
    meets: str
    is_late: bool


@dataclass(frozen=True)
class ProposalLine:
    id: UUID
    case: str
    whom: str
    sort: str
    sort_code: str
    origin: str
    because: str
    unit: str
    at: str


@dataclass(frozen=True)
class RoomLine:
    number: str
    purpose: str
    ends: str
    is_over: bool


@dataclass(frozen=True)
class ReviewLine:
    number: str
    kind: str
    known: str
    state: str


@dataclass(frozen=True)
class Desk:
    """Everything on the desk, as far as the viewer reads it; six statements with the effect."""

    meetings: tuple[MeetingLine, ...]
    decisions: tuple[DecisionLine, ...]
    listed: tuple[ListedLine, ...]
    proposals: tuple[ProposalLine, ...]
    rooms: tuple[RoomLine, ...]
    reviews: tuple[ReviewLine, ...]

    @property
    def to_answer(self) -> int:
        return sum(one.to_answer or one.to_acknowledge for one in self.meetings)

    @property
    def late(self) -> int:
        return sum(one.is_late and one.is_mine for one in self.decisions)


def desk(viewer: Viewer) -> Desk:
    """What lies on the viewer's desk."""
    now = clock.now()
    given: dict[str, Any] = {
        "mine": list(viewer.acts_as), "units": list(viewer.supervised_units), "most": MOST, "now": now,
        "since": rules.some_time_before(now),
    }  # fmt: skip
    rooms_and_reviews = _rows(ROOMS_AND_REVIEWS_SQL, given)
    return Desk(
        tuple(_meeting(*row) for row in _rows(MEETINGS_SQL, given)),
        tuple(decision_line(*row) for row in _rows(DECISIONS_SQL, given)),
        tuple(_listed(*row) for row in _rows(LISTED_SQL, given)),
        tuple(proposal_line(*row) for row in _rows(PROPOSALS_SQL, given)),
        tuple(
            RoomLine(number, words.label(rules.PURPOSE, purpose), words.instant(ends), over)
            for what, number, purpose, ends, over, _state in rooms_and_reviews
            if what == "room"
        ),
        tuple(
            ReviewLine(number, words.label(rules.INCIDENT, kind), words.day(known), state)
            for what, number, kind, known, _over, state in rooms_and_reviews
            if what == "review"
        ),
    )


def _rows(sql: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()


def _meeting(number: str, sort: str, title: str, meets_at: Any, ends_at: Any, state: str, asked: UUID | None,
             answer: str | None, told_at: Any, acknowledged_at: Any, is_kept: bool) -> MeetingLine:  # fmt: skip
    is_over = state in (MeetingState.CLOSED, MeetingState.CALLED_OFF)
    return MeetingLine(
        number, words.label(rules.SORT, sort), title, words.span(meets_at, ends_at), state,
        str(MeetingState(state).label), is_over, bool(is_kept), asked,
        asked is not None and state == MeetingState.PLANNED and not answer,
        told_at is not None and acknowledged_at is None,
    )  # fmt: skip


def decision_line(number: str, said: str, text: str, unit: str, due_on: date, state: str, source: str, source_kind: str,
                  is_reported: bool, is_mine: bool, is_to_rule: bool) -> DecisionLine:  # fmt: skip
    """A decision as a list shows it."""
    return DecisionLine(
        number, said, text, unit, words.day(due_on), due_on < clock.today() and not is_reported,
        str(Tracking(state).label), source if source_kind == "meeting" else "", bool(is_reported), bool(is_mine),
        bool(is_to_rule and is_reported),
    )  # fmt: skip


def _listed(case: str, ground: str, at: Any, name: str | None, kind: str | None, _ended: Any, due: Any) -> ListedLine:
    whom = words.names([(name, kind or "")]) if name is not None else ""
    return ListedLine(
        case, whom, words.label(rules.GROUND, ground), words.day(at), words.day(due) if due else "",
        due is not None and due < clock.now(),
    )  # fmt: skip


def proposal_line(id_: UUID, case: str, sort: str, origin: str, because: str, unit: str, at: Any,
                  whom: list[str] | None) -> ProposalLine:  # fmt: skip
    """A proposal as a list shows it; names only where the viewer reads them."""
    return ProposalLine(id_, case, said(whom), words.label(rules.SORT, sort), sort, str(Origin(origin).label), because,
                        unit, words.day(at))  # fmt: skip
