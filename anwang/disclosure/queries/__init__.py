"""Reading what was looked up, asked for, opened, and how much of it there was."""

from .asking import RequestPage, own_requests, request, requests_to_decide
from .grounds import file_in_hand
from .looking import LookPage, contacts_to_confirm, look, look_of_step, own_looks
from .opening import alerts, opening, openings_since, openings_to_review, own_openings, read_under, seconds_waiting
from .sheet import EmergencySheet, sheet_of
from .use import check_receipt, use

__all__ = [
    "EmergencySheet",
    "LookPage",
    "RequestPage",
    "alerts",
    "check_receipt",
    "contacts_to_confirm",
    "file_in_hand",
    "look",
    "look_of_step",
    "opening",
    "openings_since",
    "openings_to_review",
    "own_looks",
    "own_openings",
    "own_requests",
    "read_under",
    "request",
    "requests_to_decide",
    "seconds_waiting",
    "sheet_of",
    "use",
]
