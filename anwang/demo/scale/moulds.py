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
from anwang.intake.actions import relate_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import ReportPerson
from anwang.matters.actions import answer, offer
from anwang.people.states import NameKind

from .nation import nation
from .plans import GROUNDS, HOME, LIVES, SEXUAL, Plan
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
        self.planned, self.random, self.code = plan, random, office.place.code
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
        for name, days in LIVES[self.planned.life]:
            minutes = self.random.randrange(4, 40)
            wanted = received + timedelta(hours=self.planned.keyed) if days == 0 else _working(received, days, minutes)
            # Whoever visits was there for an hour before he writes it down, and had the case before that.
            last = max(wanted, last + timedelta(minutes=90 if name == "visit" else 5))
            yield name, last
            if days == 0 and not 8 <= received.hour < 17:
                last = (received + timedelta(days=int(received.hour >= 17))).replace(hour=8, minute=40)
                yield "morning", last
            if name == self.planned.until:
                return

    def _answer(self, reply: str) -> None:
        """Behind a code name anybody may be: then no more is said than that the report came in."""
        super()._answer("received" if self.planned.kind == SEXUAL else reply)

    def last(self) -> None:
        """Seen a few days ago; the next visit is due in a quarter of a year."""
        self.met(self.case_id, self.worker, clock.now() - timedelta(minutes=40), self.people, self.random.choice(SAID))
        self.next_step(self.case_id, self.worker, "visit", self._in_days(75))

    def again(self) -> None:
        """The same family is reported once more while its case is open: something new has happened."""
        by = self.become(self.screener)
        rows = ReportPerson.objects.filter(report_id=self.report_id).values_list("person_id", "role", "relation")
        people = tuple(PersonIn(role=role, person_id=key, relation=relation) for key, role, relation in rows)
        received = clock.now() - timedelta(minutes=6)
        told = replace(
            self.told, received_at=received, persons=people, narrative="同一家又有新的事，" + self.told.narrative
        )
        self.first, self.report_id = self.report_id, Stage.take(self, told, by).id
        relate_report(report_id=self.report_id, earlier_id=self.first, by=by, at=clock.now())
        self.decide()

    def dispatched(self) -> None:
        by = self.become(self.screener)
        Stage.give(self, self.report_id, self.small.kind, self.people, join=self.case_id, by=by,
                   reason="服務中，由原主責一併處理。")  # fmt: skip
        self.approve_report(self.report_id, self.checker)
        self._answer("in_hand")

    def ask(self) -> None:
        """The family has moved: the other county is asked to take over."""
        by = self.become(self.supervisor)
        unit = self.county.units[f"other {self.planned.branch}"]
        self.asked = offer(matter_id=self.case_id, kind="transfer", to_unit_id=unit, by=by, at=clock.now(),
                           words="已遷居貴縣，請接續服務。").id  # fmt: skip

    def accept(self) -> None:
        branch = f"other {self.planned.branch}"
        by = self.become(f"{branch} supervisor")
        answer(offer_id=self.asked, accept=True, by=by, at=clock.now(), to=self.to(branch, branch))
        self.worker, self.supervisor = branch, f"{branch} supervisor"

    def there(self) -> None:
        self.last()

    def _report(self, crowd: Crowd, office: Office) -> ReportIn:
        code, town = office.place.townships[self.random.randrange(len(office.place.townships))]
        place = office.place.name + town
        address = f"{place}無潮路{9101 + self.random.randrange(800)}號"
        reporter = ReporterIn(name="承辦人", organisation="通報單位", phone="(08)000-2199", category="education",
                              may_call_back="yes")  # fmt: skip
        tales = TALES.get(self.planned.kind) or MORE_TALES[self.planned.kind]
        return ReportIn(
            received_at=self.received_at, channel=self.random.choice(("ecare", "system", "fax")),
            kinds=(self.planned.kind,), narrative=self.random.choice(tales), persons=self._people(crowd, address),
            area_code=code, place=place, unit_code=self.random.choice(("15", "16", "24")), reporter=reporter,
            source="network",
        )  # fmt: skip

    def _people(self, crowd: Crowd, address: str) -> tuple[PersonIn, ...]:
        kind = {HOME: "intimate_violence", SEXUAL: "suicide"}.get(self.planned.kind, self.planned.kind)
        people = tuple(
            replace(one, identifiers=()) if self.random.random() < nation().rates["without_number"] else one
            for one in _persons(replace(self.small, kind=kind), crowd, address, self.random)
        )
        if self.planned.kind != SEXUAL:
            return people
        victim = people[0]
        return (replace(victim, role="person", name="代號115001", name_kind=NameKind.CODE, real_name=victim.name),)


def play(
    workshops: tuple[Office, Office],
    until: datetime,
    seed: int,
    all_plans: list[Plan],
    tell: Callable[[int, int], None],
) -> list[Mould]:
    """Every plan, one story after the other, up to `until`; who moves away goes to the second county."""
    county, cast = _company(*workshops)
    random, found = Random(f"moulds {seed}"), []  # noqa: S311
    numbers = serials()
    for number, plan in enumerate(all_plans, 1):
        own = Random(random.random())  # noqa: S311
        story = Told(county, plan, workshops[0], own, Crowd(own, numbers), until)
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
    return Mould(story.planned, story.received_at, last, frozenset(written), cast)


def _transaction() -> int:
    """The number under which the present transaction's rows are marked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::xid::text::bigint")
        (number,) = cursor.fetchone()
    return int(number)


def _company(office: Office, other: Office) -> tuple[County, dict[UUID, str]]:
    """The workshops' desks by the names the stories use, and what each id is in a story."""
    units = {"ql-intake": office.intake, "wc-intake": office.intake}
    workers = {"screener": office.screeners[0], "checker": office.checker, "duty supervisor": office.duty_supervisor}
    workers |= {f"duty {number}": worker for number, worker in enumerate(office.duty)}
    cast = {}
    for before, place in (("", office), ("other ", other)):
        cast |= _posts(place, before)
        for branch, sections in place.branches.items():
            called, first = before + branch, sections[0]
            units[called] = first.unit
            workers |= {called: first.workers[0], f"{called} supervisor": first.supervisor}
            cast |= {first.unit: called, first.workers[0]: f"{called} worker", first.supervisor: f"{called} supervisor"}
    return County(units, workers, {"wc-night": office.desk}), cast


def _posts(office: Office, before: str) -> dict[UUID, str]:
    """What those of a county are who serve no branch of it."""
    found = {
        office.intake: "intake", office.social: "social", office.health: "health", office.seat: "seat",
        office.desk: "desk", office.checker: "checker", office.chief: "chief",
        office.duty_supervisor: "duty_supervisor",
    }  # fmt: skip
    found |= dict.fromkeys(office.screeners, "screener") | dict.fromkeys(office.duty, "duty")
    return {key: before + role for key, role in found.items()}
