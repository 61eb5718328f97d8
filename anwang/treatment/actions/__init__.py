"""The only writes to programmes, by what they do."""

from .attending import add_sessions, mark_came
from .ending import end_programme, report_outcome
from .missing import decide_missed, note_missed, tell_missed
from .registering import Client, Ordered, plan_programme, register_programme
from .threatening import note_threat, warned

__all__ = [
    "Client",
    "Ordered",
    "add_sessions",
    "decide_missed",
    "end_programme",
    "mark_came",
    "note_missed",
    "note_threat",
    "plan_programme",
    "register_programme",
    "report_outcome",
    "tell_missed",
    "warned",
]
