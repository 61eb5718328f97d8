"""People no criteria fit: whoever holds the case leads from the first day; 'not ours' needs a receiver who accepted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import involve
from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import CaseSubject, Unfitted, UnfittedLook
from anwang.cases.queries.choosing import may_become_subject
from anwang.cases.states import UnfittedLookAt
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import keep, lock
from anwang.matters.states import OfferState

from .subjects import readable_case

WHY, ENDED = "unfitted.why", "unfitted.ended"
PASSES_ON = ("transfer", "referral", "transition")
EVENT_OF = {UnfittedLookAt.REVIEW: events.UNFITTED_REVIEWED, UnfittedLookAt.CARER: events.UNFITTED_CARER_SUPPORTED}


@dataclass(frozen=True)
class NoCriteria:
    """Why nobody's criteria fit, who said 'not ours', and whether somebody cares for him."""

    why: str
    not_ours: str = ""
    has_carer: str = "unknown"
    carer_id: UUID | None = None


@transaction.atomic
def take_unfitted(*, case_id: UUID, person_id: UUID, told: NoCriteria, by: Viewer, at: datetime) -> Unfitted:
    """A lead first, a diagnosis later: the case's holder serves him until somebody else has accepted.

    His carer is owed support too. Raises BadInput for an unknown reason, NotFound for somebody who has nothing to do
    with it, Conflict when it stands already.
    """
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    if rules.code(WHY, told.why, clock.local(at).date(), matter.county) is None:
        raise BadInput(_("請從清單選為什麼沒有單位符合。"), field="why")
    if not _is_of_case(case_id, person_id, by):
        raise NotFound(_("這個人不在這個案件裡。"))
    involve(file_id=case_id, person_id=person_id, circle=case.circle, by=by)
    if Unfitted.objects.filter(matter_id=case_id, person_id=person_id, ended_at=None).exists():
        raise Conflict(_("這位已經列為先有主責的人。"))
    if told.carer_id:
        involve(file_id=case_id, person_id=told.carer_id, circle=case.circle, by=by)
    found = Unfitted(
        id=uuid7(), matter=matter, person_id=person_id, why=told.why, not_ours=told.not_ours.strip(),
        carer_id=told.carer_id, has_carer="yes" if told.carer_id else told.has_carer, begun_at=at, by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    found.save(force_insert=True)
    happened(matter_id=case_id, event=events.UNFITTED_TAKEN, at=at, by=by, facts={"carer": found.has_carer})
    record("unfitted.taken", by=by, at=at, matter_id=case_id, subject_id=person_id, unfitted=found.id)
    keep()
    return found


@transaction.atomic
def look_at_unfitted(
    *, unfitted_id: UUID, what: UnfittedLookAt | str, words: str, by: Viewer, at: datetime
) -> UnfittedLook:
    """The service was looked at again, or support of the carer was arranged."""
    found = _running(unfitted_id, by)
    if not words.strip():
        raise BadInput(_("請寫做了什麼、接下來怎麼辦。"), field="words")
    chosen = UnfittedLookAt(what)
    look = UnfittedLook(
        id=uuid7(), unfitted=found, matter_id=found.matter_id, what=chosen, words=words.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    look.save(force_insert=True)
    happened(matter_id=found.matter_id, event=EVENT_OF[chosen], at=at, by=by)
    record("unfitted.looked_at", by=by, at=at, matter_id=found.matter_id, unfitted=unfitted_id, what=str(chosen))
    keep()
    return look


@transaction.atomic
def end_unfitted(*, unfitted_id: UUID, how: str, words: str, by: Viewer, at: datetime) -> None:
    """A diagnosis, a receiver who accepted, or a supervisor who says that it is settled. Never 'not ours'."""
    found = _running(unfitted_id, by)
    entry = rules.code(ENDED, how, clock.local(at).date())
    if entry is None:
        raise BadInput(_("請從清單選後來怎麼了。"), field="how")
    if not words.strip():
        raise BadInput(_("請寫由誰接手，或怎麼確認的。"), field="words")
    if entry.marks.get("needs") == "receiver" and not was_accepted(found.matter):
        raise Refused(_("還沒有單位接受。有單位接案之前，由現在的單位繼續。"))
    if entry.marks.get("supervisor") == "yes" and not has(by, Permission.REVIEW):
        raise Refused(_("狀況穩定要由督導檢視後登錄。請洽督導。"))
    Unfitted.objects.filter(id=unfitted_id).update(
        ended_at=at, ended_how=how, ended_words=words.strip(), ended_by=by.worker_id
    )
    happened(matter_id=found.matter_id, event=events.UNFITTED_ENDED, at=at, by=by)
    record("unfitted.ended", by=by, at=at, matter_id=found.matter_id, unfitted=unfitted_id, how=how)
    keep()


def _is_of_case(case_id: UUID, person_id: UUID, by: Viewer) -> bool:
    """A subject, or somebody of its reports or family: whom nobody's criteria fit is often the carer of a child."""
    if CaseSubject.objects.filter(matter_id=case_id, person_id=person_id, until_on=None).exists():
        return True
    return person_id in {id_ for id_, _name in may_become_subject(by, case_id)}


def refuse_while_unfitted(case_id: UUID, evidence: object) -> None:
    """A case with somebody no criteria fit ends with a receiver who accepted, or when he died. For this room."""
    if evidence in ("transfer_answer", "referral_answer"):
        return
    if Unfitted.objects.filter(matter_id=case_id, ended_at=None).exists():
        raise Refused(_("案件裡有還沒有單位符合的人。請先有單位接案，或由督導確認穩定。"))


def was_accepted(matter: Matter) -> bool:
    """Whether another authority or system accepted what was offered to it about this matter."""
    return Offer.objects.filter(matter=matter, kind__in=PASSES_ON, state=OfferState.ACCEPTED).exists()


def _running(unfitted_id: UUID, by: Viewer) -> Unfitted:
    found = Unfitted.objects.select_for_update(of=("self",)).select_related("matter").filter(id=unfitted_id).first()
    if found is None:
        raise NotFound(_("查無這筆紀錄。"))
    policies.may_work(by, found.matter_id).enforce()
    if found.ended_at is not None:
        raise Conflict(_("這件已經結束。請重新整理看最新情形。"))
    return found
