"""What becomes of an order: served, changed, extended or not, ended. Each leaves a line of its history."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.protection import events, policies, rules
from anwang.protection.models import Order, Relay
from anwang.protection.states import ChangeKind, Standing

from .registering import check_end, close, date_order, must_know, note_change


def open_order(order_id: UUID, by: Viewer, at: datetime) -> Order:
    """The order, locked, if it has not ended and `by` keeps it."""
    order = Order.objects.select_for_update().filter(id=order_id).first()
    if order is None:
        raise NotFound(_("查無這張保護令。"))
    policies.may_keep(by, order.matter_id).enforce()
    if order.ended_at is not None:
        raise Conflict(_("這張保護令已經失效。"))
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")
    return order


@transaction.atomic
def serve(*, order_id: UUID, by: Viewer, at: datetime) -> None:
    """It was served on him. It was in force before (自核發時起生效)."""
    order = open_order(order_id, by, at)
    if order.served_at is not None:
        raise Conflict(_("已經記過送達的時間。"))
    if at < order.issued_at:
        raise BadInput(_("送達不能早於核發。"), field="at")
    order.served_at = at
    order.save(update_fields=["served_at"])
    _done(order, ChangeKind.SERVED, at, by, "order.served")


@transaction.atomic
def change_order(
    *, order_id: UUID, terms: Collection[str], words: str, by: Viewer, at: datetime, distance_m: int | None = None
) -> None:
    """法院變更: other terms from now on. Everybody is told again."""
    order = open_order(order_id, by, at)
    on = clock.local(at).date()
    if not terms or not set(terms) <= {one.code for one in rules.terms_of(order.kind, on)}:
        raise BadInput(_("請勾法院准許的款項。這種保護令只能有清單上的款項。"), field="terms")
    order.terms, order.distance_m = rules.in_order(terms, on), distance_m
    order.save(update_fields=["terms", "distance_m"])
    must_know(order, at)
    facts = {"received_at": at, "order_kind": order.kind}
    happened(matter_id=order.matter_id, event=events.ORDER_CHANGED, at=at, by=by, facts=facts)
    _done(order, ChangeKind.CHANGED, at, by, "order.changed", words)


@transaction.atomic
def ask_extension(*, order_id: UUID, by: Viewer, at: datetime, words: str = "") -> None:
    """聲請延長: asked for before the last day is over, the order stays in force until the court has ruled (§15 IV)."""
    order = open_order(order_id, by, at)
    on = clock.local(at).date()
    if order.ends_on is None:
        raise BadInput(_("這種保護令沒有到期日，不能聲請延長。"))
    if order.extension_asked_on is not None:
        raise Conflict(_("已經聲請延長，還在等法院裁定。"))
    if rules.standing(order, on) != Standing.IN_FORCE:
        raise BadInput(_("期滿後不能延長。請和被害人討論重新聲請。"), field="at")
    order.extension_asked_on = on
    order.stays_until_ruling = rules.stays_until_ruling(order.kind, order.ends_on)
    order.save(update_fields=["extension_asked_on", "stays_until_ruling"])
    happened(matter_id=order.matter_id, event=events.ORDER_EXTENSION_ASKED, at=at, by=by)
    _done(order, ChangeKind.ASKED, at, by, "order.extension_asked", words)


@transaction.atomic
def rule_on_extension(*, order_id: UUID, until: date | None, by: Viewer, at: datetime, words: str = "") -> None:
    """The court ruled: extended until a day, or (None) refused, with which the order ends unless its day is to come."""
    order = open_order(order_id, by, at)
    if order.extension_asked_on is None or order.ends_on is None:
        raise Conflict(_("沒有等裁定的延長聲請。請先記聲請延長。"))
    on, was = clock.local(at).date(), order.ends_on
    order.extension_asked_on, order.stays_until_ruling = None, False
    if until is not None:
        check_end(until, max(was, on))
        if until <= was:
            raise BadInput(_("延長後的到期日要在原來的之後。"), field="until")
        order.ends_on = until
    order.save(update_fields=["extension_asked_on", "stays_until_ruling", "ends_on"])
    if until is not None:
        date_order(order, at, by)
        must_know(order, at)
        facts = {"received_at": at, "order_kind": order.kind}
        happened(matter_id=order.matter_id, event=events.ORDER_CHANGED, at=at, by=by, facts=facts)
    _done(order, ChangeKind.EXTENDED if until else ChangeKind.NOT_EXTENDED, at, by, "order.extension_ruled", words)
    if until is None and was < on:
        _end(order, "expired", at, by)
    keep()


@transaction.atomic
def decide_not_to_extend(*, order_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """It was talked over with her and nothing is asked of the court; why stands in the history."""
    order = open_order(order_id, by, at)
    if not words.strip():
        raise BadInput(_("請寫和被害人談過什麼、為什麼不聲請。"), field="words")
    happened(matter_id=order.matter_id, event=events.ORDER_NOT_EXTENDED, at=at, by=by)
    _done(order, ChangeKind.NOT_ASKED, at, by, "order.not_extended", words)


@transaction.atomic
def plan_safety(*, order_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """A safety plan was made with her (行政機關辦法§9-3), or looked at again after the order was broken."""
    order = open_order(order_id, by, at)
    if not words.strip():
        raise BadInput(_("請寫安全計畫的重點，不要寫住處。"), field="words")
    happened(matter_id=order.matter_id, event=events.ORDER_SAFETY_PLANNED, at=at, by=by)
    _done(order, ChangeKind.SAFETY_PLAN, at, by, "order.safety_planned", words)


@transaction.atomic
def end_order(*, order_id: UUID, how: str, by: Viewer, at: datetime, words: str = "") -> None:
    """失效: how (`order.end`), from when."""
    order = open_order(order_id, by, at)
    on = clock.local(at).date()
    if how not in {one.code for one in rules.ends_how(order.kind, on)}:
        raise BadInput(_("請選這張保護令怎麼失效。"), field="how")
    if how == "expired" and rules.standing(order, on) != Standing.OVER:
        raise BadInput(_("還沒期滿，或延長還在等裁定。請再看一次。"), field="how")
    if at < order.issued_at:
        raise BadInput(_("失效不能早於核發。"), field="at")
    _end(order, how, at, by, words)
    record("order.ended", by=by, at=at, matter_id=order.matter_id, order=order.id, how=how)
    keep()


def _end(order: Order, how: str, at: datetime, by: Viewer, words: str = "") -> None:
    close(order, how, at, by, words)
    left = Order.objects.filter(matter_id=order.matter_id, ended_at=None)
    if not left.exists():
        happened(matter_id=order.matter_id, event=events.ORDER_ENDED, at=at, by=by, facts={"how": how})
    elif not Relay.objects.filter(order__in=left, told_at=None, not_needed="").exists():
        happened(matter_id=order.matter_id, event=events.ORDER_RELAYED, at=at, by=by)


def _done(order: Order, kind: ChangeKind, at: datetime, by: Viewer, act: str, words: str = "") -> None:
    note_change(order, kind, at, by, words)
    record(act, by=by, at=at, matter_id=order.matter_id, order=order.id)
    keep()
