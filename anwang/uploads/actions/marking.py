"""Marking that a report or case is in the central database, or that it did not get there."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.uploads import policies
from anwang.uploads.models import Mark
from anwang.uploads.queries import owed_one
from anwang.uploads.states import Failure, Outcome, Way


@transaction.atomic
def mark_uploaded(
    *, number: str, way: str, central_number: str, seen_at: datetime, by: Viewer, at: datetime
) -> Mark:  # fmt: skip
    """It went in at `at` under the central number. `seen_at` is when its contents were looked at."""
    central_number = central_number.strip().upper()
    if not central_number:
        raise BadInput(_("請填中央系統給的編號。"), field="central_number")
    return _mark(number, by, at, seen_at, outcome=Outcome.UPLOADED, way=way, central_number=central_number)


@transaction.atomic
def mark_failed(*, number: str, way: str, failure: str, seen_at: datetime, by: Viewer, at: datetime) -> Mark:
    """It was tried at `at` and did not get there; it stays on the list."""
    if failure not in Failure.values:
        raise BadInput(_("請選為什麼沒有成功。"), field="failure")
    return _mark(number, by, at, seen_at, outcome=Outcome.FAILED, way=way, failure=failure)


def _mark(number: str, by: Viewer, at: datetime, seen_at: datetime, **said: str) -> Mark:
    policies.may_upload(by).enforce()
    line, now = owed_one(by, number), clock.now()
    if at > now:
        raise BadInput(_("這個時間還沒到。請填實際上傳的時間。"), field="at")
    if at < line.obtained_at.replace(second=0, microsecond=0):  # people type minutes
        raise BadInput(_("上傳早於取得資料。請再看一次時間。"), field="at")
    if said["way"] not in Way.values:
        raise BadInput(_("請選怎麼上傳的。"), field="way")
    row = Mark(
        id=uuid7(), matter_id=line.id, at=at, seen_at=min(seen_at, at), recorded_at=now, by=by.worker_id, **said
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise BadInput(_("中央編號只有英數字和橫線。請再看一次。"), field="central_number") from error
    told = {"way": row.way, "failure": row.failure} if row.failure else {"way": row.way}
    record(f"upload.{row.outcome}", by=by, at=at, matter_id=line.id, **told)
    return row
