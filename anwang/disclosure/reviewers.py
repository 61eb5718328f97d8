"""Who reviews an emergency opening: the privacy officer of the county, else who stands over the reader's unit."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment
from anwang.directory.queries import superiors
from anwang.directory.states import SUPERVISING, Role
from anwang.foundation.errors import Refused
from anwang.matters.holder import Holder


def reviewer_of(reader: Viewer) -> Holder:
    """Somebody else who holds the review. Never the reader; an officer first, then chiefs and supervisors upwards."""
    officer = _post(reader, role__in=[Role.PRIVACY_OFFICER], unit__jurisdiction_id=reader.county)
    if officer:
        return officer
    chain: list[UUID] = superiors(reader.unit_id) if reader.unit_id else []
    for unit in chain:
        found = _post(reader, role__in=[Role.CHIEF, *SUPERVISING], unit_id=unit)
        if found:
            return found
    raise Refused(_("沒有人能覆核，所以不能緊急調閱。請洽值班台。"))


def _post(reader: Viewer, **which: object) -> Holder | None:
    posts = Appointment.objects.filter(ended_at=None, worker__left_on=None, unit__is_public=True, **which)
    found = posts.exclude(worker_id=reader.worker_id).order_by("started_at", "id").first()
    return Holder(found.unit_id, found.worker_id) if found else None
