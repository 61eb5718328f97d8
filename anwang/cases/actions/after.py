"""After a case: the end of after-care, and opening again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies
from anwang.cases.models import Case
from anwang.cases.states import Phase
from anwang.foundation.errors import Conflict, Refused
from anwang.matters.actions import end_matter, happened
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep
from anwang.matters.states import DutyState

from .following import refuse_before_followed
from .joining import join_report
from .opening import NewSubject, open_case
from .refusing import refuse_while_searched_for
from .subjects import readable_case

REOPEN = "youth.reopen"


@transaction.atomic
def end_after_care(*, case_id: UUID, by: Viewer, at: datetime, reopens: bool = False) -> None:
    """後追 is over: the last report was handed in, the matter ends. Who was found is taken on again first.

    Raises Refused while the law still wants a follow-up, or its report is not written.
    """
    policies.may_work(by, case_id).enforce()
    case = readable_case(case_id)
    if case.phase != Phase.AFTER_CARE:
        raise Conflict(_("這個案件不在後追中。"))
    refuse_while_searched_for(case)
    if Duty.objects.filter(matter_id=case_id, state=DutyState.OPEN, rule_id=REOPEN).exists() and not reopens:
        raise Refused(_("人找到了，要先再開案。"))
    if not reopens:
        refuse_before_followed(case, at)
    Case.objects.filter(id=case_id).update(phase=Phase.CLOSED)
    record("case.after_care_ended", by=by, at=at, matter_id=case_id)
    end_matter(matter_id=case_id, how=Phase.CLOSED, at=at, by=by)


@transaction.atomic
def reopen(
    *, case_id: UUID, acting: Holder, accountable_id: UUID, subjects: Sequence[NewSubject], by: Viewer, at: datetime,
    report_id: UUID | None = None,
) -> Case:  # fmt: skip
    """再開案: an ended case stays ended; another arises from it, with clocks of its own. After-care ends there."""
    policies.may_work(by, case_id).enforce()
    old, matter = readable_case(case_id), Matter.objects.get(id=case_id)
    if old.phase not in (Phase.AFTER_CARE, Phase.CLOSED, Phase.NOT_OPENED):
        raise Conflict(_("這個案件還在進行，不必再開案。"))
    if old.phase == Phase.AFTER_CARE:
        end_after_care(case_id=case_id, by=by, at=at, reopens=True)
    new = open_case(
        kind=old.kind, county=matter.county, accountable_id=accountable_id, acting=acting, subjects=subjects,
        opened_at=at, report_id=case_id, family_id=matter.family_id, circle=old.circle, by=by,
        legal_basis=old.legal_basis,
        facts={"received_at": at, "known_at": at, "has_child": old.has_child},
    )  # fmt: skip
    facts = {"kind": old.kind, "received_at": at, "opened_at": at}
    happened(matter_id=new.id, event=events.CASE_REOPENED, at=at, by=by, facts=facts)
    if report_id:
        join_report(case_id=new.id, report_id=report_id, as_what="new_event", at=at, by=by)
    record("case.reopened", by=by, at=at, matter_id=new.id, old=case_id)
    keep()
    return new
