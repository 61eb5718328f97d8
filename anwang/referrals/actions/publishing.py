"""What a unit publishes of itself as a receiver."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.referrals import policies, rules
from anwang.referrals.models import Reception


@transaction.atomic
def publish(
    *, unit_id: UUID, kind: str, by: Viewer, at: datetime, places: int | None = None, waiting_days: int | None = None,
    says: str = "", phone: str = "",
) -> Reception:  # fmt: skip
    """服務量能 as of today: how many more, how long they wait, whom to ring. What was said before stays, ended."""
    unit = Unit.objects.filter(id=unit_id, closed_on=None).first()
    if unit is None:
        raise NotFound(_("找不到這個單位，或已經裁撤。"))
    policies.may_publish(by, unit).enforce()
    if rules.code(rules.KINDS, kind) is None:
        raise BadInput(_("請選收哪一種轉介。"), field="kind")
    today = clock.local(at).date()
    Reception.objects.filter(unit_id=unit_id, kind=kind, until_on=None).update(until_on=today)
    said = Reception(
        id=uuid7(), unit_id=unit_id, kind=kind, places=places, waiting_days=waiting_days, says=says.strip(),
        phone=phone.strip(), as_of=today, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    said.save(force_insert=True)
    record("reception.published", by=by, at=at, unit=unit_id, kind=kind, places=places)
    return said
