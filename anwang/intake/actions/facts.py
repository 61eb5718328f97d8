"""The flat facts of a report that rules read, from what is written down."""

from __future__ import annotations

from datetime import datetime

from anwang.intake import rules
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report, Reporter, ReportPerson
from anwang.matters.models import Matter
from anwang.people.states import YesNoUnknown

from .persons import births_of


def facts_of(report: Report, kind: str, county: str, *, now: datetime) -> dict[str, object]:
    """What an event about this report and kind is told with. Unknown is None, which holds no duty back."""
    at = report.received_at
    people = list(ReportPerson.objects.filter(report_id=report.id))
    births = births_of([row.person_id for row in people])
    spans = [
        rules.ages(PersonIn(role=row.role, birth=births.get(row.person_id), age_text=row.age_text), rules.on_day(at))
        for row in people
    ]
    reporter = Reporter.objects.filter(report_id=report.id).order_by("-recorded_at").first()
    return {
        "kind": kind,
        "county": county,
        "regime": rules.regime(at, county),
        "received_at": at,
        "reported_at": at,
        "known_at": report.known_at or at,
        "recorded_at": now,
        "mandated": None if report.mandated == YesNoUnknown.UNKNOWN else report.mandated,
        "reporter_is_party": "yes" if reporter is not None and reporter.is_party else "no",
        "oral": "yes" if report.is_oral else "no",
        "new_event": "yes",
        **rules.child_facts(spans, any(row.role == "child" for row in people), at, county),
    }


def county_of(report: Report) -> str:
    """The county whose rules hold: that of the authority that answers now."""
    return Matter.objects.values_list("county", flat=True).get(id=report.id)
