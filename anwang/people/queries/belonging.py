"""Households by source with their differences, kin, and case-families of a person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from anwang.access.models import Involvement
from anwang.access.viewer import Viewer
from anwang.people import words
from anwang.people.models import FamilyMember, Household, HouseholdMember, Kinship, Person
from anwang.people.states import Source


@dataclass(frozen=True)
class Housemate:
    member_id: UUID
    person_id: UUID
    name: str
    age: str
    span: str
    note: str


@dataclass(frozen=True)
class Home:
    """A household according to one source. `only` are the people whom no other source puts under this roof."""

    id: UUID
    source: str
    people: tuple[Housemate, ...]
    only: tuple[str, ...]


@dataclass(frozen=True)
class Relative:
    edge_id: UUID
    person_id: UUID
    name: str
    age: str
    relation: str
    source: str
    span: str


@dataclass(frozen=True)
class FamilyOf:
    number: str
    label: str
    span: str


def households(viewer: Viewer, person_id: UUID) -> tuple[Home, ...]:
    """The households he lives in now, one for each source, with whom each says he lives."""
    mine = HouseholdMember.objects.filter(person_id=person_id, until_on__isnull=True).values("household_id")
    living = HouseholdMember.objects.filter(household_id__in=mine, until_on__isnull=True)
    homes: dict[UUID, Household] = {}
    mates: dict[UUID, list[Housemate]] = defaultdict(list)
    for row in living.select_related("household", "person").order_by("person__born_earliest", "person_id"):
        homes[row.household_id] = row.household
        mates[row.household_id].append(_mate(row))
    order = list(Source.values)
    ranked = sorted(homes.values(), key=lambda home: order.index(home.source))
    return tuple(
        Home(home.id, home.get_source_display(), tuple(mates[home.id]), _only(home.id, mates)) for home in ranked
    )


def household_of(viewer: Viewer, person_id: UUID, source: str) -> UUID | None:
    """The household in which this source puts a person now."""
    living = HouseholdMember.objects.filter(person_id=person_id, until_on__isnull=True, household__source=source)
    return living.values_list("household_id", flat=True).first()


def kin(viewer: Viewer, person_id: UUID) -> tuple[Relative, ...]:
    """Everybody the viewer reads who is related to the person; the relation is the other's to him."""
    edges = Kinship.objects.filter(Q(to_id=person_id) | Q(person_id=person_id), until_on__isnull=True)
    rows = list(edges.select_related("person", "to").order_by("id"))
    towards = [
        (row, row.person, words.kin_words(row.relation, row.person.sex)) for row in rows if row.to_id == person_id
    ]
    away = [(row, row.to, words.inverse_words(row.relation, row.to.sex)) for row in rows if row.person_id == person_id]
    return tuple(_relative(row, other, relation) for row, other, relation in towards + away)


def families_of(viewer: Viewer, person_id: UUID) -> tuple[FamilyOf, ...]:
    """Case-families that count him in and that the viewer may know of; of several spans in one, the latest."""
    rows = FamilyMember.objects.filter(person_id=person_id).select_related("family")
    found = {
        row.family_id: FamilyOf(row.family.number, row.family.label, words.span_words(row.since_on, row.until_on))
        for row in rows.order_by("family__label", "family__number", "since_on")
    }
    return tuple(found.values())


def readable_people(viewer: Viewer, person_ids: list[UUID]) -> tuple[tuple[UUID, str], ...]:
    """(id, name) of those the viewer reads, for choosing in a form."""
    people = Person.objects.filter(id__in=person_ids).order_by("born_earliest", "id")
    return tuple((one.id, words.name_words(one.name, one.name_kind)) for one in people)


def people_in_files(viewer: Viewer, file_ids: list[UUID]) -> tuple[tuple[UUID, str], ...]:
    """(id, name) of the readable people who stand in these files."""
    standing = Involvement.objects.filter(file_id__in=file_ids).values_list("person_id", flat=True)
    return readable_people(viewer, list(standing))


def _mate(row: HouseholdMember) -> Housemate:
    one = row.person
    return Housemate(
        member_id=row.id,
        person_id=one.id,
        name=words.name_words(one.name, one.name_kind),
        age=words.age_words(one.born_earliest, one.born_latest, one.birth_is_approximate),
        span=words.span_words(row.since_on, row.until_on),
        note=row.note,
    )


def _only(home_id: UUID, mates: dict[UUID, list[Housemate]]) -> tuple[str, ...]:
    """Names whom this source alone puts here; empty when there is only one source."""
    if len(mates) < 2:
        return ()
    elsewhere = {mate.person_id for other, group in mates.items() if other != home_id for mate in group}
    return tuple(mate.name for mate in mates[home_id] if mate.person_id not in elsewhere)


def _relative(row: Kinship, other: Person, relation: str) -> Relative:
    return Relative(
        edge_id=row.id,
        person_id=other.id,
        name=words.name_words(other.name, other.name_kind),
        age=words.age_words(other.born_earliest, other.born_latest, other.birth_is_approximate, other.died_on),
        relation=relation,
        source=row.get_source_display(),
        span=words.span_words(row.since_on, row.until_on),
    )
