"""What protection writes: an order and what follows from it; whose whereabouts are kept."""

from .changing import (
    ask_extension,
    change_order,
    decide_not_to_extend,
    end_order,
    plan_safety,
    rule_on_extension,
    serve,
)
from .registering import Ordered, register_order
from .searching import answer_search, note_search, tell_of_report, tell_of_search
from .shielding import ShieldGiven, cover_place, end_shield, review_shield, shield
from .telling import acknowledge, add_receiver, not_needed, tell
from .violating import answer_violation, note_violation

__all__ = [
    "Ordered",
    "ShieldGiven",
    "acknowledge",
    "add_receiver",
    "answer_search",
    "answer_violation",
    "ask_extension",
    "change_order",
    "cover_place",
    "decide_not_to_extend",
    "end_order",
    "end_shield",
    "not_needed",
    "note_search",
    "note_violation",
    "plan_safety",
    "register_order",
    "review_shield",
    "rule_on_extension",
    "serve",
    "shield",
    "tell",
    "tell_of_report",
    "tell_of_search",
]
