"""Who must know of an order: told, acknowledged, or not needed after all. The last line discharges the duty."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.protection import events, policies, rules, seals
from anwang.protection.models import Order, Relay, RelayTo


@transaction.atomic
def add_receiver(*, order_id: UUID, receiver: str, by: Viewer, at: datetime) -> Relay:
    """Somebody more must know: his worker's unit, another county, a school that no term names."""
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound(_("查無這張保護令。"))
    policies.may_keep(by, order.matter_id).enforce()
    if rules.code(rules.RECEIVER, receiver, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選還要讓誰知道。"), field="receiver")
    if Relay.objects.filter(order=order, receiver=receiver, told_at=None).exists():
        raise Conflict(_("清單上已經有這一個，還沒轉知。"))
    relay = Relay(id=uuid7(), order=order, matter_id=order.matter_id, receiver=receiver, since_at=at)
    relay.save(force_insert=True)
    record("order.receiver_added", by=by, at=at, matter_id=order.matter_id, order=order.id, receiver=receiver)
    return relay


@transaction.atomic
def tell(*, relay_id: UUID, to: str, how: str, by: Viewer, at: datetime) -> None:
    """Somebody was told, by letter or telephone: `to` is which station or school, kept in the safety zone."""
    relay = _relay(relay_id, by, at)
    if relay.told_at is not None or relay.not_needed:
        raise Conflict(_("這一個已經轉知過了。"))
    if not to.strip() or not how.strip():
        raise BadInput(_("請寫轉知了誰、用什麼方式（文號或接電話的人）。"), field="how" if to.strip() else "to")
    relay.told_at, relay.told_by, relay.how = at, by.worker_id, how.strip()
    relay.save(update_fields=["told_at", "told_by", "how"])
    RelayTo(
        relay=relay, matter_id=relay.matter_id, sealed_words=seals.seal(to.strip(), "relay_to.words", relay.id)
    ).save(force_insert=True)  # fmt: skip
    _perhaps_all_told(relay, at, by)
    record("order.told", by=by, at=at, matter_id=relay.matter_id, order=relay.order_id, receiver=relay.receiver)
    keep()


@transaction.atomic
def acknowledge(*, relay_id: UUID, who: str, by: Viewer, at: datetime) -> None:
    """The receiver says that he has it. Written down by whoever heard it; receivers have no account."""
    relay = _relay(relay_id, by, at)
    if relay.told_at is None or at < relay.told_at:
        raise BadInput(_("要先轉知，才有收到。請再看一次時間。"), field="at")
    if relay.acknowledged_at is not None:
        raise Conflict(_("已經記過對方收到。"))
    if not who.strip():
        raise BadInput(_("請寫誰說收到了（職稱就好）。"), field="who")
    relay.acknowledged_at, relay.acknowledged_by = at, who.strip()
    relay.save(update_fields=["acknowledged_at", "acknowledged_by"])
    waiting = Relay.objects.filter(matter_id=relay.matter_id, not_needed="", acknowledged_at=None)
    if not waiting.exists():
        happened(matter_id=relay.matter_id, event=events.ORDER_ACKNOWLEDGED, at=at, by=by)
    record("order.acknowledged", by=by, at=at, matter_id=relay.matter_id, order=relay.order_id)
    keep()


@transaction.atomic
def not_needed(*, relay_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Nobody of this kind need be told: the child is too young for school, she does not want the tax office asked."""
    relay = _relay(relay_id, by, at)
    if relay.told_at is not None:
        raise Conflict(_("這一個已經轉知過了。"))
    if relay.receiver == rules.POLICE:
        raise BadInput(_("保護令一定要讓警察知道。"))
    if not words.strip():
        raise BadInput(_("請寫為什麼不用轉知。"), field="words")
    relay.not_needed = words.strip()
    relay.save(update_fields=["not_needed"])
    _perhaps_all_told(relay, at, by)
    record("order.not_needed", by=by, at=at, matter_id=relay.matter_id, order=relay.order_id)
    keep()


def _perhaps_all_told(relay: Relay, at: datetime, by: Viewer) -> None:
    """The duty is of the matter: it is done when nobody waits for any of its orders."""
    if not Relay.objects.filter(matter_id=relay.matter_id, told_at=None, not_needed="").exists():
        happened(matter_id=relay.matter_id, event=events.ORDER_RELAYED, at=at, by=by)


def _relay(relay_id: UUID, by: Viewer, at: datetime) -> Relay:
    relay = Relay.objects.select_for_update().filter(id=relay_id).first()
    if relay is None:
        raise NotFound(_("查無這一筆轉知。"))
    policies.may_keep(by, relay.matter_id).enforce()
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")
    return relay
