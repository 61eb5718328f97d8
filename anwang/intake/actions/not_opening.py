"""不開案: on a ground from the list, with its evidence, signed by a supervisor. Some grounds never suffice."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.intake import policies, rules
from anwang.intake.models import Decision, Report
from anwang.intake.queries.standing import cases_of
from anwang.intake.states import What
from anwang.matters.actions import approve, send_back, submit, withdraw_review, write_down
from anwang.matters.models import Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import ReviewOf

from .concluding import conclude, is_open
from .deciding import require_pair, write_decision
from .facts import county_of, facts_of
from .grading import owed_again
from .repeats import take_effect

GROUNDS = "case.not_open_reasons"
YES = ("yes", True)


@transaction.atomic
def not_open(
    *,
    report_id: UUID,
    person_id: UUID,
    kind: str,
    ground: str,
    reason: str,
    by: Viewer,
    at: datetime,
    evidence: str = "",
    refusal: Mapping[str, str] | None = None,
) -> Decision:
    """Propose not to open a case for one pair; it stands when a supervisor approves. `evidence` says who was seen
    when, which matter, which letter. `refusal` answers the questions of the four rules where the ground is refusal.

    Refused: whereabouts unknown (searched for instead), refusal where a child is concerned or may be.
    """
    county = lock(report_id).county
    policies.may_screen(by, report_id).enforce()
    report, pair = Report.objects.get(id=report_id), require_pair(by, report_id, person_id, kind)
    if pair.is_settled or What.NOT_OPEN in pair.decisions:
        raise BadInput(_("這個人在這個案類已經決定過。請重新整理看最新情形。"), field="persons")
    if at > clock.now() or at < report.received_at:
        raise BadInput(_("決定的時間要在接獲之後、現在之前。"), field="at")
    _check_ground(report, kind, ground, reason, evidence, county, at, refusal)
    _check_matter(report, person_id, ground, evidence, county, by=by, at=at)
    decision = write_decision(report, pair, what=What.NOT_OPEN, outcome="not_opened", reason=reason,
                              reason_code=ground, evidence=evidence, by=by, at=at)  # fmt: skip
    submit(matter_id=report_id, of=ReviewOf.NOT_OPENING, about_id=decision.id, words=reason, by=by, at=at,
           subject_id=person_id)  # fmt: skip
    record("report.not_opening", by=by, at=at, matter_id=report_id, subject_id=person_id, kind=kind, ground=ground)
    keep()
    return decision


def _check_ground(
    report: Report, kind: str, ground: str, reason: str, evidence: str, county: str, at: datetime,
    refusal: Mapping[str, str] | None,
) -> None:  # fmt: skip
    def mark(name: str) -> object:
        return rules.mark(GROUNDS, ground, name, at, county)

    if not rules.is_code(GROUNDS, ground, at, county):
        raise BadInput(_("請選不開案的理由。"), field="ground")
    if mark("allowed") in ("no", False):
        raise Refused(_("行方不明不能不開案。請先協尋：查戶籍、學校、就醫、親友。"))
    if not reason.strip():
        raise BadInput(_("請寫為什麼不開案，督導才看得懂。"), field="reason")
    child = facts_of(report, kind, county, now=at)["has_child"]
    if mark("not_for_children") in YES and child != "no":
        raise Refused(_("有兒少或還不確定有沒有時，不能以拒絕不開案。請由學校、衛生單位接觸。"))
    if rule_id := mark("rule"):
        advice = rules.advise(str(rule_id), {"child": child, **(refusal or {})}, at, county)
        if advice is not None and advice.outcome != "may_close":
            raise Refused(_("還不能以拒絕不開案：%(why)s。") % {"why": advice.label})
    if (mark("evidence") or mark("seen_required") in YES) and not evidence.strip():
        raise BadInput(_("請寫依據：誰在什麼時候見到本人，或哪一件、哪一份文。"), field="evidence")


def _check_matter(
    report: Report, person_id: UUID, ground: str, evidence: str, county: str, *, by: Viewer, at: datetime
) -> None:
    """A pair that is in a case already names it: an open one about this very person, so that he is looked after there.

    For a child the second person then confirms it as a supervisor does every not-opening; without such a case there
    is nothing to confirm, and the report goes on.
    """
    if not rules.mark(GROUNDS, ground, "second_person_under_age", at, county):
        return
    if facts_of(report, rules.CHILD_PROTECTION, county, now=at)["has_child"] == "no":
        return
    written = unicodedata.normalize("NFKC", evidence).upper()
    if not any(number in written for number in cases_of(by, report.id, person_id)):
        raise Refused(_("依據要寫這個孩子進行中案件的編號。沒有那一件，就不能算已在案。"))


@transaction.atomic
def approve_review(
    *, review_id: UUID, by: Viewer, at: datetime, words: str = "", by_phone: bool = False,
    approver_id: UUID | None = None,
) -> Review:  # fmt: skip
    """核可 of what this room sends to review, and what that allows: the duplicate counts, the report ends."""
    review = approve(review_id=review_id, by=by, at=at, words=words, by_phone=by_phone, approver_id=approver_id)
    report = Report.objects.get(id=review.matter_id)
    if review.of == ReviewOf.DUPLICATE and review.about_id is not None:
        take_effect(report, review.about_id, by=by, at=at)
    conclude(report, by=by, at=at)
    keep()
    return review


@transaction.atomic
def send_back_review(*, review_id: UUID, words: str, by: Viewer, at: datetime) -> Review:
    """退回: the decision no longer stands; the report goes on as if it had not been proposed.

    A grade that is sent back is owed again, with the clock it had.
    """
    review = send_back(review_id=review_id, words=words, by=by, at=at)
    _grade_again(review, by=by, at=at)
    keep()
    return review


@transaction.atomic
def take_back_review(*, review_id: UUID, by: Viewer, at: datetime) -> None:
    """撤回 by whoever submitted: the decision no longer stands, as if the supervisor had sent it back."""
    withdraw_review(review_id=review_id, by=by, at=at)
    _grade_again(Review.objects.get(id=review_id), by=by, at=at)
    keep()


def _grade_again(review: Review, *, by: Viewer, at: datetime) -> None:
    if review.of == ReviewOf.GRADE and is_open(review.matter_id):
        report = Report.objects.get(id=review.matter_id)
        kind = Decision.objects.values_list("kind", flat=True).get(id=review.about_id)
        owed_again(report, kind, county_of(report), by=by, at=at)


@transaction.atomic
def write_down_review(*, review_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """補登 of a word given by phone; a report that waited for nothing else ends."""
    write_down(review_id=review_id, words=words, by=by, at=at)
    report = Report.objects.filter(id=Review.objects.values_list("matter_id", flat=True).get(id=review_id)).first()
    if report is not None and is_open(report.id):
        conclude(report, by=by, at=at)
        keep()
