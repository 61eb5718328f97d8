"""The log of extensions, as rows of JSON and as lines ready to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any  # a row of the database
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.foundation import clock
from anwang.submissions.states import ExtensionState

from .seen import long_day

EXTENSIONS = """json_agg(json_build_object('id', e.id, 'county', (SELECT directory_called(cj.name, cj.name_en)
    FROM submissions_submission es JOIN directory_jurisdiction cj ON cj.code = es.county WHERE es.id = e.submission_id),
    'asked_by', e.asked_by, 'asked_at', e.asked_at, 'reason', e.reason, 'old', e.old_due_on, 'new', e.new_due_on,
    'state', e.state, 'decided_at', e.decided_at, 'answer', e.answer,
    'decider', (SELECT directory_called(dw.name, dw.name_en) FROM directory_worker dw WHERE dw.id = e.decided_by))
    ORDER BY e.asked_at) FROM submissions_extension e"""
"""Rows of `submissions_extension e` as JSON; a WHERE follows."""


@dataclass(frozen=True)
class ExtensionLine:
    """An extension of the log: for whom, who asked, why, from which day to which, who decided and what."""

    id: UUID
    whom: str
    asked_by: str
    asked: str
    reason: str
    old: str
    new: str
    state: str
    state_text: str
    decided: str
    answer: str


def extension_line(row: dict[str, Any]) -> ExtensionLine:
    """One row of `EXTENSIONS`, ready to show."""
    decided = f"{_day(row['decided_at'])}　{row['decider']}" if row["decided_at"] else ""
    return ExtensionLine(
        id=UUID(row["id"]), whom=row["county"] or _("全部縣市"), asked_by=row["asked_by"],
        asked=_day(row["asked_at"]), reason=row["reason"], old=long_day(date.fromisoformat(row["old"])),
        new=long_day(date.fromisoformat(row["new"])), state=row["state"],
        state_text=str(ExtensionState(row["state"]).label), decided=decided, answer=row["answer"],
    )  # fmt: skip


def _day(instant: str) -> str:
    return long_day(clock.local(datetime.fromisoformat(instant)).date())
