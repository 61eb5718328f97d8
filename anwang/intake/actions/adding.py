"""Learnt after the report came in: somebody more is in it, or somebody is looked at as one more kind of case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import Rows
from anwang.foundation.errors import BadInput
from anwang.intake import policies, rules
from anwang.intake.incoming import PersonIn
from anwang.intake.models import Report, ReportPerson, ScreeningPair
from anwang.matters.promises import keep, lock
from anwang.people.actions.planning import hide_addresses

from .facts import county_of
from .persons import known_among, pairs_of, plan_persons, screening_pairs
from .witnesses import hand_on_witnesses, tell_of_witnesses


@transaction.atomic
def add_to_report(*, report_id: UUID, person: PersonIn, by: Viewer, at: datetime) -> ReportPerson:
    """Somebody more is in the report: learnt later, or overlooked at night."""
    lock(report_id)
    policies.may_screen(by, report_id).enforce()
    row = Report.objects.get(id=report_id)
    rows = Rows()
    (added,) = plan_persons(rows, report_id, (person,), known_among((person,), by), at=at, by=by)
    pairs = pairs_of(row.kinds, [added], at=at, county=by.county)
    rows.add(*screening_pairs(report_id, pairs, by))
    rows.write()
    hide_addresses([added.row.person_id])
    _look_for_witnesses(row, by=by, at=at)
    record("report.person_added", by=by, at=at, matter_id=report_id, subject_id=added.row.person_id, role=person.role)
    keep()
    return added.row


@transaction.atomic
def add_pair(*, report_id: UUID, person_id: UUID, kind: str, by: Viewer, at: datetime) -> None:
    """Look at a person of the report as one more kind of case. Twice is the same as once."""
    lock(report_id)
    policies.may_screen(by, report_id).enforce()
    if not rules.is_code("case.kind", kind, at, by.county):
        raise BadInput(_("沒有這種案類。請從清單選。"), field="kind")
    if not ReportPerson.objects.filter(report_id=report_id, person_id=person_id).exists():
        raise BadInput(_("這個人不在這件通報裡。請先加入通報。"), field="person")
    pairs = screening_pairs(report_id, [(person_id, kind)], by)
    ScreeningPair.objects.bulk_create(pairs, ignore_conflicts=True)
    _look_for_witnesses(Report.objects.get(id=report_id), by=by, at=at)
    record("report.pair_added", by=by, at=at, matter_id=report_id, subject_id=person_id, kind=kind)
    keep()


def _look_for_witnesses(report: Report, *, by: Viewer, at: datetime) -> None:
    """What was added may tell of violence, or of a child who was there."""
    people = ReportPerson.objects.filter(report_id=report.id).order_by("recorded_at", "id")
    kinds = set(ScreeningPair.objects.filter(report_id=report.id).values_list("kind", flat=True))
    tell_of_witnesses(report, people, kinds | set(report.kinds), county_of(report), by=by, at=at)
    hand_on_witnesses(report, by=by, at=at)
