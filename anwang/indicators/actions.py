"""Opening the records behind a figure is reading them."""

from __future__ import annotations

from django.db import transaction

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.models import Reading
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from . import policies
from .months import Month
from .queries import Record, drill


@transaction.atomic
def open_drill(
    *, county: str, of: Month, figure: str, by_: str, key: str, by: Viewer
) -> list[Record]:  # fmt: skip
    """The records of a cell, each traced as read; raises Refused for whoever sees figures only."""
    policies.may_drill(by, county).enforce()
    records, _total = drill(by, county, of, figure=figure, by_=by_, key=key)
    now = clock.now()
    Reading.objects.bulk_create(
        Reading(
            id=uuid7(), file_id=record.id, zone=Zone.CASE, what="figures.drill", purpose=by.purpose,
            because=f"{of}/{figure}", by_worker_id=by.worker_id, by_unit_id=by.unit_id, at=now,
        )
        for record in records
    )  # fmt: skip
    return records
