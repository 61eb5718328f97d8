"""補充 from the system that sent a report: added to it while somebody is to decide it, else taken down anew."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from anwang.access.viewer import Viewer
from anwang.foundation.errors import Conflict, NotFound
from anwang.intake.incoming import OriginalIn, ReportIn
from anwang.matters.promises import keep, lock

from .noting import note_more
from .receiving import receive_report

TO_SUPPLEMENT_SQL = "SELECT report_id, is_undecided FROM intake_to_supplement(%s, %s, %s)"


@transaction.atomic
def supplement(*, number: str, sender: str, text: str, original: OriginalIn, by: Viewer, at: datetime) -> None:
    """More about the report `number` that `sender` (a system, the service `by`) sent to this county.

    What is added to a report that was decided nobody would read: it becomes a report of its own, which names the first,
    and whoever screens says what it belongs to. The sender hears of no difference. Raises NotFound alike for what is
    not there and for what somebody else sent.
    """
    found = _found(number, sender, by)
    if found is None:
        raise NotFound(_("找不到這件通報。"))
    report_id, is_undecided = found
    # Whoever decides holds the lock: asked again behind it, nothing is added that he did not see.
    if is_undecided and _is_locked(report_id) and _found(number, sender, by) == found:
        note_more(report_id=report_id, text=text, by=by, at=at)
    else:
        with override("zh-hant"):
            words = _("補充通報%(number)s：%(text)s") % {"number": number, "text": text.strip()}
        told = ReportIn(received_at=at, channel="system", narrative=words, originals=(original,))
        receive_report(report=told, by=by, county=by.county)  # without a key, so that no message tells its number
    keep()


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
