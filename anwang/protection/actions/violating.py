"""An order was broken, and what was done about it (§61: an offence for the terms the list marks)."""

from __future__ import annotations

from collections.abc import Collection
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
from anwang.protection import events, policies, rules
from anwang.protection.models import Order, OrderProtects, Violation


@transaction.atomic
def note_violation(
    *, order_id: UUID, terms: Collection[str], words: str, happened_at: datetime, by: Viewer, at: datetime
) -> Violation:
    """Known `at`: starts the clock of telling the police and of assessing the danger anew.

    Consent of the victim takes nothing from the order (§17), so it is noted all the same.
    """
    order = Order.objects.filter(id=order_id).first()
    if order is None:
        raise NotFound(_("查無這張保護令。"))
    policies.may_keep(by, order.matter_id).enforce()
    broken = [one for one in order.terms if one in set(terms)]
    if not broken or len(broken) != len(set(terms)):
        raise BadInput(_("請勾違反了哪一款。"), field="terms")
    if not words.strip():
        raise BadInput(_("請寫發生什麼事。不要寫她現在的住處。"), field="words")
    if not order.issued_at <= happened_at <= at <= clock.now():
        raise BadInput(_("發生的時間要在核發之後、知道之前。"), field="happened_at")
    violation = Violation(
        id=uuid7(), order=order, matter_id=order.matter_id, terms=broken, words=words.strip(),
        happened_at=happened_at, known_at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    violation.save(force_insert=True)
    crime = "yes" if rules.is_offence(broken, clock.local(happened_at).date()) else "no"
    happened(
        matter_id=order.matter_id, event=events.ORDER_VIOLATED, at=at, by=by, facts={"known_at": at, "crime": crime},
        subject_id=_whom(order),
    )  # fmt: skip
    record("order.violated", by=by, at=at, matter_id=order.matter_id, order=order.id, crime=crime)
    keep()
    return violation


@transaction.atomic
def answer_violation(*, violation_id: UUID, then: str, words: str, by: Viewer, at: datetime) -> None:
    """What was done (`order.broken_then`), to whom it was told, under which number."""
    found = Violation.objects.select_for_update().select_related("order").filter(id=violation_id).first()
    if found is None:
        raise NotFound(_("查無這筆違反紀錄。"))
    policies.may_keep(by, found.matter_id).enforce()
    if found.then:
        raise Conflict(_("這一筆已經記過處理。"))
    if rules.code(rules.BROKEN_THEN, then, clock.local(at).date()) is None:
        raise BadInput(_("請選做了什麼。"), field="then")
    if not words.strip():
        raise BadInput(_("請寫告訴了誰、案號或受理的人。"), field="words")
    if not found.known_at <= at <= clock.now():
        raise BadInput(_("處理的時間要在知道之後，也不能在未來。"), field="at")
    found.then, found.then_at, found.then_words = then, at, words.strip()
    found.save(update_fields=["then", "then_at", "then_words"])
    if not Violation.objects.filter(order=found.order, then="").exists():
        happened(
            matter_id=found.matter_id, event=events.ORDER_VIOLATION_TOLD, at=at, by=by, subject_id=_whom(found.order)
        )
    record("order.violation_answered", by=by, at=at, matter_id=found.matter_id, order=found.order_id, then=then)
    keep()


def _whom(order: Order) -> UUID:
    """The first person the order protects: whose safety the duty is about."""
    return OrderProtects.objects.filter(order=order).order_by("id").values_list("person_id", flat=True)[0]
