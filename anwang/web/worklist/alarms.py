"""What is wrong on other desks and is the viewer's to answer for: one line each on his day."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.lately import keep, lately
from anwang.uploads import policies
from anwang.uploads.queries import uploads
from anwang.web.rosters.lines import Line, roster_line


def lines(viewer: Viewer) -> list[Line]:
    """Rosters, then uploads to the central database that are late; nothing for whoever has no part in either."""
    return [line for line in (roster_line(viewer), _upload_line(viewer)) if line is not None]


def _upload_line(viewer: Viewer) -> Line | None:
    if not policies.may_upload(viewer):
        return None
    late = _late(viewer)
    if not late:
        return None
    says = ngettext("上傳逾期%(n)d件", "上傳逾期%(n)d件", late) % {"n": late}
    return Line(says, "", f"{reverse('systems:uploads')}?show=late")


def _late(viewer: Viewer) -> int:
    """How many uploads of the county are late, looked up at most once a minute: the list is worked out whole."""
    now, key = clock.now(), ("late uploads", viewer.county)
    late = lately(key, now)
    if late is None:
        late = uploads(viewer, show="late", most=1).late
        keep(key, now, late)
    return int(late)
