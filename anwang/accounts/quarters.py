"""Quarters of the year: in each every account is reviewed once."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings


def quarter_of(day: date) -> str:
    """2026Q4."""
    return f"{day.year}Q{(day.month + 2) // 3}"


def quarter_begins(day: date) -> date:
    """The first day of the quarter of a day."""
    return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)


def review_due(day: date) -> date:
    """The day by which the review of this quarter must be done."""
    return quarter_begins(day) + timedelta(days=settings.ANWANG_REVIEW_DAYS)
