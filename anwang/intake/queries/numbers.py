"""From a number that people read aloud to what it names."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.viewer import Viewer
from anwang.foundation import numbers
from anwang.foundation.errors import BadInput
from anwang.intake.models import Call
from anwang.matters.models import Matter


def named(viewer: Viewer, number: str) -> tuple[UUID | None, UUID | None]:
    """The matter or the call with this number, as the viewer may know of it: (matter, None) or (None, call)."""
    try:
        written = numbers.normalise(number)
    except BadInput as error:
        raise BadInput(error.message, field="number") from None
    matter = Matter.objects.filter(number=written).values_list("id", flat=True).first()
    if matter is not None and zones_of(viewer, matter):
        return matter, None
    call = Call.objects.filter(number=written).values_list("id", flat=True).first()
    if call is None:
        raise BadInput(_("查無這個編號，或不在你的範圍。請再看一次。"), field="number")
    return None, call


def number_of(viewer: Viewer, matter_id: UUID) -> str:
    """The number of a matter, for whoever has just made it."""
    return str(Matter.objects.values_list("number", flat=True).get(id=matter_id))
