"""The follow-up of a sitting, its tracked decisions, who was told of them, and what they changed."""

from .follow import Follow, Relay, Track
from .line import Change, SaidIn

__all__ = ["Change", "Follow", "Relay", "SaidIn", "Track"]
