"""Everybody else: small families whose reports, visits, reviews and endings make desks and figures look lived in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import UUID

from anwang.cases.actions import (
    Ending,
    Investigated,
    Safety,
    ask_to_close,
    decide_opening,
    submit_assessment,
    submit_investigation,
)
from anwang.cases.models import CaseSubject
from anwang.foundation import clock
from anwang.intake.actions import answer_reporter, not_open
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import ReportPerson, ScreeningPair
from anwang.matters.actions import reassign, say_why_late
from anwang.matters.models import Duty, Matter

from .beats import Beat, Story, taipei
from .county import County
from .families import CHILD, FAMILY, LIFE, LIVES, QINGLAN, QUIET, SAID, TALES, WANGCHAO, WIFE, WORKS, Small
from .people import Crowd, serials
from .stage import BY_CARER, TWO, Stage

LEAVER = "wu"
INVESTIGATORS = ("you", "cao")
KNOWN_DANGER = {"danger_now": "no", "nobody_supports": "no"}

NOTHING_FOUND = KNOWN_DANGER | {"harm": "no", "care_at_risk": "no", "needs_many": "no", "needs_one": "yes"}


class SmallFamily(Stage):
    """One line of `families.py`, lived step by step."""

    report_id: UUID
    case_id: UUID
    people: list[UUID]

    def __init__(self, county: County, plan: Small, code: str, random: Random, crowd: Crowd) -> None:
        super().__init__(county)
        self.small, self.code, self.random = plan, code, random
        self.told = _report(plan, code, crowd, random)
        self.screener, self.checker = ("du", "fang") if code == "99001" else ("he", "ma")
        self.worker = plan.worker
        if self._investigated_first() and plan.worker not in INVESTIGATORS:
            self.worker = random.choice(INVESTIGATORS)
        self.unit, self.supervisor = WORKS.get(self.worker, ("", ""))

    def _investigated_first(self) -> bool:
        """Since 2026 the centre investigates what is said of children, before anybody else serves."""
        since_2026 = self.told.received_at >= taipei("2026-01-01 00:00")
        return self.code == "99001" and self.small.kind == CHILD and since_2026 and bool(self.small.worker)

    def beats(self) -> list[Beat]:
        return [Beat(at, partial(self._live, name.partition("_")[0])) for name, at in self._steps()]

    def _live(self, step: str) -> None:
        """Whoever has the case by now does it: a hand-over list may have passed it on."""
        if self.worker == LEAVER and hasattr(self, "case_id"):
            self.worker = self.holder(self.case_id)
        getattr(self, step)()

    def _steps(self) -> Iterator[tuple[str, datetime]]:
        received = last = taipei(self.small.at)
        for name, days in LIVES[self.small.life]:
            if name != "late" or self.small.until == "late":
                minutes = self.random.randrange(4, 40)
                wanted = received + timedelta(minutes=6) if days == 0 else _working(received, days, minutes)
                last = max(wanted, last + timedelta(minutes=5))
                yield name, last
                if days == 0 and not 8 <= received.hour < 17:
                    yield "morning", (received + timedelta(days=1)).replace(hour=8, minute=40)
            if name == self.small.until:
                return

    def take(self) -> None:  # type: ignore[override]
        night = not 8 <= clock.local(clock.now()).hour < 17
        by = self.become(self.county.on_shift("wc-night") if night else self.screener)
        self.report_id = super().take(self.told, by).id
        pairs = ScreeningPair.objects.filter(report_id=self.report_id, kind=self.small.kind).order_by("id")
        self.people = list(pairs.values_list("person_id", flat=True))

    def morning(self) -> None:
        """What came at night goes from the desk to the screener."""
        since = Matter.objects.values_list("acting_since", flat=True).get(id=self.report_id)
        reassign(
            matter_id=self.report_id, to=self.to("wc-intake", self.screener), effective_at=clock.now(),
            expected_since=since, by=self.become(self.checker),
        )  # fmt: skip
        self.sign_for(self.report_id, self.screener)

    def decide(self) -> None:
        kind = self.small.kind
        if kind == LIFE:
            return
        harm = {"harm": "yes"} if kind != FAMILY else {"harm": "no", "care_at_risk": "yes"}
        if kind == WIFE:
            harm |= {"preschool_child": "no"}
        outcome = FAMILY if kind == FAMILY else "protection_field" if self._investigated_first() else "protection"
        asked = {"screening": (KNOWN_DANGER | harm, outcome)}
        if self.small.life == "not_opened":
            asked = {"screening": (NOTHING_FOUND, "referral")}
        if kind == CHILD:
            asked |= {"grade": (TWO, "two"), "class": (BY_CARER, "one")}
        for person in self.people:
            self.screen(self.report_id, person, kind, asked, by=self.become(self.screener))

    def give(self) -> None:  # type: ignore[override]
        by = self.become(self.screener)
        self.case_id = super().give(
            self.report_id, self.small.kind, self.people, to=self.to(self.unit, self.worker), by=by
        )  # fmt: skip
        self._answer("in_hand")

    def sign(self) -> None:
        self.sign_for(self.case_id, self.worker)
        self.approve_report(self.report_id, self.checker)

    def visit(self) -> None:
        self.become(self.worker)
        seen = self.people
        if self.small.kind == FAMILY:
            self.become(self.screener)
            seen = list(ReportPerson.objects.filter(report_id=self.report_id).values_list("person_id", flat=True))
        self.met(self.case_id, self.worker, clock.now() - timedelta(minutes=70), seen, self.random.choice(SAID))

    def late(self) -> None:
        by = self.become(self.worker)
        for duty in Duty.objects.filter(matter_id=self.case_id, state="open", is_auto=False).order_by("due_at")[:1]:
            say_why_late(duty_id=duty.id, cause=self.random.choice(("workload", "not_found")), by=by)

    def report(self) -> None:
        by, now = self.become(self.worker), clock.now()
        if self.small.kind == LIFE:
            return
        if self.small.kind == FAMILY:
            submit_assessment(
                matter_id=self.case_id, form="vulnerable_family", facts="收入不穩，親友少。", needs="經濟與照顧。",
                goals="生活穩定。", plan="補助、就業、課後照顧。", index_proposed="medium", index_chosen="medium",
                by=by, at=now,
            )  # fmt: skip
            return
        child = self.small.kind == CHILD
        safety = Safety("safe_with_plan", plan="每週聯絡，學校留意。") if child else None
        parts = (
            {"visit_record": "已訪視並見到本人。", "advice": "開案服務。"} if child else {"result": "屬實，需要服務。"}
        )
        subjects = CaseSubject.objects.filter(matter_id=self.case_id, until_on=None).order_by("id")
        submit_investigation(
            case_id=self.case_id, class_code="one" if child else "", parts=parts, by=by, at=now,
            subjects=[Investigated(subject_id, "", safety) for subject_id in subjects.values_list("id", flat=True)],
        )  # fmt: skip

    def answer(self) -> None:
        self.approve_case(self.case_id, self.supervisor)

    def open(self) -> None:
        ground = {FAMILY: "many_needs", LIFE: "ordered"}.get(self.small.kind, "harm_found")
        decide_opening(case_id=self.case_id, decision="opened", grounds=[ground], words="", by=self.become(self.worker),
                       at=clock.now())  # fmt: skip

    def opened(self) -> None:
        self.approve_case(self.case_id, self.supervisor)
        self.next_step(self.case_id, self.worker, "visit", self._in_days(14))

    def settle(self) -> None:
        """From the centre to those who stay, where the centre had investigated."""
        if self.unit == "wc-intake":
            self.hand_on("wc-child", self.small.worker if self.small.worker in ("jian", "wen") else "wen", by="fang")

    def commission(self) -> None:
        self.hand_on("tide", "sun", by="shi")

    def hand(self) -> None:
        """Given on, and not yet signed for."""
        to = self.to("wc-child", self.small.worker)
        self.give_case(self.case_id, to, self.become("fang"), accountable="wc-child")

    def hand_on(self, unit: str, worker: str, *, by: str) -> None:
        accountable = "wc-adult" if unit == "tide" else unit
        self.give_case(self.case_id, self.to(unit, worker), self.become(by), accountable=accountable)
        self.sign_for(self.case_id, worker)
        self.unit, self.worker = unit, worker
        self.supervisor = WORKS[worker][1]

    def weeks(self) -> None:
        method, place = self.random.choice((("home", "home"), ("office", "office"), ("home", "home")))
        self.met(self.case_id, self.worker, clock.now() - timedelta(minutes=50), self.people,
                 self.random.choice(SAID), method=method, place=place)  # fmt: skip
        self.next_step(self.case_id, self.worker, self.random.choice(("visit", "phone", "partner")), self._in_days(30))

    def quarter(self) -> None:
        """Calm enough for a visit every three months; the next one is written down."""
        self.met(self.case_id, self.worker, clock.now() - timedelta(minutes=40), self.people,
                 self.random.choice(SAID))  # fmt: skip
        self.next_step(self.case_id, self.worker, "visit", f"2026-05-{4 + self.random.randrange(25):02} 10:00")

    def plan(self) -> None:
        if self.small.kind == CHILD:
            submit_assessment(
                matter_id=self.case_id, form="family_plan", facts="管教方式已談過三次。", needs="親職與壓力調適。",
                goals="不再體罰。", plan="親職課程六次，學校每週回報。", by=self.become(self.worker), at=clock.now(),
            )  # fmt: skip
            self.approve_case(self.case_id, self.supervisor)

    def close(self) -> None:
        by, ending = self.become(self.worker), Ending("goals_met", "三個月沒有再發生，孩子與家長都能說出求助管道。")
        subjects = CaseSubject.objects.filter(matter_id=self.case_id, until_on=None, person__isnull=False).order_by(
            "id"
        )
        for subject_id in list(subjects.values_list("id", flat=True)) or [None]:
            ask_to_close(case_id=self.case_id, ending=ending, subject_id=subject_id, by=by, at=clock.now())

    def closed(self) -> None:
        self.approve_case(self.case_id, self.supervisor)

    def refuse(self) -> None:
        by = self.become(self.screener)
        for person in self.people:
            not_open(report_id=self.report_id, person_id=person, kind=self.small.kind, ground=self.small.ground,
                     reason="到校與電話確認後，目前不需開案。", evidence="學校當日見到本人", by=by,
                     at=clock.now())  # fmt: skip

    def agree(self) -> None:
        self.approve_report(self.report_id, self.checker, "同意。")
        self._answer("finished")

    def _answer(self, reply: str) -> None:
        """Whoever had to report is answered; where nobody had to, the report has ended."""
        if not self.small.owes_reply and Matter.objects.filter(id=self.report_id, ended_at=None).exists():
            by = self.become(self.screener)
            answer_reporter(report_id=self.report_id, reply_class=reply, confirmed="unit_line", by=by, at=clock.now())

    def _in_days(self, days: int) -> str:
        return f"{_working(clock.local(clock.now()), days, 0):%Y-%m-%d} 17:00"


def _working(received: datetime, days: float, minutes: int) -> datetime:
    """That many days later at office hours, on a weekday."""
    later = received + timedelta(days=days, minutes=minutes)
    if days >= 0.5:
        later = later.replace(hour=9 + minutes % 8)
    while later.weekday() > 4:
        later += timedelta(days=1)
    return later


def _report(plan: Small, code: str, crowd: Crowd, random: Random) -> ReportIn:
    area, town, address = crowd.home(code)
    reporter = ReporterIn(name="承辦人", organisation="通報單位", phone="(08)000-2199", category="education",
                          may_call_back="yes")  # fmt: skip
    return ReportIn(
        received_at=taipei(plan.at), channel=random.choice(("ecare", "system", "fax")), kinds=(plan.kind,),
        narrative=random.choice(TALES[plan.kind]), persons=_persons(plan, crowd, address, random), area_code=area,
        place=town, unit_code=random.choice(("15", "16", "24")), reporter=reporter, source="network",
    )  # fmt: skip


def _persons(plan: Small, crowd: Crowd, address: str, random: Random) -> tuple[PersonIn, ...]:
    name = crowd.surname()
    if plan.kind in (CHILD, FAMILY):
        carer = crowd.adult("carer", random.choice(("female", "male")), name, random.randrange(1978, 1996), address)
        children = [
            crowd.child("child", name, random.randrange(3, 15), address) for _ in range(random.choice((1, 1, 2)))
        ]
        return (carer, *children) if plan.kind == FAMILY else (*children, replace(carer, relation="parent"))
    if plan.kind == WIFE:
        victim = crowd.adult("victim", "female", name, random.randrange(1975, 2000), address)
        return (victim, crowd.adult("other_party", "male", crowd.surname(), random.randrange(1970, 1998)))
    year = {"elder": 1944, "disability": 1988}.get(plan.kind, random.randrange(1980, 2003))
    return (crowd.adult("person", random.choice(("female", "male")), name, year, address),)


def background(county: County, seed: int) -> list[Story]:
    """Every small family; the seed chooses names, ages and words."""
    random = Random(seed)  # noqa: S311  names of invented people, no secret
    plans = [(plan, "99001") for plan in WANGCHAO] + [(plan, "99002") for plan in (*QINGLAN, *QUIET)]
    numbers, found = serials(), []
    for plan, code in plans:
        own = Random(random.random())  # noqa: S311
        found.append(SmallFamily(county, plan, code, own, Crowd(own, numbers)))
    return found
