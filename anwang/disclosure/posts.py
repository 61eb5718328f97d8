"""The posts at which alerts without names reach somebody."""

from __future__ import annotations

from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.directory.states import SUPERVISING, SUPERVISING_POST, Role


def posts_of(viewer: Viewer) -> tuple[tuple[UUID, str], ...]:
    """(unit, post): where the viewer signs for others, and where he is the privacy officer."""
    supervising = [(unit, SUPERVISING_POST) for unit, role in viewer.roles.items() if role in SUPERVISING]
    officers = [(unit, str(role)) for unit, role in viewer.roles.items() if role == Role.PRIVACY_OFFICER]
    return (*supervising, *officers)
