"""Whether words that are about to leave the house would tell who reported."""

from __future__ import annotations

import re
import unicodedata
from uuid import UUID

from anwang.access.models import Involvement
from anwang.access.viewer import Viewer
from anwang.intake import sealed
from anwang.intake.models import Reporter, ReportPerson
from anwang.people.models import Person

_LEAST_NAME, _LEAST_DIGITS = 2, 7
"""Shorter names and numbers would stand in half of all letters."""
_TITLES = frozenset({"承辦人", "承辦人員", "社工", "社工員", "社工師"})
"""What stands for a name on many reports, and in our own letters for ourselves."""


def tells_reporter(viewer: Viewer, matter_id: UUID, text: str) -> bool:
    """Whether `text` holds the name or number of somebody who reported about a person of the file.

    Asked of the reporters the viewer may read (row-level security); who stands in the file himself may be named.
    """
    people = Involvement.objects.filter(file_id=matter_id).values("person_id")
    reports = ReportPerson.objects.filter(person_id__in=people).values("report_id")
    own = set(Person.objects.filter(id__in=people).values_list("name", flat=True))
    plain = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[\s()#－—-]+", "", plain)
    for row in Reporter.objects.filter(report_id__in=reports):
        said = sealed.unseal(row.sealed, "reporter", row.id)
        name = unicodedata.normalize("NFKC", said.get("name", "")).strip()
        number = re.sub(r"\D", "", unicodedata.normalize("NFKC", said.get("phone", "")))
        if (len(name) >= _LEAST_NAME and name not in own | _TITLES and name in plain) or (
            len(number) >= _LEAST_DIGITS and number in digits
        ):
            return True
    return False
