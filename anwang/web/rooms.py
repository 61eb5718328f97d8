"""Which room's verb carries out a supervisor's word, and an accepted request. Total over kinds (tested).

The kernel's own verb only notes the decision; what it allows (open the case, end the report) is the room's. A room not
installed yet is answered by the kernel's verb.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from anwang.matters.states import MatterKind, OfferKind

KERNEL = "anwang.matters.actions"
ROOM_OF: dict[str, str] = {
    MatterKind.REPORT: "anwang.intake.actions",
    MatterKind.CASE: "anwang.cases.actions",
    MatterKind.PLACEMENT: "anwang.cases.actions",
    MatterKind.COORDINATION: "anwang.cases.actions",
    MatterKind.BREAK_GLASS: KERNEL,
    MatterKind.SUBJECT_REQUEST: KERNEL,
    MatterKind.MEETING: KERNEL,
    MatterKind.DECISION: KERNEL,
    MatterKind.URGENT_ROOM: KERNEL,
    MatterKind.REFERRAL: KERNEL,
    MatterKind.NOTICE: KERNEL,
    MatterKind.SUBMISSION: KERNEL,
    MatterKind.STEERING: KERNEL,
    MatterKind.INCIDENT_REVIEW: KERNEL,
}
"""Kind of matter → the room that owns such records; it has `approve_review` and `send_back_review`."""

OPENS_OF_ITS_OWN: dict[str, str | None] = {
    OfferKind.TRANSFER: None,
    OfferKind.REFERRAL: "intake:new",
    OfferKind.JOINING: None,
    OfferKind.LEAD: None,
    OfferKind.VISIT_REQUEST: None,
    OfferKind.TRANSITION: None,
}
"""Kind of request → the page on which its receiver opens a matter of his own; None when the sender's goes on."""


def approve(kind: str) -> Callable[..., Any]:
    """The verb that approves a review on a matter of this kind."""
    return _verb(kind, "approve_review", "approve")


def send_back(kind: str) -> Callable[..., Any]:
    """The verb that returns one."""
    return _verb(kind, "send_back_review", "send_back")


def write_down(kind: str) -> Callable[..., Any]:
    """The verb that confirms in writing what was approved by phone; most rooms have nothing to add to the kernel's."""
    room = ROOM_OF.get(kind, KERNEL)
    if find_spec(room.rpartition(".")[0]) is not None and hasattr(import_module(room), "write_down_review"):
        return _verb(kind, "write_down_review", "write_down")
    return import_module(KERNEL).write_down  # type: ignore[no-any-return]


def _verb(kind: str, name: str, generic: str) -> Callable[..., Any]:
    room = ROOM_OF.get(kind, KERNEL)
    if find_spec(room.rpartition(".")[0]) is None or room == KERNEL:
        return getattr(import_module(KERNEL), generic)  # type: ignore[no-any-return]
    return getattr(import_module(room), name)  # type: ignore[no-any-return]
