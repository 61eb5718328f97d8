"""Who keeps the list of uploads. Each answer is a Verdict with a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.verdict import YES, Verdict, no
from anwang.access.viewer import Viewer


def may_see_uploads(viewer: Viewer) -> Verdict:
    """The list of the county: who uploads, and the head who answers for its being late."""
    if has(viewer, Permission.UPLOAD) or has(viewer, Permission.SEE_SYSTEMS):
        return YES
    return no(_("上傳清單由篩派案與收發文人員辦理。請洽篩派案督導。"))


def may_upload(viewer: Viewer) -> Verdict:
    """Marking what was uploaded and taking the sheet to type from."""
    if has(viewer, Permission.UPLOAD):
        return YES
    return no(_("登記上傳由篩派案與收發文人員辦理。請洽篩派案督導。"))
