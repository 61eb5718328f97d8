"""What people do about meetings of policy and their minutes."""

from .correcting import correct, mark_decision, settle, strike_decision
from .gathering import LARGEST as LARGEST_PAPER
from .gathering import add_material, ask, note_came
from .keeping import Brought, bring, split_apart, throw_away
from .planning import add_item, arrange, begin, call_off, drop_item, move_item, plan
from .printing import print_minutes
from .sending import begin_series, confirm, found_body, put_in_series, send
from .writing import adjourn, amend, drop_amendment, write_item, write_section

__all__ = [
    "LARGEST_PAPER",
    "Brought",
    "add_item",
    "add_material",
    "adjourn",
    "amend",
    "arrange",
    "ask",
    "begin",
    "begin_series",
    "bring",
    "call_off",
    "confirm",
    "correct",
    "drop_amendment",
    "drop_item",
    "found_body",
    "mark_decision",
    "move_item",
    "note_came",
    "plan",
    "print_minutes",
    "put_in_series",
    "send",
    "settle",
    "split_apart",
    "strike_decision",
    "throw_away",
    "write_item",
    "write_section",
]
