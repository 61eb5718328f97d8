"""What mental health care does by itself, run by `anwang worker`. It may be killed at any point and run again."""

from __future__ import annotations

from django.db import transaction

from anwang.access.viewer import service_viewer
from anwang.directory.models import Jurisdiction
from anwang.enactments.queries import held
from anwang.foundation import clock

from .actions import carry_over

SERVICE = "care"


def carry_over_measures() -> int:
    """On the day on which the rules of compulsory treatment change: who is under the old ones goes to the court."""
    done = 0
    with held():
        for county in Jurisdiction.objects.filter(on_system=True).values_list("code", flat=True).order_by("code"):
            done += _of_county(county)
    return done


def _of_county(county: str) -> int:
    with transaction.atomic():
        return carry_over(county=county, on=clock.today(), by=service_viewer(SERVICE))
