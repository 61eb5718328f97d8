"""Forms that are also a paper of the case: the safety result of a child, the evaluation report of a family."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.cases.actions import Safety, record_safety, submit_assessment
from anwang.cases.models import CaseSubject
from anwang.cases.states import AssessmentForm
from anwang.foundation.errors import BadInput
from anwang.instruments.models import Fill
from anwang.instruments.queries import index_of
from anwang.rulebook.handles import DatedInstrument

SAFETY, ASSESSMENT = "safety", "assessment"


def keep_as_paper(
    filled: Fill, version: DatedInstrument, level: str, safety: Safety | None, *, by: Viewer, at: datetime
) -> None:
    """Hand the result to the case where the form says so; nothing while its level is still open."""
    kept_as = version.content.use.kept_as
    if kept_as == SAFETY and level:
        _keep_safety(filled, level, safety, by, at)
    if kept_as == ASSESSMENT:
        _hand_in(filled, by, at)


def _keep_safety(filled: Fill, level: str, safety: Safety | None, by: Viewer, at: datetime) -> None:
    subject = CaseSubject.objects.filter(matter_id=filled.matter_id, person_id=filled.person_id, until_on=None).first()
    if subject is None:
        raise BadInput(_("他不是這個案件的對象，請先列為對象。"), field="about")
    told = safety or Safety(level)
    result = Safety(level, told.plan, told.signature_refused, told.instead)
    record_safety(subject_id=subject.id, safety=result, by=by, at=at)


def _hand_in(filled: Fill, by: Viewer, at: datetime) -> None:
    """The four parts go to the supervisor as the case's report, with the index as computed and as people saw it."""
    parts = {name: str(filled.answers.get(name, "")) for name in ("facts", "needs", "goals", "plan")}
    index = index_of(by, filled.matter_id)
    submit_assessment(
        matter_id=filled.matter_id, form=AssessmentForm.VULNERABLE_FAMILY, **parts, index_proposed=index.proposed,
        index_chosen=index.chosen, index_because=index.because, by=by, at=at,
    )  # fmt: skip
