"""A case that nobody has to decide about: ordered by court or law, or asked for by the client himself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import policies, rules
from anwang.cases.models import Case
from anwang.cases.states import Decision, Phase
from anwang.foundation import clock
from anwang.foundation.errors import BadInput


@transaction.atomic
def take_on(*, case_id: UUID, ground: str, by: Viewer, at: datetime) -> None:
    """In service from now on, for a reason of `case.open_grounds`. For rooms whose cases begin with an order."""
    policies.may_work(by, case_id).enforce()
    policies.may_decide_opening(Case.objects.get(id=case_id)).enforce()
    day = clock.local(at).date()
    if rules.code("case.open_grounds", ground, day) is None:
        raise BadInput(_("清單裡沒有這個選項，請重選。"), field="ground")
    Case.objects.filter(id=case_id).update(
        phase=Phase.OPENED, decision=Decision.OPENED, grounds=[ground], decided_at=at, decided_by=by.worker_id,
        opened_on=day,
    )  # fmt: skip
    record("case.taken_on", by=by, at=at, matter_id=case_id)
