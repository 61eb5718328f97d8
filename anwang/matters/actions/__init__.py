"""The only writes to the kernel, by what they do."""

from .duties import done, excuse, happened, push, say_why_late, set_step, wait_for
from .moves import assign, reassign, sign
from .opening import end_matter, open_matter
from .reviews import approve, approve_all, send_back, submit, withdraw_review, write_down

__all__ = [
    "approve",
    "approve_all",
    "assign",
    "done",
    "end_matter",
    "excuse",
    "happened",
    "open_matter",
    "push",
    "reassign",
    "say_why_late",
    "send_back",
    "set_step",
    "sign",
    "submit",
    "wait_for",
    "withdraw_review",
    "write_down",
]
