"""Registering an order of a court: what it says, whom it binds and protects, who must know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.models import Involvement
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.protection import events, policies, rules
from anwang.protection.models import Order, OrderChange, OrderProtects, Relay
from anwang.protection.queries.people import standing_in
from anwang.protection.states import ChangeKind


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """What the paper of the court says. `ends_on` is its last day, for a kind that has one."""

    kind: str
    court: str
    number: str
    bound: UUID
    protects: Collection[UUID]
    terms: Collection[str]
    issued_at: datetime
    received_at: datetime
    ends_on: date | None = None
    served_at: datetime | None = None
    distance_m: int | None = None
    treatment_by: date | None = None
    from_county: str = ""


@transaction.atomic
def register_order(*, matter_id: UUID, ordered: Ordered, by: Viewer, at: datetime) -> Order:
    """登錄 (§18 II): the order is in force from its issue. Starts the clocks of telling and of its end.

    The ordinary order ends the temporary and emergency ones of the same pair (§16 VI).
    """
    policies.may_keep(by, matter_id).enforce()
    _check(matter_id, ordered)
    order = _order_of(matter_id, ordered, by)
    order.save(force_insert=True)
    OrderProtects.objects.bulk_create(
        [OrderProtects(id=uuid7(), order=order, matter_id=matter_id, person_id=one) for one in ordered.protects]
    )
    note_change(order, ChangeKind.REGISTERED, at, by)
    must_know(order, ordered.received_at)
    happened(
        matter_id=matter_id, event=events.ORDER_REGISTERED, at=at, by=by,
        facts={"received_at": ordered.received_at, "order_kind": ordered.kind},
    )  # fmt: skip
    date_order(order, at, by)
    _end_what_gives_way(order, at, by)
    record("order.registered", by=by, at=at, matter_id=matter_id, order=order.id, order_kind=order.kind)
    keep()
    return order


def note_change(order: Order, kind: ChangeKind, at: datetime, by: Viewer, words: str = "") -> None:
    """One line of an order's history, as it stands now."""
    OrderChange(
        id=uuid7(), order=order, matter_id=order.matter_id, kind=kind, at=at, terms=order.terms, ends_on=order.ends_on,
        words=words.strip(), by=by.worker_id, recorded_at=clock.now(),
    ).save(force_insert=True)  # fmt: skip


def must_know(order: Order, since: datetime) -> None:
    """Whoever must know by the terms as they stand and has no open line gets one; one told before is told again."""
    waiting = set(Relay.objects.filter(order=order, told_at=None, not_needed="").values_list("receiver", flat=True))
    Relay.objects.bulk_create(
        [
            Relay(id=uuid7(), order=order, matter_id=order.matter_id, receiver=one, since_at=since)
            for one in rules.receivers(order.terms, clock.local(order.issued_at).date())
            if one not in waiting
        ]
    )


def date_order(order: Order, at: datetime, by: Viewer) -> None:
    """Start the clock before the last day of an order, if it has one."""
    if order.ends_on is not None:
        facts = {"expires_at": rules.expires_at(order.ends_on)}
        happened(matter_id=order.matter_id, event=events.ORDER_DATED, at=at, by=by, facts=facts)


def _check(matter_id: UUID, told: Ordered) -> None:
    on = clock.local(told.issued_at).date()
    allowed = {one.code for one in rules.terms_of(told.kind, on)}
    if not allowed:
        raise BadInput(_("核發那一天還沒有這種保護令。請再看一次日期和種類。"), field="kind")
    if not told.terms or not set(told.terms) <= allowed:
        raise BadInput(_("請勾法院准許的款項。這種保護令只能有清單上的款項。"), field="terms")
    if told.issued_at > told.received_at or told.received_at > clock.now():
        raise BadInput(_("收到的時間要在核發之後，也不能在未來。"), field="received_at")
    if rules.lasts(told.kind, on) != (told.ends_on is not None):
        raise BadInput(_("通常與跟騷保護令要填到期日，暫時與緊急的不填。"), field="ends_on")
    check_end(told.ends_on, on)
    if not rules.needs(told.terms, "distance", on) and told.distance_m:
        raise BadInput(_("沒有勾遠離的款項，就不填距離。"), field="distance_m")
    people = set(standing_in(matter_id)) | {told.bound}
    if not told.protects or not set(told.protects) <= people or told.bound in told.protects:
        raise BadInput(_("請勾這張保護令保護誰，不能包括相對人。"), field="protects")
    if not Involvement.objects.filter(person_id=told.bound).exists():
        raise NotFound(_("查無相對人。請先把他登錄在通報或案件裡。"))
    if Order.objects.filter(matter_id=matter_id, court=told.court, number=told.number, bound=told.bound).exists():
        raise Conflict(_("這張保護令已經登錄過了。請到它的頁面更新。"))


def check_end(ends_on: date | None, first: date) -> None:
    """Raises BadInput for a last day before the first or beyond what the court may give at once."""
    if ends_on is None:
        return
    if ends_on < first:
        raise BadInput(_("到期日不能早於開始的那一天。"), field="ends_on")
    if ends_on > rules.longest_until(first):
        raise BadInput(_("超過法院一次能定的期間。請再看一次裁定。"), field="ends_on")


def _order_of(matter_id: UUID, told: Ordered, by: Viewer) -> Order:
    on = clock.local(told.issued_at).date()
    return Order(
        id=uuid7(), matter_id=matter_id, kind=told.kind, court=told.court.strip(), number=told.number.strip(),
        bound_id=told.bound, terms=rules.in_order(told.terms, on), distance_m=told.distance_m,
        treatment_by=told.treatment_by, from_county=told.from_county, issued_at=told.issued_at,
        received_at=told.received_at, served_at=told.served_at, ends_on=told.ends_on, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip


def _end_what_gives_way(order: Order, at: datetime, by: Viewer) -> None:
    on = clock.local(order.issued_at).date()
    if rules.gives_way(order.kind, on) or rules.act_of(order.kind, on) == rules.STALKING:
        return
    for other in Order.objects.filter(matter_id=order.matter_id, bound_id=order.bound_id, ended_at=None):
        if other.id != order.id and rules.gives_way(other.kind, on):
            close(other, "ordinary_issued", max(order.issued_at, other.issued_at), by, order.number)


def close(order: Order, how: str, at: datetime, by: Viewer, words: str = "") -> None:
    """The order is in force no more. What was still to be told of it is told no more, unless another order waits."""
    order.ended_at, order.ended_how, order.stays_until_ruling, order.extension_asked_on = at, how, False, None
    order.save(update_fields=["ended_at", "ended_how", "stays_until_ruling", "extension_asked_on"])
    note_change(order, ChangeKind.ENDED, at, by, words)
    Relay.objects.filter(order=order, told_at=None, not_needed="").update(not_needed=_("已失效"))
