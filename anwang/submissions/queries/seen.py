"""Who sees which submission, as SQL: the county its own, the ministry all (content once sent), all the published."""

from __future__ import annotations

from datetime import date

from anwang.access import steering
from anwang.access.steering import NATION
from anwang.access.viewer import Viewer
from anwang.cases.words import lang
from anwang.foundation import clock, roc
from anwang.submissions import standing
from anwang.submissions.states import SubmissionState

SEEN = """(%(central)s OR s.county = %(county)s
   OR (c.results_at IS NOT NULL AND s.state = 'lettered'))"""


def scope(viewer: Viewer) -> dict[str, bool | str]:
    """Parameters of `SEEN`. Refused for whoever does not steer."""
    standing.may_see(viewer).enforce()
    reach = NATION if viewer.service else steering.standing(viewer).reach
    return {"central": reach == NATION, "county": reach or ""}


def day(on: date) -> str:
    """A day as lists show it."""
    return roc.roc_date(on, clock.today(), lang())


def long_day(on: date) -> str:
    """A day with its year."""
    return roc.roc_long(on, lang())


def is_late(state: str, due_on: date) -> bool:
    """Whether the county's day is over and it has not sent."""
    return state in (SubmissionState.AWAITED, SubmissionState.SENT_BACK) and due_on < clock.today()
