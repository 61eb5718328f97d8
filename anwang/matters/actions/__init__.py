"""The only writes to the kernel, by what they do."""

from .duties import done, excuse, happened, push, say_why_late, set_step, wait_for
from .moves import assign, reassign, sign
from .offers import answer, answer_by_proxy, offer, withdraw
from .opening import end_matter, open_matter
from .receiving import carry_out_transition, confirm_taken_over, end_joining
from .reviews import approve, approve_all, send_back, submit, withdraw_review, write_down

__all__ = [
    "answer",
    "answer_by_proxy",
    "approve",
    "approve_all",
    "assign",
    "carry_out_transition",
    "confirm_taken_over",
    "done",
    "end_joining",
    "end_matter",
    "excuse",
    "happened",
    "offer",
    "open_matter",
    "push",
    "reassign",
    "say_why_late",
    "send_back",
    "set_step",
    "sign",
    "submit",
    "wait_for",
    "withdraw",
    "withdraw_review",
    "write_down",
]
