"""What an acceptance does: responsibility moves, a partner joins, a former authority looks after."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.actions import window_of
from anwang.directory.queries import desk_of, has_post
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters import events, policies
from anwang.matters.grants import end_of_receiver, grant_to_receiver
from anwang.matters.holder import Holder
from anwang.matters.models import Matter, Offer
from anwang.matters.promises import keep, lock
from anwang.matters.states import How, MatterKind, OfferKind, OfferState

from .duties import happened
from .moves import move
from .opening import end_matter

SHARED = (Zone.WORK, Zone.CASE)
STEP_DOWN = "step_down"
"""Sort of a referral from protection to family service."""


def carry_out(accepted: Offer, matter: Matter, to: Holder | None, *, by: Viewer, at: datetime) -> None:
    """Do what the acceptance means, total over kinds.

    A referral moves nothing of the case: its receiver opens its own matter (the verb per kind is in `web/rooms.py`).
    The referral itself, where it is a matter, goes to a receiver who can hold it. A 轉銜 moves on its day, by
    `carry_out_transition`.
    """
    if matter.kind == MatterKind.REFERRAL:
        _take_referral(accepted, matter, to, by=by, at=at)
    elif accepted.kind in (OfferKind.TRANSFER, OfferKind.LEAD):
        _take_over(accepted, matter, to, by=by, at=at)
    elif accepted.kind in (OfferKind.JOINING, OfferKind.VISIT_REQUEST):
        grant_to_receiver(
            matter.id, accepted.to_unit_id, SHARED, accepted.kind, accepted.id, by=by, at=at,
            worker_id=accepted.worker_id, until=accepted.until,
        )  # fmt: skip


def _take_referral(accepted: Offer, matter: Matter, to: Holder | None, *, by: Viewer, at: datetime) -> None:
    """The receiver holds what was referred to it; until its day, or where it cannot hold, it reads and tells."""
    if accepted.kind != OfferKind.TRANSITION and goes_to_receiver(accepted, matter):
        _take_over(accepted, matter, to, by=by, at=at)
    elif accepted.to_unit.on_system:
        grant_to_receiver(
            matter.id, accepted.to_unit_id, SHARED, accepted.kind, accepted.id, by=by, at=at,
            worker_id=accepted.worker_id,
        )  # fmt: skip


def goes_to_receiver(accepted: Offer, matter: Matter) -> bool:
    """Whether an accepted referral is the receiver's to hold: a public unit with accounts, and no step-down.

    Who steps a family down stays beside the receiver until the look-back.
    """
    return accepted.to_unit.is_public and accepted.to_unit.on_system and matter.sort != STEP_DOWN


def _take_over(accepted: Offer, matter: Matter, to: Holder | None, *, by: Viewer, at: datetime) -> None:
    receiver = to or receiver_of(accepted.to_unit_id, by=by)
    if receiver.unit_id != accepted.to_unit_id:
        raise BadInput(_("只能交給接受單位的人或值班台。"), field="to")
    giver = matter.accountable_id
    move(
        matter=matter, to=receiver, how=How.ACCEPTED, at=at, expected_since=matter.acting_since, by=by,
        accountable_id=accepted.to_unit_id, is_signed=to is None,
    )  # fmt: skip
    if not accepted.to_unit.on_system:
        grant_to_receiver(matter.id, giver, (Zone.WORK,), "look_after", accepted.id, by=by, at=at)


def receiver_of(unit_id: UUID, *, by: Viewer) -> Holder:
    """Who acts in a unit when nobody was named: its desk, else whoever accepted, else its window (ADR 0010)."""
    desk = desk_of(unit_id)
    if desk is None and by.worker_id is not None and has_post(by.worker_id, unit_id):
        return Holder(unit_id, worker_id=by.worker_id)
    return Holder(unit_id, desk_id=desk or window_of(unit_id=unit_id, by=by))


@transaction.atomic
def carry_out_transition(*, offer_id: UUID, by: Viewer) -> bool:
    """轉銜 on its day: what was accepted before takes effect at its midnight. False when it is not due or done."""
    accepted = Offer.objects.select_related("to_unit").get(id=offer_id)
    matter = lock(accepted.matter_id)
    accepted.refresh_from_db()
    if accepted.state != OfferState.ACCEPTED or accepted.ended_at is not None or accepted.effective_on is None:
        return False
    at = clock.local(clock.now()).replace(
        year=accepted.effective_on.year, month=accepted.effective_on.month, day=accepted.effective_on.day,
        hour=0, minute=0, second=0, microsecond=0,
    )  # fmt: skip
    if at > clock.now():
        return False
    at = at if at > matter.acting_since else clock.now()
    worker = accepted.worker_id
    to = Holder(accepted.to_unit_id, worker) if worker and has_post(worker, accepted.to_unit_id) else None
    if matter.kind != MatterKind.REFERRAL or goes_to_receiver(accepted, matter):
        _take_over(accepted, matter, to, by=by, at=at)
    Offer.objects.filter(id=offer_id).update(ended_at=at, ended_because="carried_out")
    keep()
    return True


@transaction.atomic
def end_joining(*, offer_id: UUID, reason: str, by: Viewer, at: datetime) -> None:
    """協力 (or a visit asked for) ends: with a reason, and with the partner's reading."""
    joined = Offer.objects.filter(id=offer_id, kind__in=(OfferKind.JOINING, OfferKind.VISIT_REQUEST)).first()
    if joined is None:
        raise NotFound(_("查無這件協力。"))
    policies.may_end_joining(by, joined).enforce()
    if not reason:
        raise BadInput(_("請選結束協力的理由。"), field="reason")
    changed = Offer.objects.filter(id=offer_id, state=OfferState.ACCEPTED, ended_at=None).update(
        ended_at=at, ended_because=reason
    )
    if changed != 1:
        raise Conflict(_("這件協力已經結束。請重新整理看最新情形。"))
    end_of_receiver(
        joined.matter_id, joined.to_unit_id, joined.kind, joined.id, by=by, at=at, worker_id=joined.worker_id
    )
    record("offer.ended", by=by, at=at, matter_id=joined.matter_id, offer=offer_id, reason=reason)


@transaction.atomic
def confirm_taken_over(*, offer_id: UUID, ref: str, at: datetime, by: Viewer, ends: bool) -> None:
    """The former authority heard that an off-system one has taken over (`ref`: the number called, or 文號).

    `ends`: the other authority keeps its own record, so the matter ends here; otherwise it stays, held by its window.
    """
    moved = Offer.objects.filter(id=offer_id, kind=OfferKind.TRANSFER, state=OfferState.ACCEPTED).first()
    if moved is None:
        raise NotFound(_("查無這件移轄。"))
    policies.may_confirm_taken_over(by, moved).enforce()
    if not ref.strip():
        raise BadInput(_("請寫問到的電話或公文文號。"), field="ref")
    lock(moved.matter_id)
    happened(matter_id=moved.matter_id, event=events.REVIEWED, at=at, by=by)
    Offer.objects.filter(id=offer_id, ended_at=None).update(ended_at=at, ended_because="taken_over")
    record("offer.taken_over", by=by, at=at, matter_id=moved.matter_id, offer=offer_id, ref=ref.strip())
    end_of_receiver(moved.matter_id, moved.from_unit_id, "look_after", offer_id, by=by, at=at)
    if ends:
        end_matter(matter_id=moved.matter_id, how="taken_over", at=at, by=by)
