"""The answer onto paper: in the name of the unit that took the request, with nobody else's name on any page."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, record
from anwang.documents.printing import ODT, PDF, Printed, PrintedBy, printed
from anwang.foundation import clock, roc
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.subjects import letters, policies, sealed
from anwang.subjects.answers import latest
from anwang.subjects.models import Request
from anwang.subjects.states import RequestState

PURPOSE = "答復當事人"


@transaction.atomic
def print_answer(*, request_id: UUID, form: str, by: Viewer) -> Printed:
    """As `odt` or `pdf`, once a second person let it leave. The reading is traced."""
    if form not in (ODT, PDF):
        raise BadInput(_("請選ODT或PDF。"), field="form")
    request = Request.objects.select_related("matter", "unit").filter(matter_id=request_id).first()
    if request is None:
        raise NotFound(_("查無這件請求。"))
    policies.may_print(by, request).enforce()
    answer = latest(request)
    if answer is None or request.state not in (RequestState.APPROVED, RequestState.ANSWERED):
        raise Refused(_("答復要第二人看過才能列印。"))
    document = sealed.unseal(answer.sealed, "answer", answer.id)
    sheet = letters.sheet(document, number=request.matter.number, unit=request.unit.name)
    day = roc.roc_long(clock.local(clock.now()).date())
    file = printed(sheet, form, PrintedBy(PURPOSE, request.unit.name, day, PURPOSE))
    reading(f"print.subject_answer.{form}", by=by, file_id=request_id, zone=Zone.WORK, because="print")
    record("printed", by=by, matter_id=request_id, what="subject_answer", form=form)
    return file
