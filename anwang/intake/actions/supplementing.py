"""補充 and 附件 from the system that sent a report: added while somebody is to decide it, else taken down anew."""

from __future__ import annotations

import math
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from anwang.access.viewer import Viewer
from anwang.audit.rows import write
from anwang.foundation.errors import Conflict, NotFound
from anwang.intake.incoming import OriginalIn, ReportIn
from anwang.matters.promises import keep, lock

from .arriving import originals_of
from .noting import note_more
from .receiving import receive_report

ATTACHED_SQL = "SELECT intake_attached(%s, %s, %s)"
TO_SUPPLEMENT_SQL = "SELECT report_id, is_undecided FROM intake_to_supplement(%s, %s, %s)"


MOST_ATTACHED = 20
"""Files that a system may bring to one report: more belong in a report of their own, or in fewer files."""


@transaction.atomic
def supplement(*, number: str, sender: str, text: str, original: OriginalIn, by: Viewer, at: datetime) -> None:
    """More about the report `number` that `sender` (a system, the service `by`) sent to this county.

    What is added to a report that was decided nobody would read: it becomes a report of its own, which names the first,
    and whoever screens says what it belongs to. The sender hears of no difference. Raises NotFound alike for what is
    not there and for what somebody else sent.
    """
    _add(number, sender, text, original, by=by, at=at)


@transaction.atomic
def attach(*, number: str, sender: str, original: OriginalIn, by: Viewer, at: datetime) -> None:
    """A file that belongs to a report of `sender`'s, kept as the front desk keeps its papers; else as `supplement`.

    Raises NotFound as that does, and Conflict where the report has `MOST_ATTACHED` already.
    """
    with connection.cursor() as cursor:
        cursor.execute(ATTACHED_SQL, [number, sender, by.county])
        (attached,) = cursor.fetchone()
    if attached >= MOST_ATTACHED:
        raise Conflict(_("這件通報的附件滿%(n)d個了。請另送一件通報。") % {"n": MOST_ATTACHED})
    with override("zh-hant"):
        text = _("補來附件一個：%(type)s，%(n)dKB。") % {
            "type": original.media_type, "n": math.ceil(len(original.body) / 1024)
        }  # fmt: skip
    report_id = _add(number, sender, text, original, by=by, at=at)
    if report_id is not None:
        write(*originals_of(report_id, (original,), at=at, by=by))
        keep()


def _add(number: str, sender: str, text: str, original: OriginalIn, *, by: Viewer, at: datetime) -> UUID | None:
    """Where it was added: the report itself, or none where a report of its own was made, which keeps the original."""
    found = _found(number, sender, by)
    if found is None:
        raise NotFound(_("找不到這件通報。"))
    report_id, is_undecided = found
    # Whoever decides holds the lock: asked again behind it, nothing is added that he did not see.
    if is_undecided and _is_locked(report_id) and _found(number, sender, by) == found:
        note_more(report_id=report_id, text=text, by=by, at=at)
        keep()
        return report_id
    with override("zh-hant"):
        words = _("補充通報%(number)s：%(text)s") % {"number": number, "text": text.strip()}
    told = ReportIn(received_at=at, channel="system", narrative=words, originals=(original,))
    receive_report(report=told, by=by, county=by.county)  # without a key, so that no message tells its number
    keep()
    return None


def _found(number: str, sender: str, by: Viewer) -> tuple[UUID, bool] | None:
    """The sender's report and whether somebody is still to decide it."""
    with connection.cursor() as cursor:
        cursor.execute(TO_SUPPLEMENT_SQL, [number, sender, by.county])
        return cursor.fetchone()


def _is_locked(report_id: UUID) -> bool:
    """Lock the report's matter; False where it has ended meanwhile."""
    try:
        lock(report_id)
    except Conflict:
        return False
    return True
