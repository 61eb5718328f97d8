"""Writing a draft: what is to change, why, from when; and opening it to comment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # the body of a rule, as data
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.enactments.queries import book
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.lab import policies, rules, writing
from anwang.lab.models import Draft
from anwang.lab.states import TRANSITIONS, DraftState
from anwang.rulebook import UnknownRule
from anwang.rulebook.versions import Handle


@dataclass(frozen=True, kw_only=True)
class Change:
    """What the author wants: the values that change, from which day, why, and the letter that asks for it."""

    values: Mapping[str, Any]
    starts_on: date
    why: str
    letter: str


@transaction.atomic
def draft(*, rule_id: str, county: str, change: Change, by: Viewer, at: datetime) -> Draft:
    """A draft, read by the reader of the files before it is kept; the rule itself stays as it is."""
    handle = _handle(rule_id)
    policies.may_draft(by, county, handle).enforce()
    assert by.worker_id is not None
    assert by.unit_id is not None
    row = Draft(
        id=uuid7(), rule_id=rule_id, county=county, author_id=by.worker_id, unit_id=by.unit_id, recorded_at=clock.now()
    )
    _write(row, change, handle, at)
    row.save(force_insert=True)
    record("draft.written", by=by, at=at, subject_id=row.id, rule=rule_id, county=county)
    return row


@transaction.atomic
def revise(*, draft_id: UUID, change: Change, by: Viewer, at: datetime) -> Draft:
    """The same draft with other values, while it is written."""
    row = locked(draft_id)
    policies.may_write(by, row).enforce()
    if row.state != DraftState.DRAFT:
        raise Conflict(_("已經公開徵詢的草案不能改。要改請先退回。"))
    _write(row, change, _handle(row.rule_id), at)
    row.save(update_fields=["values", "starts_on", "why", "letter", "written_over"])
    record("draft.revised", by=by, at=at, subject_id=row.id, rule=row.rule_id)
    return row


@transaction.atomic
def open_to_comment(*, draft_id: UUID, by: Viewer, at: datetime) -> Draft:
    """From now on the front line may comment, for as long as the rule on drafts says."""
    row = locked(draft_id)
    policies.may_write(by, row).enforce()
    to_state(row, DraftState.OPEN)
    refuse_faults(row, at)
    row.opened_at, row.comment_until = at, rules.comment_until(at, row.county)
    row.save(update_fields=["state", "opened_at", "comment_until"])
    record("draft.opened", by=by, at=at, subject_id=row.id, rule=row.rule_id)
    return row


def locked(draft_id: UUID) -> Draft:
    """The draft for writing; raises NotFound. Internal to this room."""
    row = Draft.objects.select_related("unit").select_for_update(of=("self",)).filter(id=draft_id).first()
    if row is None:
        raise NotFound(_("沒有這份草案。請從草案清單重新找。"))
    return row


def to_state(row: Draft, state: DraftState) -> None:
    """Move the draft; raises Conflict where it cannot go from where it stands. Internal to this room."""
    if state not in TRANSITIONS[DraftState(row.state)]:
        raise Conflict(_("這份草案現在是「%(state)s」，請重新整理再看。") % {"state": DraftState(row.state).label})
    row.state = state


def refuse_faults(row: Draft, at: datetime) -> None:
    """Raise BadInput where the draft could not be enacted as it stands. Internal to this room."""
    if row.starts_on <= clock.local(at).date():
        raise BadInput(_("生效日要在明天以後。已經過去的日子不能改規則。"), field="starts_on")
    if wrong := writing.faults(row):
        raise BadInput("".join(wrong), field="values")


def _write(row: Draft, change: Change, handle: Handle[Any], at: datetime) -> None:
    if not change.why.strip():
        raise BadInput(_("請寫為什麼要改。"), field="why")
    if not change.letter.strip():
        raise BadInput(_("請寫文號，或哪一次會議的決議。"), field="letter")
    row.values, row.starts_on = dict(change.values), change.starts_on
    row.why, row.letter = change.why.strip(), change.letter.strip()
    version = handle.get(change.starts_on, row.county or None)
    row.written_over = version.hash if version else ""
    refuse_faults(row, at)


def _handle(rule_id: str) -> Handle[Any]:
    try:
        return book().handle(rule_id)
    except UnknownRule:
        raise NotFound(_("沒有這條規則。請從規則查詢重新找。")) from None
