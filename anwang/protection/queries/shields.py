"""Whose whereabouts are kept in the files the viewer reads; the places themselves only after a traced click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import NotFound, Refused
from anwang.people.models import Person
from anwang.people.queries.zones import zones_of_person
from anwang.people.words import name_words
from anwang.protection import rules, seals, words
from anwang.protection.models import Seeking, ShieldedPlace, Shielding, ShieldingAgainst
from anwang.protection.states import PlaceWhat


@dataclass(frozen=True)
class ShieldLine:
    id: UUID
    person: str
    kind: str
    until: str
    case: str
    is_over: bool
    is_passed: bool
    """Its day has passed and nobody has decided: it still holds."""
    sought: int
    """How many word that somebody searches nobody has answered."""


@dataclass(frozen=True)
class PlaceLine:
    """A covered place. `text` is empty until the door was opened."""

    id: UUID
    what: str
    text: str
    since: str


@dataclass(frozen=True)
class SeekingLine:
    id: UUID
    at: str
    words: str
    answered: str


@dataclass(frozen=True)
class ShieldPage:
    id: UUID
    matter_id: UUID
    case: str
    person: str
    person_id: UUID
    kind: str
    article: str
    basis: str
    ask_whom: str
    since: str
    until: str
    until_on: date | None
    against: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    may_open: bool
    ended: str
    ended_because: str
    sought: tuple[SeekingLine, ...]


def shields(viewer: Viewer) -> tuple[ShieldLine, ...]:
    """Those of files the viewer reads, the ones in force first, the nearest end first."""
    found = list(Shielding.objects.select_related("person", "matter").order_by("until_on", "since_at", "id")[:300])
    open_ = Seeking.objects.filter(matter_id__in={one.matter_id for one in found}, answered_at=None)
    sought = [(one.matter_id, one.person_id) for one in open_]
    today = clock.today()
    lines = [
        ShieldLine(
            one.id, name_words(one.person.name, one.person.name_kind), words.label(rules.SHIELD_KIND, one.kind, today),
            words.day(one.until_on), one.matter.number, one.ended_at is not None,
            one.ended_at is None and one.until_on is not None and one.until_on < today,
            sought.count((one.matter_id, one.person_id)),
        )
        for one in found
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.is_over))


def shield_page(viewer: Viewer, shielding_id: UUID, *, opened: bool = False) -> ShieldPage:
    """One shield. NotFound alike when there is none and when the viewer does not read its case.

    `opened`: with the places, which is a reading of the safety zone; Refused, with whom to ask, for others.
    """
    row = Shielding.objects.select_related("person", "matter").filter(id=shielding_id).first()
    if row is None:
        raise NotFound(_("查無這個保密。"))
    may_open = Zone.SAFETY in zones_of_person(viewer, row.person_id)
    if opened and not may_open:
        raise Refused(_("住址保密。需要時請洽%(whom)s。") % {"whom": row.ask_whom})
    if opened:
        reading("protection.places", by=viewer, file_id=row.matter_id, zone=Zone.SAFETY, because="click")
    else:
        reading("protection.shield", by=viewer, file_id=row.matter_id, zone=Zone.CASE)
    today = clock.today()
    entry = rules.code(rules.SHIELD_KIND, row.kind, today)
    against = Person.objects.filter(id__in=ShieldingAgainst.objects.filter(shielding=row).values("person_id"))
    return ShieldPage(
        id=row.id, matter_id=row.matter_id, case=row.matter.number,
        person=name_words(row.person.name, row.person.name_kind), person_id=row.person_id,
        kind=words.label(rules.SHIELD_KIND, row.kind, today),
        article=str(entry.marks.get("at", "")) if entry else "", basis=row.basis, ask_whom=row.ask_whom,
        since=words.instant(row.since_at), until=words.day(row.until_on), until_on=row.until_on,
        against=tuple(name_words(one.name, one.name_kind) for one in against.order_by("id")),
        places=_places(row, opened) if may_open else (), may_open=may_open,
        ended=words.instant(row.ended_at), ended_because=row.ended_because, sought=_sought(row),
    )  # fmt: skip


def open_places(viewer: Viewer, shielding_id: UUID) -> ShieldPage:
    """The same with its places read: one trace in the safety zone."""
    return shield_page(viewer, shielding_id, opened=True)


def _places(row: Shielding, opened: bool) -> tuple[PlaceLine, ...]:
    return tuple(
        PlaceLine(
            one.id, str(PlaceWhat(one.what).label),
            seals.unseal(one.sealed_text, "shielded_place.text", one.id) if opened else "", words.day(one.since_at),
        )
        for one in ShieldedPlace.objects.filter(shielding=row, until_at=None).order_by("since_at", "id")
    )  # fmt: skip


def _sought(row: Shielding) -> tuple[SeekingLine, ...]:
    found = Seeking.objects.filter(matter_id=row.matter_id, person_id=row.person_id).order_by("-at", "id")[:50]
    return tuple(SeekingLine(one.id, words.instant(one.at), one.words, one.answered_words) for one in found)
