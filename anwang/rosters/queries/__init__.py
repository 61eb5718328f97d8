"""Reading rosters: what is expected, what came, what is wrong, and every child by name for those who may read it."""

from .alarms import Alarm, Feed, feeds, standing
from .file import SHOWN, SHOWS, FilePage, Mending, file_page, mending, outcomes
from .overview import Overview, Total, kinds, overview, reads_names
from .rows import Row, rows

__all__ = [
    "SHOWN",
    "SHOWS",
    "Alarm",
    "Feed",
    "FilePage",
    "Mending",
    "Overview",
    "Row",
    "Total",
    "feeds",
    "file_page",
    "kinds",
    "mending",
    "outcomes",
    "overview",
    "reads_names",
    "rows",
    "standing",
]
