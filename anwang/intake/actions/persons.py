"""Who is in a report: known or new, born or not, named or not; and the pairs that screening has to decide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.rows import Rows, new
from anwang.foundation import clock, phone
from anwang.foundation.errors import NotFound
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.intake import rules
from anwang.intake.incoming import PersonIn
from anwang.intake.models import ReportPerson, ScreeningPair
from anwang.people.actions.planning import (
    NewPerson,
    plan_addresses,
    plan_bringing_in,
    plan_numbers,
    plan_person,
)
from anwang.people.models import Person
from anwang.people.policies import described_by, may_add_person
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


@dataclass(frozen=True)
class Known:
    """What was read of people on record before a report about them is planned."""

    described: frozenset[UUID] = frozenset()
    """Those whom the taker may describe; nobody else is there for him."""
    births: Mapping[UUID, PartialDate | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Present:
    """Somebody in a report, with what is known of his birth."""

    row: ReportPerson
    birth: PartialDate | None


def known_among(persons: Iterable[PersonIn], by: Viewer) -> Known:
    """Reads those on record, all at once; nothing is asked where everybody is new."""
    ids = list({person.person_id for person in persons if person.person_id is not None})
    return Known(described_by(by, ids), births_of(ids)) if ids else Known()


def plan_persons(
    rows: Rows, report_id: UUID, persons: Iterable[PersonIn], known: Known, *, at: datetime, by: Viewer
) -> list[Present]:
    """The persons of a report as received; a known record is brought in, never changed."""
    may_add_person(by).enforce()
    present = []
    for person in persons:
        side = rules.mark("report.roles", person.role, "side", at)
        circle = CIRCLES.get(str(side), Circle.NEUTRAL)
        if person.person_id is None:
            person_id = _plan_new(rows, person, report_id, circle, at, by)
            birth = None if person.is_unborn else person.birth
        elif person.person_id in known.described:
            person_id, birth = person.person_id, known.births.get(person.person_id)
            plan_bringing_in(rows, person_id, file_id=report_id, circle=circle, by=by, at=at)
        else:
            raise NotFound(_("查無此人。請從你承辦的案件進入。"))
        present.append(Present(_row(person, person_id, report_id, by), birth))
    rows.add(*(each.row for each in present))
    return present


def _row(person: PersonIn, person_id: UUID, report_id: UUID, by: Viewer) -> ReportPerson:
    return new(
        ReportPerson,
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


def _plan_new(rows: Rows, person: PersonIn, report_id: UUID, circle: str, at: datetime, by: Viewer) -> UUID:
    told = NewPerson(
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
    )
    person_id = plan_person(rows, told, file_id=report_id, circle=circle, by=by, at=at).id
    numbers = [
        (ContactKind.MOBILE if phone.kind(number) == "mobile" else ContactKind.PHONE, number)
        for number in person.phones
    ]
    plan_numbers(rows, person_id, numbers, by=by, at=at)
    plan_addresses(rows, person_id, person.addresses, source=Source.REPORTED, by=by, at=at)
    return person_id


def pairs_of(kinds: Iterable[str], people: Iterable[Present], *, at: datetime, county: str) -> list[tuple[UUID, str]]:
    """Who is looked at as what, from the role and the client of each kind. Screening adds more."""
    found = list(people)
    pairs: list[tuple[UUID, str]] = []
    for kind in kinds:
        client = str(rules.mark("case.kind", kind, "client", at))
        roles = CLIENT_ROLES.get(client, ("victim",))
        roles += ("child",) if rules.mark("case.kind", kind, "children", at) in ("yes", True) else ()
        mine = [each for each in found if each.row.role in roles]
        if client == "child":
            mine = [each for each in mine if each.row.role == "child" or may_be_child(each, at, county)]
        pairs += [(each.row.person_id, kind) for each in (mine[:1] if client == "family" else mine)]
    return list(dict.fromkeys(pairs))


def may_be_child(who: Present, at: datetime, county: str) -> bool:
    """Whether the person may be under age: certainly grown up is left out, not known is not."""
    told = PersonIn(role=who.row.role, birth=who.birth, age_text=who.row.age_text)
    span = rules.ages(told, rules.on_day(at))
    return span is None or span[0] < rules.whole("age.child", at, county)


def present_in(rows: Iterable[ReportPerson]) -> list[Present]:
    """People of a report that is written, with their births; asked once for all."""
    found = list(rows)
    births = births_of([row.person_id for row in found])
    return [Present(row, births.get(row.person_id)) for row in found]


def births_of(person_ids: Iterable[UUID]) -> dict[UUID, PartialDate | None]:
    """What is known of the birth dates of people, each as one partial date."""
    known = Person.objects.filter(id__in=list(person_ids))
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


def screening_pairs(
    report_id: UUID, pairs: Iterable[tuple[UUID, str]], by: Viewer
) -> list[ScreeningPair]:  # fmt: skip
    now = clock.now()
    return [
        new(
            ScreeningPair, id=uuid7(), report_id=report_id, person_id=person, kind=kind, recorded_at=now,
            by=by.worker_id,
        )
        for person, kind in pairs
    ]  # fmt: skip
