"""Courses of contacts as pages show them; a worker's calendar; figures."""

from .calendar import Day, Entry, calendar, has_feed
from .coverage import Coverage, coverage
from .hung import HUNG_SQL, on_case
from .levels import Level, level_now, levels, why_blocked
from .schedule import CourseLine, Schedules, WindowLine, course_of, schedules, window_of

__all__ = [
    "HUNG_SQL",
    "CourseLine",
    "Coverage",
    "Day",
    "Entry",
    "Level",
    "Schedules",
    "WindowLine",
    "calendar",
    "course_of",
    "coverage",
    "has_feed",
    "level_now",
    "levels",
    "on_case",
    "schedules",
    "why_blocked",
    "window_of",
]
