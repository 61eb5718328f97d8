"""Who leads a family, with the reason: told to whoever serves it, never to the other party's side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any  # a row as JSON
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.queries import lead_reason
from anwang.foundation import clock
from anwang.web.shell import words


@dataclass(frozen=True)
class Lead:
    """Unit and worker who lead, and how to reach them."""

    id: UUID
    number: str
    unit_id: UUID
    unit: str
    worker_id: UUID | None
    who: str
    phone: str
    reason: str
    """Whom the rule proposed and why, in words; empty where it was not asked."""
    rule_id: str
    on: str
    """ISO day on which the rule was asked."""


def lead(viewer: Viewer, row: dict[str, Any]) -> Lead:
    """The lead as `cases_family_lead` gives it, in the reader's language."""
    en = "_en" if words.lang() == "en" else ""
    opened_on = clock.local(datetime.fromisoformat(row["opened_at"])).date()
    return Lead(
        UUID(row["id"]), row["number"], UUID(row["unit_id"]), row[f"unit{en}"] or row["unit"],
        UUID(row["worker_id"]) if row["worker_id"] else None, row[f"worker{en}"] or row["worker"], row["phone"] or "",
        lead_reason(viewer, row["inputs"], opened_on, row["county"]), row["rule_id"], opened_on.isoformat(),
    )  # fmt: skip
