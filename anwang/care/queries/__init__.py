"""Reads of mental health care, in the reader's words."""

from .emergency import EmergencyPage, counties, emergency_page, health_units_of
from .homecoming import HomecomingLine, homecoming, homecomings
from .level import Proposed, proposed_level
from .lists import Lists, lists_of
from .named import Named, departure, measure, reroute
from .page import CarePage, care_page
from .posts import PostLine, Ratio, health_units, my_posts_units, posts, ratios, who_can_serve, workers_of
from .queue import Line, Queue, queue

__all__ = [
    "CarePage",
    "EmergencyPage",
    "HomecomingLine",
    "Line",
    "Lists",
    "Named",
    "PostLine",
    "Proposed",
    "Queue",
    "Ratio",
    "care_page",
    "counties",
    "departure",
    "emergency_page",
    "health_units",
    "health_units_of",
    "homecoming",
    "homecomings",
    "lists_of",
    "measure",
    "my_posts_units",
    "posts",
    "proposed_level",
    "queue",
    "ratios",
    "reroute",
    "who_can_serve",
    "workers_of",
]
