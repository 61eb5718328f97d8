"""移交清冊 and leaving: nobody goes while he holds; many matters move in one signed act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anwang.access.models import Account
from anwang.access.proving import stepped_up
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Appointment, Worker
from anwang.directory.queries import has_post, standing, supervisors_of
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters import policies
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, HandOverItem, HandOverList, Matter
from anwang.matters.promises import keep
from anwang.matters.states import DutyState, HandOverReason, How, OwedBy

from .moves import move_all


@transaction.atomic
def hand_over_list(
    *,
    from_worker_id: UUID,
    unit_id: UUID,
    to: Mapping[UUID, Holder],
    reason: HandOverReason,
    effective_at: datetime,
    by: Viewer,
) -> HandOverList:
    """Write the list: for each matter the worker holds in the unit (`to`: matter → who gets it).

    Nothing moves yet. The giver signs (`give_list`), then each receiver (`receive_list`), and his matters move at
    `effective_at` when that was earlier on the same day, else with the signature. Until then the giver keeps acting, or
    the supervisor does (`stand_in`).
    """
    policies.may_prepare_list(by, unit_id).enforce()
    held = dict(
        Matter.objects.filter(acting_worker_id=from_worker_id, acting_unit_id=unit_id, ended_at=None).values_list(
            "id", "acting_since"
        )
    )
    if not to or set(to) - set(held):
        raise BadInput(_("清冊裡有他已經不承辦的事。請重新整理後再製作。"), field="to")
    if any(holder.worker_id == from_worker_id for holder in to.values()):
        raise BadInput(_("不能移交給本人。"), field="to")
    made = _new_list(unit_id, reason, effective_at, by, from_worker_id=from_worker_id)
    HandOverItem.objects.bulk_create(
        [
            HandOverItem(
                list=made, matter_id=matter, since=held[matter], to_unit_id=holder.unit_id,
                to_worker_id=holder.worker_id, to_desk_id=holder.desk_id,
            )
            for matter, holder in to.items()
        ]
    )  # fmt: skip
    record("list.written", by=by, at=effective_at, subject_id=from_worker_id, list=made.id, count=len(to))
    return made


@transaction.atomic
def give_list(*, list_id: UUID, at: datetime, by: Viewer) -> None:
    """The giver's signature; the supervisor's when the giver cannot sign any more."""
    made = _list(list_id)
    policies.may_give(by, made).enforce()
    if made.given_at is not None:
        raise Conflict(_("這份清冊剛剛已經簽過移交。"))
    HandOverList.objects.filter(id=list_id).update(given_by=by.worker_id, given_at=at)
    record("list.given", by=by, at=at, subject_id=made.from_worker_id, list=list_id)


@transaction.atomic
def receive_list(*, list_id: UUID, at: datetime, by: Viewer, for_worker_id: UUID | None = None) -> int:
    """The receiver's signature (or his supervisor's for `for_worker_id`): everything listed to him moves, in one go.

    Of a contract that ended everything is back already (`end_contract`): the signature says so, and moves nothing.

    What somebody else moved meanwhile is marked and left where it is. Returns how many moved; refuses an unsigned list.
    """
    made = _list(list_id)
    if made.given_at is None:
        raise Refused(_("移交的人還沒簽名。請他先簽，或由督導代簽。"))
    wanted = for_worker_id or by.worker_id
    items = list(
        HandOverItem.objects.select_for_update(no_key=True, of=("self",)).filter(
            list=made, received_at=None, is_overtaken=False
        )
    )
    mine = [item for item in items if item.to_worker_id == wanted or (item.to_desk_id and not for_worker_id
            and item.to_desk_id in by.desks)]  # fmt: skip
    if not mine:
        raise Conflict(_("沒有等你簽收的項目，可能剛剛已經簽過。"))
    moved: set[UUID] = set()
    for holder in {Holder(item.to_unit_id, item.to_worker_id, item.to_desk_id) for item in mine}:
        to_him = [item for item in mine if Holder(item.to_unit_id, item.to_worker_id, item.to_desk_id) == holder]
        policies.may_receive(by, to_him[0]).enforce()
        moved |= _returned(to_him, holder) if made.contract_id else _move_items(made, to_him, holder, by, at)
    HandOverItem.objects.filter(list=made, matter_id__in=moved).update(received_by=by.worker_id, received_at=at)
    overtaken = [item.matter_id for item in mine if item.matter_id not in moved]
    HandOverItem.objects.filter(list=made, matter_id__in=overtaken).update(is_overtaken=True)
    record("list.received", by=by, at=at, list=list_id, count=len(moved), overtaken=len(overtaken))
    keep()
    return len(moved)


@transaction.atomic
def stand_in(*, from_worker_id: UUID, unit_id: UUID, at: datetime, by: Viewer) -> HandOverList:
    """督導暫代: the supervisor acts on everything the worker held, from now until the list is received.

    The chief above does so, from his own post, where no supervisor is left who could (the leaver was the only one).
    """
    stands = standing(by.worker_id, unit_id, clock.now())
    others = [one for one in supervisors_of(unit_id) if one not in (from_worker_id, by.worker_id)]
    if by.worker_id is None or not (stands == "supervisor" or (stands == "chief" and not others)):
        raise Refused(_("暫代由本單位的督導辦理。單位沒有督導時，由主管暫代。"))
    if from_worker_id == by.worker_id:
        raise Refused(_("不能暫代自己承辦的事。請移交給同事或另一位督導。"))
    to = Holder(unit_id if has_post(by.worker_id, unit_id) else by.unit_id or unit_id, by.worker_id)
    held = dict(
        Matter.objects.filter(acting_worker_id=from_worker_id, acting_unit_id=unit_id, ended_at=None).values_list(
            "id", "acting_since"
        )
    )
    made = _new_list(unit_id, HandOverReason.STAND_IN, at, by, from_worker_id=from_worker_id, given=True)
    HandOverItem.objects.bulk_create(
        [
            HandOverItem(
                list=made, matter_id=matter, since=since, to_unit_id=to.unit_id, to_worker_id=by.worker_id,
                received_by=by.worker_id, received_at=at,
            )
            for matter, since in held.items()
        ]
    )  # fmt: skip
    move_all(matter_ids=held, giver=Holder(unit_id, from_worker_id), to=to, how=How.HAND_OVER, at=at, by=by)
    _pass_named_duties(from_worker_id, unit_id, to)
    record("list.stood_in", by=by, at=at, subject_id=from_worker_id, count=len(held))
    keep()
    return made


@transaction.atomic
def leave(*, worker_id: UUID, at: datetime, by: Viewer) -> None:
    """離職／停用: refused while he holds an open matter or duty; the database refuses it too."""
    worker = Worker.objects.select_for_update(no_key=True).filter(id=worker_id).first()
    if worker is None or worker.left_on is not None:
        raise NotFound(_("查無這位在職的工作人員。"))
    posts = list(Appointment.objects.select_for_update(no_key=True).filter(live_worker=worker_id))
    for post in posts:
        policies.may_let_go(by, post.unit_id).enforce()
    stepped_up(by).enforce()
    refuse_while_holding(worker_id)
    Appointment.objects.filter(live_worker=worker_id).update(ended_at=at)
    Worker.objects.filter(id=worker_id).update(left_on=clock.local(at).date())
    Account.objects.filter(worker_id=worker_id).update(is_active=False)
    record("worker.left", by=by, at=at, subject_id=worker_id)
    keep()


def refuse_while_holding(worker_id: UUID) -> None:
    """Raise Refused with how many matters and duties he still holds."""
    matters = Matter.objects.filter(acting_worker_id=worker_id, ended_at=None).count()
    if matters:
        words = ngettext(
            "他手上還有%(n)d件。請先完成移交清冊，或由督導暫代。",
            "他手上還有%(n)d件。請先完成移交清冊，或由督導暫代。",
            matters,
        )
        raise Refused(words % {"n": matters})
    duties = Duty.objects.filter(worker_id=worker_id, state=DutyState.OPEN).count()
    if duties:
        words = ngettext("他還欠%(n)d件應辦事項。請先移交或免辦。", "他還欠%(n)d件應辦事項。請先移交或免辦。", duties)
        raise Refused(words % {"n": duties})


def _returned(items: list[HandOverItem], to: Holder) -> set[UUID]:
    """Of the end of a contract: what he got that instant and still holds."""
    held = Matter.objects.filter(acting_unit_id=to.unit_id, acting_worker_id=to.worker_id, acting_desk_id=to.desk_id)
    return set(held.filter(id__in=[item.matter_id for item in items]).values_list("id", flat=True))


def _move_items(made: HandOverList, items: list[HandOverItem], to: Holder, by: Viewer, at: datetime) -> set[UUID]:
    """Who held until the list was signed was still acting: only a list of the same day reaches back to its hour."""
    same_day = clock.local(made.effective_at).date() == clock.local(at).date()
    since = {item.matter_id: item.since for item in items}
    now_acting = list(Matter.objects.filter(id__in=since, ended_at=None))
    unmoved = [
        one.id for one in now_acting
        if (since[one.id] == one.acting_since and one.acting_unit_id == made.from_unit_id) or _stands_in(made, one)
    ]  # fmt: skip
    moved: set[UUID] = set()
    for holder in {Holder.of(one) for one in now_acting if one.id in unmoved}:
        since_then = any(one.acting_since >= made.effective_at for one in now_acting if Holder.of(one) == holder)
        moved |= move_all(
            matter_ids=unmoved, giver=holder, to=to, how=How.HAND_OVER, by=by,
            at=made.effective_at if same_day and not since_then else at,
        )  # fmt: skip
    if made.from_worker_id and to.worker_id:
        _pass_named_duties(made.from_worker_id, made.from_unit_id, to, moved)
    return moved


def _stands_in(made: HandOverList, matter: Matter) -> bool:
    """Whether a supervisor holds it only until this list is received."""
    return HandOverItem.objects.filter(
        list__reason=HandOverReason.STAND_IN, list__from_worker_id=made.from_worker_id, matter=matter,
        to_worker_id=matter.acting_worker_id, received_at=matter.acting_since,
    ).exists()  # fmt: skip


def _pass_named_duties(from_worker_id: UUID, unit_id: UUID, to: Holder, matter_ids: set[UUID] | None = None) -> None:
    """Duties owed by the worker by name go too."""
    owed = Duty.objects.filter(
        worker_id=from_worker_id, unit_id=unit_id, owed_by=OwedBy.WORKER, state=DutyState.OPEN
    )  # fmt: skip
    if matter_ids is not None:
        owed = owed.filter(matter_id__in=matter_ids)
    owed.update(unit_id=to.unit_id, worker_id=to.worker_id)


def _new_list(
    unit_id: UUID, reason: HandOverReason, at: datetime, by: Viewer, *, from_worker_id: UUID | None = None,
    contract_id: UUID | None = None, given: bool = False,
) -> HandOverList:  # fmt: skip
    signed = {"given_by": by.worker_id, "given_at": at} if given and by.worker_id else {}
    return HandOverList.objects.create(
        id=uuid7(), reason=reason, from_unit_id=unit_id, from_worker_id=from_worker_id, contract_id=contract_id,
        effective_at=at, prepared_by=by.worker_id, recorded_at=clock.now(), **signed,
    )  # fmt: skip


def _list(list_id: UUID) -> HandOverList:
    made = HandOverList.objects.select_for_update(no_key=True, of=("self",)).filter(id=list_id).first()
    if made is None:
        raise NotFound(_("查無這份移交清冊。"))
    return made
