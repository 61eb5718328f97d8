"""The only writes about requests of data subjects and about how long records are kept."""

from .answering import hand_over, look, write_answer, write_copy
from .disputing import dispute, settle_dispute
from .keeping import confirm_erasure, hold, propose_erasure, release, withdraw_erasure
from .printing import print_answer
from .taking import Told, extend, take_request, tie_asker, tie_person, withdraw

__all__ = [
    "Told",
    "confirm_erasure",
    "dispute",
    "extend",
    "hand_over",
    "hold",
    "look",
    "print_answer",
    "propose_erasure",
    "release",
    "settle_dispute",
    "take_request",
    "tie_asker",
    "tie_person",
    "withdraw",
    "withdraw_erasure",
    "write_answer",
    "write_copy",
]
