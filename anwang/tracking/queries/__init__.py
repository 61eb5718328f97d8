"""What is read of tracked decisions, of who was told of them, and of the line from a sentence to what it changed."""

from .back import SaidBy, said_by
from .choosing import link_choices, sentences_of_rulings, units_to_ask, units_to_tell
from .decision import DecisionPage, decision
from .desk import DecisionLine, Desk, desk
from .drawn import Drawn, End, minutes_drawn, summaries
from .search import UNTRACKED, Asked, Found, bodies_to_search, search
from .sitting import SittingPage, relay, sentence, sitting, sitting_followed
from .status import StatusTable, status

__all__ = [
    "UNTRACKED",
    "Asked",
    "DecisionLine",
    "DecisionPage",
    "Desk",
    "Drawn",
    "End",
    "Found",
    "SaidBy",
    "SittingPage",
    "StatusTable",
    "bodies_to_search",
    "decision",
    "desk",
    "link_choices",
    "minutes_drawn",
    "relay",
    "said_by",
    "search",
    "sentence",
    "sentences_of_rulings",
    "sitting",
    "sitting_followed",
    "status",
    "summaries",
    "units_to_ask",
    "units_to_tell",
]
