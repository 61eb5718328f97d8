"""A sentence of minutes becomes a tracked decision: a matter with who answers, until when, and what it must show."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from anwang.access.actions import grant, unit_key
from anwang.access.models import Grant
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences.actions.deciding import Decided, add_decision
from anwang.conferences.models import Decision
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import Role
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind
from anwang.minutes.models import DecisionText, Sitting
from anwang.minutes.states import OUT
from anwang.tracking import events, phrases, policies, rules
from anwang.tracking.models import Follow, Track
from anwang.tracking.states import SORT, Part

READS = (Zone.WORK, Zone.CASE)
STEERING = (Role.OFFICER, Role.CHIEF)
BECAUSE, LATE = "tracking", "tracking_late"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a person says about a sentence: who answers, who helps, until when, what shows it, what it asks for."""

    unit_id: UUID
    due_on: date
    helping: Collection[UUID] = ()
    deliverable: str = ""
    asks_change: bool = False
    every_months: int | None = None
    worker_id: UUID | None = None


@transaction.atomic
def track(*, text_id: UUID, wanted: Wanted, by: Viewer, at: datetime) -> Track:
    """列管 of a numbered decision of minutes that are out. Raises Conflict where the sentence is tracked already."""
    text = DecisionText.objects.select_related("sitting", "item").filter(id=text_id).first()
    if text is None:
        raise NotFound(_("查無這項決議。"))
    policies.may_track(by, text.sitting.unit_id).enforce()
    if text.sitting.state not in OUT:
        raise Refused(_("紀錄還是草稿。請先確認並發送，再列管。"))
    follow = following(text.sitting, by, at)
    proposed = phrases.proposed_due(text.due, text.sitting.met_on, None)
    decided = _decided(text, wanted)
    try:
        with transaction.atomic():
            main = add_track(follow, text, decided, by=by, at=at, part=Part.MAIN, asks_change=wanted.asks_change,
                             every_months=wanted.every_months, every_printed=text.recurrence[:40],
                             due_how=proposed.how, due_printed=text.due)  # fmt: skip
    except IntegrityError as error:
        if "sentence_tracked_once" in str(error):
            raise Conflict(_("這項決議已經列管了。")) from None
        raise
    for unit_id in sorted(set(wanted.helping) - {wanted.unit_id}):
        share = _share(main, decided, unit_id)
        add_track(follow, text, share, by=by, at=at, part=Part.SHARE, of=main, due_how=main.due_how,
                  due_printed=main.due_printed)  # fmt: skip
    return main


def following(sitting: Sitting, by: Viewer, at: datetime) -> Follow:
    """The follow-up of a sitting, opened with its first tracked decision or the first unit told. One at a time."""
    Sitting.objects.select_for_update().get(id=sitting.id)
    found = Follow.objects.filter(sitting=sitting).first()
    if found is not None:
        return found
    unit = Unit.objects.get(id=sitting.unit_id)
    assert by.worker_id is not None
    matter = open_matter(
        kind=MatterKind.MEETING, county=unit.jurisdiction_id, accountable_id=unit.id,
        acting=Holder(unit.id, by.worker_id), opened_at=at, event=events.FOLLOWED, facts={}, by=by, sort=SORT,
    )  # fmt: skip
    let_read(matter.id, unit.id, by=by, at=at)
    follow = Follow(id=matter.id, sitting=sitting, unit=unit, at=at, by=by.worker_id, recorded_at=clock.now())
    follow.save(force_insert=True)
    record("tracking.followed", by=by, at=at, matter_id=matter.id, subject_id=sitting.id)
    return follow


def add_track(
    follow: Follow, text: DecisionText, decided: Decided, *, by: Viewer, at: datetime, part: Part, **more: object
) -> Track:
    """The decision with its matter, who reads it, and what the minutes add. Internal to this room."""
    decision = add_decision(source=Matter.objects.get(id=follow.id), decided=decided, by=by, at=at)
    return attach(decision, follow, text, by=by, at=at, part=part, **more)


def attach(
    decision: Decision, follow: Follow, text: DecisionText, *, by: Viewer, at: datetime, part: Part, **more: object
) -> Track:
    """What the minutes add to a decision that is tracked already."""
    track = Track(decision=decision, follow=follow, text=text, part=part, at=at, by=by.worker_id, **more)
    track.save(force_insert=True)
    assert decision.task_id is not None
    assert decision.unit_id is not None
    let_read(decision.task_id, decision.unit_id, by=by, at=at)
    let_superior_read(decision, by=by, at=at)
    record("tracking.tracked", by=by, at=at, matter_id=decision.task_id, subject_id=text.id, part=part)
    keep()
    return track


@transaction.atomic
def stop_round(*, decision_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """It recurs no more: the round that is open is the last."""
    track = Track.objects.select_for_update().filter(decision_id=decision_id).first()
    if track is None:
        raise NotFound(_("查無這項決議。"))
    policies.may_track(by, Follow.objects.get(id=track.follow_id).unit_id).enforce()
    if track.every_months is None or track.stopped_at is not None:
        raise Conflict(_("這項決議不是定期辦理，或已經停止。"))
    if not because.strip():
        raise BadInput(_("請寫為什麼不用再定期辦理。"), field="because")
    Track.objects.filter(decision_id=decision_id).update(stopped_at=at, stopped_because=because.strip())
    record("tracking.stopped", by=by, at=at, subject_id=decision_id)


def let_read(file_id: UUID, unit_id: UUID, *, by: Viewer, at: datetime) -> None:
    """Officers and chiefs of a unit read a matter of this room."""
    for role in STEERING:
        grant(file_id=file_id, holder=unit_key(unit_id, role), zones=READS, purpose=Purpose.SUPERVISION,
              because=BECAUSE, by=by, at=at)  # fmt: skip


def let_superior_read(decision: Decision, *, by: Viewer, at: datetime) -> None:
    """Late ones rise: from some days after the day on, unless reported before, the unit's superior reads it."""
    superior_need_not_read(decision, at=at)
    superior = Unit.objects.filter(id=decision.unit_id).values_list("superior_id", flat=True).first()
    if superior is None or decision.due_on is None or decision.task_id is None:
        return
    county = Matter.objects.values_list("county", flat=True).get(id=decision.task_id)
    for role in STEERING:
        grant(file_id=decision.task_id, holder=unit_key(superior, role), zones=READS, purpose=Purpose.SUPERVISION,
              because=LATE, by=by, at=max(at, rules.rises_at(decision.due_on, county)))  # fmt: skip


def superior_need_not_read(decision: Decision, *, at: datetime) -> None:
    """It was reported, or has another day: what would have risen does not."""
    waiting = Grant.objects.filter(file_id=decision.task_id, because=LATE, starts_at__gt=at)
    waiting.filter(ends_at__isnull=True).update(ends_at=F("starts_at"))


def _decided(text: DecisionText, wanted: Wanted) -> Decided:
    return Decided(
        text=text.text, word="resolution", number=text.number, unit_id=wanted.unit_id,
        worker_id=wanted.worker_id or officer_of(wanted.unit_id), helping=tuple(wanted.helping),
        deliverable=wanted.deliverable, due_on=wanted.due_on, due_words=text.due[:40],
    )  # fmt: skip


def _share(main: Track, decided: Decided, unit_id: UUID) -> Decided:
    return Decided(
        text=decided.text, word=decided.word, number=decided.number, parent_id=main.decision_id, unit_id=unit_id,
        worker_id=officer_of(unit_id), deliverable=decided.deliverable, due_on=decided.due_on,
        due_words=decided.due_words,
    )  # fmt: skip


def officer_of(unit_id: UUID) -> UUID | None:
    """The officer of a unit, who answers for its decisions; None where it has none (its supervisor or window does)."""
    posts = Appointment.objects.filter(unit_id=unit_id, role=Role.OFFICER, ended_at=None)
    return posts.order_by("started_at", "id").values_list("worker_id", flat=True).first()
