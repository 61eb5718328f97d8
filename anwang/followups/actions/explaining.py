"""Why a window fell short. Asked, never forced; the number stays as it is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.followups import events, policies, rules
from anwang.followups.models import Mark, Shortfall, Window
from anwang.followups.states import Came
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import settle
from anwang.matters.promises import keep, lock


@transaction.atomic
def explain(*, window_id: UUID, reason: str, by: Viewer, at: datetime, words: str = "") -> None:
    """Say why a window that is over had fewer contacts than owed (`followup.shortfall`); its duty ends with that."""
    window = Window.objects.filter(id=window_id).first()
    if window is None:
        raise NotFound(_("查無這一期。"))
    policies.may_work(by, window.matter_id).enforce()
    matter = lock(window.matter_id)
    if rules.code(rules.SHORTFALL, reason) is None:
        raise BadInput(_("清單裡沒有這個選項，請重選。"), field="reason")
    last = Mark.objects.filter(window=window).order_by("-n").first()
    if last is None or last.came not in (Came.SHORT, Came.EFFORT):
        raise Conflict(_("這一期沒有次數不足。請重新整理看最新情形。"))
    Shortfall.objects.bulk_create([
        Shortfall(
            id=uuid7(), matter=matter, window=window, reason=reason, words=words.strip(), by=by.worker_id, at=at,
            recorded_at=clock.now(),
        )
    ])  # fmt: skip
    if last.duty_id:
        settle(matter_id=matter.id, duty_ids=[last.duty_id], because=events.EXPLAINED, by=by, at=at)
    record("followup.explained", by=by, at=at, matter_id=matter.id, window=window_id, reason=reason)
    keep()
