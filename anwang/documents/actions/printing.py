"""Onto paper: printing is a reading, and leaves its trace."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.queries import zones_of
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.documents import circles
from anwang.documents.printing import ODT, PDF, Printed, PrintedBy, Sheet, printed
from anwang.documents.queries import letter_sheet
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound


@transaction.atomic
def print_paper(*, paper_id: UUID, form: str, by: Viewer) -> Printed:
    """A letter of the register. Whoever cannot read its words finds nothing."""
    sheet, file_id = letter_sheet(by, paper_id)
    return print_sheet(sheet=sheet, form=form, file_id=file_id, what="paper", by=by)


@transaction.atomic
def print_sheet(*, sheet: Sheet, form: str, file_id: UUID, what: str, by: Viewer) -> Printed:
    """Any sheet about a file: who may read the case may print it. Raises NoGlyph (PDF) and nothing is traced."""
    if form not in (ODT, PDF):
        raise BadInput(_("請選ODT或PDF。"), field="form")
    if Zone.CASE not in zones_of(by, file_id):
        raise NotFound(_("找不到這份文件。"))
    circles.refuse_hidden_place(file_id, sheet.text)
    file = printed(sheet, form, printed_by(by))
    reading(f"print.{what}.{form}", by=by, file_id=file_id, zone=Zone.CASE, because="print")
    record("printed", by=by, matter_id=file_id, what=what, form=form)
    return file


@translation.override("zh-hant")
def printed_by(by: Viewer) -> PrintedBy:
    """The line on every printed page."""
    now = clock.local(clock.now())
    when = f"{roc.roc_long(now.date())}　{now:%H:%M}"
    return PrintedBy(by.name, by.unit_name, when, str(Purpose(by.purpose).label))
