"""Who registers programmes and works with them: asked by pages and by actions alike.

Each answer is a Verdict with a sentence. Pages are read by queries, which rest on no policy; hence the own module.
"""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer
from anwang.cases.policies import may_work
from anwang.directory.models import Unit


def may_register(viewer: Viewer) -> Verdict:
    """Take on a programme: a public worker who does casework. His unit becomes the authority of the case."""
    is_public = viewer.unit_id is not None and Unit.objects.filter(id=viewer.unit_id, is_public=True).exists()
    if viewer.service or (has(viewer, Permission.CASEWORK) and is_public):
        return YES
    return no(_("處遇計畫由主管機關的承辦人登錄。請洽衛生局或家防中心。"))


def may_keep(viewer: Viewer, matter_id: UUID) -> Verdict:
    """Plan, mark attendance, tell: whoever works on his case, a partner under contract too."""
    return may_work(viewer, matter_id)


def may_decide(viewer: Viewer, matter_id: UUID) -> Verdict:
    """What follows when he stays away: a supervisor of the authority."""
    verdict = may_work(viewer, matter_id)
    if not verdict or viewer.service or has(viewer, Permission.REVIEW):
        return verdict
    return no(_("怎麼處理由主管機關的督導決定。請洽督導。"))
