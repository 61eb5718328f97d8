"""For which offices a system may send lists."""

from __future__ import annotations

import unicodedata
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.systems.models import Sender


def named_as(viewer: Viewer, system_id: UUID, asked: str) -> str:
    """The office as it is written down for this system in the viewer's county, however spaces and widths are written.

    Empty where the system does not speak for it.
    """
    rows = Sender.objects.filter(system_id=system_id, county_id=viewer.county, until_at=None)
    return next((name for name in rows.values_list("name", flat=True) if _key(name) == _key(asked)), "")


def _key(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).replace("台", "臺")
