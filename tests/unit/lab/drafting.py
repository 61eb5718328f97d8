"""A ministry and a county that steer, and drafts of rules at every stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from anwang.access.models import Account
from anwang.access.viewer import Viewer
from anwang.directory.models import Appointment, Worker
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake.actions import answer_questions, decide, receive_report
from anwang.intake.incoming import PersonIn, ReporterIn, ReportIn
from anwang.intake.models import ReportPerson
from anwang.lab import actions
from anwang.lab.actions import Change
from anwang.lab.models import Comment, Draft
from tests.world import SINCE, World, build_world

STEERING = [
    ("official", "ministry", Role.OFFICER),
    ("official2", "ministry", Role.OFFICER),
    ("director", "ministry", Role.CHIEF),
    ("steerer", "social", Role.OFFICER),
    ("steerer2", "health", Role.OFFICER),
    ("steerer_else", "county2", Role.OFFICER),
    ("chief_else", "county2", Role.CHIEF),
]
FIRST_VISIT = "vulnerable_family.first_visit"
GRADE = "child_protection.grade"
ALL_ONE = [{"row": "rest", "else": "one"}]
"""Rows by which every child is of grade one."""


@dataclass
class Lab:
    """The county of `tests.world`, with those who steer; `be` becomes one of them."""

    world: World

    def be(self, key: str) -> Viewer:
        return self.world.viewer(key)


def open_lab() -> Lab:
    world = build_world()
    for number, (key, unit, role) in enumerate(STEERING):
        world.workers[key] = uuid7()
        Worker.objects.create(id=world.workers[key], name=f"承辦{number}", name_en=f"Officer {number}", phone="")
        Appointment.objects.create(worker_id=world.workers[key], unit_id=world.units[unit], role=role, started_at=SINCE)
        Account.objects.create_user(key, "correct horse battery", worker_id=world.workers[key], is_demo=True)
    return Lab(world)


def change(days: int = 60, **values: Any) -> Change:
    day = clock.today() + timedelta(days=days)
    return Change(values=values or {"within": "7 days"}, starts_on=day, why="十天太久", letter="府社字第1號")


def drafted(lab: Lab, key: str = "official", county: str = "", rule_id: str = FIRST_VISIT, **values: Any) -> Draft:
    wanted = change(**values)
    return actions.draft(rule_id=rule_id, county=county, change=wanted, by=lab.be(key), at=clock.now())


def opened(lab: Lab, key: str = "official", county: str = "", **values: Any) -> Draft:
    draft = drafted(lab, key, county, **values)
    return actions.open_to_comment(draft_id=draft.id, by=lab.be(key), at=clock.now())


def said(lab: Lab, draft: Draft, key: str = "worker", text: str = "七天內約不到人") -> Comment:
    return actions.comment(draft_id=draft.id, text=text, by=lab.be(key), at=clock.now())


def answered(lab: Lab, comment: Comment, key: str = "official") -> None:
    actions.answer(comment_id=comment.id, taken="no", text="可以先電話約", by=lab.be(key), at=clock.now())


def handed_on(lab: Lab, hands: Any, key: str = "official", county: str = "", **values: Any) -> Draft:
    draft = opened(lab, key, county, **values)
    hands.advance(timedelta(days=15))
    return actions.hand_on(draft_id=draft.id, by=lab.be(key), at=clock.now())


def approved(lab: Lab, draft_id: UUID, *keys: str) -> Draft:
    for key in keys:
        found = actions.approve(draft_id=draft_id, by=lab.be(key), at=clock.now())
    return found


def graded_children(world: World, many: int) -> None:
    """Reports of children of today, each graded two on answers that are kept."""
    now = clock.now()
    for n in range(many):
        child = PersonIn(role="child", name=f"江{n}", age_text="9歲")
        reporter = ReporterIn(category="citizen")
        told = ReportIn(received_at=now, narrative="身上有瘀青。", persons=(child,), kinds=("child_protection",),
                        channel="phone", reporter=reporter)  # fmt: skip
        by = world.viewer("screener")
        report = receive_report(report=told, by=by)
        person = ReportPerson.objects.get(report=report, person__name=f"江{n}").person_id
        about: dict[str, Any] = {"report_id": report.id, "person_id": person, "kind": "child_protection",
                                 "what": "grade", "by": by, "at": now}  # fmt: skip
        answer_questions(given={"needs_protection_now": "no", "needs_emergency_placement": "no"}, **about)
        decide(outcome="two", **about)
