"""Deciding per person and kind, each thing by itself: what was advised stays beside what was decided."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.intake import policies, rules
from anwang.intake.models import Decision, Report
from anwang.intake.queries.standing import Pair, pairs
from anwang.intake.states import What
from anwang.matters.actions import approve, submit
from anwang.matters.promises import keep, lock
from anwang.matters.states import ReviewOf
from anwang.rulebook import Advice

from .advising import advice_for
from .concluding import conclude
from .grading import graded

HERE = (What.VALIDITY, What.SCREENING, What.GRADE, What.CLASS, What.JURISDICTION, What.TRACK)
"""What `decide` decides. Dispatching and not opening are acts of their own."""
FREE = {
    What.VALIDITY: ("valid", "invalid", "erroneous"),
    What.TRACK: ("general", "vulnerable", "crisis"),
    What.JURISDICTION: ("here", "residence", "where_found", "first_receiver", "household_register"),
}


@transaction.atomic
def decide(
    *,
    report_id: UUID,
    person_id: UUID,
    kind: str,
    what: str,
    outcome: str,
    by: Viewer,
    at: datetime,
    reason: str = "",
    phoned_by: UUID | None = None,
) -> Decision:
    """One decision about one pair. Differing from the advice, or protecting less than may be needed, asks a reason.

    `phoned_by` is the supervisor who decided on the telephone; `by` writes it down now and the supervisor owes it in
    writing. A grade or class decided by anybody but a supervisor goes to review at once; nothing waits for that.
    """
    county = lock(report_id).county
    policies.may_screen(by, report_id).enforce()
    report, pair = Report.objects.get(id=report_id), require_pair(by, report_id, person_id, kind)
    advice = advice_for(report, pair, what, county, by)
    _check(what, outcome, advice, kind, report, county, reason, at)
    decision = write_decision(
        report, pair, what=what, outcome=outcome, advice=advice, reason=reason, by=by, at=at, phoned_by=phoned_by
    )
    if what in (What.GRADE, What.CLASS):
        graded(report, person_id, kind, county, by=by, at=at)
    if what == What.GRADE:
        to_review(decision, phoned_by, by=by, at=at)
    record("report.decision", by=by, at=at, matter_id=report_id, subject_id=person_id, kind=kind, what=what,
           outcome=outcome, differs=bool(decision.advised and decision.advised != outcome))  # fmt: skip
    if what == What.VALIDITY or report.was_decided:
        conclude(report, by=by, at=at)  # no other decision made here settles a pair
    keep()
    return decision


def require_pair(by: Viewer, report_id: UUID, person_id: UUID, kind: str) -> Pair:
    """The pair, or a sentence that it has to be added first."""
    found = next((pair for pair in pairs(by, report_id) if (pair.person_id, pair.kind) == (person_id, kind)), None)
    if found is None:
        raise BadInput(_("這個人沒有列為這個案類。請先加入，再決定。"), field="kind")
    return found


def _check(
    what: str, outcome: str, advice: Advice | None, kind: str, report: Report, county: str, reason: str, at: datetime
) -> None:
    if what not in HERE:
        raise BadInput(_("派案與不開案另有表單，請用那一張。"), field="what")
    if at > clock.now():
        raise BadInput(_("決定的時間不能在未來。請填實際決定的時間。"), field="at")
    if at < report.received_at:
        raise BadInput(_("決定的時間早於接獲時間。請再看一次。"), field="at")
    allowed = tuple(advice.labels) if advice else FREE.get(What(what), ())
    if outcome not in allowed:
        raise BadInput(_("請從選項選一個決定。"), field="outcome")
    if reason.strip() or advice is None:
        return
    if advice.outcome is not None and advice.outcome != outcome:
        raise BadInput(_("和建議不同時，請寫理由。建議和決定都會留著。"), field="reason")
    less = advice.ceiling and rules.protects_less(advice.rule_id, outcome, advice.ceiling, report.received_at, county)
    if advice.outcome is None and less:
        raise BadInput(_("還有問題不清楚，可能需要更多保護。選較低的請寫理由。"), field="reason")


def write_decision(
    report: Report,
    pair: Pair,
    *,
    what: str,
    outcome: str,
    by: Viewer,
    at: datetime,
    advice: Advice | None = None,
    reason: str = "",
    reason_code: str = "",
    about_id: UUID | None = None,
    phoned_by: UUID | None = None,
    evidence: str = "",
) -> Decision:
    """The row itself, with the advice as it was. Internal to this room."""
    former = (
        Decision.objects.filter(report_id=report.id, person_id=pair.person_id, kind=pair.kind, what=what)
        .order_by("-recorded_at", "-id")
        .first()
    )
    decision = Decision(
        id=uuid7(),
        report_id=report.id,
        person_id=pair.person_id,
        kind=pair.kind,
        what=what,
        outcome=outcome,
        advised=advice.outcome or "" if advice else "",
        rule_id=advice.rule_id if advice else "",
        rule_from=advice.from_ if advice else None,
        rule_hash=advice.hash if advice else "",
        advice=_snapshot(advice) | ({"evidence": evidence.strip()} if evidence.strip() else {}),
        reason=reason.strip(),
        reason_code=reason_code,
        about_id=about_id,
        decided_by=phoned_by or by.worker_id,
        decided_at=at,
        recorded_at=clock.now(),
        by_phone=phoned_by is not None,
        written_by=by.worker_id if phoned_by else None,
        supersedes=former,
    )
    decision.save(force_insert=True)
    return decision


def _snapshot(advice: Advice | None) -> dict[str, object]:
    if advice is None:
        return {}
    return {"inputs": dict(advice.inputs), "floor": advice.floor, "ceiling": advice.ceiling, "row": advice.row}


def to_review(decision: Decision, phoned_by: UUID | None, *, by: Viewer, at: datetime) -> None:
    """The supervisor signs the grade: by phone now, on paper later, or by having decided it himself. Internal."""
    if has(by, Permission.REVIEW) and phoned_by is None:
        return
    review = submit(matter_id=decision.report_id, of=ReviewOf.GRADE, about_id=decision.id, words=decision.reason, by=by,
                    at=at, urgent=decision.outcome == "one", subject_id=decision.person_id)  # fmt: skip
    if phoned_by is not None:
        approve(review_id=review.id, by=by, at=at, by_phone=True, approver_id=phoned_by)
