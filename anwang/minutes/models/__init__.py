"""Bodies, their sittings, and the minutes of these: every printed line, items, decisions, doubts, corrections."""

from .body import Body, Series
from .sitting import Attendance, Material, Sitting
from .source import Source, SourceBody
from .text import DecisionCase, DecisionText, DecisionUnit, Item, Node, Response, Section
from .wrong import Amendment, Reading, Uncertain

__all__ = [
    "Amendment",
    "Attendance",
    "Body",
    "DecisionCase",
    "DecisionText",
    "DecisionUnit",
    "Item",
    "Material",
    "Node",
    "Reading",
    "Response",
    "Section",
    "Series",
    "Sitting",
    "Source",
    "SourceBody",
    "Uncertain",
]
