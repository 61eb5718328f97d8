"""What an event does to the duties of one matter, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from anwang.audit.rows import new
from anwang.directory.states import SUPERVISING_POST
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.matters import rules
from anwang.matters.models import Duty, Matter
from anwang.matters.rules import Started
from anwang.matters.states import OwedBy


@dataclass(frozen=True)
class Turn:
    """Open duties that end as done or as void, those that start, and what is open afterwards."""

    done: tuple[Duty, ...]
    void: tuple[Duty, ...]
    started: tuple[Duty, ...]
    left: tuple[Duty, ...]


def turn(
    matter: Matter, waiting: Iterable[Duty], event: str, at: datetime, facts: Mapping[str, object] | None = None,
    subject_id: UUID | None = None,
) -> Turn:  # fmt: skip
    """What the rules of the day say to an event, given the open duties. Started ones are new and not written."""
    ruling = rules.ruling(event, {"matter_kind": matter.kind, "at": at, **(facts or {})}, at, matter.county)
    opened = tuple(waiting)
    mine = [duty for duty in opened if not subject_id or duty.subject_id in (None, subject_id)]
    done = [duty for duty in mine if duty.rule_id in ruling.done]
    void = [duty for duty in mine if duty.rule_id in ruling.void - ruling.done]
    gone = {duty.id for duty in (*done, *void)}
    owed = {(duty.rule_id, duty.subject_id) for duty in opened if duty.id not in gone}
    started = tuple(
        new_duty(matter, rule, at, subject_id if rule.per == "subject" else None)
        for rule in ruling.started
        if (rule.rule_id, subject_id if rule.per == "subject" else None) not in owed
    )
    if started:
        # A real step is there: the review that only kept the matter from standing still gives way.
        void += [duty for duty in opened if duty.is_auto and duty.id not in gone]
        gone = {duty.id for duty in (*done, *void)}
    return Turn(tuple(done), tuple(void), started, (*(duty for duty in opened if duty.id not in gone), *started))


def next_step(matter: Matter, waiting: Iterable[Duty], at: datetime) -> Duty:
    """The earliest open duty; the resting review, new and not written, where none is left."""
    first = min(waiting, key=lambda duty: (duty.due_at, duty.id), default=None)
    return first or new_duty(matter, rules.resting(matter.kind, matter.sort, at, matter.county), at)


def new_duty(matter: Matter, rule: Started, at: datetime, subject_id: UUID | None = None) -> Duty:
    """A duty as a rule made it, owed by whom the rule says. Not yet written."""
    owner: dict[str, object] = {
        "owed_by": OwedBy.ACTING,
        "unit_id": matter.acting_unit_id,
        "worker_id": matter.acting_worker_id,
        "desk_id": matter.acting_desk_id,
    }
    if rule.owed_by in ("supervisor", "unit_desk"):
        owner = {"owed_by": OwedBy.ROLE, "unit_id": matter.acting_unit_id, "role": SUPERVISING_POST}
    elif rule.owed_by == "accountable":
        owner = {"owed_by": OwedBy.ROLE, "unit_id": matter.accountable_id, "role": SUPERVISING_POST}
    return new(
        Duty,
        id=uuid7(),
        matter_id=matter.id,
        subject_id=subject_id,
        rule_id=rule.rule_id,
        rule_from=rule.from_,
        rule_hash=rule.hash,
        inputs=rules.flat(rule.inputs),
        words=rule.words.zh,
        words_en=rule.words.to("en"),
        is_assumed=rule.assumption is not None,
        is_auto=rule.resting,
        starts_at=at,
        due_at=rule.due_at,
        recorded_at=clock.now(),
        **owner,
    )
