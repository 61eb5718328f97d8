"""What happens to a case elsewhere moves what this room keeps of it. Told by the kernel, in the same transaction."""

from __future__ import annotations

from anwang.care import rules
from anwang.matters.hearing import Happened
from anwang.matters.states import MatterKind

from .emergencies import followed_when_accepted
from .triaging import strike_off

TRANSFER_ACCEPTED, SUBJECT_ENDED = "transfer.accepted", "subject.ended"


def hear(told: Happened) -> None:
    """銷案 takes off the register; the county of registration that accepted follows from now on."""
    matter = told.matter
    if matter.kind != MatterKind.CASE or matter.sort not in rules.KINDS:
        return
    if told.event == SUBJECT_ENDED and told.subject_id is not None:
        because = str(told.facts.get("reason") or "closed")
        strike_off(matter, told.subject_id, because[:24], by=told.by, at=told.at)
    elif told.event == TRANSFER_ACCEPTED:
        followed_when_accepted(matter, told.at, told.by)
