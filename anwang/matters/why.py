"""What was kept with a duty when it was set, for the page that says why it is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound

from .models import Duty


@dataclass(frozen=True)
class DutyOnFile:
    """One duty with its rule, the facts it was counted from, and whose it is now."""

    rule_id: str
    rule_hash: str
    county: str
    inputs: Mapping[str, Any]
    words: str
    words_en: str
    starts_at: datetime
    due_at: datetime
    is_assumed: bool
    pushed: int
    matter_number: str
    owner: str


def duty_on_file(viewer: Viewer, duty_id: UUID) -> DutyOnFile:
    """Raises NotFound, alike for a duty that is not there and for one of a matter the viewer may not know of."""
    duty = Duty.objects.filter(id=duty_id).select_related("matter", "unit", "worker", "desk").first()
    if duty is None or Zone.WORK not in zones_of(viewer, duty.matter_id):
        raise NotFound(_("找不到這件應辦事項。請從今日或案件頁重新進入。"))
    holder = duty.worker or duty.desk
    return DutyOnFile(
        duty.rule_id,
        duty.rule_hash,
        duty.matter.county,
        duty.inputs,
        duty.words,
        duty.words_en,
        duty.starts_at,
        duty.due_at,
        duty.is_assumed,
        duty.pushed,
        duty.matter.number,
        holder.called if holder else duty.unit.called,
    )
