"""Asking for a replay: the worker counts, the page shows how far it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.errors import Conflict
from anwang.foundation.uuid7 import uuid7
from anwang.lab import policies, rules, writing
from anwang.lab.models import Replay
from anwang.lab.states import REPLAYED, ReplayState

from .drafting import locked, refuse_faults


@transaction.atomic
def ask_replay(*, draft_id: UUID, by: Viewer, at: datetime) -> Replay:
    """A year counted again under the draft as it stands now; one at a time for each draft."""
    row = locked(draft_id)
    handle = book().handle(row.rule_id)
    policies.may_replay(by, row, handle.kind).enforce()
    refuse_faults(row, at)
    if Replay.objects.filter(draft=row, state__in=(ReplayState.WAITING, ReplayState.RUNNING)).exists():
        raise Conflict(_("這份草案正在重算，等它算完。"))
    base = handle.on(row.starts_on, row.county or None)
    tried = writing.tried(row).handle(row.rule_id).on(row.starts_on, row.county or None)
    assert by.worker_id is not None
    found = Replay(
        id=uuid7(), draft=row, what=REPLAYED[handle.kind], since=rules.replayed_since(at, row.county),
        before=clock.local(at).date() + timedelta(days=1), county=row.county, base_hash=base.hash,
        draft_hash=tried.hash, values=row.values, asked_by_id=by.worker_id, asked_at=at,
    )  # fmt: skip
    found.save(force_insert=True)
    record("draft.replay_asked", by=by, at=at, subject_id=row.id, replay=found.id)
    return found
