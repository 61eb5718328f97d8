"""What is read of tracked decisions, of who was told of them, and of the line from a sentence to what it changed."""

from .back import SaidBy, said_by
from .choosing import link_choices, sentences_of_rulings, units_to_ask, units_to_tell
from .decision import DecisionPage, decision
from .desk import DecisionLine, Desk, desk
from .drawn import Drawn, End, minutes_drawn, summaries
from .sitting import SittingPage, relay, sentence, sitting, sitting_followed
from .status import StatusTable, status

__all__ = [
    "DecisionLine",
    "DecisionPage",
    "Desk",
    "Drawn",
    "End",
    "SaidBy",
    "SittingPage",
    "StatusTable",
    "decision",
    "desk",
    "link_choices",
    "minutes_drawn",
    "relay",
    "said_by",
    "sentence",
    "sentences_of_rulings",
    "sitting",
    "sitting_followed",
    "status",
    "summaries",
    "units_to_ask",
    "units_to_tell",
]
