"""A matter that is planned and not written yet, with its holders, readers and duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import act_of
from anwang.audit.questions import Question, ask
from anwang.audit.rows import new
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.matters import rules
from anwang.matters.grants import grants_of_authority, grants_of_holder
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.states import DutyState, MatterKind

from .turning import new_duty, next_step, turn

LETTERS = {
    MatterKind.REPORT: "T",
    MatterKind.CASE: "C",
    MatterKind.PLACEMENT: "P",
    MatterKind.COORDINATION: "F",
    MatterKind.BREAK_GLASS: "B",
    MatterKind.SUBJECT_REQUEST: "Q",
    MatterKind.MEETING: "M",
    MatterKind.DECISION: "D",
    MatterKind.URGENT_ROOM: "U",
    MatterKind.INCIDENT_REVIEW: "V",
    MatterKind.REFERRAL: "Z",
    MatterKind.NOTICE: "N",
    MatterKind.SUBMISSION: "S",
    MatterKind.STEERING: "W",
}
TAKEN_SQL = "SELECT number FROM matters_matter WHERE number = ANY (%s)"


@dataclass(frozen=True)
class Beginning:
    """With what a matter begins: whose it is from `opened_at` on, what `event` with its `facts` owes first.

    `sort` is the room's own kind, where the rules about matters that rest tell its kinds apart. `opened_at` is the
    effective beginning (接獲時間), which may be earlier than now but not later. `until` is when its holder stops
    reading (`moves.reads_until`).
    """

    kind: MatterKind
    county: str
    accountable_id: UUID
    acting: Holder
    opened_at: datetime
    event: str
    facts: Mapping[str, object]
    until: datetime | None = None
    arose_from: UUID | None = None
    family_id: UUID | None = None
    matter_id: UUID | None = None
    sort: str = ""


class Opening:
    """A matter with its duties in memory: until it is written, events move them here as `happened` does there."""

    def __init__(self, begun: Beginning, number: str, by: Viewer) -> None:
        self.begun, self.by = begun, by
        self.matter = _matter(begun, number, by)
        self.duties = self._first()
        self.matter.next_duty_id = min(self.duties, key=lambda duty: duty.due_at).id

    def happened(
        self, *, event: str, at: datetime, facts: Mapping[str, object] | None = None, subject_id: UUID | None = None
    ) -> None:
        """Something happened to the matter before it was written: the same rules, the same rows."""
        waiting = [duty for duty in self.duties if duty.state == DutyState.OPEN]
        found = turn(self.matter, waiting, event, at, facts, subject_id)
        for state, duties in ((DutyState.DONE, found.done), (DutyState.VOID, found.void)):
            for duty in duties:
                duty.state, duty.settled_at, duty.settled_because = state, at, event
                duty.settled_by = self.by.worker_id
        self.duties += found.started
        first = next_step(self.matter, found.left, at)
        if not found.left:
            self.duties.append(first)
        self.matter.next_duty_id = first.id

    def rows(self) -> tuple[Model, ...]:
        """Everything to be written: the matter, who reads it, what is owed, and that it was opened."""
        begun, matter, by, at = self.begun, self.matter, self.by, self.begun.opened_at
        if matter.kind == MatterKind.REPORT:
            matter.pressing_at = self._presses()
        return (
            *grants_of_holder(matter.id, begun.acting, by=by, at=at, until=begun.until),
            *grants_of_authority(matter.id, begun.accountable_id, by=by, at=at),
            matter,
            *self.duties,
            act_of(
                "matter.opened", by=by, at=at, matter_id=matter.id, kind=begun.kind, unit=begun.accountable_id
            ),
        )  # fmt: skip

    def _presses(self) -> datetime:
        """As PostgreSQL will reckon it from the same rows (`Matter.pressing_at`)."""
        owed = [duty.due_at for duty in self.duties if duty.state == DutyState.OPEN and not duty.is_auto]
        return min(owed, default=self.begun.opened_at)

    def _first(self) -> list[Duty]:
        """What the rules of the opening day owe first; the resting review when they owe nothing."""
        matter, at = self.matter, self.begun.opened_at
        facts = {"matter_kind": matter.kind, "at": at, **self.begun.facts}
        ruling = rules.ruling(self.begun.event, facts, at, matter.county)
        first = [new_duty(matter, rule, at) for rule in ruling.started if rule.per != "subject"]
        return first or [next_step(matter, (), at)]


def _matter(begun: Beginning, number: str, by: Viewer) -> Matter:
    now = clock.now()
    if begun.opened_at > now:
        raise BadInput(_("開始時間不能在未來。請填實際接獲的時間。"), field="opened_at")
    return new(
        Matter, id=begun.matter_id or uuid7(), number=number, kind=begun.kind, sort=begun.sort, county=begun.county,
        family_id=begun.family_id, arose_from_id=begun.arose_from, opened_at=begun.opened_at, recorded_at=now,
        accountable_id=begun.accountable_id, accountable_since=begun.opened_at, accountable_by=by.worker_id,
        acting_unit_id=begun.acting.unit_id, acting_worker_id=begun.acting.worker_id,
        acting_desk_id=begun.acting.desk_id, acting_since=begun.opened_at, acting_by=by.worker_id,
    )  # fmt: skip


def fresh_numbers(kind: MatterKind, instants: Iterable[datetime]) -> list[str]:
    """A number for each instant that no matter has."""
    drawn = draw(kind, instants)
    return free(drawn, ask(which_are_taken(drawn))[0])


def draw(kind: MatterKind, instants: Iterable[datetime]) -> list[str]:
    """A number by lot for each instant; `free` of it are those that no matter has."""
    return [new_number(LETTERS[kind], clock.local(at).year - 1911) for at in instants]


def which_are_taken(drawn: list[str]) -> Question:
    """Of a nation's reports in a year, every 25th draw is taken already."""
    return Question(TAKEN_SQL, [drawn])


def free(drawn: list[str], taken: list[dict[str, str]]) -> list[str]:
    """The numbers as drawn, drawn again where `which_are_taken` named them or two are the same."""
    clashes = {row["number"] for row in taken} | {number for number, times in Counter(drawn).items() if times > 1}
    if not clashes:
        return drawn
    again = [new_number(number[0], int(number[1:4])) if number in clashes else number for number in drawn]
    return free(again, ask(which_are_taken(again))[0])
