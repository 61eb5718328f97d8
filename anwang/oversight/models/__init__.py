"""Readings that nothing explains, the questions asked about them, and whom a worker declared to be related to."""

from .declaring import Declaration
from .night import Age, Ground, Night, Unexplained
from .question import Question, Words

__all__ = ["Age", "Declaration", "Ground", "Night", "Question", "Unexplained", "Words"]
