"""What referral does by itself, run by `anwang worker`. May be killed at any point and run again."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer, service_viewer
from anwang.enactments.queries import held
from anwang.foundation import clock

from . import rules
from .actions import plan_transition

AGE_18 = "age_18"
TURNING_SQL = "SELECT case_id, person_id, on_day FROM referrals_turning(%s, %s, %s, %s)"


def plan_turning_18(now: datetime | None = None) -> int:
    """Plan the transition of whoever turns 18 within the months of policy; returns how many. Once each."""
    at = now or clock.now()
    today = clock.local(at).date()
    with held():
        until = today + rules.length("transition.before_18", today)
        years = rules.age_of_majority(today)
        with transaction.atomic():
            service_viewer("transitions", at=now)
            with connection.cursor() as cursor:
                cursor.execute(TURNING_SQL, [years, rules.tomorrow(today), until, AGE_18])
                found = cursor.fetchall()
        return one_by_one("transitions", found, partial(_plan, at=at), at=now)


def _plan(who: tuple[UUID, UUID, date], by: Viewer, *, at: datetime) -> bool:
    case_id, person_id, on = who
    plan_transition(case_id=case_id, person_id=person_id, kind=AGE_18, on=on, by=by, at=at)
    return True
