"""Who may load, look at and mend rosters. Names are read through grants alone."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.directory.states import Role

READERS = frozenset(
    {Role.SCREENER, Role.SCREENING_SUPERVISOR, Role.DUTY_WORKER, Role.DUTY_SUPERVISOR, Role.INVESTIGATOR, Role.CHIEF,
     Role.SUPERVISOR, Role.CLERK}
)  # fmt: skip
"""Posts that see how many came and what became of them."""


def may_see_rosters(viewer: Viewer) -> Verdict:
    """Counts and states of the county; the children by name only where a grant says so."""
    if viewer.service or viewer.role_names & READERS:
        return YES
    return no(_("名冊由受理窗口和督導核對。請洽篩派案窗口。"))


def may_answer(viewer: Viewer) -> Verdict:
    """Who answers for rosters being whole and on time, and is told of alarms where he works: the desk and the head."""
    return YES if Role.CHIEF in viewer.role_names else may_load(viewer)


def may_load(viewer: Viewer) -> Verdict:
    """Loading a file, and saying which are expected: the front desk, the clerk who gets the letter, the command."""
    if viewer.service or has(viewer, Permission.SCREEN) or Role.CLERK in viewer.role_names:
        return may_see_rosters(viewer)
    return no(_("名冊由篩派案人員或收發文人員收。請把檔案交給他們。"))


def may_confirm(viewer: Viewer, asked_by: UUID) -> Verdict:
    """Confirming that a row is taken back: whoever screens, and somebody else than who wrote it."""
    if viewer.worker_id == asked_by:
        return no(_("撤回由另一個人確認。請督導或同事決定。"))
    return may_settle(viewer)


def may_settle(viewer: Viewer) -> Verdict:
    """Mending a row, clearing up a count, withdrawing: whoever screens."""
    if has(viewer, Permission.SCREEN):
        return YES
    return no(_("補正與釐清由篩派案人員或督導辦理。請洽篩派案窗口。"))
