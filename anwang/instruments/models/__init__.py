"""Versions of instruments as published, forms as filled, what people made of them, and what was done."""

from .fill import Fill, FollowUp, Judgement
from .version import Version

__all__ = ["Fill", "FollowUp", "Judgement", "Version"]
