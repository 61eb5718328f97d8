"""Asking: yes, no, or not known. Answers are kept as given; advice is computed from them, never stored over them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, policies, rules
from anwang.intake.models import Report, ScreeningAnswer
from anwang.intake.states import What
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock
from anwang.rulebook import WrongAnswer

DANGER = ("needs_protection_now", "danger_now")


@transaction.atomic
def answer_questions(
    *, report_id: UUID, person_id: UUID, kind: str, what: str, given: Mapping[str, str | int], by: Viewer, at: datetime
) -> ScreeningAnswer:
    """Answers for one person and kind to the questions of the rule that advises `what`. The latest document counts.

    Immediate danger found here starts what the law asks at once (police, prosecutor).
    """
    county = lock(report_id).county
    policies.may_screen(by, report_id).enforce()
    report = Report.objects.get(id=report_id)
    rule_id = rules.table_of(what, kind, report.received_at, county)
    if not rule_id:
        raise BadInput(_("這個決定沒有題目，請直接決定並寫理由。"))
    plain = {name: value for name, value in given.items() if value not in ("", "unknown", None)}
    try:
        rules.advise(rule_id, plain, report.received_at, county)
    except WrongAnswer:
        raise BadInput(_("有一題的答案不在選項裡。請重新選。"), field="answers") from None
    row = ScreeningAnswer(
        id=uuid7(), report_id=report_id, person_id=person_id, kind=kind, rule_id=rule_id, answers=plain,
        by=by.worker_id, at=at, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    if any(plain.get(name) == "yes" for name in DANGER) and what in (What.GRADE, What.SCREENING):
        happened(matter_id=report_id, event=events.DANGER_FOUND, at=at, by=by, subject_id=person_id,
                 facts={"kind": kind, "found_at": at})  # fmt: skip
    record("report.asked", by=by, at=at, matter_id=report_id, subject_id=person_id, rule=rule_id, answers=len(plain))
    keep()
    return row
