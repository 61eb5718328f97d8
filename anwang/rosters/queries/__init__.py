"""Reading rosters: what is expected, what came, what is wrong, and every child by name for those who may read it."""

from .alarms import Alarm, Feed, feeds, standing
from .counting import Standing, how_many
from .file import SHOWN, SHOWS, FilePage, Mending, file_page, mending, outcomes
from .overview import Counts, FileLine, Overview, Total, kinds, overview, reads_names
from .returning import SentBack, sent_back
from .rows import Row, rows

__all__ = [
    "SHOWN",
    "SHOWS",
    "Alarm",
    "Counts",
    "Feed",
    "FileLine",
    "FilePage",
    "Mending",
    "Overview",
    "Row",
    "SentBack",
    "Standing",
    "Total",
    "feeds",
    "file_page",
    "how_many",
    "kinds",
    "mending",
    "outcomes",
    "overview",
    "reads_names",
    "rows",
    "sent_back",
    "standing",
]
