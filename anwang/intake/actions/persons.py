"""Who is in a report: known or new, born or not, named or not; and the pairs that screening has to decide."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.foundation import clock, phone
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.intake import rules
from anwang.intake.incoming import PersonIn
from anwang.intake.models import ReportPerson, ScreeningPair
from anwang.people.actions import add_address, add_contact_point, add_person, bring_in
from anwang.people.models import Person
from anwang.people.states import ContactKind, NameKind, Source, YesNoUnknown

CIRCLES = {"victim": Circle.VICTIM, "other": Circle.OTHER}
CLIENT_ROLES = {
    "child": ("child", "victim", "witness"),
    "victim": ("victim",),
    "person": ("person", "victim"),
    "family": ("child", "person", "carer", "victim"),
    "episode": ("person", "victim", "child"),
}
"""Roles that make somebody the person a kind of case asks about, by the mark `client` of `case.kind`."""


def write_persons(
    report_id: UUID, persons: Iterable[PersonIn], *, at: datetime, by: Viewer
) -> list[ReportPerson]:  # fmt: skip
    """Write the persons of a report as received; a known record is brought in, never changed."""
    rows = []
    for person in persons:
        side = rules.mark("report.roles", person.role, "side", at)
        circle = CIRCLES.get(str(side), Circle.NEUTRAL)
        person_id = person.person_id
        if person_id is None:
            person_id = _new_person(person, report_id, circle, at, by)
        else:
            bring_in(person_id=person_id, file_id=report_id, circle=circle, by=by, at=at)
        row = ReportPerson(
            id=uuid7(),
            report_id=report_id,
            person_id=person_id,
            role=person.role,
            relation=person.relation,
            age_text=person.age_text[:40],
            injuries=person.injuries[:300],
            where_now=person.where_now[:200],
            notes=person.notes[:500],
            recorded_at=clock.now(),
            recorded_by=by.worker_id,
        )
        row.save(force_insert=True)
        rows.append(row)
    return rows


def _new_person(person: PersonIn, report_id: UUID, circle: str, at: datetime, by: Viewer) -> UUID:
    new = add_person(
        name=person.name[:120],
        name_kind=person.name_kind if person.name else NameKind.UNKNOWN,
        real_name=person.real_name,
        sex=person.sex,
        birth=person.birth,
        is_unborn=person.is_unborn,
        due_on=person.due_on,
        identifiers=person.identifiers,
        languages=person.languages,
        needs_interpreter=person.needs_interpreter or YesNoUnknown.UNKNOWN,
        file_id=report_id,
        circle=circle,
        by=by,
        at=at,
    )
    for number in person.phones:
        kind = ContactKind.MOBILE if phone.kind(number) == "mobile" else ContactKind.PHONE
        add_contact_point(person_id=new.id, kind=kind, value=number, by=by, at=at)
    for kind, text in person.addresses:
        add_address(person_id=new.id, kind=kind, text=text, source=Source.REPORTED, by=by, at=at)
    return new.id


def add_pairs(
    report_id: UUID, kinds: Iterable[str], people: Iterable[ReportPerson], *, at: datetime, by: Viewer
) -> None:
    """Propose who is looked at as what, from the role and the client of each kind. Screening adds more."""
    found = list(people)
    pairs = []
    for kind in kinds:
        client = str(rules.mark("case.kind", kind, "client", at))
        roles = CLIENT_ROLES.get(client, ("victim",))
        roles += ("child",) if rules.mark("case.kind", kind, "children", at) in ("yes", True) else ()
        mine = [row for row in found if row.role in roles]
        if client == "child":
            mine = [row for row in mine if row.role == "child" or may_be_child(row, at, by.county)]
        pairs += [(row.person_id, kind) for row in (mine[:1] if client == "family" else mine)]
    write_pairs(report_id, pairs, at, by)


def may_be_child(row: ReportPerson, at: datetime, county: str) -> bool:
    """Whether the person may be under age: certainly grown up is left out, not known is not."""
    birth = births_of([row]).get(row.person_id)
    span = rules.ages(PersonIn(role=row.role, birth=birth, age_text=row.age_text), rules.on_day(at))
    return span is None or span[0] < rules.whole("age.child", at, county)


def births_of(rows: Iterable[ReportPerson]) -> dict[UUID, PartialDate | None]:
    """What is known of the birth dates of people in a report, each as one partial date; asked once for all."""
    known = Person.objects.filter(id__in=[row.person_id for row in rows])
    return {
        id_: _as_one(earliest, latest, about)
        for id_, earliest, latest, about in known.values_list(
            "id", "born_earliest", "born_latest", "birth_is_approximate"
        )
    }


def _as_one(earliest: date | None, latest: date | None, about: bool) -> PartialDate | None:
    if earliest is None or latest is None:
        return None
    if earliest == latest:
        return PartialDate(earliest.year, earliest.month, earliest.day, about)
    same_month = (earliest.year, earliest.month) == (latest.year, latest.month)
    return PartialDate(earliest.year, earliest.month if same_month else None, None, about)


def write_pairs(report_id: UUID, pairs: list[tuple[UUID, str]], at: datetime, by: Viewer) -> None:
    now = clock.now()
    ScreeningPair.objects.bulk_create(
        [
            ScreeningPair(
                id=uuid7(), report_id=report_id, person_id=person, kind=kind, recorded_at=now, by=by.worker_id
            )
            for person, kind in pairs
        ],
        ignore_conflicts=True,
    )
