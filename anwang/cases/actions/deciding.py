"""成案／未成案, and what a supervisor's answer does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, CaseSubject
from anwang.cases.states import Decision, Phase
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Refused
from anwang.matters.actions import approve, end_matter, happened, send_back, submit
from anwang.matters.models import Matter, Review, ReviewWords
from anwang.matters.promises import keep, lock
from anwang.matters.states import ReviewOf

from .closing import apply_closing, take_back_closing
from .refusing import not_looked_after, refuse_unless_respected, refuse_while_searched_for, sight_is_missing
from .subjects import finish_subject, readable_case

LISTS = {Decision.OPENED: "case.open_grounds", Decision.NOT_OPENED: "case.not_open_reasons"}
REVIEWS = {Decision.OPENED: ReviewOf.OPENING, Decision.NOT_OPENED: ReviewOf.NOT_OPENING}


@transaction.atomic
def decide_opening(
    *, case_id: UUID, decision: Decision | str, grounds: Sequence[str], words: str, by: Viewer, at: datetime,
    can_decide: str = "unknown", risk_assessed: bool = False, rights_told: bool = False,
) -> Review:  # fmt: skip
    """Propose 成案 or 未成案 with its grounds; the supervisor's approval makes it so.

    Grounds that want a sight are refused while somebody was not seen; a refusal is a ground only where the four rules
    let it be. Raises BadInput for grounds not on the list of the day, Refused with the rule's sentence.
    """
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    policies.may_decide_opening(case).enforce()
    chosen = Decision(decision)
    if not grounds:
        raise BadInput(_("請至少選一個理由。"), field="grounds")
    if chosen == Decision.NOT_OPENED:
        refuse_while_searched_for(case)
    for ground in grounds:
        _check_ground(case, matter, LISTS[chosen], ground, at, can_decide, risk_assessed, rights_told)
        _check_where(case, matter, LISTS[chosen], ground, words, at)
    Case.objects.filter(id=case_id).update(phase=Phase.UNDER_REVIEW, grounds=list(grounds))
    record("case.opening_proposed", by=by, at=at, matter_id=case_id, decision=str(chosen))
    review = submit(matter_id=case_id, of=REVIEWS[chosen], about_id=case_id, words=words, by=by, at=at)
    keep()
    return review


def _check_ground(
    case: Case, matter: Matter, codelist: str, ground: str, at: datetime, can_decide: str, risk_assessed: bool,
    rights_told: bool,
) -> None:  # fmt: skip
    day = clock.local(at).date()
    entry = rules.code(codelist, ground, day, matter.county)
    if entry is None:
        raise BadInput(_("清單裡沒有這個選項，請重選。"), field="grounds")
    if entry.marks.get("allowed") == "no":
        raise Refused(_("行方不明不能當理由結束，請先發動協尋。"))
    if entry.marks.get("seen_required") == "yes" and (name := sight_is_missing(case)):
        raise Refused(_("還沒有當面見到%(name)s，不能以這個理由不開案。") % {"name": name})
    if entry.marks.get("rule") == rules.REFUSAL_TABLE:
        refuse_unless_respected(
            case, matter, can_decide=can_decide, risk_assessed=risk_assessed, rights_told=rights_told, at=at
        )


def _check_where(case: Case, matter: Matter, codelist: str, ground: str, words: str, at: datetime) -> None:
    """Not opened because in a case already: whoever was not seen must be in an open case, which must be named.

    Whoever reviews is then the second person who confirms it.
    """
    if _is_elsewhere(matter, codelist, ground, at) and (name := not_looked_after(case, words)):
        raise Refused(_("還沒見到%(name)s。要算已在案，請寫他本人進行中的案號；沒有就先訪視。") % {"name": name})


def _is_elsewhere(matter: Matter, codelist: str, ground: str, at: datetime) -> bool:
    entry = rules.code(codelist, ground, clock.local(at).date(), matter.county)
    return entry is not None and bool(entry.marks.get("second_person_under_age"))


@transaction.atomic
def approve_review(
    *, review_id: UUID, by: Viewer, at: datetime, by_phone: bool = False, words: str = "",
    approver_id: UUID | None = None,
) -> Review:  # fmt: skip
    """核可 a review of casework, and do what it allows: open, not open, close; reports and placements just stand."""
    review = approve(
        review_id=review_id, by=by, at=at, by_phone=by_phone, words=words, approver_id=approver_id
    )  # fmt: skip
    if review.of == ReviewOf.OPENING:
        _open(review, by, at)
    elif review.of == ReviewOf.NOT_OPENING:
        _refuse_when_the_other_ended(review)
        _do_not_open(review, by, at)
    elif review.of == ReviewOf.CLOSING:
        apply_closing(review, by, at)
    keep()
    return review


@transaction.atomic
def send_back_review(*, review_id: UUID, words: str, by: Viewer, at: datetime) -> Review:
    """退回 with words; the case goes back to where it was."""
    review = send_back(review_id=review_id, words=words, by=by, at=at)
    if review.of in (ReviewOf.OPENING, ReviewOf.NOT_OPENING):
        case = readable_case(review.matter_id)
        assessed = rules.client_of(case.kind) == rules.FAMILY_CLIENT
        Case.objects.filter(id=case.id).update(phase=Phase.ASSESSING if assessed else Phase.INVESTIGATING)
    elif review.of == ReviewOf.CLOSING:
        take_back_closing(review)
    return review


def _open(review: Review, by: Viewer, at: datetime) -> None:
    case = readable_case(review.matter_id)
    Case.objects.filter(id=case.id).update(
        phase=Phase.OPENED, decision=Decision.OPENED, decided_at=at, decided_by=review.decided_by,
        opened_on=clock.local(at).date(),
    )  # fmt: skip
    for subject in CaseSubject.objects.filter(matter_id=case.id, until_on=None, person__isnull=False):
        facts = {
            "kind": case.kind, "received_at": case.received_at, "opened_at": at, "role": subject.role,
            "listed_for_protection": "yes",
        }  # fmt: skip
        happened(
            matter_id=case.id, event=events.SUBJECT_ADDED, at=at, by=by, facts=facts, subject_id=subject.person_id
        )  # fmt: skip
    _tell_decided(case, Decision.OPENED, by, at)
    record("case.taken_on", by=by, at=at, matter_id=case.id)


def _refuse_when_the_other_ended(review: Review) -> None:
    """What was true when it was proposed must be true still: the case that looks after the unseen is open."""
    case, matter = readable_case(review.matter_id), review.matter
    codelist = LISTS[Decision.NOT_OPENED]
    if not any(_is_elsewhere(matter, codelist, ground, review.submitted_at) for ground in case.grounds):
        return
    said = ReviewWords.objects.filter(review=review, written_by=review.submitted_by).values_list("text", flat=True)
    if name := not_looked_after(case, " ".join(said)):
        raise Refused(_("寫的案件已經結束，%(name)s又還沒見到。請退回，先訪視。") % {"name": name})


def _do_not_open(review: Review, by: Viewer, at: datetime) -> None:
    case = readable_case(review.matter_id)
    refuse_while_searched_for(case)
    reason = case.grounds[0] if case.grounds else Decision.NOT_OPENED.value
    for subject in CaseSubject.objects.filter(matter_id=case.id, until_on=None):
        finish_subject(subject, reason=reason, outcome="", by=by, at=at)
    Case.objects.filter(id=case.id).update(
        phase=Phase.NOT_OPENED, decision=Decision.NOT_OPENED, decided_at=at, decided_by=review.decided_by
    )
    _tell_decided(case, Decision.NOT_OPENED, by, at)
    record("case.not_taken_on", by=by, at=at, matter_id=case.id, reason=reason)
    end_matter(matter_id=case.id, how=Phase.NOT_OPENED, at=at, by=by)


def _tell_decided(case: Case, decision: Decision, by: Viewer, at: datetime) -> None:
    facts = {"kind": case.kind, "received_at": case.received_at, "opened_at": at, "decision": str(decision)}
    happened(matter_id=case.id, event=events.CASE_DECIDED, at=at, by=by, facts=facts)
