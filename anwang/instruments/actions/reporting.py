"""Taking the half-year report along: as ODS or PDF. Whoever takes it leaves a trace."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.documents.actions.printing import printed_by
from anwang.documents.printing import PDF, Printed, printed
from anwang.foundation.errors import BadInput
from anwang.instruments import papers, policies, queries

ODS = "ods"
MEDIA = "application/vnd.oasis.opendocument.spreadsheet"


@transaction.atomic
def take_report(*, county: str, half: queries.Half, form: str, by: Viewer) -> Printed:
    """The report of a county and half year, as things stand now."""
    policies.may_see_report(by).enforce()
    if form not in (ODS, PDF):
        raise BadInput(_("請選ODS或PDF。"), field="form")
    report = queries.half_year(by, county, half)
    if form == ODS:
        name = f"半年報-{county}-{half.year}-{half.half}.ods"
        file = Printed(name, MEDIA, papers.workbook(report, unit=by.unit_name))
    else:
        file = printed(papers.sheet(report, unit=by.unit_name), PDF, printed_by(by))
    record("instrument.report_taken", by=by, county=county, half=f"{half.year}-{half.half}", form=form)
    return file
