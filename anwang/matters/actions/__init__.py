"""The only writes to the kernel, by what they do."""

from .contracts import end_contract, open_contract
from .corrections import correct_start
from .disputes import add_statement, file_dispute, rule, withdraw_dispute
from .duties import done, excuse, happened, push, reviewed, say_why_late, set_step, wait_for
from .leaving import give_list, hand_over_list, leave, receive_list, stand_in
from .moves import assign, reassign, sign
from .offers import answer, answer_by_proxy, offer, withdraw
from .opening import end_matter, open_matter
from .owing import owe, settle
from .receiving import carry_out_transition, confirm_taken_over, end_joining
from .reminders import remind_me, tick_reminder
from .reviews import approve, approve_all, send_back, submit, withdraw_review, write_down
from .roster import add_absence, add_shift, swap_shift
from .shifts import change_shift, sign_shift

__all__ = [
    "add_absence",
    "add_shift",
    "add_statement",
    "answer",
    "answer_by_proxy",
    "approve",
    "approve_all",
    "assign",
    "carry_out_transition",
    "change_shift",
    "confirm_taken_over",
    "correct_start",
    "done",
    "end_contract",
    "end_joining",
    "end_matter",
    "excuse",
    "file_dispute",
    "give_list",
    "hand_over_list",
    "happened",
    "leave",
    "offer",
    "open_contract",
    "open_matter",
    "owe",
    "push",
    "reassign",
    "receive_list",
    "remind_me",
    "reviewed",
    "rule",
    "say_why_late",
    "send_back",
    "set_step",
    "settle",
    "sign",
    "sign_shift",
    "stand_in",
    "submit",
    "swap_shift",
    "tick_reminder",
    "wait_for",
    "withdraw",
    "withdraw_dispute",
    "withdraw_review",
    "write_down",
]
