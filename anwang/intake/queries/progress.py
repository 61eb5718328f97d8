"""How a report fares, for the system that sent it: a class and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

_NUMBER = re.compile(r"[A-Z]\d{3}-\d{4}-\d{4}", re.ASCII)
PROGRESS_SQL = "SELECT report_id, received_at, word FROM intake_progress(%s, %s, %s)"


@dataclass(frozen=True)
class Progress:
    """`word` is received, being_handled or handled. Whoever is or may be a party never hears more than received."""

    report_id: UUID
    received_at: datetime
    word: str


def progress_of(viewer: Viewer, number: str, sender: str) -> Progress | None:
    """The report with this number, if this viewer is the system `sender` that sent it to his county; else None."""
    if viewer.service != f"api:{sender}" or not _NUMBER.fullmatch(number):
        return None
    with connection.cursor() as cursor:
        cursor.execute(PROGRESS_SQL, [number, sender, viewer.county])
        row = cursor.fetchone()
    return Progress(*row) if row else None
