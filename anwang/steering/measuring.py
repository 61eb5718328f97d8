"""The two numbers of a threshold, each from where it is kept: the monthly count, or the money of a whole year."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation.errors import BadInput, Refused
from anwang.funding.queries import execution
from anwang.steering.counting import counted
from anwang.steering.rules import Threshold

SPENT = "spent"
"""The part of a threshold that asks for money."""


def measured(line: Threshold, county: str, since_on: date, before_on: date, by: Viewer) -> tuple[int, int]:
    """(part, whole) of a county over a period. Refused with what is missing where they cannot be told."""
    if line.part == SPENT:
        return _spent(county, since_on, before_on, by)
    numbers = counted(county, since_on, before_on)
    return numbers.get(line.part, 0), numbers.get(line.whole, 0)


def _spent(county: str, since_on: date, before_on: date, by: Viewer) -> tuple[int, int]:
    if (since_on, before_on) != (date(since_on.year, 1, 1), date(since_on.year + 1, 1, 1)):
        raise BadInput(_("執行率以整個年度計。請填1月1日到12月31日。"), field="since_on")
    found = execution(by, county, since_on.year)
    if found.granted is None:
        raise Refused(_("這個年度還有補助未定，算不出執行率。請先登錄核定金額。"))
    if found.unreported:
        raise Refused(_("還有%(n)d筆補助沒有報齊四季。請先催報。") % {"n": found.unreported})
    return found.spent, found.granted
