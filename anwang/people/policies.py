"""Who may write about a person. Reading is decided by grants alone."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer

from .queries.zones import describable, may_describe

_WRITERS = (Permission.TAKE_REPORT, Permission.LOG_CALL, Permission.SCREEN, Permission.CASEWORK)


def may_add_person(viewer: Viewer) -> Verdict:
    """Whoever takes reports or works with families writes down whom he meets; jobs and imports too."""
    if viewer.service or any(has(viewer, permission) for permission in _WRITERS):
        return YES
    return no(_("你的職務不登錄人。請洽承辦這一件的人。"))


def may_describe_person(viewer: Viewer, person_id: UUID) -> Verdict:
    """Adding to a person's record: whoever reads it through a file, or wrote it down himself today."""
    if viewer.service:
        return YES
    verdict = may_add_person(viewer)
    if verdict and not may_describe(viewer, person_id):
        return no(_("查無此人。請從你承辦的案件進入。"))
    return verdict


def described_by(viewer: Viewer, person_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of `person_ids` to whose record the viewer may add, asked once for all."""
    if viewer.service or not person_ids:
        return frozenset(person_ids)
    return describable(person_ids) if may_add_person(viewer) else frozenset()


def may_search(viewer: Viewer) -> Verdict:
    """Searching one's own files: everybody who works with people."""
    if any(has(viewer, permission) for permission in (*_WRITERS, Permission.SEARCH_PEOPLE, Permission.REVIEW)):
        return YES
    return no(_("你的職務不查人。請洽承辦單位。"))


def may_look_up_county(viewer: Viewer) -> Verdict:
    """Looking up anybody of the county for a call or report number: screeners and whoever is on duty."""
    if has(viewer, Permission.SEARCH_PEOPLE):
        return YES
    return no(_("全縣查詢限篩派案與值班。請洽值班台。"))
