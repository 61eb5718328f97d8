"""What happens to a case begins, counts and ends its courses: told by the kernel in the act itself (ADR 0100)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from anwang.access.viewer import Viewer
from anwang.enactments.queries import held
from anwang.followups import events, rules
from anwang.followups.course import Running, Standing, standing
from anwang.followups.joining import is_of_age, joining_unit
from anwang.foundation import clock
from anwang.matters.actions import offer
from anwang.matters.hearing import Happened
from anwang.matters.models import Matter
from anwang.matters.policies import may_offer
from anwang.matters.states import MatterKind, OfferKind
from anwang.rulebook.schedules import Schedule
from anwang.rulebook.versions import Version

from .beginning import begin_course
from .ending import finish
from .rolling import roll

COUNTED = frozenset({events.CONTACT_MADE, events.CONTACT_ATTEMPTED})


def hear(told: Happened) -> None:
    """Begin, end and count courses, and ask the school to join as soon as somebody acts who may."""
    matter = told.matter
    if matter.kind != MatterKind.CASE or told.event not in {*COUNTED, *rules.concerned(), events.ASSIGNMENT_SIGNED}:
        return
    with held():
        _heed(told)


def _heed(told: Happened) -> None:
    matter, found = told.matter, standing(told.matter.id)
    day = clock.local(told.at).date()
    facts = {**told.facts, "kind": told.facts.get("kind") or matter.sort}
    begun = [
        _begin(matter, version, found, told, facts)
        for version in rules.beginning(told.event, facts, day, matter.county)
    ]
    if any(begun):
        found = standing(matter.id)
    for course in found.courses:
        if not course.is_ended and _ends(course, told, matter.county):
            finish(matter, course, because=told.event, by=told.by, at=told.at)
    if told.event in COUNTED and found.courses:
        roll(matter, by=told.by, at=told.at)
    _ask_to_join(matter, found, told.by, told.at)


def _begin(
    matter: Matter, version: Version[Schedule], found: Standing, told: Happened, facts: Mapping[str, object]
) -> bool:
    """For the person told of, for each subject where nobody is named, or once for the whole case."""
    people: list[UUID | None] = [None]
    if version.content.per == "subject":
        people = [told.subject_id] if told.subject_id else [person for person, _least, _most in found.subjects]
    from_ = facts.get(version.content.counted_from)
    at = from_ if isinstance(from_, datetime) else told.at
    begun = False
    for person in people:
        if found.running(version.content.group, person) and not version.content.again:
            continue
        begin_course(matter, version, person, at=min(at, clock.now()), because=told.event, by=told.by)
        begun = True
    return begun


def _ends(course: Running, told: Happened, county: str) -> bool:
    version = rules.handle_of(course.rule_id).latest(clock.today(), county)
    if version is None or told.event not in version.content.ends_when:
        return False
    return told.subject_id is None or course.person in (None, told.subject_id)


def _ask_to_join(matter: Matter, found: Standing, by: Viewer, at: datetime) -> None:
    """A pupil's school counselling joins by itself, once, when the worker acts. Where no unit is named, nobody does."""
    for course in found.courses:
        if course.is_ended or course.person is None:
            continue
        version = rules.handle_of(course.rule_id).latest(clock.today(), matter.county)
        if version is None or not version.content.joins or not is_of_age(found, course.person, version, matter.county):
            continue
        unit = joining_unit(version.content, matter.county)
        if unit is None or unit.id in found.asked or not may_offer(by, matter, OfferKind.JOINING, unit):
            continue
        offer(matter_id=matter.id, kind=OfferKind.JOINING, to_unit_id=unit.id, topic=version.content.joins["topic"],
              by=by, at=at)  # fmt: skip
        return
