"""Choosing a place for a placement, moving between places; a placement that ends frees its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import move_placement
from anwang.cases.models import Placement
from anwang.cases.queries import supervisors
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.hearing import Happened
from anwang.matters.promises import keep, lock
from anwang.placements import events, rooms, rules, standing
from anwang.placements.models import Provider, Stay, Waiting

from .waiting import finish

PLACED = "placed"


@dataclass(frozen=True)
class Over:
    """Somebody is taken in beyond the places: a code of `place.over_because`, and the supervisor who agreed."""

    because: str
    agreed_by: UUID


@transaction.atomic
def choose_place(
    *, placement_id: UUID, provider_id: UUID, by: Viewer, at: datetime | None = None, over: Over | None = None
) -> Stay:
    """At which place somebody placed is, from the beginning of his placement unless `at` says later.

    A full or closed place takes nobody, unless a supervisor agreed (`over`). Two at once: the second is told. Raises
    Refused, Conflict when he is at a place already, BadInput for a place of another kind.
    """
    placement = _running(placement_id, by)
    if Stay.objects.filter(placement=placement, until_at=None).exists():
        raise Conflict(_("這位已經有處所。要換地方，請用更換處所。"))
    at = at or placement.placed_at
    provider = _provider(provider_id, at)
    if provider.kind != placement.kind:
        raise BadInput(_("這個處所和安置類型不同。請選同類型的，或先更換處所類型。"), field="provider")
    stay = _take(placement, provider, at, by, over=over)
    record("place.chosen", by=by, at=at, matter_id=placement_id, subject_id=placement.person_id, stay=stay.id)
    keep()
    return stay


@transaction.atomic
def move_to_place(
    *, placement_id: UUID, provider_id: UUID, because: str, by: Viewer, at: datetime, address: str = "",
    ask_whom: str = "", over: Over | None = None,
) -> Stay:  # fmt: skip
    """更換處所: out of one place and into another in the same instant; the placement and its limit go on."""
    placement = _running(placement_id, by)
    here = Stay.objects.select_for_update().filter(placement=placement, until_at=None).first()
    provider = _provider(provider_id, at)
    if here is not None and here.provider_id == provider_id:
        raise BadInput(_("現在就在這個處所。請選另一個。"), field="provider")
    if here is not None and at < here.from_at:
        raise BadInput(_("更換的時間要在住進來之後。"), field="at")
    move_placement(
        placement_id=placement_id, kind=provider.kind, because=because, by=by, at=at, address=address,
        ask_whom=ask_whom,
    )  # fmt: skip
    if here is not None:
        Stay.objects.filter(id=here.id).update(until_at=at)
    stay = _take(placement, provider, at, by, over=over, moved_because=because)
    record("place.changed", by=by, at=at, matter_id=placement_id, subject_id=placement.person_id, stay=stay.id)
    keep()
    return stay


def heard(told: Happened) -> None:
    """A placement ended: its place is free from that instant."""
    if told.event == events.PLACEMENT_ENDED:
        Stay.objects.filter(placement_id=told.matter.id, until_at=None, from_at__lte=told.at).update(until_at=told.at)


def _take(
    placement: Placement, provider: Provider, at: datetime, by: Viewer, *, over: Over | None, moved_because: str = ""
) -> Stay:
    places, closed, taken = rooms.room(provider.id, at)
    is_full = taken >= places - closed
    if is_full:
        _check_over(over, by, at)
    stay = Stay(
        id=uuid7(), placement=placement, case_id=placement.case_id, person_id=placement.person_id, provider=provider,
        from_at=at, moved_because=moved_because, over_because=over.because if over and is_full else "",
        over_agreed_by=over.agreed_by if over and is_full else None, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    stay.save(force_insert=True)
    waits = Waiting.objects.filter(case_id=placement.case_id, person_id=placement.person_id, ended_at=None)
    for waiting in waits:
        finish(waiting, PLACED, by, at)
    return stay


def _check_over(over: Over | None, by: Viewer, at: datetime) -> None:
    if over is None:
        raise Refused(_("這裡沒有空位。請選別處，或經督導同意後超收。"))
    if rules.code(rules.OVER, over.because, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選為什麼滿了還收。"), field="over_because")
    if over.agreed_by not in dict(supervisors(by)):
        raise BadInput(_("請選哪位督導同意超收。"), field="over_agreed_by")


def _running(placement_id: UUID, by: Viewer) -> Placement:
    placement = Placement.objects.filter(id=placement_id).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    standing.may_choose(by, placement.case_id).enforce()
    lock(placement_id)
    if placement.ended_at is not None:
        raise Conflict(_("這件安置已經結束。"))
    return placement


def _provider(provider_id: UUID, at: datetime) -> Provider:
    """The provider, locked: whoever takes the last place is alone while he counts."""
    provider = Provider.objects.select_for_update().filter(id=provider_id).first()
    if provider is None:
        raise NotFound(_("查無這個處所。"))
    if provider.closed_on is not None and clock.local(at).date() > provider.closed_on:
        raise Refused(_("這個處所已經不再收住。請選別處。"))
    return provider
