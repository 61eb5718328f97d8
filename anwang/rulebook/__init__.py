"""Every clock, threshold, table, form and code list as dated, cited data. Plain Python; see README.md."""

from .advice import Advice, Ask
from .book import Rulebook, book, load
from .cites import Cite, Source
from .duties import Duty, Started
from .problems import NotInForce, Problem, RulebookError, UnknownRule, WrongAnswer
from .text import Text
from .values import Code, Step
from .versions import Handle, Version

__all__ = [
    "Advice",
    "Ask",
    "Cite",
    "Code",
    "Duty",
    "Handle",
    "NotInForce",
    "Problem",
    "Rulebook",
    "RulebookError",
    "Source",
    "Started",
    "Step",
    "Text",
    "UnknownRule",
    "Version",
    "WrongAnswer",
    "book",
    "load",
]
