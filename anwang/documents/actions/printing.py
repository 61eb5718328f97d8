"""Onto paper: printing is a reading, and leaves its trace."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.states import Circle, Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.documents import circles
from anwang.documents.models import Printing
from anwang.documents.printing import ODT, PDF, Printed, PrintedBy, Sheet, printed
from anwang.documents.queries import letter_of, template_for
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7


@transaction.atomic
def print_paper(*, paper_id: UUID, form: str, by: Viewer) -> Printed:
    """A paper of the register. Whoever cannot read its words finds nothing."""
    found = letter_of(by, paper_id)
    return print_sheet(
        sheet=found.sheet, form=form, file_id=found.file_id, what="paper", by=by, to=found.to, circle=found.circle,
        paper_id=paper_id, look=found.what,
    )  # fmt: skip


@transaction.atomic
def print_sheet(
    *, sheet: Sheet, form: str, file_id: UUID, what: str, by: Viewer, to: str = "", circle: str = Circle.NEUTRAL,
    paper_id: UUID | None = None, look: str = "",
) -> Printed:  # fmt: skip
    """Any sheet about a file: who may read the case may print it. Raises NoGlyph (PDF) and nothing is traced.

    It looks as the office's template for its kind says (`look`, else `what`). `to` and `circle`: for whom it is.
    """
    if form not in (ODT, PDF):
        raise BadInput(_("請選ODT或PDF。"), field="form")
    if Zone.CASE not in writing_zones_of(by, file_id):
        raise NotFound(_("找不到這份文件。"))
    circles.refuse_hidden_place(file_id, sheet.text)
    template = template_for(by, look or what)
    file = printed(sheet, form, printed_by(by), bytes(template.body) if template else b"")
    reading(f"print.{what}.{form}", by=by, file_id=file_id, zone=Zone.CASE, because="print")
    record("printed", by=by, matter_id=file_id, what=what, form=form)
    Printing(
        id=uuid7(), file_id=file_id, what=(look or what)[:20], form=form, title=sheet.title[:80], paper_id=paper_id,
        template=template, to=to[:120], circle=circle, sha256=hashlib.sha256(file.body).hexdigest(),
        by=by.worker_id, unit_id=by.unit_id, at=clock.now(),
    ).save(force_insert=True)  # fmt: skip
    return file


@translation.override("zh-hant")
def printed_by(by: Viewer) -> PrintedBy:
    """The line on every printed page."""
    now = clock.local(clock.now())
    when = f"{roc.roc_long(now.date())}　{now:%H:%M}"
    return PrintedBy(by.name, by.unit_name, when, str(Purpose(by.purpose).label))
