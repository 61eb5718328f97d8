"""補充 from the system that sent a report: added to it while somebody is to decide it, else taken down anew."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from anwang.access.viewer import Viewer
from anwang.foundation.errors import NotFound
from anwang.intake.incoming import OriginalIn, ReportIn
from anwang.matters.promises import keep

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
    with connection.cursor() as cursor:
        cursor.execute(TO_SUPPLEMENT_SQL, [number, sender, by.county])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("找不到這件通報。"))
    report_id, is_undecided = row
    if is_undecided:
        note_more(report_id=report_id, text=text, by=by, at=at)
    else:
        with override("zh-hant"):
            words = _("補充通報%(number)s：%(text)s") % {"number": number, "text": text.strip()}
        told = ReportIn(received_at=at, channel="system", narrative=words, originals=(original,))
        receive_report(report=told, by=by, county=by.county)  # without a key, so that no message tells its number
    keep()
