"""Records of mental health care."""

from .compulsion import Measure, MeasureStep
from .emergency import Emergency, Escort
from .leaving import Departure, Homecoming
from .posts import Filling, Post
from .triage import Entry, LevelChange, Reroute, Served, Triage

__all__ = [
    "Departure",
    "Emergency",
    "Entry",
    "Escort",
    "Filling",
    "Homecoming",
    "LevelChange",
    "Measure",
    "MeasureStep",
    "Post",
    "Reroute",
    "Served",
    "Triage",
]
