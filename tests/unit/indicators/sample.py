"""A built county: reports, decisions and cases over three months, and the plain facts to count them again from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from anwang.access.actions import involve
from anwang.cases.models import Case, CaseSubject
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake.models import Decision, Report, ScreeningPair
from anwang.matters import actions as matters
from anwang.matters.holder import Holder
from anwang.matters.states import MatterKind
from anwang.people import actions as people
from tests.world import World

KINDS = ("child_protection", "elder", "vulnerable_family")
SOURCES = ("network", "citizen", "")
TOWNSHIPS = ("99001010", "99001020", "")
NOT_OPEN = ("no_finding", "same_event", "invalid", "wrong_kind", "family_copes")
FROM, TO = date(2026, 2, 1), date(2026, 4, 30)


@dataclass(frozen=True)
class Fact:
    """One event as the test remembers it: figure, day (and last day, for what stands), item, persons, dimensions."""

    figure: str
    on: date
    item: str
    persons: frozenset[UUID]
    kind: str
    source: str
    township: str
    reason: str = ""
    until: date | None = None


@dataclass
class Sample:
    facts: list[Fact] = field(default_factory=list)
    files: list[UUID] = field(default_factory=list)

    def in_month(self, figure: str, year: int, month: int) -> Iterator[Fact]:
        end = date(year + month // 12, month % 12 + 1, 1)
        for fact in self.facts:
            if fact.figure != figure:
                continue
            stands = fact.on < end and (fact.until is None or fact.until >= end)
            if stands if figure == "in_case" else date(year, month, 1) <= fact.on < end:
                yield fact


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.TAIPEI)


def build_sample(world: World, size: int = 24) -> Sample:
    """`size` reports by a fixed seed, with everything that may follow."""
    chance, sample, pool = random.Random(10740), Sample(), []
    for number in range(size):
        _report(world, chance, sample, pool, number)
    return sample


def _report(world: World, chance: random.Random, sample: Sample, pool: list[UUID], number: int) -> None:
    by = world.viewer("worker")
    on = FROM + timedelta(days=chance.randrange((TO - FROM).days - 30))
    kinds = chance.sample(KINDS, chance.choice((1, 1, 2)))
    source, township = chance.choice(SOURCES), chance.choice(TOWNSHIPS)
    mandated = chance.choice(("yes", "no", "unknown"))
    matter = matters.open_matter(
        kind=MatterKind.REPORT, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=noon(on), by=by,
        event="report.received", facts={"kind": kinds[0], "received_at": noon(on), "known_at": noon(on)},
    )  # fmt: skip
    sample.files.append(matter.id)
    Report.objects.bulk_create([Report(
        id=matter.id, channel="phone", source=source, kinds=kinds, mandated=mandated, received_at=noon(on),
        recorded_at=noon(on), narrative="虛構", area_code=township, event_id=uuid7(),
    )])  # fmt: skip
    person = _person(matter.id, pool, chance, number, by)
    for kind in kinds:
        known = number % 5 != 0
        persons = frozenset({person}) if known else frozenset()
        if known:
            ScreeningPair.objects.bulk_create(
                [ScreeningPair(id=uuid7(), report_id=matter.id, person_id=person, kind=kind, recorded_at=noon(on))]
            )
        told = (f"{matter.id}/{kind}", persons, kind, source, township)
        grade = _decide(matter.id, person, kind, on, told, chance, sample) if known else "none"
        sample.facts.append(Fact("received", on, *told, reason=f"{mandated}/{grade}"))
        if known and chance.random() < 0.6:
            _case(world, chance, sample, matter.id, person, kind, on, told)


def _person(file_id: UUID, pool: list[UUID], chance: random.Random, number: int, by: object) -> UUID:
    if pool and chance.random() < 0.4:
        person = chance.choice(pool)
        involve(file_id=file_id, person_id=person, by=by)  # type: ignore[arg-type]
        return person
    made = people.add_person(name=f"虛構{number}", file_id=file_id, by=by, at=clock.now())  # type: ignore[arg-type]
    pool.append(made.id)
    return made.id


def _write(report_id: UUID, person: UUID, kind: str, what: str, outcome: str, on: date, **more: object) -> UUID:
    row = Decision(
        id=uuid7(), report_id=report_id, person_id=person, kind=kind, what=what, outcome=outcome,
        decided_at=noon(on), recorded_at=noon(on), **more,
    )  # fmt: skip
    Decision.objects.bulk_create([row])
    return row.id


def _decide(
    report_id: UUID, person: UUID, kind: str, on: date, told: tuple, chance: random.Random, sample: Sample  # type: ignore[type-arg]
) -> str:  # fmt: skip
    """A grade that is changed once, then dispatched or not opened; gives the standing grade."""
    first = _write(report_id, person, kind, "grade", "two", on)
    grade = chance.choice(("one", "two"))
    day = on + timedelta(days=1)
    _write(report_id, person, kind, "grade", grade, day, supersedes_id=first, reason="新事實")
    sample.facts.append(Fact("graded", day, *told, reason=grade))
    if chance.random() < 0.6:
        _write(report_id, person, kind, "dispatch", "new_case", day)
        sample.facts.append(Fact("dispatched", day, *told))
    else:
        reason = NOT_OPEN[sum(fact.figure == "not_opened" for fact in sample.facts) % len(NOT_OPEN)]
        _write(report_id, person, kind, "not_open", "not_open", day, reason_code=reason)
        sample.facts.append(Fact("not_opened", day, *told, reason=reason))
        sample.facts.append(Fact("set_aside", on, *told, reason=reason))
    return grade


def _case(
    world: World, chance: random.Random, sample: Sample, report_id: UUID, person: UUID, kind: str, on: date,
    told: tuple,  # type: ignore[type-arg]
) -> None:  # fmt: skip
    opened_on = on + timedelta(days=chance.randrange(1, 20))
    closed_on = opened_on + timedelta(days=chance.randrange(1, 40)) if chance.random() < 0.5 else None
    by = world.viewer("worker")
    matter = matters.open_matter(
        kind=MatterKind.CASE, county="99001", accountable_id=world.units["protection"],
        acting=Holder(world.units["protection"], world.workers["worker"]), opened_at=noon(on), by=by,
        event="case.opened", facts={"kind": kind, "received_at": noon(on), "opened_at": noon(on)}, arose_from=report_id,
    )  # fmt: skip
    sample.files.append(matter.id)
    Case.objects.bulk_create([Case(
        id=matter.id, kind=kind, phase="closed" if closed_on else "opened", received_at=noon(on), decision="opened",
        grounds=["needs_service"], decided_at=noon(opened_on), opened_on=opened_on, closed_on=closed_on,
        closed_because="goals_met" if closed_on else "", recorded_at=noon(on),
    )])  # fmt: skip
    CaseSubject.objects.bulk_create([CaseSubject(
        id=uuid7(), matter_id=matter.id, person_id=person, role="client", since_on=on, must_see_after=noon(on),
        recorded_at=noon(on),
    )])  # fmt: skip
    mine = (str(matter.id), frozenset({person}), *told[2:])
    sample.facts.append(Fact("opened", opened_on, *mine))
    sample.facts.append(Fact("in_case", opened_on, *mine, until=closed_on))
    if closed_on:
        sample.facts.append(Fact("closed", closed_on, *mine, reason="goals_met"))
