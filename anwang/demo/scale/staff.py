"""The directory of the nation: for each county its units, workers with accounts, a duty desk and its roster."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import count
from math import ceil
from random import Random
from uuid import UUID

from anwang.access.models import Account
from anwang.access.viewer import service_viewer
from anwang.demo.founding import FOUNDED, shifts
from anwang.demo.people import MEN, WOMEN
from anwang.directory.models import Appointment, Desk, Jurisdiction, ServiceArea, Shift, Unit, Worker
from anwang.directory.states import Role, UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7

from .nation import Nation, Place

REPORTS_PER_SCREENER = 2500
WORKERS_PER_SECTION = 12
ROSTER_DAYS_BEHIND, ROSTER_DAYS_AHEAD = 35, 60
SERVES = {
    "child": ("child_protection",),
    "adult": ("intimate_violence", "other_violence", "elder", "disability", "sexual_violence"),
    "family": ("vulnerable_family",),
    "mind": ("suicide",),
}
"""Which kinds of case each branch of a county serves."""
WORKSHOPS = ("65000", "66000")
"""The county whose workers play the stories that are stamped, and the one families move to."""
CARD_COUNTIES = ("65000", "10008")
"""A large and a middling county whose first workers are on the log-in cards."""
ORDINALS = "一二三四五六七八九"


@dataclass
class Section:
    """One unit that serves: its workers and who signs for them."""

    unit: UUID
    workers: list[UUID]
    supervisor: UUID


@dataclass
class Office:
    """One county's desks as the writer needs them: ids by what people do."""

    place: Place
    seat: UUID
    social: UUID
    health: UUID
    chief: UUID
    intake: UUID
    screeners: list[UUID]
    checker: UUID
    desk: UUID
    duty: list[UUID]
    duty_supervisor: UUID
    branches: dict[str, list[Section]] = field(default_factory=dict)


class Founder:
    """Gathers the rows of the whole directory and writes each table once."""

    def __init__(self, nation: Nation, reports: int, seed: int) -> None:
        self.nation, self.reports = nation, reports
        self.random = Random(f"staff {seed}")  # noqa: S311  names of invented people, no secret
        self.rows: dict[type, list[object]] = {}
        self.since = datetime.combine(FOUNDED, time(), clock.TAIPEI)
        self.phones, self.numbers = count(1), count(1)
        self.posts: Counter[tuple[str, str]] = Counter()

    def found(self) -> list[Office]:
        """Write every county; the order of tables is that of their keys."""
        service_viewer("founding")
        offices = [self._county(place) for place in self.nation.places]
        for model in (Jurisdiction, Unit, ServiceArea, Worker, Appointment, Account, Desk, Shift):
            model.objects.bulk_create(self.rows.get(model, []), batch_size=2000)
        return offices

    def _add(self, row: object) -> object:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def _county(self, place: Place) -> Office:
        self._add(Jurisdiction(code=place.code, name=place.name, name_en=place.name_en, on_system=True))
        self.place, self.numbers = place, count(1)
        seat = self._unit(UnitKind.COUNTY, f"{place.name}政府", f"{place.name_en} Government", None)
        social = self._unit(UnitKind.BUREAU, f"{place.name}政府社會局（處）", f"{place.name_en} Social Affairs", seat)
        health = self._unit(UnitKind.HEALTH, f"{place.name}政府衛生局", f"{place.name_en} Public Health", seat)
        intake = self._unit(UnitKind.INTAKE, f"{place.name}集中受理窗口", f"{place.name_en} Intake Desk", social)
        protection = self._unit(
            UnitKind.PROTECTION, f"{place.name}家防中心", f"{place.name_en} Protection Centre", social
        )
        screeners = max(1, round(self.reports * self.nation.share(place) / REPORTS_PER_SCREENER))
        chief = self._worker(social, Role.CHIEF)
        self._worker(social, Role.ADMINISTRATOR)
        office = Office(
            place, seat, social, health, chief, intake, [self._worker(intake, Role.SCREENER) for _ in range(screeners)],
            self._worker(intake, Role.SCREENING_SUPERVISOR), uuid7(),
            [self._worker(intake, Role.DUTY_WORKER) for _ in range(4)], self._worker(intake, Role.DUTY_SUPERVISOR),
        )  # fmt: skip
        self._desk(office)
        self._branches(office, {"child": protection, "adult": protection, "family": social, "mind": health})
        return office

    def _branches(self, office: Office, above: dict[str, UUID]) -> None:
        place = office.place
        names = {
            "child": ("家防中心兒保", "組", "Child Protection Section", UnitKind.PROTECTION, Role.SOCIAL_WORKER),
            "adult": ("家防中心成保", "組", "Adult Protection Section", UnitKind.PROTECTION, Role.SOCIAL_WORKER),
            "family": ("", "社福中心", "Welfare Centre", UnitKind.WELFARE, Role.SOCIAL_WORKER),
            "mind": ("第", "心衛中心", "Mental Health Centre", UnitKind.MENTAL_HEALTH, Role.CARE_VISITOR),
        }
        for branch, (before, after, english, kind, role) in names.items():
            workers = self._needed(place, branch)
            sections = place.centres if branch == "family" else ceil(workers / WORKERS_PER_SECTION)
            office.branches[branch] = []
            for number in range(sections):
                called = place.townships[number % len(place.townships)][1] if branch == "family" else _ordinal(number)
                unit = self._unit(
                    kind, f"{place.name}{before}{called}{after}", f"{place.name_en} {english} {number + 1}",
                    above[branch],
                )  # fmt: skip
                # A centre without anybody would be no centre.
                share = max(1, (workers * (number + 1)) // sections - (workers * number) // sections)
                post = self._worker(unit, Role.SUPERVISOR)
                section = Section(unit, [self._worker(unit, role) for _ in range(share)], post)
                office.branches[branch].append(section)
            if branch == "family":
                self._areas(place, [one.unit for one in office.branches[branch]])

    def _areas(self, place: Place, centres: list[UUID]) -> None:
        for number, (code, name) in enumerate(place.townships):
            self._add(ServiceArea(unit_id=centres[number % len(centres)], area_code=code, area_name=name))

    def _needed(self, place: Place, branch: str) -> int:
        """Workers at work, so that each has as many cases as the plan wants where as many posts are filled."""
        nation = self.nation
        kinds = sum(nation.kinds[kind] for kind in SERVES[branch])
        cases = nation.open_cases * self.reports / nation.reports * nation.share(place) * kinds
        return max(1, round(cases / nation.cases_per_worker * place.filled / 0.87))

    def _unit(self, kind: str, name: str, english: str, superior: UUID | None) -> UUID:
        number = next(self.numbers)
        unit = Unit(
            id=uuid7(), code=f"{self.place.code}-{number}", name=name, name_en=english, kind=kind, is_public=True,
            jurisdiction_id=self.place.code, superior_id=superior, on_system=True,
            phone=f"(0{2 + number % 7})000-{number:04}", opened_on=FOUNDED,
        )  # fmt: skip
        self._add(unit)
        return unit.id

    def _worker(self, unit: UUID, role: str) -> UUID:
        names = self.nation.surnames
        (surname,) = self.random.choices([name for name, _ in names], [weight for _, weight in names])
        given = self.random.choice(WOMEN if self.random.random() < 0.8 else MEN)
        phone, key = next(self.phones), uuid7()
        self._add(Worker(id=key, name=surname + given, phone=f"09{phone // 1000 % 100:02}-000-{phone % 1000:03}"))
        self._add(Appointment(worker_id=key, unit_id=unit, role=role, started_at=self.since))
        self.posts[self.place.code, role] += 1
        at = self.posts[self.place.code, role]
        # The first of each role in two counties: cards of nine thousand would be no help.
        has_card = at == 1 and self.place.code in CARD_COUNTIES
        account = Account(username=f"{self.place.code}-{role}-{at}", worker_id=key, is_demo=has_card)
        account.set_unusable_password()
        self._add(account)
        return key

    def _desk(self, office: Office) -> None:
        place = office.place
        self._add(
            Desk(
                id=office.desk, unit_id=office.intake, name=f"{place.name}值班台", name_en=f"{place.name_en} duty desk",
                phone=f"(0{2 + int(place.code) % 7})000-1113", covers_county=True,
            )
        )  # fmt: skip
        behind = 366 if place.code in WORKSHOPS else ROSTER_DAYS_BEHIND
        first, last = (clock.today() + timedelta(days=days) for days in (-behind, ROSTER_DAYS_AHEAD))
        for turn, starts_at, ends_at in shifts(last, place.code, first):
            for rank, who in ((1, office.duty), (3, [office.duty_supervisor])):
                worker = who[turn % len(who)]
                self._add(
                    Shift(id=uuid7(), desk_id=office.desk, worker_id=worker, rank=rank, starts_at=starts_at,
                          ends_at=ends_at)
                )  # fmt: skip


def _ordinal(number: int) -> str:
    """一 to 九, then 十, 十一…"""
    number += 1
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{ORDINALS[tens - 1]}十"
    return head + (ORDINALS[ones - 1] if ones else "")
