"""What is read here: forms to fill, forms as filled, charts, comparisons, the library, people against rules."""

from anwang.instruments.halves import Half

from .filled import FillLine, Index, Latest, index_of, latest, of_case
from .hung import CASE_SQL, FAMILY_SQL, on_page
from .ledger import HalfYear, Ledger, LedgerLine, Tally, half_year, ledger
from .library import Shelf, VersionLine, library, version_sheet
from .offering import FormSheet, Offered, Question, Whom, offered, own_network, report_day, sheet, whom
from .standing import Answer, Chart, Comparison, Point, Result, chart, compare, result

__all__ = [
    "CASE_SQL",
    "FAMILY_SQL",
    "Answer",
    "Chart",
    "Comparison",
    "FillLine",
    "FormSheet",
    "Half",
    "HalfYear",
    "Index",
    "Latest",
    "Ledger",
    "LedgerLine",
    "Offered",
    "Point",
    "Question",
    "Result",
    "Shelf",
    "Tally",
    "VersionLine",
    "Whom",
    "chart",
    "compare",
    "half_year",
    "index_of",
    "latest",
    "ledger",
    "library",
    "of_case",
    "offered",
    "on_page",
    "own_network",
    "report_day",
    "result",
    "sheet",
    "version_sheet",
    "whom",
]
