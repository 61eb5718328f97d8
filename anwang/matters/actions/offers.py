"""Acts that ask another unit: 移轄、轉介、協力、主責、協訪、轉銜. Silence and refusal leave all with the sender."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies, rules
from anwang.matters.grants import end_of_receiver, grant_to_receiver
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter, Offer, OfferWords
from anwang.matters.promises import keep, lock
from anwang.matters.states import AnsweredHow, DutyState, MatterKind, OfferKind, OfferState

from .duties import happened
from .events_of_offers import answered, offered
from .receiving import carry_out

WHILE_ASKED = {OfferKind.TRANSFER: (Zone.WORK, Zone.CASE), OfferKind.TRANSITION: (Zone.WORK, Zone.CASE)}
"""Who may become the authority reads the case to decide; anybody else reads only that it exists."""


@transaction.atomic
def offer(
    *,
    matter_id: UUID,
    kind: OfferKind,
    to_unit_id: UUID,
    by: Viewer,
    at: datetime,
    topic: str = "",
    subject_id: UUID | None = None,
    effective_on: date | None = None,
    until: datetime | None = None,
    urgent: bool = False,
    words: str = "",
    receiver: str = "",
    due_at: datetime | None = None,
) -> Offer:
    """Ask. The matter stays where it is; the sender owes the chasing of the answer, and waits for it visibly.

    `topic` codes the issue of a joining or the task of a visit; `until` ends a joining's period; `effective_on` is
    the day of a 轉銜; `words` are for the receiver alone and whoever reads the case. `receiver` is the system that is
    asked, where its clock differs; `due_at` an earlier request's time for answering, which sending on does not renew.
    """
    matter = lock(matter_id)
    to_unit = Unit.objects.filter(id=to_unit_id, closed_on=None).first()
    if to_unit is None:
        raise BadInput(_("找不到這個單位，或已經裁撤。請改找現在承辦的單位。"), field="to_unit")
    policies.may_offer(by, matter, kind, to_unit).enforce()
    _check_sending(matter, kind, to_unit_id, at, topic, effective_on)
    asking, facts = offered(kind, urgent, matter.kind), _facts(to_unit, urgent, receiver)
    chased = rules.chasing(asking.event, facts, at, matter.county)
    due = due_at or (chased or rules.answer_clock(asking.rule, at, matter.county, urgent)).due_at
    sent = Offer.objects.create(
        id=uuid7(), matter=matter, kind=kind, from_unit_id=_sender(matter, by), to_unit=to_unit, subject_id=subject_id,
        topic=topic, sent_at=at, recorded_at=clock.now(), by=by.worker_id, answer_due_at=due,
        effective_on=effective_on, until=until,
    )  # fmt: skip
    if to_unit.on_system:
        zones = (Zone.WORK, Zone.CASE) if matter.kind == MatterKind.REFERRAL else WHILE_ASKED.get(kind, (Zone.WORK,))
        grant_to_receiver(matter_id, to_unit_id, zones, "offer", sent.id, by=by, at=at)
    _say(sent, words, by)
    _chase(sent, matter, facts, by)
    record(f"offer.{kind}", by=by, at=at, matter_id=matter_id, offer=sent.id, to_unit=to_unit_id)
    keep()
    return sent


@transaction.atomic
def answer(
    *, offer_id: UUID, accept: bool, by: Viewer, at: datetime, reason: str = "", to: Holder | None = None
) -> Offer:
    """The receiver accepts or declines with a reason. `to` names who acts there (its desk when nobody is named)."""
    asked, matter = _pending(offer_id)
    policies.may_answer(by, asked).enforce()
    return _settle(asked, matter, accept=accept, by=by, at=at, reason=reason, to=to)


@transaction.atomic
def answer_by_proxy(
    *,
    offer_id: UUID,
    accept: bool,
    name: str,
    how: AnsweredHow,
    ref: str,
    at: datetime,
    by: Viewer,
    reason: str = "",
) -> Offer:
    """代登: the answer of a receiver without accounts: who there, by phone (the number) or letter (文號), when."""
    asked, matter = _pending(offer_id)
    policies.may_answer_by_proxy(by, asked).enforce()
    if how not in (AnsweredHow.PHONE, AnsweredHow.LETTER):
        raise BadInput(_("請選對方用電話還是公文回覆。"), field="how")
    if not name.strip() or not ref.strip():
        raise BadInput(_("請寫對方誰回覆的，和電話號碼或公文文號。"), field="name" if not name.strip() else "ref")
    Offer.objects.filter(id=offer_id).update(answered_name=name.strip(), answered_ref=ref.strip())
    return _settle(asked, matter, accept=accept, by=by, at=at, reason=reason, how=how)


@transaction.atomic
def withdraw(*, offer_id: UUID, by: Viewer, at: datetime) -> None:
    """撤回, before the answer."""
    asked, matter = _pending(offer_id)
    policies.may_withdraw(by, asked).enforce()
    Offer.objects.filter(id=offer_id).update(state=OfferState.WITHDRAWN)
    _after_the_answer(asked, matter, accept=False, reason="withdrawn", by=by, at=at)
    record("offer.withdrawn", by=by, at=at, matter_id=matter.id, offer=offer_id)
    keep()


def _settle(
    asked: Offer, matter: Matter, *, accept: bool, by: Viewer, at: datetime, reason: str,
    to: Holder | None = None, how: AnsweredHow = AnsweredHow.SYSTEM,
) -> Offer:  # fmt: skip
    if not asked.sent_at <= at <= clock.now():
        raise BadInput(_("回覆時間要在送出之後、現在之前。"), field="at")
    if not accept and not reason:
        raise BadInput(_("退回要選一個理由。"), field="reason")
    state = OfferState.ACCEPTED if accept else OfferState.DECLINED
    changed = Offer.objects.filter(id=asked.id, state=OfferState.PENDING).update(
        state=state, answered_at=at, answered_recorded_at=clock.now(), answered_by=by.worker_id, answered_how=how,
        reason=reason, worker_id=to.worker_id if to else None,
    )  # fmt: skip
    if changed != 1:
        raise Conflict(_("這個請求剛剛已經有人回覆或撤回。請重新整理看最新情形。"))
    _after_the_answer(asked, matter, accept=accept, reason=reason, by=by, at=at, how=how)
    asked.refresh_from_db()
    if accept:
        carry_out(asked, matter, to, by=by, at=at)
    record(f"offer.{state}", by=by, at=at, matter_id=matter.id, offer=asked.id, kind=asked.kind, how=how, reason=reason)
    keep()
    return asked


def _after_the_answer(
    asked: Offer, matter: Matter, *, accept: bool, reason: str, by: Viewer, at: datetime, how: str = ""
) -> None:
    """Reading because one was asked ends; the chasing ends, and goes on for others asked the same way."""
    end_of_receiver(matter.id, asked.to_unit_id, "offer", asked.id, by=by, at=at)
    event, facts = answered(OfferKind(asked.kind), accept, reason, how, matter.kind)
    happened(matter_id=matter.id, event=event, at=at, by=by, facts=facts, subject_id=asked.subject_id)
    other = Offer.objects.filter(pending_of=matter.id, kind=asked.kind).order_by("sent_at").first()
    if other is not None:
        _chase(other, matter, _facts(other.to_unit, False, ""), by)


def _say(sent: Offer, words: str, by: Viewer) -> None:
    if words.strip() and by.worker_id:
        written = OfferWords(
            id=uuid7(), offer=sent, matter_id=sent.matter_id, text=words.strip(), written_by=by.worker_id,
            recorded_at=clock.now(),
        )  # fmt: skip
        OfferWords.objects.bulk_create([written])


def _facts(to_unit: Unit, urgent: bool, receiver: str) -> dict[str, object]:
    facts: dict[str, object] = {
        "to": str(to_unit.id),
        "receiver_on_system": "yes" if to_unit.on_system else "no",
        "urgent": "yes" if urgent else "no",
    }
    return facts | ({"receiver": receiver} if receiver else {})


def _chase(sent: Offer, matter: Matter, facts: dict[str, object], by: Viewer) -> None:
    event = offered(OfferKind(sent.kind), facts["urgent"] == "yes", matter.kind).event
    started = happened(matter_id=sent.matter_id, event=event, at=sent.sent_at, by=by, facts=facts)
    rule_ids = {duty.rule_id for duty in started} | {
        offered(OfferKind(sent.kind), urgent, matter.kind).rule for urgent in (True, False)
    }
    Duty.objects.filter(open_of=sent.matter_id, rule_id__in=rule_ids, state=DutyState.OPEN).update(
        waiting_for=sent.kind, waiting_from=sent.sent_at, waiting_until=sent.answer_due_at
    )


def _pending(offer_id: UUID) -> tuple[Offer, Matter]:
    asked = Offer.objects.select_related("to_unit").filter(id=offer_id).first()
    if asked is None:
        raise NotFound(_("查無這個請求。"))
    matter = lock(asked.matter_id)
    asked.refresh_from_db(fields=["state"])
    if asked.state != OfferState.PENDING:
        raise Conflict(_("這個請求剛剛已經有人回覆或撤回。請重新整理看最新情形。"))
    if asked.from_unit_id not in (matter.accountable_id, matter.acting_unit_id):
        raise Conflict(_("送出請求的單位已經不承辦這件事。請現在的單位重新送。"))
    return asked, matter


def _sender(matter: Matter, by: Viewer) -> UUID:
    mine = [unit for unit in (matter.accountable_id, matter.acting_unit_id) if unit in by.units]
    return mine[0] if mine else matter.accountable_id


def _check_sending(
    matter: Matter, kind: OfferKind, to_unit_id: UUID, at: datetime, topic: str, effective_on: date | None
) -> None:
    if not matter.opened_at <= at <= clock.now():
        raise BadInput(_("送出時間要在受理之後、現在之前。"), field="at")
    if to_unit_id in (matter.accountable_id, matter.acting_unit_id):
        raise BadInput(_("這個單位已經在處理這件事。"), field="to_unit")
    if kind in (OfferKind.JOINING, OfferKind.VISIT_REQUEST) and not topic:
        raise BadInput(_("請選要對方做什麼。"), field="topic")
    if kind == OfferKind.TRANSITION and (effective_on is None or effective_on <= clock.local(at).date()):
        raise BadInput(_("轉銜要寫哪一天起由對方負責，而且要在今天之後。"), field="effective_on")
    if Offer.objects.filter(pending_of=matter.id, kind=kind, to_unit_id=to_unit_id).exists():
        raise Conflict(_("已經請過這個單位，正等回覆。"))
