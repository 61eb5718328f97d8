"""One referral for its page: the letter, what was said and done, what the viewer may do now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.at_once import Said, read
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter, Offer
from anwang.referrals import rules
from anwang.referrals.models import Referral
from anwang.referrals.states import ReferralState, Sort, StepKind

STEPS_SQL = """
SELECT s.kind, s.code, coalesce(u.called, '') AS unit, s.words, s.ref, s.at, coalesce(w.called, '') AS by
  FROM referrals_referralstep s JOIN matters_matter m ON m.id = s.referral_id
  LEFT JOIN directory_unit u ON u.id = s.unit_id LEFT JOIN directory_worker w ON w.id = s.by
 WHERE m.number = %s ORDER BY s.recorded_at, s.id
"""
LISTS = {
    StepKind.RETURNED: "offer.decline_reasons", StepKind.GIVEN_BACK: "offer.decline_reasons",
    StepKind.CLOSED: "referral.outcomes", StepKind.GIVEN_UP: "referral.give_up",
}  # fmt: skip
"""The list whose code a step carries."""


@dataclass(frozen=True)
class StepLine:
    """One line of what was said and done."""

    kind: str
    what: str
    code: str
    unit: str
    words: str
    ref: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ReferralPage:
    """A referral. `can` names the acts open to the viewer now; `case_number` is empty for the receiver."""

    id: UUID
    number: str
    kind: str
    kind_text: str
    to_unit_id: UUID
    to_unit: str
    to_phone: str
    on_system: bool
    from_unit: str
    case_number: str
    about: str
    born: str
    reach: str
    topic: str
    asks: tuple[str, ...]
    words: str
    urgency: str
    basis: str
    basis_code: str
    basis_on: date | None
    basis_words: str
    names_receiver: bool
    effective_on: date | None
    state: str
    state_text: str
    due_at: datetime | None
    sent_at: datetime | None
    outcome: str
    is_step_down: bool
    proposed: str
    rule_id: str
    rule_on: str
    differs_because: str
    holder: str
    holder_unit: str
    holder_phone: str
    steps: tuple[StepLine, ...]
    can: frozenset[str]
    is_over: bool


Acts = Callable[[Viewer, Referral, Matter, Offer | None], frozenset[str]]
"""Which acts are open to a viewer: `policies.acts`."""


def page(viewer: Viewer, number: str, *, acts: Acts) -> ReferralPage:
    """The referral with that number for either side; NotFound alike for all others."""
    numbered = Matter.objects.filter(number=number)
    found, matters, offers, steps = read(
        Referral.objects.select_related("to_unit", "case").filter(id__in=numbered.values("id")),
        numbered.select_related("acting_unit", "acting_worker", "acting_desk"),
        Offer.objects.select_related("to_unit", "from_unit", "matter").filter(matter__in=numbered.values("id"))
        .order_by("recorded_at"), Said(STEPS_SQL, [number]),
    )  # fmt: skip
    if not found or not matters:
        raise NotFound(_("查無這件轉介。請確認編號。"))
    referral, matter, asked = found[0], matters[0], offers[-1] if offers else None
    reading("referrals.referral", by=viewer, file_id=referral.id, zone=Zone.CASE)
    can = acts(viewer, referral, matter, asked)
    sender = "case" in can
    acting = matter.acting_worker or matter.acting_desk
    return ReferralPage(
        referral.id, number, referral.to_kind, rules.said(rules.KINDS, referral.to_kind), referral.to_unit_id,
        referral.to_unit.called, referral.to_unit.phone, referral.to_unit.on_system,
        asked.from_unit.called if asked else "", referral.case.number if sender else "",
        referral.about, referral.born, referral.reach,
        rules.said("joining.topics", referral.topic), tuple(rules.said("referral.asks", one) for one in referral.asks),
        referral.words, rules.said("referral.urgency", referral.urgency), rules.said("referral.bases", referral.basis),
        referral.basis, referral.basis_on, referral.basis_words,
        rules.mark("referral.bases", referral.basis, "to_others") != "yes", referral.effective_on, referral.state,
        str(ReferralState(referral.state).label),
        asked.answer_due_at if asked and referral.state == ReferralState.SENT else None, referral.sent_at,
        rules.said("referral.outcomes", referral.outcome) if referral.outcome else "", matter.sort == Sort.STEP_DOWN,
        _advice(referral), referral.rule_id, referral.sent_at.date().isoformat() if referral.sent_at else "",
        referral.differs_because if sender else "", acting.called, matter.acting_unit.called,
        acting.phone or matter.acting_unit.phone, tuple(_step(**one) for one in steps), can,
        matter.ended_at is not None,
    )  # fmt: skip


def _advice(referral: Referral) -> str:
    if not referral.rule_id or referral.rule_from is None or referral.sent_at is None:
        return ""
    advice = rules.again(referral.rule_id, referral.inputs, referral.sent_at.date(), referral.case.county)
    return rules.in_words(advice) if advice else ""


def _step(*, kind: str, code: str, unit: str, words: str, ref: str, at: str, by: str) -> StepLine:
    said = str(StepKind(kind).label)
    return StepLine(kind, said, _code(kind, code), unit, words, ref, datetime.fromisoformat(at), by)


def _code(kind: str, code: str) -> str:
    list_id = LISTS.get(StepKind(kind))
    return rules.said(list_id, code) if code and list_id else ""


def number_of(viewer: Viewer, referral_id: UUID) -> str:
    """The number of a referral the viewer has just made."""
    return Matter.objects.values_list("number", flat=True).get(id=referral_id)
