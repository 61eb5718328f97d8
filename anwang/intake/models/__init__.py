"""The front door: calls, reports, what was asked and what was decided.

The person who reported lives in a table of its own, in the reporter zone; the bytes of what came in lie there too,
because forms name who sent them.
"""

from .answering import Receipt, Reply
from .call import Call, CallOut, CheckIn
from .decision import Decision, ReportLink, ScreeningAnswer, ScreeningPair
from .night import ShiftNote, TonightWatch
from .report import (
    OriginalBody,
    ReceivedKey,
    Report,
    ReportDraft,
    Reporter,
    ReportOriginal,
    ReportPerson,
    ReportSupplement,
)

__all__ = [
    "Call",
    "CallOut",
    "CheckIn",
    "Decision",
    "OriginalBody",
    "Receipt",
    "ReceivedKey",
    "Reply",
    "Report",
    "ReportDraft",
    "ReportLink",
    "ReportOriginal",
    "ReportPerson",
    "ReportSupplement",
    "Reporter",
    "ScreeningAnswer",
    "ScreeningPair",
    "ShiftNote",
    "TonightWatch",
]
