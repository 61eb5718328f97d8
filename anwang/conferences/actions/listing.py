"""高危機列管: listing by rule or judgement, and ending it by a later test and a decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.models import CaseSubject
from anwang.conferences import events, policies, rules
from anwang.conferences.models import Decision, HighRisk, Part, Proposal
from anwang.conferences.states import Origin
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.instruments.models import Fill
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock

from .agenda import propose

HIGH_RISK_MEETING = "high_risk"


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Whom, on what ground, why; what was known for the rule (`unknown` or empty where it was not)."""

    person_id: UUID
    ground: str
    because: str
    to_unit_id: UUID
    """The unit that convenes the high-risk meeting."""
    danger_result: str = ""
    applies: str = ""
    danger_now: str = ""


@transaction.atomic
def list_high_risk(*, matter_id: UUID, listed: Listed, by: Viewer, at: datetime) -> HighRisk:
    """List her case as high risk: it comes to the meeting within a month, and again, until it is taken off."""
    matter = lock(matter_id)
    policies.may_list(by, matter_id).enforce()
    advice = rules.listing(
        danger_result=listed.danger_result, applies=listed.applies, danger_now=listed.danger_now,
        on=clock.local(at).date(), county=matter.county,
    )  # fmt: skip
    _check(matter_id, listed, advice.outcome or "", at)
    row = HighRisk(
        id=uuid7(), matter=matter, person_id=listed.person_id, ground=listed.ground, because=listed.because.strip(),
        rule_id=advice.rule_id, rule_from=advice.from_, rule_hash=advice.hash, inputs=dict(advice.inputs),
        outcome=advice.outcome or "", listed_at=at, listed_by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    live = Proposal.objects.filter(file=matter, sort=HIGH_RISK_MEETING, ended_at=None)
    waiting = live.filter(to_unit_id=listed.to_unit_id)
    if not waiting.update(is_standing=True, origin=Origin.LISTED):
        propose(file_id=matter_id, to_unit_id=listed.to_unit_id, sort=HIGH_RISK_MEETING, because=listed.because,
                origin=Origin.LISTED, is_standing=True, by=by, at=at)  # fmt: skip
    happened(matter_id=matter_id, event=events.HIGH_RISK_LISTED, at=at, by=by)
    record("high_risk.listed", by=by, at=at, matter_id=matter_id, subject_id=listed.person_id, ground=listed.ground,
           outcome=advice.outcome)  # fmt: skip
    keep()
    return row


@dataclass(frozen=True, kw_only=True)
class Ended:
    """How and why it ends; the form filled again after the listing, and the meeting's decision, where asked for."""

    how: str
    because: str
    retest_id: UUID | None = None
    decision_id: UUID | None = None


@transaction.atomic
def end_high_risk(*, listing_id: UUID, ended: Ended, by: Viewer, at: datetime) -> None:
    """Off the list: a test newer than the listing and a meeting's decision, unless the reason asks for none."""
    found = HighRisk.objects.filter(id=listing_id).first()
    if found is None:
        raise NotFound(_("查無這筆高危機列管。"))
    lock(found.matter_id)
    policies.may_list(by, found.matter_id).enforce()
    row = HighRisk.objects.select_for_update().get(id=listing_id)
    if row.ended_at is not None:
        raise Conflict(_("這筆列管剛剛已經解除。"))
    on = clock.local(at).date()
    if rules.code(rules.RISK_END, ended.how, on) is None or not ended.because.strip():
        raise BadInput(_("請選解除的理由，並寫清楚為什麼。"), field="how" if ended.because.strip() else "because")
    row.needs_retest = rules.marked(rules.RISK_END, ended.how, "retest", on)
    row.needs_decision = rules.marked(rules.RISK_END, ended.how, "decision", on)
    if row.needs_retest:
        row.retest_id, row.retest_at = _later_test(row, ended, at)
    if row.needs_decision:
        row.decision = _decision(row, ended.decision_id)
    row.ended_at, row.ended_by, row.ended_how, row.ended_because = at, by.worker_id, ended.how, ended.because.strip()
    row.save()
    if not HighRisk.objects.filter(matter_id=row.matter_id, ended_at=None).exists():
        Proposal.objects.filter(file_id=row.matter_id, is_standing=True, ended_at=None).update(ended_at=at)
        happened(matter_id=row.matter_id, event=events.HIGH_RISK_ENDED, at=at, by=by, facts={"how": ended.how})
    record("high_risk.ended", by=by, at=at, matter_id=row.matter_id, subject_id=row.person_id, how=ended.how)
    keep()


def _check(matter_id: UUID, listed: Listed, outcome: str, at: datetime) -> None:
    on = clock.local(at).date()
    if rules.code(rules.GROUND, listed.ground, on) is None:
        raise BadInput(_("請選列管的依據。"), field="ground")
    if not listed.because.strip():
        raise BadInput(_("請寫為什麼列管。"), field="because")
    if rules.mark(rules.GROUND, listed.ground, "how", on) == "rule" and outcome != "list":
        raise BadInput(_("依這些結果規則不列管。要列管請選專業判斷的依據。"), field="ground")
    if not CaseSubject.objects.filter(matter_id=matter_id, person_id=listed.person_id, until_on=None).exists():
        raise BadInput(_("請選這個案件裡的被害人。"), field="person")
    if HighRisk.objects.filter(matter_id=matter_id, person_id=listed.person_id, ended_at=None).exists():
        raise Conflict(_("她已經在高危機列管中。"))


def _later_test(row: HighRisk, ended: Ended, at: datetime) -> tuple[UUID, datetime]:
    found = Fill.objects.filter(id=ended.retest_id, matter_id=row.matter_id, person_id=row.person_id).first()
    if found is None or found.instrument not in rules.retests(ended.how, clock.local(at).date()):
        raise Refused(_("解除列管要有重測。請先在個案填一份新的危險評估。"))
    if not row.listed_at < found.at <= at:
        raise Refused(_("這份評估比列管早。請在列管之後重測。"))
    return found.id, found.at


def _decision(row: HighRisk, decision_id: UUID | None) -> Decision:
    """A decision of a meeting about this very file, made after the listing."""
    parts = Part.objects.filter(file_id=row.matter_id).values("id")
    found = Decision.objects.filter(id=decision_id, part_id__in=parts, made_at__gte=row.listed_at).first()
    if found is None:
        raise Refused(_("解除列管要有會議對這個案件的決議。請先提會。"))
    return found
