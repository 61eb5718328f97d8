"""On which lists a person stands: flags for whoever works on his case, never a file."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.care import rules


@dataclass(frozen=True)
class Lists:
    """Suicide × psychiatric × protection of one person, as flags."""

    psychiatric: bool = False
    suicide: bool = False
    other_party: bool = False
    protected: bool = False

    @property
    def issues(self) -> tuple[str, ...]:
        """Those of `care.issue` that the lists fill in."""
        told = {"suicide": self.suicide, "other_party": self.other_party, "protected": self.protected}
        return tuple(name for name in rules.FROM_LISTS if told[name])


def lists_of(viewer: Viewer, matter_id: UUID, person_id: UUID) -> Lists:
    """The flags about the subject of a case of mental health; all false for whoever does not work on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM care_lists_of(%s, %s)", [matter_id, person_id])
        row = cursor.fetchone()
    return Lists(*row) if row else Lists()
