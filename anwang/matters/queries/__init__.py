"""What pages ask of the kernel. Rows come finished as far as the viewer's rights go: what he may not read is empty."""

from .answers import Answer, answered_lately
from .asking import (
    Asked,
    CorrectionLine,
    DisputeAt,
    Held,
    ToAsk,
    asked_of,
    corrections,
    desk_of_unit,
    disputes_of,
    held,
    parties_to_contract,
    units_for,
    words_with,
)
from .branch import UnitLoad, loads
from .deciders import DECIDERS_SQL, Decider, Deciders
from .desk import (
    Load,
    OfferLine,
    ReviewLine,
    Unsigned,
    joined,
    load,
    offer_line,
    offers,
    review_of,
    reviews,
    unsigned,
)
from .judging import DisputeLine, dispute, disputes, statements
from .keeping import ContractLine, ListLine, contracts, held_by, lists
from .lagging import Late, Waiting, lagging
from .moves import Span, dispute_precedents, spans
from .opening import offers_to_open
from .reach import Instead, instead
from .readable import FileRead, files_read_of
from .roster import AbsenceLine, ShiftLine, absences, colleagues, desks_and_gaps, shifts, units_to_ask
from .signing import ToSign, to_sign
from .worklist import DutyRow, ReminderRow, duty_row, matter_of, reminders, worklist

__all__ = [
    "DECIDERS_SQL",
    "AbsenceLine",
    "Answer",
    "Asked",
    "ContractLine",
    "CorrectionLine",
    "Decider",
    "Deciders",
    "DisputeAt",
    "DisputeLine",
    "DutyRow",
    "FileRead",
    "Held",
    "Instead",
    "Late",
    "ListLine",
    "Load",
    "OfferLine",
    "ReminderRow",
    "ReviewLine",
    "ShiftLine",
    "Span",
    "ToAsk",
    "ToSign",
    "UnitLoad",
    "Unsigned",
    "Waiting",
    "absences",
    "answered_lately",
    "asked_of",
    "colleagues",
    "contracts",
    "corrections",
    "desk_of_unit",
    "desks_and_gaps",
    "dispute",
    "dispute_precedents",
    "disputes",
    "disputes_of",
    "duty_row",
    "files_read_of",
    "held",
    "held_by",
    "instead",
    "joined",
    "lagging",
    "lists",
    "load",
    "loads",
    "matter_of",
    "offer_line",
    "offers",
    "offers_to_open",
    "parties_to_contract",
    "reminders",
    "review_of",
    "reviews",
    "shifts",
    "spans",
    "statements",
    "to_sign",
    "units_for",
    "units_to_ask",
    "unsigned",
    "words_with",
    "worklist",
]
