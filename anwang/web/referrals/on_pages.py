"""Referrals that run and days that come, on the family page and on the case page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any  # rows as JSON

from anwang.access.viewer import Viewer
from anwang.referrals import rules
from anwang.referrals.states import ReferralState
from anwang.web.hanging import Part

SQL = """(SELECT jsonb_build_object(
  'sent', (SELECT jsonb_agg(jsonb_build_array(m.number, r.about, r.to_kind, r.state) ORDER BY m.opened_at)
             FROM referrals_referral r JOIN matters_matter m ON m.id = r.id AND m.ended_at IS NULL
            WHERE r.case_id = ANY (%(reads)s::uuid[])),
  'plans', (SELECT jsonb_agg(jsonb_build_array(t.kind, t.on, t.state, m.number) ORDER BY t.on)
              FROM referrals_transition t JOIN matters_matter m ON m.id = t.case_id AND m.ended_at IS NULL
             WHERE t.case_id = ANY (%(reads)s::uuid[]) AND t.state <> 'dropped' AND t.on >= access_at()::date))
 WHERE EXISTS (SELECT 1 FROM referrals_referral r JOIN matters_matter m ON m.id = r.id AND m.ended_at IS NULL
                WHERE r.case_id = ANY (%(reads)s::uuid[]))
    OR EXISTS (SELECT 1 FROM referrals_transition t WHERE t.case_id = ANY (%(reads)s::uuid[])
                  AND t.state <> 'dropped' AND t.on >= access_at()::date))"""


@dataclass(frozen=True)
class Sent:
    """A referral that runs."""

    number: str
    about: str
    kind: str
    state: str
    state_text: str


@dataclass(frozen=True)
class Plan:
    """A transition whose day comes."""

    kind: str
    on: date
    is_accepted: bool
    case: str


def shown(viewer: Viewer, rows: Any) -> dict[str, list[Any]]:
    """Both lists in words."""
    return {
        "sent": [
            Sent(number, about, rules.said(rules.KINDS, kind), state, str(ReferralState(state).label))
            for number, about, kind, state in rows["sent"] or ()
        ],
        "plans": [
            Plan(rules.said("transition.kinds", kind), date.fromisoformat(on), state == "accepted", case)
            for kind, on, state, case in rows["plans"] or ()
        ],
    }


PARTS = (
    Part(page="family", place="text", order=30, template="referrals/on_page.html", sql=SQL, shown=shown),
    Part(page="case", place="text", order=30, template="referrals/on_page.html", sql=SQL, shown=shown),
)
