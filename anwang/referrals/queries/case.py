"""What a case has referred, plans to hand on by a day, and where each of its issues stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from anwang.access.at_once import Said, read
from anwang.access.viewer import Viewer
from anwang.referrals import rules
from anwang.referrals.states import PlanState

from .lists import Line, lines

PLANS_SQL = """
SELECT t.id, t.kind, t.on, t.state, coalesce(p.name, '') AS who, t.person_id AS person FROM referrals_transition t
  LEFT JOIN people_person p ON p.id = t.person_id WHERE t.case_id = %s ORDER BY t.on, t.id
"""
STAGES_SQL = """
SELECT DISTINCT ON (s.topic) s.topic, s.stage, s.next_kind, coalesce(u.called, '') AS unit, s.words, s.at
  FROM referrals_issuestage s LEFT JOIN directory_unit u ON u.id = s.next_unit_id
 WHERE s.case_id = %s ORDER BY s.topic, s.recorded_at DESC
"""


@dataclass(frozen=True)
class PlanLine:
    """A transition with a day."""

    id: UUID
    kind: str
    on: date
    state: str
    state_text: str
    who: str
    person_id: UUID


@dataclass(frozen=True)
class StageLine:
    """Where one issue stands, and who comes next."""

    topic: str
    stage: str
    next: str
    words: str
    at: datetime


@dataclass(frozen=True)
class CaseSide:
    """Referrals, transitions and stages of one case."""

    referrals: tuple[Line, ...]
    plans: tuple[PlanLine, ...]
    stages: tuple[StageLine, ...]


def of_case(viewer: Viewer, case_id: UUID) -> CaseSide:
    """For whoever reads the case (the database decides)."""
    plans, stages = read(Said(PLANS_SQL, [case_id]), Said(STAGES_SQL, [case_id]))
    return CaseSide(
        tuple(lines(viewer, "AND r.case_id = %(case)s", case=case_id)), tuple(_plan(**one) for one in plans),
        tuple(_stage(**one) for one in stages),
    )  # fmt: skip


def _plan(*, id: str, kind: str, on: str, state: str, who: str, person: str) -> PlanLine:  # noqa: A002 - a column
    said = rules.said("transition.kinds", kind)
    return PlanLine(UUID(id), said, date.fromisoformat(on), state, str(PlanState(state).label), who, UUID(person))


def _stage(*, topic: str, stage: str, next_kind: str, unit: str, words: str, at: str) -> StageLine:
    return StageLine(
        rules.said("joining.topics", topic), rules.said("issue.stages", stage),
        unit or (rules.said(rules.KINDS, next_kind) if next_kind else ""), words, datetime.fromisoformat(at),
    )  # fmt: skip
