"""A county's figures for those who steer: one number each, by definition and period, and never who is behind it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import connection

from anwang.foundation import clock

FIGURES_SQL = "SELECT figure, items FROM steering_figures(%s, %s, %s)"


def counted(county: str, since_on: date, before_on: date) -> Mapping[str, int]:
    """Figure → items in the period; a figure that is not there is zero."""
    since, before = (datetime(day.year, day.month, day.day, tzinfo=clock.TAIPEI) for day in (since_on, before_on))
    with connection.cursor() as cursor:
        cursor.execute(FIGURES_SQL, [county, since, before])
        return dict(cursor.fetchall())
