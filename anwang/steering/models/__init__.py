"""Tables of this room."""

from .assessment import Assessment, AssessmentItem
from .card import Card, Trial
from .drawn import Drawn
from .loophole import Loophole, Measure
from .plan import Plan
from .question import Part, Promise, Question
from .task import Task

__all__ = [
    "Assessment",
    "AssessmentItem",
    "Card",
    "Drawn",
    "Loophole",
    "Measure",
    "Part",
    "Plan",
    "Promise",
    "Question",
    "Task",
    "Trial",
]
