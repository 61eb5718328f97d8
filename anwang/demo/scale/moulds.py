"""Playing the stories that are stamped, each wholly, by actions, and keeping which transactions wrote it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from django.db import connection, transaction

from anwang.demo.background import SmallFamily, _persons, _working
from anwang.demo.beats import _without_savepoints
from anwang.demo.county import County
from anwang.demo.families import SAID, TALES, Small
from anwang.demo.people import Crowd, serials
from anwang.demo.stage import Stage
from anwang.foundation import clock
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.people.states import NameKind

from .plans import GROUNDS, HOME, LIVES, SEXUAL, Plan, plans
from .staff import Office

MORE_TALES = {HOME: ("兒子酒後推倒母親，砸壞家具。",), SEXUAL: ("下班途中遭認識的人強制猥褻，已驗傷。",)}


@dataclass(frozen=True)
class Mould:
    """A story as played: what was planned, when it was reported, when the last thing was done, who wrote it."""

    plan: Plan
    received_at: datetime
    last_at: datetime
    transactions: frozenset[int]
    cast: dict[UUID, str]
    """What each unit, worker and desk of the workshop is in the story."""


class Told(SmallFamily):
    """A small family of the workshop county, lived as its plan says."""

    def __init__(
        self, county: County, plan: Plan, office: Office, random: Random, crowd: Crowd, until: datetime
    ) -> None:
        Stage.__init__(self, county)
        self.plan, self.random, self.code = plan, random, office.place.code
        midnight = clock.local(until).replace(hour=0, minute=0, second=0, microsecond=0)
        received = midnight - timedelta(days=plan.days) + timedelta(minutes=round(plan.hour * 60))
        self.small = Small("", plan.kind, plan.branch, until=plan.until, life=plan.life,
                           ground=GROUNDS.get(plan.kind, "no_finding"))  # fmt: skip
        self.received_at = received
        self.screener, self.checker = "screener", "checker"
        self.worker, self.unit, self.supervisor = plan.branch, plan.branch, f"{plan.branch} supervisor"
        self.told = self._report(crowd, office)

    def _investigated_first(self) -> bool:
        return False

    def _steps(self) -> Iterator[tuple[str, datetime]]:
        received = last = self.received_at
        for name, days in LIVES[self.plan.life]:
            minutes = self.random.randrange(4, 40)
            wanted = received + timedelta(minutes=6) if days == 0 else _working(received, days, minutes)
            last = max(wanted, last + timedelta(minutes=5))
            yield name, last
            if days == 0 and not 8 <= received.hour < 17:
                yield "morning", (received + timedelta(days=1)).replace(hour=8, minute=40)
            if name == self.plan.until:
                return

    def last(self) -> None:
        """Seen a few days ago; the next visit is due in a quarter of a year."""
        self.met(self.case_id, self.worker, clock.now() - timedelta(minutes=40), self.people, self.random.choice(SAID))
        self.next_step(self.case_id, self.worker, "visit", self._in_days(86))

    def again(self) -> None:
        """Reported once more while the case is open."""

    def _report(self, crowd: Crowd, office: Office) -> ReportIn:
        code, town = office.place.townships[self.random.randrange(len(office.place.townships))]
        place = office.place.name + town
        address = f"{place}無潮路{9101 + self.random.randrange(800)}號"
        reporter = ReporterIn(name="承辦人", organisation="通報單位", phone="(08)000-2199", category="education",
                              may_call_back="yes")  # fmt: skip
        tales = TALES.get(self.plan.kind) or MORE_TALES[self.plan.kind]
        return ReportIn(
            received_at=self.received_at, channel=self.random.choice(("ecare", "system", "fax")),
            kinds=(self.plan.kind,), narrative=self.random.choice(tales), persons=self._people(crowd, address),
            area_code=code, place=place, unit_code=self.random.choice(("15", "16", "24")), reporter=reporter,
            source="network",
        )  # fmt: skip

    def _people(self, crowd: Crowd, address: str) -> tuple[PersonIn, ...]:
        kind = {HOME: "intimate_violence", SEXUAL: "suicide"}.get(self.plan.kind, self.plan.kind)
        people = _persons(replace(self.small, kind=kind), crowd, address, self.random)
        if self.plan.kind != SEXUAL:
            return people
        victim = people[0]
        return (replace(victim, role="person", name="代號115001", name_kind=NameKind.CODE, real_name=victim.name),)


def play(office: Office, until: datetime, seed: int, tell: Callable[[int, int], None]) -> list[Mould]:
    """Every plan, one story after the other, up to `until`."""
    county, cast = _company(office)
    random, found, all_plans = Random(f"moulds {seed}"), [], plans()  # noqa: S311
    numbers = serials()
    for number, plan in enumerate(all_plans, 1):
        own = Random(random.random())  # noqa: S311
        story = Told(county, plan, office, own, Crowd(own, numbers), until)
        found.append(_played(story, until, cast))
        tell(number, len(all_plans))
    return found


def _played(story: Told, until: datetime, cast: dict[UUID, str]) -> Mould:
    written, last = set(), story.received_at
    with _without_savepoints():
        for one in story.beats():
            if one.at > until:
                break
            with clock.frozen(one.at), transaction.atomic():
                one.play()
                written.add(_transaction())
            last = one.at
    return Mould(story.plan, story.received_at, last, frozenset(written), cast)


def _transaction() -> int:
    """The number under which the present transaction's rows are marked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text::bigint")
        (number,) = cursor.fetchone()
    return int(number)


def _company(office: Office) -> tuple[County, dict[UUID, str]]:
    """The workshop's desks by the names the stories use, and what each id is in a story."""
    units = {"ql-intake": office.intake, "wc-intake": office.intake}
    workers = {"screener": office.screeners[0], "checker": office.checker}
    cast = {
        office.intake: "intake", office.social: "social", office.desk: "desk", office.checker: "checker",
        office.chief: "chief", office.duty_supervisor: "duty_supervisor",
    }  # fmt: skip
    cast |= dict.fromkeys(office.screeners, "screener") | dict.fromkeys(office.duty, "duty")
    workers |= {f"duty {number}": worker for number, worker in enumerate(office.duty)}
    workers["duty supervisor"] = office.duty_supervisor
    for branch, sections in office.branches.items():
        first = sections[0]
        units[branch] = first.unit
        workers |= {branch: first.workers[0], f"{branch} supervisor": first.supervisor}
        cast |= {first.unit: branch, first.workers[0]: f"{branch} worker", first.supervisor: f"{branch} supervisor"}
    return County(units, workers, {"wc-night": office.desk}), cast
