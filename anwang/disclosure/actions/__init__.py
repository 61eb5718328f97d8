"""The acts of looking across agencies and of opening in an emergency."""

from .asking import Letter, Wanted, ask_contents, decide_request, register_letter, renew, withdraw_request
from .breaking import Because, Whose, agree_as_second, ask_second_person, break_glass, end_opening
from .looking import Asked, Looked, ask_contact, confirm_contact, log_conversation, look_up
from .reviewing import note_alert, review_opening
from .spooling import open_unrecorded

__all__ = [
    "Asked",
    "Because",
    "Letter",
    "Looked",
    "Wanted",
    "Whose",
    "agree_as_second",
    "ask_contact",
    "ask_contents",
    "ask_second_person",
    "break_glass",
    "confirm_contact",
    "decide_request",
    "end_opening",
    "log_conversation",
    "look_up",
    "note_alert",
    "open_unrecorded",
    "register_letter",
    "renew",
    "review_opening",
    "withdraw_request",
]
