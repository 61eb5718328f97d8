"""The one write that needs no right of its own: a unit that nobody there can open a desk for gets its window."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from anwang.audit.actions import Actor, record
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7

from .models import Desk, Unit
from .queries import desk_of

WINDOW, WINDOW_EN = gettext_noop("對外窗口"), "Contact window"


@transaction.atomic
def window_of(*, unit_id: UUID, by: Actor) -> UUID:
    """The desk at which a unit acts when no worker of it is known here: its own, else its window (ADR 0010).

    A window is a desk without a roster, reached at the unit's telephone. Made once, when first needed.
    """
    Unit.objects.select_for_update(no_key=True).get(id=unit_id)
    found = desk_of(unit_id)
    if found is not None:
        return found
    unit = Unit.objects.get(id=unit_id)
    if unit.closed_on is not None:
        raise BadInput(_("對方單位已經裁撤。請改找現在承辦的單位。"))
    desk = Desk.objects.create(id=uuid7(), unit=unit, name=WINDOW, name_en=WINDOW_EN, phone=unit.phone)
    record("desk.window_made", by=by, subject_id=desk.id, unit=unit_id)
    return desk.id
