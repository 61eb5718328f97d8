"""The only writes to mental health care, by what they do."""

from .compelling import Granted, carry_over, end_measure, grant_measure, note_step, place
from .emergencies import (
    EscortGiven,
    Found,
    Settled,
    answer_check,
    fill_escort,
    hand_over_follow_up,
    report_emergency,
    settle,
    tell_county,
)
from .leaving import (
    Notice,
    announce_leaving,
    call_off_leaving,
    join_planning,
    move_leaving,
    note_left,
    receive_plan,
)
from .posts import fill_post, open_post, vacate_post
from .serving import (
    answer_reroute,
    ask_reroute,
    begin_long,
    hand_back,
    leave_register,
    review_long,
    set_level,
    withdraw_reroute,
)
from .telling import told_her
from .triaging import Choice, Known, decide_service, triage

__all__ = [
    "Choice",
    "EscortGiven",
    "Found",
    "Granted",
    "Known",
    "Notice",
    "Settled",
    "announce_leaving",
    "answer_check",
    "answer_reroute",
    "ask_reroute",
    "begin_long",
    "call_off_leaving",
    "carry_over",
    "decide_service",
    "end_measure",
    "fill_escort",
    "fill_post",
    "grant_measure",
    "hand_back",
    "hand_over_follow_up",
    "join_planning",
    "leave_register",
    "move_leaving",
    "note_left",
    "note_step",
    "open_post",
    "place",
    "receive_plan",
    "report_emergency",
    "review_long",
    "set_level",
    "settle",
    "tell_county",
    "told_her",
    "triage",
    "vacate_post",
    "withdraw_reroute",
]
