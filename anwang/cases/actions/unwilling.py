"""A refusal is written down, one of four rules answers, and what the rule asks next is done. It closes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import CaseSubject, Effort, Refusal, RefusalStep
from anwang.cases.states import Capacity
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock

from .refusing import refusal_advice
from .subjects import readable_case

STEPS = "refusal.step"


@dataclass(frozen=True)
class RefusalTold:
    """What was known when somebody refused. `public_danger` is yes, no or unknown."""

    words: str
    person_id: UUID | None = None
    method: str = "phone"
    capacity: str = "unknown"
    public_danger: str = "unknown"
    risk_assessed: bool = False
    rights_told: bool = False
    way_back_told: bool = False


@transaction.atomic
def log_refusal(*, case_id: UUID, told: RefusalTold, by: Viewer, at: datetime) -> Refusal:
    """Somebody does not want us. It is an effort in the log, and the rule that answers is kept with its version.

    Starts the next step where the rule says that the service goes on. Raises BadInput without words or for a person
    who is no subject of the case.
    """
    policies.may_work(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    if not told.words.strip():
        raise BadInput(_("請寫他怎麼說。"), field="words")
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")
    if told.capacity not in Capacity.values:
        raise BadInput(_("請選本人能不能自己決定。"), field="capacity")
    if told.person_id and not CaseSubject.objects.filter(matter_id=case_id, person_id=told.person_id).exists():
        raise NotFound(_("這位不是案件對象。請先列為案件對象。"))
    advice = refusal_advice(
        case, matter, can_decide=told.capacity, risk_assessed=told.risk_assessed,
        rights_told=told.rights_told and told.way_back_told, public_danger=told.public_danger, at=at,
    )  # fmt: skip
    refusal = Refusal(
        id=uuid7(), matter=matter, person_id=told.person_id, words=told.words.strip(), capacity=told.capacity,
        public_danger=told.public_danger, risk_assessed=told.risk_assessed, rights_told=told.rights_told,
        way_back_told=told.way_back_told, outcome=advice.outcome or "", row=advice.row or "", rule_from=advice.from_,
        rule_hash=advice.hash, at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    refusal.save(force_insert=True)
    Effort(
        id=uuid7(), matter=matter, person_id=told.person_id, method=told.method, refused=True, words="", at=at,
        by=by.worker_id, recorded_at=clock.now(),
    ).save(force_insert=True)  # fmt: skip
    rule = advice.outcome or rules.NOT_YET
    happened(matter_id=case_id, event=events.REFUSAL_LOGGED, at=at, by=by, facts={"rule": rule, "kind": case.kind})
    record("refusal.logged", by=by, at=at, matter_id=case_id, subject_id=told.person_id, rule=rule, refusal=refusal.id)
    keep()
    return refusal


@transaction.atomic
def answer_refusal(*, refusal_id: UUID, step: str, words: str, by: Viewer, at: datetime) -> RefusalStep:
    """What was done after a refusal, from the steps its rule asks for."""
    refusal = Refusal.objects.filter(id=refusal_id).first()
    if refusal is None:
        raise NotFound(_("查無這筆拒絕紀錄。"))
    policies.may_work(by, refusal.matter_id).enforce()
    entry = rules.code(STEPS, step, clock.local(at).date())
    if entry is None or (refusal.outcome or rules.NOT_YET) not in entry.marks.get("rules", ()):  # type: ignore[operator]
        raise BadInput(_("請從清單選做了什麼。"), field="step")
    if not words.strip():
        raise BadInput(_("請寫做了什麼、結果如何。"), field="words")
    if not refusal.at <= at <= clock.now():
        raise BadInput(_("時間要在拒絕之後、現在之前。"), field="at")
    done = RefusalStep(
        id=uuid7(), refusal=refusal, matter_id=refusal.matter_id, step=step, words=words.strip(), at=at,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    done.save(force_insert=True)
    happened(matter_id=refusal.matter_id, event=events.REFUSAL_ANSWERED, at=at, by=by)
    record("refusal.answered", by=by, at=at, matter_id=refusal.matter_id, refusal=refusal_id, step=step)
    keep()
    return done
