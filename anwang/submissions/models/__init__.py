"""Calls, what counties submitted, extensions, checks, reviews, letters, approved posts. About no client."""

from .call import Call, CallLine, CallPart
from .document import Document
from .judging import Check, Extension, Review
from .letter import Letter, PostChange
from .submission import Filled, Item, Receipt, Submission

__all__ = [
    "Call",
    "CallLine",
    "CallPart",
    "Check",
    "Document",
    "Extension",
    "Filled",
    "Item",
    "Letter",
    "PostChange",
    "Receipt",
    "Review",
    "Submission",
]
