"""What every action of this room asks of a case first. Internal to this room."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from anwang.cases.models import Case, CaseSubject
from anwang.foundation.errors import NotFound


def health_case(matter_id: UUID) -> Case:
    """The case, if the viewer reads it."""
    found = Case.objects.filter(id=matter_id).first()
    if found is None:
        raise NotFound(_("查無這個案件。"))
    return found


def person_of(matter_id: UUID, person_id: UUID | None = None) -> UUID:
    """Whom the case is about; named where there are several. NotFound for somebody who does not stand in it."""
    rows = CaseSubject.objects.filter(matter_id=matter_id, until_on=None, person__isnull=False)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    found = rows.order_by("since_on", "id").values_list("person_id", flat=True).first()
    if found is None:
        raise NotFound(_("這個案件裡沒有這個人。"))
    return found
