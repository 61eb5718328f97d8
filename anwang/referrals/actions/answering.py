"""Answering a referral: taken, sent back with a reason, asked about, sent on; and given back after it was taken."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, Refused
from anwang.matters import actions as matters
from anwang.matters.actions.moves import move
from anwang.matters.grants import end_of_receiver
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import keep, lock
from anwang.matters.states import AnsweredHow, How, OfferKind, OfferState
from anwang.referrals import events, policies, rules
from anwang.referrals.models import Referral
from anwang.referrals.states import TAKEN, ReferralState, Sort, StepKind

from .sending import check_basis, locked, step, write

NOT_OURS = "not_competent"
"""Code of `offer.decline_reasons` for a request that the receiver sends on itself."""


@transaction.atomic
def accept(*, referral_id: UUID, by: Viewer, at: datetime, to: Holder | None = None, words: str = "") -> Referral:
    """The receiver takes it on; `to` names who there. From now on it answers for what was asked of it."""
    referral, asked = _asked(referral_id)
    matters.answer(offer_id=asked.id, accept=True, by=by, at=at, to=to)
    return _taken(referral, by, at, words)


@transaction.atomic
def accept_by_proxy(
    *, referral_id: UUID, name: str, how: AnsweredHow, ref: str, by: Viewer, at: datetime, words: str = ""
) -> Referral:
    """代登: who there said yes, by which telephone or letter. The sender goes on chasing until the outcome."""
    referral, asked = _asked(referral_id)
    matters.answer_by_proxy(offer_id=asked.id, accept=True, name=name, how=how, ref=ref, at=at, by=by)
    return _taken(referral, by, at, words, f"{name.strip()} {ref.strip()}")


@transaction.atomic
def send_back(*, referral_id: UUID, reason: str, by: Viewer, at: datetime, words: str = "") -> Referral:
    """退回 with a reason; the sender decides what comes next, within days."""
    referral, asked = _asked(referral_id)
    matters.answer(offer_id=asked.id, accept=False, by=by, at=at, reason=reason)
    return _returned(referral, asked, reason, by, at, words)


@transaction.atomic
def send_back_by_proxy(
    *, referral_id: UUID, reason: str, name: str, how: AnsweredHow, ref: str, by: Viewer, at: datetime, words: str = ""
) -> Referral:
    """代登: who there said no, and why."""
    referral, asked = _asked(referral_id)
    matters.answer_by_proxy(
        offer_id=asked.id, accept=False, name=name, how=how, ref=ref, at=at, by=by, reason=reason
    )  # fmt: skip
    return _returned(referral, asked, reason, by, at, words, f"{name.strip()} {ref.strip()}")


@transaction.atomic
def ask_back(*, referral_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """The receiver asks before it answers. Its own clock runs on; the sender's to reply starts."""
    referral, asked = _asked(referral_id)
    policies.may_ask_back(by, referral).enforce()
    if not words.strip():
        raise BadInput(_("請寫要問什麼。"), field="words")
    step(referral, StepKind.ASKED_BACK, by=by, at=at, unit_id=asked.to_unit_id, words=words)
    matters.happened(matter_id=referral_id, event=events.ASKED_BACK, at=at, by=by)
    record("referral.asked_back", by=by, at=at, matter_id=referral_id)
    keep()


@transaction.atomic
def reply(*, referral_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """The sender answers what was asked."""
    referral, _asked_offer = _asked(referral_id)
    policies.may_send(by, referral).enforce()
    if not words.strip():
        raise BadInput(_("請寫要補充什麼。"), field="words")
    step(referral, StepKind.REPLIED, by=by, at=at, unit_id=referral.case.acting_unit_id, words=words)
    matters.happened(matter_id=referral_id, event=events.REPLIED, at=at, by=by)
    record("referral.replied", by=by, at=at, matter_id=referral_id)
    keep()


@transaction.atomic
def send_on(
    *, referral_id: UUID, to_unit_id: UUID, by: Viewer, at: datetime, words: str = "", to_kind: str = "",
    basis: str = "", basis_on: date | None = None, basis_words: str = "",
) -> Referral:  # fmt: skip
    """改送 another unit: by the sender, or by the receiver where the ground is no consent to one receiver.

    The first clock goes on as long as it has time left. With consent the sender gives the ground anew.
    """
    referral, _matter = locked(referral_id)
    asked = Offer.objects.filter(pending_of=referral_id).first()
    is_sender = bool(policies.may_send(by, referral))
    if referral.state not in (ReferralState.SENT, ReferralState.RETURNED):
        raise Conflict(_("這件轉介已經有人接或已經結束。"))
    _check_sending_on(referral, asked, is_sender, by, basis, basis_on, basis_words, at)
    due = _due(referral, asked)
    if to_kind:
        write(referral_id, to_kind=to_kind)
    if basis and is_sender:
        write(referral_id, basis=basis, basis_on=basis_on, basis_words=basis_words)
    matters.offer(
        matter_id=referral_id, kind=OfferKind.TRANSITION if referral.effective_on else OfferKind.REFERRAL,
        to_unit_id=to_unit_id, by=by, at=at, topic=referral.topic, subject_id=referral.person_id,
        effective_on=referral.effective_on, urgent=rules.is_urgent(referral.urgency) == "yes",
        receiver=rules.mark(rules.KINDS, to_kind or referral.to_kind, "system"), due_at=due,
    )  # fmt: skip
    if asked is not None and is_sender:
        matters.withdraw(offer_id=asked.id, by=by, at=at)
    elif asked is not None:
        matters.answer(offer_id=asked.id, accept=False, by=by, at=at, reason=NOT_OURS)
    step(referral, StepKind.SENT_ON, by=by, at=at, unit_id=to_unit_id, words=words)
    record("referral.sent_on", by=by, at=at, matter_id=referral_id, to_unit=to_unit_id)
    keep()
    return referral


@transaction.atomic
def give_back(*, referral_id: UUID, reason: str, words: str, by: Viewer, at: datetime) -> Referral:
    """接了又退回: only while the sender's case is open, so that somebody is there to answer again."""
    referral, matter = locked(referral_id)
    policies.may_tell(by, referral).enforce()
    if referral.state not in TAKEN:
        raise Conflict(_("這件轉介還沒有人接，或已經結束。"))
    if not reason:
        raise BadInput(_("退回要選一個理由。"), field="reason")
    case = _open_case(referral)
    write(referral_id, state=ReferralState.RETURNED, met_at=None)  # first: with the rest the giver's reading ends
    matters.happened(matter_id=referral_id, event=events.GIVEN_BACK, at=at, by=by)
    taken = Offer.objects.filter(matter_id=referral_id, state=OfferState.ACCEPTED).order_by("answered_at").last()
    if taken is not None:
        end_of_receiver(
            referral_id, taken.to_unit_id, taken.kind, taken.id, by=by, at=at, worker_id=taken.worker_id
        )  # fmt: skip
    step(referral, StepKind.GIVEN_BACK, by=by, at=at, unit_id=referral.to_unit_id, code=reason, words=words)
    if Holder.of(matter) != Holder.of(case):
        move(
            matter=matter, to=Holder.of(case), how=How.GIVEN_BACK, at=at, expected_since=matter.acting_since, by=by,
            accountable_id=case.accountable_id,
        )  # fmt: skip
    matters.happened(matter_id=referral_id, event="referral.answered", at=at, by=by, facts={"accepted": "no"})
    record("referral.given_back", by=by, at=at, matter_id=referral_id, reason=reason)
    keep()
    return referral


def _open_case(referral: Referral) -> Matter:
    try:
        return lock(referral.case_id)
    except Conflict:
        raise Refused(_("送出的單位已經結案，不能退回。請由你們處理，或另找單位。")) from None


def _check_sending_on(
    referral: Referral, asked: Offer | None, is_sender: bool, by: Viewer, basis: str, basis_on: date | None,
    basis_words: str, at: datetime,
) -> None:  # fmt: skip
    goes_on = rules.mark("referral.bases", referral.basis, "to_others") == "yes"
    if is_sender:
        if not goes_on and not basis:
            raise BadInput(_("當事人只同意原來的單位。請再問過他，填新的依據。"), field="basis")
        if basis:
            if rules.code("referral.bases", basis) is None:
                raise BadInput(_("請從清單選一項。"), field="basis")
            check_basis(basis, basis_on, basis_words, clock.local(at).date())
        return
    if asked is None or not policies.may_ask_back(by, referral):
        raise Refused(_("改送由收到或送出轉介的單位辦理。"))
    if not goes_on:
        raise Refused(_("當事人只同意轉給你們。請退回並寫建議的單位，由對方再問過他。"))


def _due(referral: Referral, asked: Offer | None) -> datetime | None:
    """The first time for answering, while there is any left of it."""
    first = Offer.objects.filter(matter_id=referral.id).order_by("sent_at", "id").first()
    return first.answer_due_at if first is not None and first.answer_due_at > clock.now() else None


def _asked(referral_id: UUID) -> tuple[Referral, Offer]:
    referral, _matter = locked(referral_id)
    asked = Offer.objects.filter(pending_of=referral_id).select_related("to_unit").first()
    if asked is None:
        raise Conflict(_("這件轉介剛剛已經有人回覆。請重新整理看最新情形。"))
    return referral, asked


def _taken(referral: Referral, by: Viewer, at: datetime, words: str, ref: str = "") -> Referral:
    step(referral, StepKind.ACCEPTED, by=by, at=at, unit_id=referral.to_unit_id, words=words, ref=ref)
    matter = Matter.objects.get(id=referral.id)
    facts = {
        "urgent": rules.is_urgent(referral.urgency), "step_down": "yes" if matter.sort == Sort.STEP_DOWN else "no",
        "receiver": rules.mark(rules.KINDS, referral.to_kind, "system"),
    }  # fmt: skip
    matters.happened(
        matter_id=referral.id, event=events.TAKEN, at=at, by=by, facts=facts, subject_id=referral.person_id
    )  # fmt: skip
    if referral.transition_id:
        matters.happened(
            matter_id=referral.case_id, event=events.ACCEPTED, at=at, by=by, subject_id=referral.person_id
        )  # fmt: skip
    keep()
    return Referral.objects.select_related("case", "to_unit").get(id=referral.id)


def _returned(
    referral: Referral, asked: Offer, reason: str, by: Viewer, at: datetime, words: str, ref: str = ""
) -> Referral:
    step(
        referral, StepKind.RETURNED, by=by, at=at, unit_id=asked.to_unit_id, code=reason, words=words, ref=ref
    )  # fmt: skip
    keep()
    return referral
