"""前次會議決議辦理情形 written into the agenda: once when the sitting is planned, anew only when somebody asks."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import NotFound
from anwang.minutes import official
from anwang.minutes.actions import write_item
from anwang.minutes.models import Item, Sitting
from anwang.minutes.states import ItemKind
from anwang.tracking import policies
from anwang.tracking.queries.status import as_text


def fill_planned(sitting: Sitting, *, by: Viewer, at: datetime) -> None:
    """Told of every sitting that is planned: its standing first report says how far the tracked decisions are."""
    item = _standing(sitting.id)
    if item is not None and not item.explanation and policies.may_track(by, sitting.unit_id):
        words = as_text(by, sitting.id)
        if words:
            write_item(item_id=item.id, explanation=words, by=by, at=at)


@transaction.atomic
def fill_again(*, sitting_id: UUID, by: Viewer, at: datetime) -> None:
    """Write it anew over what stands there, as the units have reported by now."""
    sitting = Sitting.objects.filter(id=sitting_id).first()
    item = _standing(sitting_id)
    if sitting is None or item is None:
        raise NotFound(_("議程裡沒有前次會議決議辦理情形。請先加這個議案。"))
    policies.may_track(by, sitting.unit_id).enforce()
    write_item(item_id=item.id, explanation=as_text(by, sitting_id) or NOTHING, by=by, at=at)
    record("tracking.filled", by=by, at=at, subject_id=sitting_id)


NOTHING = "沒有列管中的決議。"
"""Official words, in the language of the minutes."""


def _standing(sitting_id: UUID) -> Item | None:
    found = Item.objects.filter(sitting_id=sitting_id, kind=ItemKind.FOLLOWUP, title=official.STANDING)
    return found.order_by("position").first()
