"""Hiring and pay of protection posts to the day: who may be hired at how many points, and when three years are reached.

No exception: how often recruitment failed changes nothing (強化社會安全網政策溝通平臺第8次會議，臨時動議決議一).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from anwang.cases.words import lang
from anwang.enactments.queries import book
from anwang.foundation.days import Length, months_on
from anwang.rulebook import Advice

TABLE, POINTS, AFTER = "hire.protection_post", "pay.protection.points", "pay.protection.after"
SCHEMES = ("protection", "general", "private")
PER_DOLLAR = 10_000
"""Point values are kept in ten-thousandths of a dollar."""
ODD_DAYS = 30
"""So many odd days of interrupted periods make a month (`pay.protection.after` says that this is assumed)."""
Period = tuple[date, date | None]
"""First and last day of protection work, both included; no last day: it goes on."""


@dataclass(frozen=True)
class Pay:
    """What somebody may be paid on a day. `months`: whole months of protection work, None where not known.

    `points`: 360 where earned, else None: fewer, by experience. `raised_on`: the first day of 360 points, as far as
    it can be said. `monthly`: whole dollars at `points`, None where a number is not known. `why`: in words.
    """

    outcome: str
    outcome_text: str
    months: int | None
    points: int | None
    raised_on: date | None
    why: tuple[str, ...]
    cite: str


def hiring(periods: Sequence[Period] | None, on: date, *, failed_recruitments: int = 0) -> Pay:
    """What the rules say on a day about somebody with these periods; None: his experience is not known."""
    months = None if periods is None else credit(periods, on)[0]
    given = {"months": months, "failed_recruitments": failed_recruitments}
    advice = book().table(TABLE).on(on).advise(given)
    reached = advice.outcome == "points_360"
    points = book().value(POINTS).on(on).value if reached else None
    return Pay(
        outcome=advice.outcome or "unknown", outcome_text=advice.label.to(lang()), months=months,
        points=int(points) if points is not None else None,
        raised_on=None if periods is None else reached_on(periods, on), why=_why(advice),
        cite=str(advice.cite or ""),
    )  # fmt: skip


def full(on: date) -> int:
    """The points of somebody with three years, on a day."""
    return int(str(book().value(POINTS).on(on).value))


def fewer(points: int | None, on: date) -> int | None:
    """Points agreed for somebody who has not reached three years: those below 360 stand, any other is no agreement."""
    return points if points is not None and points < full(on) else None


def reached_on(periods: Sequence[Period], rule_on: date) -> date | None:
    """The first day on which the length of `pay.protection.after` is behind him; None while nothing runs towards it.

    A single period reaches it on the corresponding day (民法第121條): begun on 1 February 2021, paid from 1 February
    2024. Interrupted periods are added.
    """
    needed = Length.parse(str(book().value(AFTER).on(rule_on).value))
    months = needed.n * 12 if needed.unit == "years" else needed.n
    merged = merge(periods)
    for index, (first, last) in enumerate(merged):
        day = _completes(first, merged[:index], months)
        if last is None or day <= last + timedelta(days=1):
            return day
    return None


def credit(periods: Sequence[Period], on: date) -> tuple[int, int]:
    """(months, odd days) of protection work before a day, overlaps counted once."""
    before = [(first, min(last or on, on - timedelta(days=1))) for first, last in merge(periods) if first < on]
    return _sum(before)


def merge(periods: Sequence[Period]) -> list[Period]:
    """Periods in order, those that overlap or follow day on day made one."""
    merged: list[Period] = []
    for first, last in sorted(periods, key=lambda one: one[0]):
        if merged and (merged[-1][1] is None or first <= merged[-1][1] + timedelta(days=1)):
            before = merged[-1]
            ends = None if before[1] is None or last is None else max(before[1], last)
            merged[-1] = (before[0], ends)
        else:
            merged.append((first, last))
    return merged


def monthly(points: int, scheme: str, on: date) -> int | None:
    """Whole dollars a month for so many points on a day, rounded down; None where the value of a point is not known."""
    value = book().value(f"pay.point.{scheme}").get(on)
    return None if value is None else points * int(str(value.value)) // PER_DOLLAR


def _sum(periods: Sequence[Period]) -> tuple[int, int]:
    """Whole months and odd days together. Odd days make months only where several periods leave some."""
    months, odd = 0, []
    for first, last in periods:
        assert last is not None
        more, days = _length(first, last)
        months += more
        odd += [days] if days else []
    if len(odd) < 2:
        return months, sum(odd)
    return months + sum(odd) // ODD_DAYS, sum(odd) % ODD_DAYS


def _length(first: date, last: date) -> tuple[int, int]:
    """Whole months and odd days from a first to a last day, both included."""
    ends = last + timedelta(days=1)
    months = (ends.year - first.year) * 12 + ends.month - first.month
    while months and _after(first, months) > ends:
        months -= 1
    return months, (ends - _after(first, months)).days


def _after(first: date, months: int) -> date:
    """The day after so many whole months from `first`: its corresponding day; without one, the next month's first."""
    day = months_on(first, months)
    return day if day.day == first.day else day + timedelta(days=1)


def _completes(first: date, earlier: Sequence[Period], months: int) -> date:
    """The first day on which a period begun on `first`, added to the earlier ones, makes so many months."""
    left = months - _sum(earlier)[0]
    day = _after(first, left - 1) if left > 0 else first
    while day > first and _sum([*earlier, (first, day - timedelta(days=1))])[0] >= months:
        day -= timedelta(days=1)
    while day == first or _sum([*earlier, (first, day - timedelta(days=1))])[0] < months:
        day += timedelta(days=1)
    return day


def _why(advice: Advice) -> tuple[str, ...]:
    said = [one.to(lang()) for one in advice.reasons]
    if advice.assumption is not None:
        said.append(_("假設：%(words)s") % {"words": advice.assumption.to(lang())})
    return tuple(said)
