"""Ending: per subject, told to the lead first, decided by a supervisor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, CaseSubject, Closing, Effort, Leaving, Placement, Search
from anwang.cases.states import Phase
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, submit
from anwang.matters.models import Matter, Review
from anwang.matters.promises import keep, lock
from anwang.matters.states import ReviewOf

from .accepted import accepted, refuse_while_referred, visited_together
from .following import growing_up, must_follow, refuse_unless_quiet
from .leaving import tell_lead
from .refusing import (
    minor_among_subjects,
    refuse_unless_long_missing,
    refuse_unless_respected,
    refuse_unseen,
    refuse_while_searched_for,
)
from .subjects import finish_subject, readable_case
from .unfitted import refuse_while_unfitted

DIED = "died"


@dataclass(frozen=True)
class Ending:
    """Why somebody's service may end. The ticks say what was done before a refusal is respected."""

    reason: str
    summary: str
    capacity: str = "unknown"
    public_danger: str = "no"
    risk_assessed: bool = False
    safety_plan: bool = False
    rights_told: bool = False
    way_back_told: bool = False
    case_discussed: bool = False
    after_care: bool = False


@transaction.atomic
def ask_to_close(
    *, case_id: UUID, ending: Ending, by: Viewer, at: datetime, subject_id: UUID | None = None, words: str = ""
) -> Review:
    """Send the ending of one subject, or of the whole case, to the supervisor. The family's lead is told at once.

    The whole case is refused while a subject is open, with the name. Nobody is closed over who was not seen since the
    last news or the last missed visit. Refusal counts only where the four rules say so.
    """
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    policies.may_close(case).enforce()
    subject = _whom(case, subject_id)
    check_ending(case, matter, subject, ending, at)
    closing = Closing(
        id=uuid7(), matter=matter, subject=subject, reason=ending.reason, summary=ending.summary.strip(),
        capacity=ending.capacity, public_danger=ending.public_danger, safety_plan=ending.safety_plan,
        rights_told=ending.rights_told, way_back_told=ending.way_back_told, case_discussed=ending.case_discussed,
        receiver_accepted=accepted(matter, subject.person_id if subject else None),
        after_care=ending.after_care or must_follow(case, ending.reason, clock.local(at).date(), matter.county),
        at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    closing.save(force_insert=True)
    if _is_last(case, subject):
        Case.objects.filter(id=case_id).update(phase=Phase.CLOSING_REVIEW)
        tell_lead(matter, by=by, at=at)
    record("case.closing_asked", by=by, at=at, matter_id=case_id, reason=ending.reason, closing=closing.id)
    review = submit(matter_id=case_id, of=ReviewOf.CLOSING, about_id=closing.id, words=words, by=by, at=at)
    keep()
    return review


def check_ending(case: Case, matter: Matter, subject: CaseSubject | None, ending: Ending, at: datetime) -> None:
    """Every rule an ending must pass. Internal to this room."""
    day = clock.local(at).date()
    entry = rules.code(f"closing.{case.kind}", ending.reason, day, matter.county)
    if entry is None:
        raise BadInput(_("請從清單選結案理由。"), field="reason")
    if not ending.summary.strip():
        raise BadInput(_("請寫服務摘要和結案時的情形。"), field="summary")
    marks = entry.marks
    if marks.get("keeps_search") == "yes":
        refuse_unless_long_missing(case, subject, matter.county, at)
    else:
        _refuse_while_searched_for(case, subject)
    refuse_while_unfitted(case.id, marks.get("evidence") if ending.reason != DIED else "referral_answer")
    refuse_unless_quiet(case, marks, at, matter.county)
    if marks.get("seen_required") == "yes":
        refuse_unseen(case, subject)
    if subject and Placement.objects.filter(person_id=subject.person_id, ended_at=None).exists():
        raise Refused(_("這位還在安置中。請先結束安置，再送結案。"))
    if marks.get("not_for_children") == "yes" and (case.has_child != "no" or minor_among_subjects(case, day)):
        raise Refused(_("家裡有或可能有兒少，不能用這個理由結案。"))
    if marks.get("rule") == rules.REFUSAL_TABLE:
        refuse_unless_respected(
            case, matter, can_decide=ending.capacity, risk_assessed=ending.risk_assessed,
            rights_told=ending.rights_told and ending.way_back_told, public_danger=ending.public_danger, at=at,
        )  # fmt: skip
    _check_needs(matter, str(marks.get("needs", "")), ending, day)
    refuse_while_referred(matter, subject.person_id if subject else None, is_last=_is_last(case, subject))
    _check_accepted(matter, subject, marks)


def _check_accepted(matter: Matter, subject: CaseSubject | None, marks: Mapping[str, object]) -> None:
    person_id = subject.person_id if subject else None
    if marks.get("evidence") in ("transfer_answer", "referral_answer") and not accepted(matter, person_id):
        raise Refused(_("對方還沒有接受。等對方接案，再送結案。"))
    if marks.get("visited_together") == "yes" and not visited_together(matter, person_id):
        raise Refused(_("降階要先和接手的單位共同訪視，再送結案。"))


def _check_needs(matter: Matter, needs: str, ending: Ending, day: object) -> None:
    if needs == "safety_plan" and not ending.safety_plan:
        raise Refused(_("請先和她訂好安全計畫，再送結案。"))
    if needs == "three_refusals":
        wanted = rules.whole_number("refusal.records_needed", day, matter.county)  # type: ignore[arg-type]
        found = Effort.objects.filter(matter=matter, refused=True).count()
        if found < wanted:
            told = {"found": found, "wanted": wanted}
            raise Refused(_("拒絕要有%(wanted)d次紀錄，現在有%(found)d次。請繼續聯繫。") % told)
        if not ending.case_discussed:
            raise Refused(_("要先做過個案討論，才能以拒絕銷案。"))


def _keeps_search(case: Case, reason: str, at: datetime, county: str) -> bool:
    """Whether this reason leaves the search running: he is opened again when found (少年輔導委員會辦法第14條)."""
    entry = rules.code(f"closing.{case.kind}", reason, clock.local(at).date(), county)
    return entry is not None and entry.marks.get("keeps_search") == "yes"


def _whom(case: Case, subject_id: UUID | None) -> CaseSubject | None:
    still = list(
        CaseSubject.objects.filter(matter_id=case.id, until_on=None).select_related("person").order_by("since_on", "id")
    )
    if subject_id is None:
        named = [one for one in still if one.person_id]
        if named:
            raise Refused(_("%(name)s還在案，不能結整個案件。請逐一送結案。") % {"name": named[0].person.name})
        return still[0] if still else None
    found = next((one for one in still if one.id == subject_id), None)
    if found is None:
        raise Conflict(_("這位案件對象剛剛已經結束。請重新整理看最新情形。"))
    return found


def _is_last(case: Case, subject: CaseSubject | None) -> bool:
    others = CaseSubject.objects.filter(matter_id=case.id, until_on=None)
    return not (others.exclude(id=subject.id) if subject else others).exists()


def _refuse_while_searched_for(case: Case, subject: CaseSubject | None) -> None:
    """Whose service ends may not be sought; with the last one the case ends, and then nobody of it may be."""
    is_last = _is_last(case, subject)
    if is_last or (subject and subject.person_id):
        refuse_while_searched_for(case, None if is_last or subject is None else subject.person_id)


def apply_closing(review: Review, by: Viewer, at: datetime) -> None:
    """What an approved closing does; checked again, for the world may have moved. Internal to this room."""
    closing = Closing.objects.select_related("subject").get(id=review.about_id)
    case, matter = readable_case(closing.matter_id), lock(closing.matter_id)
    if not _keeps_search(case, closing.reason, at, matter.county):
        _refuse_while_searched_for(case, closing.subject)
    if closing.subject and closing.subject.until_on is None:
        entry = rules.code(f"closing.{case.kind}", closing.reason, clock.local(at).date(), matter.county)
        if entry and entry.marks.get("seen_required") == "yes":
            refuse_unseen(case, closing.subject)
        if entry:
            _check_accepted(matter, closing.subject, entry.marks)
        finish_subject(closing.subject, reason=closing.reason, outcome="", by=by, at=at)
    if CaseSubject.objects.filter(matter_id=case.id, until_on=None).exists():
        Case.objects.filter(id=case.id, phase=Phase.CLOSING_REVIEW).update(phase=Phase.OPENED)
        return
    Leaving.objects.filter(matter=matter, objected_at__isnull=False, decided_at=None).update(
        decided_at=at, decided_by=review.decided_by, may_leave=True
    )
    _close(case, closing, by, at)


def take_back_closing(review: Review) -> None:
    """A closing sent back leaves the case in service. Internal to this room."""
    Case.objects.filter(id=review.matter_id, phase=Phase.CLOSING_REVIEW).update(phase=Phase.OPENED)


def _close(case: Case, closing: Closing, by: Viewer, at: datetime) -> None:
    facts = {
        "kind": case.kind, "ended_at": at, "reason": closing.reason,
        "after_care": "yes" if closing.after_care else "no",
        **growing_up(closing.subject, case, closing.reason, at, closing.matter.county),
    }  # fmt: skip
    started = happened(matter_id=case.id, event=events.CASE_CLOSED, at=at, by=by, facts=facts)
    until = max((clock.local(duty.due_at).date() for duty in started), default=None)
    stays = closing.after_care or Search.objects.filter(matter_id=case.id, ended_at=None).exists()
    Case.objects.filter(id=case.id).update(
        phase=Phase.AFTER_CARE if stays else Phase.CLOSED, closed_on=clock.local(at).date(),
        closed_because=closing.reason, after_care_until=until if stays else None,
    )  # fmt: skip
    record("case.closed", by=by, at=at, matter_id=case.id, reason=closing.reason, after_care=stays)
    if not stays:
        end_matter(matter_id=case.id, how=Phase.CLOSED, at=at, by=by)
