"""For which offices a system may send lists: written down by the county, ended, and what was refused kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.systems import policies
from anwang.systems.models import Sender, System
from anwang.systems.queries.senders import named_as


@transaction.atomic
def speak_for(*, system_id: UUID, name: str, by: Viewer, at: datetime) -> Sender:
    """From `at` on the system may send lists to the writer's county in the name of this office.

    Raises Refused, NotFound, BadInput without a name, Conflict where it is retired or speaks for that office already.
    """
    system = System.objects.select_for_update(no_key=True).filter(id=system_id).first()
    if system is None:
        raise NotFound(_("找不到這個系統。"))
    policies.may_keep(by, system).enforce()
    if system.retired_at is not None:
        raise Conflict(_("這個系統停用了，不能再代送。"))
    name = " ".join(name.split())
    if not name or len(name) > 60:
        raise BadInput(_("請填送名冊的機關，最多60字。"), field="name")
    if named_as(by, system_id, name):
        raise Conflict(_("這個機關已經在代送清單上。"))
    row = Sender(
        id=uuid7(), system=system, county_id=by.county, name=name, since_at=at, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip
    row.save(force_insert=True)
    record("sender.named", by=by, at=at, subject_id=row.id, system=system_id)
    return row


@transaction.atomic
def stop_speaking_for(*, sender_id: UUID, by: Viewer, at: datetime) -> Sender:
    """The system sends no more lists in that office's name; what came stays. Raises NotFound, Refused, Conflict."""
    rows = Sender.objects.select_related("system").select_for_update(no_key=True, of=("self",))
    row = rows.filter(id=sender_id, county_id=by.county).first()
    if row is None:
        raise NotFound(_("找不到這個代送機關。"))
    policies.may_keep(by, row.system).enforce()
    if row.until_at is not None:
        raise Conflict(_("這個機關已經不在代送清單上。"))
    Sender.objects.filter(id=row.id).update(until_at=at, ended_by=by.worker_id)
    record("sender.ended", by=by, at=at, subject_id=row.id, system=row.system_id)
    return row


@transaction.atomic
def refuse_sender(*, system_id: UUID, token: str, by: Viewer, at: datetime) -> None:
    """Keep that a list was refused because its token's system does not speak for whoever it named.

    The name stands in the answer only: what a stranger writes is no code, and the record holds nothing else.
    """
    record("sender.refused", by=by, at=at, subject_id=system_id, token=token)
