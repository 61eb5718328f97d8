"""What is read of meetings of policy."""

from .desk import bodies, desk, series_choices
from .known import own_units, units_to_ask
from .paper import earlier_decisions, file_of, later_sittings, material, printed_lines
from .seen import VISIBLE_SQL, is_visible, who
from .sitting import sitting
from .sitting_page import SittingPage

__all__ = [
    "VISIBLE_SQL",
    "SittingPage",
    "bodies",
    "desk",
    "earlier_decisions",
    "file_of",
    "is_visible",
    "later_sittings",
    "material",
    "own_units",
    "printed_lines",
    "series_choices",
    "sitting",
    "units_to_ask",
    "who",
]
