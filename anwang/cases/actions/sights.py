"""Whom a contact saw, whom it missed, and who was not looked for because he is placed elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.cases import rules, sealed
from anwang.cases.models import Contact, ContactSeen, Observation, Placement
from anwang.cases.states import PlaceKind, Seen
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.matters.models import Matter
from anwang.people.models import Person

from .served import Sight, Told, open_subjects

MET, REFUSED = "met", "refused"
AT_THE_PLACEMENT = "institution"
"""The way of contact that goes to where somebody is placed."""


def check_sights(told: Told) -> None:
    """Seen only in a contact that met; each person not seen has a reason of the list that can be true of him."""
    if told.outcome != MET and any(sight.seen == Seen.YES for sight in told.sights):
        raise BadInput(_("沒有見到面，就不能勾「見到」。請改結果或改見到誰。"), field="outcome")
    day = clock.local(told.started_at).date()
    missed = [sight for sight in told.sights if sight.seen == Seen.NO]
    if any(rules.code(rules.NOT_SEEN, sight.because, day) is None for sight in missed):
        raise BadInput(_("請選沒見到的原因。"), field="sights")
    elsewhere = [sight.person_id for sight in missed if not rules.is_looked_for(sight.because, day)]
    if elsewhere and _is_at_a_placement(told):
        raise BadInput(_("這次就是去安置處所。請選實際沒見到的原因。"), field="sights")
    if wrong := set(elsewhere) - placed_at(elsewhere, told.started_at):
        name = Person.objects.filter(id__in=wrong).values_list("name", flat=True).first() or _("這位")
        raise BadInput(_("%(name)s那時沒有安置在外。請選沒見到的原因。") % {"name": name}, field="sights")


def placed_at(people: Iterable[UUID], at: datetime) -> set[UUID]:
    """Who of these was in a placement at an instant, as far as the database shows it to whoever is looking."""
    running = Placement.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at), placed_at__lte=at)
    return set(running.filter(person_id__in=list(people)).values_list("person_id", flat=True))


def _is_at_a_placement(told: Told) -> bool:
    return told.method == AT_THE_PLACEMENT or told.place_kind == PlaceKind.SAFE_PLACE


def with_everybody(told: Told, files: Sequence[Matter]) -> Told:
    """An attempt saw nobody: subjects not named are written down as not seen, so that no list hides them.

    Whoever was placed elsewhere was not looked for at home.
    """
    if told.outcome == MET:
        return told
    named = {sight.person_id for sight in told.sights}
    because = "refused" if told.outcome == REFUSED else "no_answer"
    missing = {subject.person_id for file in files for subject in open_subjects(file.id)} - named - {None}
    away = set() if _is_at_a_placement(told) else placed_at(missing, told.started_at)
    not_there = rules.not_there(clock.local(told.started_at).date()) or because
    more = (Sight(person, Seen.NO, not_there if person in away else because) for person in sorted(missing))
    return replace(told, sights=(*told.sights, *more))


def with_those_not_named(old: Contact, told: Told) -> Told:
    """A correction that says nothing of somebody leaves what was written of him: he may stand in another file."""
    if told.outcome != MET:
        return told
    named = {sight.person_id for sight in told.sights}
    rows = ContactSeen.objects.filter(contact=old).exclude(person_id__in=named).order_by("id")
    kept = Observation.objects.filter(seen__in=rows).values_list("seen_id", "text")
    words = {seen_id: sealed.observation_words(text, seen_id) for seen_id, text in kept}
    kept = [Sight(row.person_id, row.seen, row.not_seen_because, words.get(row.id, ""), row.in_person) for row in rows]
    return replace(told, sights=(*told.sights, *kept))


def write_sights(contact: Contact, told: Told, now: datetime) -> None:
    """One row per person, and what was seen on him apart. Internal to this room."""
    sights = [(sight, _row(contact, sight, now)) for sight in told.sights]
    ContactSeen.objects.bulk_create([row for _sight, row in sights])
    Observation.objects.bulk_create(
        [
            Observation(seen=row, contact=contact, text=sealed.observation(sight.observation, row.id), recorded_at=now)
            for sight, row in sights
            if sight.observation.strip()
        ]
    )


def _row(contact: Contact, sight: Sight, now: datetime) -> ContactSeen:
    is_seen = sight.seen == Seen.YES
    because = "" if is_seen else sight.because
    return ContactSeen(
        id=uuid7(), contact=contact, person_id=sight.person_id, seen=sight.seen,
        in_person=is_seen and (contact.is_visit if sight.in_person is None else sight.in_person),
        not_seen_because=because, recorded_at=now,
        looked_for=is_seen or rules.is_looked_for(because, clock.local(contact.started_at).date()),
    )  # fmt: skip


def sights_taken_back(old: Contact, told: Told) -> frozenset[UUID]:
    """Whom the first version saw and the correction does not."""
    before = ContactSeen.objects.filter(contact=old, seen=Seen.YES).values_list("person_id", flat=True)
    still = {sight.person_id for sight in told.sights if sight.seen == Seen.YES}
    return frozenset(set(before) - still)
