"""One report planned whole: the matter with its clocks, what came in, who reported (apart) and who is in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from anwang.access.actions import desk_key, grant_of, unit_key
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import act_of
from anwang.audit.rows import Rows, new
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake import events, rules, sealed
from anwang.intake.incoming import Arrival, OriginalIn, ReporterIn, ReportIn
from anwang.intake.models import (
    OriginalBody,
    Report,
    Reporter,
    ReportOriginal,
    ReportSupplement,
)
from anwang.matters.actions.planning import Beginning, Opening
from anwang.matters.states import MatterKind
from anwang.people.states import YesNoUnknown

from .calls import who_called
from .checking import facts_by_kind
from .persons import Known, Present, pairs_of, plan_persons, screening_pairs
from .where import Place
from .witnesses import children_of_violence

SUICIDE = "suicide"
"""Kind of case whose care begins with the report, whoever takes it over."""
PARTIES = ("self", "family")
"""Categories of a reporter who is one of those the report is about, or may be."""


@dataclass
class Ground:
    """What is the same for every report that comes in together."""

    by: Viewer
    county: str
    now: datetime
    place: Place
    known: Known


@dataclass
class Planned:
    """A report with every row it brings, none of them written."""

    report: Report
    opening: Opening
    rows: Rows = field(default_factory=Rows)
    known_ids: tuple[UUID, ...] = ()
    """People in it who were on record before: what is known of them elsewhere is asked after writing."""


def plan(arrival: Arrival, number: str, ground: Ground) -> Planned:
    """Every row of one report, worked out without writing. Raises BadInput, NotFound or Refused."""
    told, by, at = arrival.report, ground.by, arrival.report.received_at
    kinds = told.kinds or (rules.CHILD_PROTECTION,)
    facts = facts_by_kind(told, kinds, ground.now, ground.county)
    report_id = uuid7()
    opening = Opening(_beginning(report_id, facts[kinds[0]], at, ground), number, by)
    row = _report(report_id, told, kinds, facts[kinds[0]], ground)
    row.number = number
    rows = Rows()
    rows.add(*_read_by_the_centre(report_id, at, ground), row, *_supplements(row, told, by))
    rows.add(_reporter(report_id, who_called(arrival.call_id, told.reporter), ground.now, by))
    rows.add(*originals_of(report_id, told.originals, at=at, by=by))
    people = plan_persons(rows, report_id, told.persons, ground.known, at=at, by=by)
    rows.add(*screening_pairs(report_id, pairs_of(kinds, people, at=at, county=ground.county), by))
    for number_of_kind, kind in enumerate(kinds):
        _tell(opening, row, kind, facts[kind], is_first=not number_of_kind)
    _tell_of_witnesses(opening, people, kinds, at, ground)
    return Planned(row, opening, rows, tuple(person.person_id for person in told.persons if person.person_id))


def finish(planned: Planned, arrival: Arrival, by: Viewer) -> Rows:
    """The rows of a plan to which nothing more happens, with the act that it was received."""
    row = planned.report
    rows = Rows()
    rows.add(*planned.opening.rows())
    rows.take(planned.rows)
    rows.add(act_of("report.received", by=by, at=row.received_at, matter_id=row.id, channel=row.channel,
                    late=row.is_late_entry, call=arrival.call_id))  # fmt: skip
    return rows


def originals_of(
    report_id: UUID, originals: Iterable[OriginalIn], *, at: datetime, by: Viewer
) -> list[ReportOriginal | OriginalBody]:
    """Keeps what came in byte for byte, whatever the bytes are; nobody opens or renders them here."""
    now, rows = clock.now(), []
    for each in originals:
        original = new(
            ReportOriginal, id=uuid7(), report_id=report_id, name=each.name[:200], media_type=each.media_type[:100],
            size=len(each.body), sha256=hashlib.sha256(each.body).hexdigest(), received_at=at, recorded_at=now,
            recorded_by=by.worker_id,
        )  # fmt: skip
        body = sealed.seal_original(each.body, original.id)
        rows += [original, new(OriginalBody, original_id=original.id, report_id=report_id, body=body)]
    return rows


def _beginning(report_id: UUID, facts: dict[str, object], at: datetime, ground: Ground) -> Beginning:
    place = ground.place
    return Beginning(
        kind=MatterKind.REPORT, county=ground.county, accountable_id=place.centre_id, acting=place.acting,
        opened_at=at, event=events.REPORT_RECEIVED, facts=facts, until=place.reads_until(at), matter_id=report_id,
    )  # fmt: skip


def _read_by_the_centre(report_id: UUID, at: datetime, ground: Ground) -> list[object]:
    """Screeners of the centre work one queue; the night desk must know what may ring tonight."""
    screeners = grant_of(
        file_id=report_id, holder=unit_key(ground.place.centre_id, Role.SCREENER), purpose=Purpose.INTAKE,
        zones=(Zone.WORK, Zone.CASE, Zone.SPECIAL), because="intake", by=ground.by, at=at,
    )  # fmt: skip
    night = [
        grant_of(
            file_id=report_id, holder=desk_key(desk_id), zones=(Zone.WORK, Zone.CASE), purpose=Purpose.DUTY,
            because="duty", by=ground.by, at=at,
        )
        for desk_id in ground.place.night_desks
    ]  # fmt: skip
    return [screeners, *night]


def _report(
    report_id: UUID, told: ReportIn, kinds: tuple[str, ...], facts: dict[str, object], ground: Ground
) -> Report:
    return new(
        Report,
        id=report_id,
        channel=told.channel,
        source=told.source,
        unit_code=told.unit_code,
        reporting_unit=told.reporting_unit,
        kinds=list(kinds),
        kinds_assumed=not told.kinds,
        mandated=facts["mandated"] or YesNoUnknown.UNKNOWN,
        received_at=told.received_at,
        known_at=told.known_at,
        recorded_at=ground.now,
        is_late_entry=rules.is_late("entry.report_late_after", told.received_at, ground.now, ground.county),
        is_oral=facts["oral"] == "yes",
        narrative=told.narrative.strip(),
        place=told.place.strip(),
        area_code=told.area_code,
        urgency=told.urgency,
        event_id=report_id,
        taken_by_id=ground.by.worker_id,
        taken_unit_id=ground.by.unit_id,
    )


def _supplements(row: Report, told: ReportIn, by: Viewer) -> tuple[ReportSupplement, ...]:
    if not told.remarks:
        return ()
    text = "\n".join(told.remarks)
    return (
        new(
            ReportSupplement, report_id=row.id, text=text, at=row.received_at, recorded_at=row.recorded_at,
            by=by.worker_id,
        ),
    )  # fmt: skip


def _reporter(report_id: UUID, reporter: ReporterIn, now: datetime, by: Viewer) -> Reporter:
    row_id, is_party = uuid7(), reporter.is_party or reporter.category in PARTIES
    said = {
        "name": reporter.name.strip(),
        "phone": reporter.phone.strip(),
        "organisation": reporter.organisation.strip(),
        "relation": reporter.relation.strip(),
        "category": reporter.category,
        "is_party": "yes" if is_party else "no",
    }
    return new(
        Reporter,
        id=row_id,
        report_id=report_id,
        sealed=sealed.seal(said, "reporter", row_id),
        category=reporter.category,
        may_call_back=reporter.may_call_back,
        call_when=reporter.call_when,
        name_to_use=reporter.name_to_use,
        is_party=is_party,
        is_whole=True,
        recorded_at=now,
        recorded_by=by.worker_id,
    )


def _tell(opening: Opening, row: Report, kind: str, facts: dict[str, object], *, is_first: bool) -> None:
    """One event per kind of case: each has its own clocks. With the first the matter was opened."""
    told = [] if is_first else [events.REPORT_RECEIVED]
    told += [events.SUICIDE_REPORTED] if kind == SUICIDE else []
    told += [events.REPORT_ORAL] if row.is_oral else []
    for event in told:
        opening.happened(event=event, at=row.received_at, facts=facts)


def _tell_of_witnesses(
    opening: Opening, people: Iterable[Present], kinds: tuple[str, ...], at: datetime, ground: Ground
) -> None:
    facts = {"known_at": at, "county": ground.county}
    for person_id in children_of_violence(people, kinds, at, ground.county):
        opening.happened(event=events.WITNESS_FOUND, at=at, facts=facts, subject_id=person_id)
