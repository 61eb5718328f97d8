"""What a case is told of the report it takes over: whom, what was decided, which steps it owes from now on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.cases.actions import NewSubject
from anwang.foundation import clock
from anwang.intake import rules
from anwang.intake.models import Report, ReportPerson
from anwang.intake.queries.standing import Pair
from anwang.intake.states import What
from anwang.matters.actions.dispatching import carry_duties
from anwang.matters.models import Duty
from anwang.matters.states import DutyState

from .advising import advice_for
from .facts import facts_of

ROLES = {"child": "child", "victim": "victim", "witness": "witness", "other_party": "other_party"}


def subject_of(pair: Pair, role: str) -> NewSubject:
    grade, class_, screened = (pair.decisions.get(what) for what in (What.GRADE, What.CLASS, What.SCREENING))
    facts: dict[str, object] = {}
    if grade is not None and grade.outcome == "one":
        facts["danger_now"] = _said(grade.advice, "needs_protection_now")
    elif screened is not None:
        facts["danger_now"] = _said(screened.advice, "danger_now")
    graded = grade is not None and class_ is not None
    return NewSubject(
        person_id=pair.person_id,
        role=ROLES.get(role, "client"),
        grade=grade.outcome if graded and grade else "",
        class_code=class_.outcome if graded and class_ else "",
        graded_at=max(grade.decided_at, class_.decided_at) if grade and class_ else None,
        facts={name: value for name, value in facts.items() if value},
    )


def _said(advice: dict[str, object], name: str) -> object:
    inputs = advice.get("inputs")
    return inputs.get(name) if isinstance(inputs, dict) else None


def roles_of(report: Report) -> dict[UUID, str]:
    return dict(ReportPerson.objects.filter(report_id=report.id).values_list("person_id", "role"))


def told_of(report: Report, kind: str, chosen: list[Pair], county: str, by: Viewer) -> dict[str, object]:
    """Facts of the report that casework's rules read."""
    facts = facts_of(report, kind, county, now=clock.now())
    told = {name: facts[name] for name in ("received_at", "known_at", "has_child", "youngest_age", "regime")}
    return told | {"first_contact_class": _first_contact(report, kind, chosen, county, by)}


def _first_contact(report: Report, kind: str, chosen: list[Pair], county: str, by: Viewer) -> str | None:
    """How soon a victim is contacted: as decided, else as advised. The highest counts; None while nobody can say."""
    if rules.table_of(What.CLASS, kind, report.received_at, county) != rules.FIRST_CONTACT:
        return None
    said = set()
    for pair in chosen:
        decision = pair.decisions.get(What.CLASS)
        advice = None if decision else advice_for(report, pair, What.CLASS, county, by)
        said.add(decision.outcome if decision else advice.outcome if advice else None)
    return "high" if "high" in said else None if None in said else said.pop()


def carry(
    report_id: UUID, case_id: UUID, kind: str, person_ids: list[UUID], county: str, known_there: Mapping[UUID, UUID], *,
    by: Viewer, at: datetime,
) -> None:  # fmt: skip
    """Steps of this kind that casework discharges are owed on the case from now on, due as before."""
    ours = rules.duties_of_casework(at, county)
    mine = Duty.objects.filter(matter_id=report_id, state=DutyState.OPEN, rule_id__in=list(ours))
    wanted = [duty.rule_id for duty in mine if duty.inputs.get("kind") == kind or not ours[duty.rule_id]]
    carry_duties(from_id=report_id, to_id=case_id, rule_ids=wanted, because="report.dispatched", at=at, by=by,
                 subject_ids=person_ids, known_there=known_there)  # fmt: skip
