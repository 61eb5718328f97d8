"""Looks across agencies with their answers and talks, requests for contents, emergency openings with their reviews."""

from .asking import Request
from .glass import Alert, Glass, GlassReview, SecondPerson
from .looking import ContactStep, Conversation, Hit, LookUp

__all__ = [
    "Alert",
    "ContactStep",
    "Conversation",
    "Glass",
    "GlassReview",
    "Hit",
    "LookUp",
    "Request",
    "SecondPerson",
]
