"""What is done with a draft of a rule."""

from .asking import ask_replay
from .commenting import answer, comment
from .deciding import approve, hand_on, send_back, withdraw
from .drafting import Change, draft, open_to_comment, revise

__all__ = [
    "Change",
    "answer",
    "approve",
    "ask_replay",
    "comment",
    "draft",
    "hand_on",
    "open_to_comment",
    "revise",
    "send_back",
    "withdraw",
]
