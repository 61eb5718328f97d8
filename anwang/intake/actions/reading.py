"""The closed doors: who reported, who called, what came in. Each opening is one traced reading."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation.errors import NotFound, Refused
from anwang.intake import policies, sealed
from anwang.intake.models import Call, OriginalBody, Report, Reporter, ReportOriginal


@dataclass(frozen=True)
class ReporterSaid:
    """Who reported and how to ring him. Never put on a page that is not the answer to the traced click."""

    name: str
    phone: str
    organisation: str
    relation: str
    category: str
    may_call_back: str
    call_when: str
    name_to_use: str


@transaction.atomic
def read_reporter(*, report_id: UUID, by: Viewer, because: str = "") -> ReporterSaid:
    """One traced click for whoever holds the report (or the case it became). Refused to everybody else."""
    policies.may_read_reporter(by, report_id).enforce()
    row = Reporter.objects.filter(report_id=report_id).order_by("-recorded_at", "-id").first()
    if row is None:
        raise NotFound(_("這件通報沒有留下通報人資料。"))
    reading("reporter", by=by, file_id=report_id, zone=Zone.REPORTER, because=because)
    said = sealed.unseal(row.sealed, "reporter", row.id)
    return ReporterSaid(
        name=said.get("name", ""),
        phone=said.get("phone", ""),
        organisation=said.get("organisation", ""),
        relation=said.get("relation", ""),
        category=row.category,
        may_call_back=row.may_call_back,
        call_when=row.call_when,
        name_to_use=row.name_to_use,
    )


@transaction.atomic
def read_caller(*, call_id: UUID, by: Viewer) -> dict[str, str]:
    """Who rang, as he said it: for the desk that keeps the log."""
    call = Call.objects.filter(id=call_id).first()
    if call is None:
        raise NotFound(_("查無這通電話。"))
    if not call.sealed_caller:
        return {}
    policies.may_log_call(by).enforce()
    reading("caller", by=by, file_id=call_id, zone=Zone.REPORTER, because=call.number)
    return sealed.unseal(call.sealed_caller, "call", call.id)


@transaction.atomic
def read_original(*, original_id: UUID, by: Viewer) -> tuple[ReportOriginal, bytes]:
    """The bytes as they came. They name the sender, so the same door and the same trace as for the reporter."""
    original = ReportOriginal.objects.filter(id=original_id).first()
    if original is None or not Report.objects.filter(id=original.report_id).exists():
        raise NotFound(_("查無這份原件。"))
    body = OriginalBody.objects.filter(original_id=original_id).first()
    if body is None:
        raise Refused(_("原件可能寫有通報人，只有承辦人能開啟。需要時請洽承辦人。"))
    reading("original", by=by, file_id=original.report_id, zone=Zone.REPORTER, because=str(original_id))
    return original, sealed.open_original(bytes(body.body), original_id)
