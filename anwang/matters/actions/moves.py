"""Acts that move responsibility at once: assignment to another unit, to another worker, and the signature."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.directory.queries import has_post, live_contract
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.matters import events, policies
from anwang.matters.grants import end_of_authority, end_of_receiver, grant_to_authority, pass_on
from anwang.matters.holder import Holder
from anwang.matters.models import Assignment, Duty, Matter, Offer
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, How, MatterKind, OfferState, OwedBy

from .duties import happened


@transaction.atomic
def assign(
    *,
    matter_id: UUID,
    to: Holder,
    accountable_id: UUID,
    effective_at: datetime,
    expected_since: datetime,
    by: Viewer,
) -> Assignment:
    """指派: an authority gives a matter to one of its units. Moves at once, at its effective time; the receiver signs.

    `expected_since` is the `acting_since` the page showed: when somebody was faster, Conflict and nothing changes.
    """
    matter = lock(matter_id)
    policies.may_assign(by, matter, accountable_id).enforce()
    assignment = move(
        matter=matter,
        to=to,
        how=How.ASSIGNED,
        at=effective_at,
        expected_since=expected_since,
        by=by,
        accountable_id=accountable_id,
    )
    happened(matter_id=matter_id, event=events.ASSIGNED, at=effective_at, by=by)
    keep()
    return assignment


@transaction.atomic
def reassign(
    *, matter_id: UUID, to: Holder, effective_at: datetime, expected_since: datetime, by: Viewer
) -> Assignment:
    """改派: within the unit, to another worker or to its desk. At once; the receiver signs."""
    matter = lock(matter_id)
    policies.may_reassign(by, matter, to.unit_id).enforce()
    assignment = move(matter=matter, to=to, how=How.REASSIGNED, at=effective_at, expected_since=expected_since, by=by)
    happened(matter_id=matter_id, event=events.ASSIGNED, at=effective_at, by=by)
    keep()
    return assignment


def move(
    *,
    matter: Matter,
    to: Holder,
    how: How,
    at: datetime,
    expected_since: datetime,
    by: Viewer,
    accountable_id: UUID | None = None,
    is_signed: bool = False,
) -> Assignment:
    """The one way a matter changes hands. Internal to the kernel: callers have locked, permitted, and keep promises.

    `is_signed`: the act itself was the receiver's signature (an acceptance, a signed list).
    """
    giver, authority = Holder.of(matter), matter.accountable_id
    if matter.acting_since != expected_since:
        raise Conflict(_("剛才已經有人交接這件事。請重新整理，看現在由誰處理。"))
    if giver == to:
        raise BadInput(_("這件事已經由同一位承辦。請選別人，或不用交接。"), field="to")
    _check_instant(matter, at)
    until = reads_until(to, accountable_id or authority, at)
    _write_holders(matter, to, how, at, by, accountable_id)
    Duty.objects.filter(matter=matter, state=DutyState.OPEN, owed_by=OwedBy.ACTING).update(
        unit_id=to.unit_id, worker_id=to.worker_id, desk_id=to.desk_id
    )
    Assignment.objects.filter(matter=matter, signed_at=None, superseded_at=None).update(superseded_at=at)
    pass_on([matter.id], giver, to, by=by, at=at, until=until)
    if accountable_id and accountable_id != authority:
        end_of_authority(matter.id, authority, by=by, at=at)
        grant_to_authority(matter.id, accountable_id, by=by, at=at)
    moved = _write_assignment(matter, giver, to, how, at, by, is_signed)
    if matter.kind == MatterKind.CASE:
        _take_along(matter, giver, to, how, at, by, accountable_id)
    return moved


def _take_along(
    case: Matter, giver: Holder, to: Holder, how: How, at: datetime, by: Viewer, accountable_id: UUID | None
) -> None:
    """What the giver had referred from a case goes with it: whoever holds the case awaits the answers.

    A unit that was asked and now holds the case itself is asked no longer. What was referred after an effective time
    that lies back goes now.
    """
    mine = Matter.objects.select_for_update(no_key=True, of=("self",)).filter(
        arose_from=case.id, kind=MatterKind.REFERRAL, ended_at=None, acting_unit_id=giver.unit_id,
        acting_worker_id=giver.worker_id, acting_desk_id=giver.desk_id,
    )  # fmt: skip
    for referral in mine.order_by("id"):
        since = max(referral.acting_since, referral.accountable_since)
        asked = Offer.objects.filter(pending_of=referral.id)
        for offer in asked.filter(to_unit_id=to.unit_id):
            end_of_receiver(referral.id, offer.to_unit_id, "offer", offer.id, by=by, at=at)
        asked.filter(to_unit_id=to.unit_id).update(state=OfferState.WITHDRAWN)
        asked.update(from_unit_id=to.unit_id)
        move(
            matter=referral, to=to, how=how, at=at if at > since else clock.now(), by=by,
            expected_since=referral.acting_since, accountable_id=accountable_id, is_signed=True,
        )  # fmt: skip


def move_authority(*, matter: Matter, accountable_id: UUID, how: How, at: datetime, by: Viewer) -> None:
    """Another authority answers while the same pair keeps acting. Internal to the kernel, as `move`."""
    _check_instant(matter, at)
    reads_until(Holder.of(matter), accountable_id, at)
    former = matter.accountable_id
    Matter.objects.filter(id=matter.id).update(
        accountable_id=accountable_id, accountable_since=at, accountable_how=how, accountable_by=by.worker_id,
        county=Unit.objects.values_list("jurisdiction_id", flat=True).get(id=accountable_id),
    )  # fmt: skip
    end_of_authority(matter.id, former, by=by, at=at)
    grant_to_authority(matter.id, accountable_id, by=by, at=at)
    record(f"matter.{how}", by=by, at=at, matter_id=matter.id, accountable=accountable_id)


def move_all(
    *, matter_ids: Iterable[UUID], giver: Holder, to: Holder, how: How, at: datetime, by: Viewer
) -> frozenset[UUID]:
    """Move what one holder holds to another in a handful of statements, whatever their number; both have signed.

    Internal to the kernel. Matters that somebody else moved or ended meanwhile are left alone; returns those moved.
    """
    held = Matter.objects.select_for_update(no_key=True, of=("self",)).filter(
        id__in=list(matter_ids), ended_at=None, acting_unit_id=giver.unit_id, acting_worker_id=giver.worker_id,
        acting_desk_id=giver.desk_id,
    )  # fmt: skip
    matters = list(held.order_by("id"))
    ids = [matter.id for matter in matters]
    for matter in matters:
        _check_instant(matter, at)
    until = {reads_until(to, authority, at) for authority in {matter.accountable_id for matter in matters}}
    Matter.objects.filter(id__in=ids).update(
        acting_unit_id=to.unit_id, acting_worker_id=to.worker_id, acting_desk_id=to.desk_id, acting_since=at,
        acting_how=how, acting_by=by.worker_id,
    )  # fmt: skip
    Duty.objects.filter(matter_id__in=ids, state=DutyState.OPEN, owed_by=OwedBy.ACTING).update(
        unit_id=to.unit_id, worker_id=to.worker_id, desk_id=to.desk_id
    )
    Assignment.objects.filter(matter_id__in=ids, signed_at=None, superseded_at=None).update(superseded_at=at)
    pass_on(ids, giver, to, by=by, at=at, until=min(filter(None, until), default=None))
    Assignment.objects.bulk_create(
        [_assignment(matter.id, giver, to, how, at, by, is_signed=True) for matter in matters]
    )  # fmt: skip
    record(f"matters.{how}", by=by, at=at, count=len(ids), to_unit=to.unit_id, to_worker=to.worker_id)
    return frozenset(ids)


def reads_until(
    to: Holder, accountable_id: UUID, at: datetime, *, is_public: bool | None = None
) -> datetime | None:  # fmt: skip
    """Until when a new holder reads: None for an authority, the end of its contract for an NGO.

    Refuses a worker who is not at a post there, and an NGO without a live contract with the accountable authority.
    `is_public` of the holder's unit is asked for where the caller has not read it.
    """
    if to.worker_id is not None and not has_post(to.worker_id, to.unit_id):
        raise BadInput(_("這個人不在這個單位任職，不能交給他。請選現在在職的同事。"), field="to")
    if is_public is None:
        is_public = Unit.objects.values_list("is_public", flat=True).get(id=to.unit_id)
    policies.may_act_under(to.unit_id, is_public, accountable_id, at).enforce()
    contract = None if is_public else live_contract(to.unit_id, accountable_id, at)
    return contract.ends_at if contract else None


def _check_instant(matter: Matter, at: datetime) -> None:
    if at > clock.now():
        raise BadInput(_("交接時間不能在未來。請填實際交接的時間。"), field="effective_at")
    if at <= max(matter.acting_since, matter.accountable_since):
        raise BadInput(_("這個時間之後已經有過交接。請填更晚的時間，或用更正補登。"), field="effective_at")


def _write_holders(matter: Matter, to: Holder, how: How, at: datetime, by: Viewer, accountable_id: UUID | None) -> None:
    changes: dict[str, object] = {
        "acting_unit_id": to.unit_id,
        "acting_worker_id": to.worker_id,
        "acting_desk_id": to.desk_id,
        "acting_since": at,
        "acting_how": how,
        "acting_by": by.worker_id,
    }
    if accountable_id and accountable_id != matter.accountable_id:
        changes |= {
            "accountable_id": accountable_id,
            "accountable_since": at,
            "accountable_how": how,
            "accountable_by": by.worker_id,
            "county": Unit.objects.values_list("jurisdiction_id", flat=True).get(id=accountable_id),
        }
    changed = Matter.objects.filter(id=matter.id, acting_since=matter.acting_since, ended_at=None).update(**changes)
    if changed != 1:
        raise Conflict(_("剛才已經有人交接這件事。請重新整理，看現在由誰處理。"))
    for field, value in changes.items():
        setattr(matter, field, value)


def _write_assignment(
    matter: Matter, giver: Holder, to: Holder, how: How, at: datetime, by: Viewer, is_signed: bool
) -> Assignment:
    by_himself = to.worker_id is not None and to.worker_id == by.worker_id
    assignment = _assignment(matter.id, giver, to, how, at, by, is_signed=is_signed or by_himself)
    assignment.save(force_insert=True)
    record(
        f"matter.{how}",
        by=by,
        at=at,
        matter_id=matter.id,
        to_unit=to.unit_id,
        to_worker=to.worker_id,
        to_desk=to.desk_id,
    )
    return assignment


def _assignment(
    matter_id: UUID, giver: Holder, to: Holder, how: How, at: datetime, by: Viewer, *, is_signed: bool
) -> Assignment:
    now = clock.now()
    made = Assignment(
        id=uuid7(), matter_id=matter_id, how=how, from_unit_id=giver.unit_id, from_worker_id=giver.worker_id,
        to_unit_id=to.unit_id, to_worker_id=to.worker_id, to_desk_id=to.desk_id, effective_at=at, recorded_at=now,
        by=by.worker_id,
    )  # fmt: skip
    if is_signed and by.worker_id:
        made.signed_at, made.signed_recorded_at, made.signed_by = at, now, by.worker_id
    elif is_signed:
        made.superseded_at = at  # done by a job: nobody is asked to sign
    return made


@transaction.atomic
def sign(*, assignment_id: UUID, at: datetime, by: Viewer) -> Assignment:
    """簽收: the receiver confirms that he holds it. Responsibility had moved already; this stops the alarm."""
    assignment = Assignment.objects.select_for_update(no_key=True, of=("self",)).get(id=assignment_id)
    policies.may_sign(by, assignment).enforce()
    if assignment.signed_at is not None or assignment.superseded_at is not None:
        raise Conflict(_("這件指派剛剛已經簽收或改派。請重新整理看最新情形。"))
    if at < assignment.effective_at or at > clock.now():
        raise BadInput(_("簽收時間要在指派之後、現在之前。"), field="at")
    assignment.signed_at, assignment.signed_recorded_at, assignment.signed_by = at, clock.now(), by.worker_id
    assignment.save(update_fields=["signed_at", "signed_recorded_at", "signed_by"])
    record("assignment.signed", by=by, at=at, matter_id=assignment.matter_id, assignment=assignment_id)
    happened(matter_id=assignment.matter_id, event=events.SIGNED, at=at, by=by)
    return assignment
