"""The desk of decisions: what I report, what waits for a ruling, what is late, who has not acknowledged yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.conferences.states import OPEN_TRACKING
from anwang.foundation import clock
from anwang.tracking import words

MOST = 200
FIELDS_SQL = """
       m.number, d.text, u.called, d.due_on, d.state, t.part, t.round, t.asks_change, t.unchanged_because <> '',
       EXISTS (SELECT 1 FROM tracking_change c WHERE c.track_id = t.decision_id AND c.withdrawn_at IS NULL),
       EXISTS (SELECT 1 FROM conferences_decisionreport r WHERE r.decision_id = d.id
                  AND r.recorded_at > coalesce((SELECT max(x.recorded_at) FROM conferences_decisionruling x
                                                 WHERE x.decision_id = d.id), '-infinity')),
       m.acting_worker_id = ANY (%(mine)s) OR m.acting_unit_id = ANY (%(units)s), f.unit_id = ANY (%(units)s),
       s.title, s.id, i.kind, i.section, i.label, coalesce(p.number, ''), x.number, d.released_at IS NULL
"""
FROM_SQL = """
  FROM tracking_track t JOIN conferences_decision d ON d.id = t.decision_id JOIN matters_matter m ON m.id = d.task_id
  JOIN tracking_follow f ON f.id = t.follow_id JOIN minutes_sitting s ON s.id = f.sitting_id
  JOIN minutes_decisiontext x ON x.id = t.text_id JOIN minutes_item i ON i.id = x.item_id
  LEFT JOIN minutes_decisiontext p ON p.id = x.parent_id JOIN directory_unit u ON u.id = d.unit_id
"""
DECISIONS_SQL = f"SELECT {FIELDS_SQL} {FROM_SQL} ORDER BY d.released_at IS NOT NULL, d.due_on, m.number LIMIT %(most)s"
RELAYS_SQL = """
SELECT l.id, u.called, l.told_at, s.title, s.id, l.unit_id = ANY (%(units)s)
  FROM tracking_relay l JOIN tracking_follow f ON f.id = l.follow_id JOIN minutes_sitting s ON s.id = f.sitting_id
  JOIN directory_unit u ON u.id = l.unit_id
 WHERE l.received_at IS NULL AND (l.unit_id = ANY (%(units)s) OR f.unit_id = ANY (%(units)s))
 ORDER BY l.told_at, u.code LIMIT %(most)s
"""
SITTINGS_SQL = """
SELECT s.id, s.title, s.met_on, count(x.id),
       count(x.id) FILTER (WHERE EXISTS (SELECT 1 FROM tracking_track t WHERE t.text_id = x.id AND t.part = 'main'))
  FROM minutes_sitting s LEFT JOIN minutes_decisiontext x ON x.sitting_id = s.id
 WHERE s.unit_id = ANY (%(units)s) AND s.state IN ('sent', 'confirmed')
 GROUP BY s.id ORDER BY s.met_on DESC LIMIT 20
"""


@dataclass(frozen=True)
class DecisionLine:
    """A tracked decision in a list."""

    number: str
    text: str
    unit: str
    due: str
    state: str
    state_words: str
    part: str
    round: int
    needs_link: bool
    is_linked: bool
    is_reported: bool
    is_mine: bool
    is_kept: bool
    is_open: bool
    is_late: bool
    sitting: str
    sitting_id: UUID
    where: str

    @property
    def is_to_rule(self) -> bool:
        return self.is_kept and self.is_reported and self.is_open

    @property
    def is_from_below(self) -> bool:
        """Seen only because it rose: neither mine nor kept here."""
        return not self.is_mine and not self.is_kept and self.is_open


@dataclass(frozen=True)
class RelayLine:
    id: UUID
    unit: str
    told: str
    sitting: str
    sitting_id: UUID
    is_mine: bool


@dataclass(frozen=True)
class SittingLine:
    id: UUID
    title: str
    met: str
    decisions: int
    tracked: int


@dataclass(frozen=True)
class Desk:
    """Everything on the desk; three statements."""

    decisions: tuple[DecisionLine, ...]
    relays: tuple[RelayLine, ...]
    sittings: tuple[SittingLine, ...]

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.decisions)

    @property
    def to_rule(self) -> tuple[DecisionLine, ...]:
        return tuple(one for one in self.decisions if one.is_to_rule)

    @property
    def mine(self) -> tuple[DecisionLine, ...]:
        return tuple(one for one in self.decisions if one.is_mine and one.is_open and not one.is_to_rule)

    @property
    def risen(self) -> tuple[DecisionLine, ...]:
        return tuple(one for one in self.decisions if one.is_from_below)

    @property
    def waiting(self) -> tuple[DecisionLine, ...]:
        """Kept here, with somebody else, not reported yet."""
        return tuple(one for one in self.decisions if one.is_kept and one.is_open and not one.is_mine
                     and not one.is_reported)  # fmt: skip

    @property
    def over(self) -> tuple[DecisionLine, ...]:
        return tuple(one for one in self.decisions if not one.is_open)

    @property
    def to_receive(self) -> tuple[RelayLine, ...]:
        return tuple(one for one in self.relays if one.is_mine)

    @property
    def unanswered(self) -> tuple[RelayLine, ...]:
        return tuple(one for one in self.relays if not one.is_mine)


def desk(viewer: Viewer) -> Desk:
    """As far as the viewer reads decisions: of his units, kept by them, or risen to them."""
    given = {"mine": list(viewer.acts_as), "units": list(viewer.units), "most": MOST}
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(DECISIONS_SQL, given)
        decisions = tuple(line(row, today) for row in cursor.fetchall())
        cursor.execute(RELAYS_SQL, given)
        relays = tuple(
            RelayLine(key, unit, words.moment(told), title, sitting, mine)
            for key, unit, told, title, sitting, mine in cursor.fetchall()
        )
        cursor.execute(SITTINGS_SQL, given)
        sittings = tuple(
            SittingLine(key, title, words.roc(met), count, tracked)
            for key, title, met, count, tracked in cursor.fetchall()
        )
    return Desk(decisions, relays, sittings)


def line(row: tuple[Any, ...], today: date) -> DecisionLine:
    """A row of FIELDS_SQL in words."""
    (number, text, unit, due, state, part, round_, asks, unchanged, linked, reported, mine, kept, title, sitting_id,
     kind, section, label, parent, no, unreleased) = row  # fmt: skip
    is_open = unreleased and state in OPEN_TRACKING
    return DecisionLine(
        number=number, text=text, unit=unit, due=words.roc(due), state=state, state_words=words.state(state), part=part,
        round=round_, needs_link=asks and not linked and not unchanged and is_open, is_linked=linked,
        is_reported=reported, is_mine=mine, is_kept=kept, is_open=is_open,
        is_late=is_open and not reported and due is not None and due < today, sitting=title, sitting_id=sitting_id,
        where=words.where(kind, section, label, parent, no),
    )  # fmt: skip
