"""A child of an open case stands on another authority's list again (`join_report`, LISTED): his worker decides."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events
from anwang.matters import policies
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock


@transaction.atomic
def decide_listing(*, case_id: UUID, decision: str, by: Viewer, at: datetime) -> None:
    """The worker looked at what the list says of his case: `step`, something is to be done, or `keep`, the plan holds.

    The visit that the list asks for is another thing: the list counts on until the child was seen.
    """
    policies.may_work_on(by, lock(case_id)).enforce()
    happened(matter_id=case_id, event=events.LISTING_DECIDED, at=at, by=by)
    record("case.listing_decided", by=by, at=at, matter_id=case_id, decision=decision)
    keep()
