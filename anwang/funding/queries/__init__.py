"""Reading money. First argument the viewer; answers are flat and finished."""

from .grants import GrantPage, grant_page
from .lines import LinePage, line_page, lines
from .overview import Execution, Overview, execution, overview, years
from .tiers import TierRow, tier_table

__all__ = [
    "Execution",
    "GrantPage",
    "LinePage",
    "Overview",
    "TierRow",
    "execution",
    "grant_page",
    "line_page",
    "lines",
    "overview",
    "tier_table",
    "years",
]
