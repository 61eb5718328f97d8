"""What mental health care does by itself, run by `anwang worker`. It may be killed at any point and run again."""

from __future__ import annotations

from anwang.access.serving import one_by_one
from anwang.directory.models import Jurisdiction
from anwang.enactments.queries import held
from anwang.foundation import clock

from .actions import carry_over

SERVICE = "care"


def carry_over_measures() -> int:
    """On the day on which the rules of compulsory treatment change: who is under the old ones goes to the court."""
    with held():
        counties = list(Jurisdiction.objects.filter(on_system=True).values_list("code", flat=True).order_by("code"))
        return one_by_one(SERVICE, counties, lambda code, by: carry_over(county=code, on=clock.today(), by=by))
