"""What is wrong on other desks and is the viewer's to answer for: one line each on his day."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from anwang.access.viewer import Viewer
from anwang.accounts.policies import may_review_accounts
from anwang.accounts.queries import review
from anwang.foundation import clock
from anwang.foundation.lately import keep, lately
from anwang.oversight.policies import is_reviewer
from anwang.oversight.queries import late_questions
from anwang.uploads import policies
from anwang.uploads.queries import uploads
from anwang.web.rosters.lines import Line, roster_line


def lines(viewer: Viewer) -> list[Line]:
    """Rosters, late uploads, a late review of accounts, late questions about readings; nothing to who has no part."""
    asked = (roster_line(viewer), _upload_line(viewer), _review_line(viewer), _question_line(viewer))
    return [line for line in asked if line is not None]


def _upload_line(viewer: Viewer) -> Line | None:
    if not policies.may_upload(viewer):
        return None
    late = _late(viewer)
    if not late:
        return None
    says = ngettext("上傳逾期%(n)d件", "上傳逾期%(n)d件", late) % {"n": late}
    return Line(says, "", f"{reverse('systems:uploads')}?show=late")


def _review_line(viewer: Viewer) -> Line | None:
    """This quarter's review of accounts past its day, for whoever does it; looked up once a minute and county."""
    if not may_review_accounts(viewer):
        return None
    now, key = clock.now(), ("late review", viewer.county)
    left = lately(key, now)
    if left is None:
        found = review(viewer)
        left = found.left if found.is_late else 0
        keep(key, now, left)
    if not left:
        return None
    says = ngettext("帳號清查逾期，還有%(n)d個帳號", "帳號清查逾期，還有%(n)d個帳號", left) % {"n": left}
    return Line(says, "", reverse("accounts:review"))


def _question_line(viewer: Viewer) -> Line | None:
    """Questions about readings that were to be settled, for the privacy officer on whose bench they lie."""
    late = late_questions(viewer) if is_reviewer(viewer) else 0
    if not late:
        return None
    says = ngettext("查閱覆核逾期%(n)d件", "查閱覆核逾期%(n)d件", late) % {"n": late}
    return Line(says, "", reverse("oversight:index"))


def _late(viewer: Viewer) -> int:
    """How many uploads of the county are late, looked up at most once a minute: the list is worked out whole."""
    now, key = clock.now(), ("late uploads", viewer.county)
    late = lately(key, now)
    if late is None:
        late = uploads(viewer, show="late", most=1).late
        keep(key, now, late)
    return int(late)
