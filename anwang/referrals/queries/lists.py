"""Lists: referrals of the viewer's side, notices he holds, transitions whose day comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any  # rows of the database
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.referrals import rules
from anwang.referrals.states import TAKEN, AsWhat, PlanState, ReferralState

SHOWN_AFTER = timedelta(days=30)
"""How long a referral that has ended stays on the list."""
LINES_SQL = """
SELECT r.id, m.number, r.about, r.to_kind, u.called, coalesce(f.called, ''), r.state, r.urgency, r.sent_at,
       o.answer_due_at, d.due_at, r.effective_on, r.outcome, m.sort,
       r.to_unit_id = ANY (%(units)s)
         AND NOT (m.acting_unit_id = ANY (%(units)s) AND r.state IN ('prepared', 'sent', 'returned')),
       (SELECT s.kind FROM referrals_referralstep s WHERE s.referral_id = r.id
         ORDER BY s.recorded_at DESC, s.id DESC LIMIT 1)
  FROM referrals_referral r JOIN matters_matter m ON m.id = r.id JOIN directory_unit u ON u.id = r.to_unit_id
  LEFT JOIN LATERAL (SELECT x.answer_due_at, x.from_unit_id FROM matters_offer x WHERE x.matter_id = r.id
     ORDER BY x.recorded_at DESC, x.id DESC LIMIT 1) o ON true
  LEFT JOIN directory_unit f ON f.id = o.from_unit_id
  LEFT JOIN matters_duty d ON d.id = m.next_duty_id
 WHERE (m.ended_at IS NULL OR m.ended_at > %(since)s) /* of */
 ORDER BY coalesce(d.due_at, m.ended_at), m.number LIMIT 300
"""
NOTICES_SQL = """
SELECT m.number, n.who, n.source, n.from_whom, n.as_what, n.home_at, n.received_at, n.result, c.number, d.due_at,
       (SELECT count(*) FROM referrals_releasecall k WHERE k.notice_id = n.id)
  FROM referrals_releasenotice n JOIN matters_matter m ON m.id = n.id LEFT JOIN matters_matter c ON c.id = n.case_id
  LEFT JOIN matters_duty d ON d.id = m.next_duty_id
 WHERE m.ended_at IS NULL OR m.ended_at > %(since)s
 ORDER BY m.ended_at NULLS FIRST, d.due_at, m.number LIMIT 200
"""
PLANS_SQL = """
SELECT t.id, t.kind, t.on, t.state, p.name, m.number, r.called
  FROM referrals_transition t JOIN matters_matter m ON m.id = t.case_id AND m.ended_at IS NULL
  LEFT JOIN people_person p ON p.id = t.person_id
  LEFT JOIN LATERAL (SELECT u.called FROM referrals_referral x JOIN directory_unit u ON u.id = x.to_unit_id
     WHERE x.transition_id = t.id ORDER BY x.recorded_at DESC LIMIT 1) r ON true
 WHERE t.state <> 'dropped' AND t.on >= %(today)s ORDER BY t.on, m.number LIMIT 200
"""


@dataclass(frozen=True)
class Line:
    """A referral as a list shows it. `is_mine` says the viewer's unit was asked; else it asks."""

    id: UUID
    number: str
    about: str
    kind: str
    to_unit: str
    from_unit: str
    state: str
    state_text: str
    is_urgent: bool
    sent_at: datetime | None
    due_at: datetime | None
    effective_on: date | None
    outcome: str
    is_step_down: bool
    is_mine: bool
    last: str

    @property
    def place(self) -> str:
        """Which list it stands on: answer, waiting, decide, running, over."""
        if self.state in (ReferralState.SENT, ReferralState.PREPARED):
            return "answer" if self.is_mine else "waiting"
        if self.state == ReferralState.RETURNED:
            return "decide"
        return "running" if self.state in TAKEN else "over"


@dataclass(frozen=True)
class NoticeLine:
    """A notice of coming home, for whoever holds it."""

    number: str
    who: str
    source: str
    from_whom: str
    as_what: str
    as_what_text: str
    home_at: datetime | None
    received_at: datetime
    result: str
    case: str
    due_at: datetime | None
    tries: int


@dataclass(frozen=True)
class Plan:
    """A transition whose day comes. `is_near` when nobody accepted and the day is within two weeks."""

    id: UUID
    kind: str
    on: date
    is_accepted: bool
    who: str
    case: str
    unit: str

    @property
    def is_near(self) -> bool:
        return not self.is_accepted and (self.on - clock.today()).days <= 14


def desk(viewer: Viewer) -> Mapping[str, list[Line]]:
    """Referrals that concern the viewer, by list (`Line.place`), the most pressing first."""
    found: dict[str, list[Line]] = {name: [] for name in ("answer", "decide", "waiting", "running", "over")}
    for line in lines(viewer, ""):
        found[line.place].append(line)
    return found


def lines(viewer: Viewer, narrowed: str, **given: Any) -> list[Line]:
    """Referrals the viewer may read, narrowed by a condition of this room."""
    asked = {"units": list(viewer.units), "since": clock.now() - SHOWN_AFTER, **given}
    with connection.cursor() as cursor:
        cursor.execute(LINES_SQL.replace("/* of */", narrowed), asked)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> Line:
    (id_, number, about, to_kind, to_unit, from_unit, state, urgency, sent_at, answer_due, due, effective, outcome,
     sort, mine, last) = row  # fmt: skip
    waits = state in (ReferralState.SENT, ReferralState.PREPARED)
    return Line(
        id_, number, about, rules.said(rules.KINDS, to_kind), to_unit, from_unit, state,
        str(ReferralState(state).label), rules.is_urgent(urgency) == "yes", sent_at, answer_due if waits else due,
        effective, rules.said("referral.outcomes", outcome) if outcome else "", sort == "step_down", bool(mine),
        last or "",
    )  # fmt: skip


def notices(viewer: Viewer) -> list[NoticeLine]:
    """Notices of coming home that the viewer may read, the open ones first."""
    with connection.cursor() as cursor:
        cursor.execute(NOTICES_SQL, {"since": clock.now() - SHOWN_AFTER})
        rows = cursor.fetchall()
    return [
        NoticeLine(
            number, who, rules.said("release.sources", source), from_whom, as_what, str(AsWhat(as_what).label), home,
            received, rules.said("release.calls", result) if result else "", case or "", due, tries,
        )
        for number, who, source, from_whom, as_what, home, received, result, case, due, tries in rows
    ]  # fmt: skip


def transitions(viewer: Viewer) -> list[Plan]:
    """Transitions of the cases the viewer reads, the nearest day first."""
    with connection.cursor() as cursor:
        cursor.execute(PLANS_SQL, {"today": clock.today()})
        rows = cursor.fetchall()
    said = {kind: rules.said("transition.kinds", kind) for _key, kind, *_rest in rows}
    return [
        Plan(key, said[kind], on, state == PlanState.ACCEPTED, who or "", case, unit or "")
        for key, kind, on, state, who, case, unit in rows
    ]
