"""Which requests a viewer may open: for lists that lead to them, never to a page that is not there for him."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from anwang.access.verdict import Verdict
from anwang.access.viewer import Viewer
from anwang.directory.queries import stands_for
from anwang.foundation import clock
from anwang.matters.models import Offer
from anwang.matters.states import OfferState


def offers_to_open(viewer: Viewer, ids: Iterable[UUID], *, sees: Callable[[Viewer, Offer], Verdict]) -> set[UUID]:
    """Those of these requests that wait and that the policy `sees` shows him. For whom he signs is asked at once."""
    wanted = list(ids)
    if not wanted:
        return set()
    found = list(Offer.objects.select_related("matter", "to_unit").filter(id__in=wanted, state=OfferState.PENDING))
    signs = stands_for(viewer.worker_id, {one.to_unit_id for one in found}, clock.now())
    # Of a unit on the system nobody else can answer: the policy is asked only where an answer is entered by proxy.
    return {one.id for one in found if one.to_unit_id in signs or (not one.to_unit.on_system and sees(viewer, one))}
