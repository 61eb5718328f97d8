"""The kernel: matter, its two holders and their ledgers, duty, assignment, offer, dispute, review.

The promises are declared keys, not code: a holder is a NOT NULL column, so neither gap nor overlap can be written
down; generated columns that are empty when they do not matter, with deferred foreign keys (migration 0003), hold the
rest. No personal text in matter, duty, assignment, offer or ledger.
"""

from .duty import Duty, DutyPush
from .handover import HandOverItem, HandOverList, Reminder, ShiftHandover, ShiftHandoverItem, StartCorrection
from .judgement import Dispute, DisputeStatement, Precedent, Review, ReviewWords
from .matter import AccountableStart, ActingStart, Matter
from .moves import Assignment, Escalation, Offer, OfferWords

__all__ = [
    "AccountableStart",
    "ActingStart",
    "Assignment",
    "Dispute",
    "DisputeStatement",
    "Duty",
    "DutyPush",
    "Escalation",
    "HandOverItem",
    "HandOverList",
    "Matter",
    "Offer",
    "OfferWords",
    "Precedent",
    "Reminder",
    "Review",
    "ReviewWords",
    "ShiftHandover",
    "ShiftHandoverItem",
    "StartCorrection",
]
