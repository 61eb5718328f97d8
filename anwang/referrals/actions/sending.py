"""Sending a referral: what is asked, for whom, on which ground; the sender answers until somebody has taken it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened, offer, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind, OfferKind
from anwang.referrals import events, policies, rules
from anwang.referrals.models import Referral, ReferralStep, Transition
from anwang.referrals.states import PlanState, Sort, StepKind
from anwang.rulebook import Advice


@dataclass(frozen=True)
class ReferralIn:
    """What a referral says. `about` and `reach` are written for the receiver, who reads nothing of the case."""

    to_kind: str
    to_unit_id: UUID
    topic: str
    asks: Sequence[str]
    words: str
    urgency: str
    basis: str
    about: str
    born: str = ""
    reach: str = ""
    basis_on: date | None = None
    basis_words: str = ""
    person_id: UUID | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """What was answered to the published indicators: yes, no; anything else is not known."""
    differs_because: str = ""
    effective_on: date | None = None
    transition_id: UUID | None = None
    is_step_down: bool = False


@transaction.atomic
def refer(*, case_id: UUID, given: ReferralIn, by: Viewer, at: datetime) -> Referral:
    """Refer somebody of an open case to another system.

    The case stays where it is and cannot end before somebody has taken the referral on. Raises BadInput for what is
    missing, Refused where the indicators do not fit and nobody says why all the same.
    """
    case = lock(case_id)
    if case.kind != MatterKind.CASE:
        raise NotFound(_("查無這個案件。請確認編號。"))
    policies.may_refer(by, case).enforce()
    check(given, at)
    advice = rules.advise(given.to_kind, given.answers, clock.local(at).date(), case.county)
    _check_advice(advice, given)
    plan = _plan_of(given, case)
    urgent = rules.is_urgent(given.urgency)
    receiver = rules.mark(rules.KINDS, given.to_kind, "system")
    matter = open_matter(
        kind=MatterKind.REFERRAL, sort=Sort.STEP_DOWN if given.is_step_down else "", county=case.county,
        accountable_id=case.accountable_id, acting=Holder.of(case), opened_at=at, event=events.BEGUN,
        facts={"receiver": receiver, "urgent": urgent}, by=by, arose_from=case_id,
    )  # fmt: skip
    referral = _write(matter, case, given, advice, plan)
    offer(
        matter_id=matter.id, kind=OfferKind.TRANSITION if given.effective_on else OfferKind.REFERRAL,
        to_unit_id=given.to_unit_id, by=by, at=at, topic=given.topic, subject_id=given.person_id,
        effective_on=given.effective_on, urgent=urgent == "yes", receiver=receiver,
    )  # fmt: skip
    step(referral, StepKind.SENT, unit_id=case.acting_unit_id, by=by, at=at)
    if plan:
        happened(matter_id=case_id, event=events.REFERRED, at=at, by=by, subject_id=plan.person_id,
                 facts={"transition": plan.kind})  # fmt: skip
    record("referral.sent", by=by, at=at, matter_id=matter.id, case=case_id, to_kind=given.to_kind)
    keep()
    return Referral.objects.select_related("case", "to_unit").get(id=matter.id)


def check(given: ReferralIn, at: datetime) -> None:
    """What a referral must say. Internal to this room."""
    day = clock.local(at).date()
    for list_id, value, name in (
        (rules.KINDS, given.to_kind, "to_kind"), ("joining.topics", given.topic, "topic"),
        ("referral.urgency", given.urgency, "urgency"), ("referral.bases", given.basis, "basis"),
    ):  # fmt: skip
        if rules.code(list_id, value, day) is None:
            raise BadInput(_("請從清單選一項。"), field=name)
    if not given.asks or any(rules.code("referral.asks", one, day) is None for one in given.asks):
        raise BadInput(_("請選要對方做什麼。"), field="asks")
    if not given.about.strip():
        raise BadInput(_("請寫這次轉介是為了誰。"), field="about")
    if not given.words.strip():
        raise BadInput(_("請寫對方接不接要知道的事。"), field="words")
    check_basis(given.basis, given.basis_on, given.basis_words, day)


def check_basis(basis: str, basis_on: date | None, basis_words: str, day: date) -> None:
    """Consent has its day, a duty its law. Internal to this room."""
    if rules.mark("referral.bases", basis, "says_when") == "yes" and (basis_on is None or basis_on > day):
        raise BadInput(_("請填哪一天取得同意。還沒有同意，請選其他依據。"), field="basis_on")
    if rules.mark("referral.bases", basis, "says_law") == "yes" and not basis_words.strip():
        raise BadInput(_("請寫依哪一條法律。"), field="basis_words")


def _check_advice(advice: Advice | None, given: ReferralIn) -> None:
    if advice is None or advice.outcome == rules.FITS or given.differs_because.strip():
        return
    if advice.outcome == rules.REPORT:
        raise Refused(_("疑似保護事件請先通報。通報後仍要轉介，請寫通報編號和理由。"))
    raise BadInput(_("指標沒有說符合。仍要轉介，請寫理由。"), field="differs_because")


def _plan_of(given: ReferralIn, case: Matter) -> Transition | None:
    if given.transition_id is None:
        return None
    plan = Transition.objects.filter(id=given.transition_id, case_id=case.id, state=PlanState.PLANNED).first()
    if plan is None:
        raise NotFound(_("查無這個轉銜，可能已經有人接了。"))
    return plan


def _write(matter: Matter, case: Matter, given: ReferralIn, advice: Advice | None, plan: Transition | None) -> Referral:
    referral = Referral(
        id=matter.id, case=case, to_kind=given.to_kind, to_unit_id=given.to_unit_id, person_id=given.person_id,
        about=given.about.strip(), born=given.born.strip(), reach=given.reach.strip(), topic=given.topic,
        asks=list(given.asks), words=given.words.strip(), urgency=given.urgency, basis=given.basis,
        basis_on=given.basis_on, basis_words=given.basis_words.strip(), effective_on=given.effective_on,
        transition=plan, differs_because=given.differs_because.strip(), recorded_at=clock.now(),
    )  # fmt: skip
    if advice is not None:
        referral.proposed, referral.inputs = advice.outcome or "", dict(advice.inputs)
        referral.rule_id, referral.rule_from, referral.rule_hash = advice.rule_id, advice.from_, advice.hash
    referral.save(force_insert=True)
    return referral


def step(
    referral: Referral, kind: StepKind, *, by: Viewer, at: datetime, unit_id: UUID | None = None, code: str = "",
    words: str = "", ref: str = "",
) -> None:  # fmt: skip
    """One line of what was said and done. Internal to this room."""
    said = ReferralStep(
        id=uuid7(), referral=referral, case_id=referral.case_id, kind=kind, code=code, unit_id=unit_id,
        words=words.strip(), ref=ref.strip(), at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    ReferralStep.objects.bulk_create([said])


def write(referral_id: UUID, **fields: object) -> None:
    """Change a referral while the one who acts still reads it. Internal to this room."""
    if Referral.objects.filter(id=referral_id).update(**fields) != 1:
        raise Conflict(_("這件轉介剛剛已經有人回覆。請重新整理看最新情形。"))


def locked(referral_id: UUID) -> tuple[Referral, Matter]:
    """A referral the viewer reads, with its open matter locked. Internal to this room.

    The case comes first, here as in a hand-over, so that two who meet wait and neither is thrown out.
    """
    case_id = Referral.objects.filter(id=referral_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound(_("查無這件轉介。請確認編號。"))
    Matter.objects.select_for_update(no_key=True, of=("self",)).only("id").get(id=case_id)
    matter = lock(referral_id)
    return Referral.objects.select_related("case", "to_unit").get(id=referral_id), matter
