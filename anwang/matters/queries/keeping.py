"""What a unit keeps: hand-over lists that miss a signature, its commissions, what a worker holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.directory.models import Contract
from anwang.matters.models import HandOverItem, HandOverList, Matter

from .whom import Whom, said


@dataclass(frozen=True)
class ListLine:
    id: UUID
    reason: str
    giver: str
    effective_at: datetime
    given_at: datetime | None
    items: tuple[tuple[str, str, datetime | None, bool, str], ...]
    """(number, receiver, received at, overtaken or ended meanwhile, about whom)"""
    giver_id: UUID | None
    from_unit_id: UUID
    waits_for: tuple[tuple[UUID, str, UUID, bool], ...]
    """(worker or desk, its name, its unit, is a desk) whose signature is missing"""


@dataclass(frozen=True)
class ContractLine:
    id: UUID
    number: str
    ngo: str
    service: str
    posts: int
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None


def lists(viewer: Viewer, units: list[UUID]) -> list[ListLine]:
    """Hand-over lists of the units, or with something for them, that still miss a signature; newest first."""
    waiting = HandOverItem.objects.filter(received_at=None, is_overtaken=False)
    mine = waiting.filter(to_unit_id__in=units) | waiting.filter(list__from_unit_id__in=units)
    found = HandOverList.objects.filter(id__in=mine.values("list_id")).select_related("from_worker", "from_unit")
    items = HandOverItem.objects.filter(list__in=found).select_related("matter", "to_worker", "to_desk")
    of_list: dict[UUID, list[HandOverItem]] = {}
    for item in items.annotate(whom=Whom("matter_id")).order_by("matter__number"):
        of_list.setdefault(item.list_id, []).append(item)
    return [_list(made, of_list[made.id]) for made in found.order_by("-recorded_at")]


def _list(made: HandOverList, items: list[HandOverItem]) -> ListLine:
    over = {i.matter_id for i in items if i.is_overtaken or (i.received_at is None and i.matter.ended_at is not None)}
    named = [
        (i.matter.number, (i.to_worker or i.to_desk).called, i.received_at, i.matter_id in over, said(i.whom))
        for i in items
    ]
    waits = {
        (receiver.id, receiver.called, i.to_unit_id, i.to_worker is None): None
        for i in items if i.received_at is None and not i.is_overtaken
        for receiver in (i.to_worker or i.to_desk,)
    }  # fmt: skip
    giver = made.from_worker.called if made.from_worker else made.from_unit.called
    return ListLine(
        made.id, made.reason, giver, made.effective_at, made.given_at, tuple(named), made.from_worker_id,
        made.from_unit_id, tuple(waits),
    )  # fmt: skip


def contracts(viewer: Viewer, units: list[UUID]) -> list[ContractLine]:
    """Commissions of the authorities above or in these units; those that end first come first."""
    found = Contract.objects.filter(authority_id__in=units).select_related("ngo").order_by("closed_at", "ends_at")
    return [
        ContractLine(c.id, c.number, c.ngo.called, c.service, c.posts, c.starts_at, c.ends_at, c.closed_at)
        for c in found[:50]
    ]  # fmt: skip


def held_by(viewer: Viewer, worker_id: UUID, unit_id: UUID) -> list[tuple[UUID, str, str, str]]:
    """(matter, number, kind, about whom) of what a worker acts on in a unit, for a hand-over list."""
    found = Matter.objects.filter(acting_worker_id=worker_id, acting_unit_id=unit_id, ended_at=None)
    rows = found.order_by("number").values_list("id", "number", "kind", Whom("id"))
    return [(id_, number, kind, said(names)) for id_, number, kind, names in rows]
