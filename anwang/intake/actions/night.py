"""What the day hands to the night, and what one shift leaves to the next."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from anwang.access.actions import desk_key, grant, unit_key
from anwang.access.models import Grant
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Desk, Shift
from anwang.directory.states import SUPERVISING_POST
from anwang.foundation import clock, days
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.intake import policies
from anwang.intake.models import ShiftNote, TonightWatch
from anwang.intake.states import NoteKind, WatchOutcome
from anwang.matters.models import Matter
from anwang.matters.promises import lock


@transaction.atomic
def watch_tonight(*, matter_id: UUID, night_on: date, why: str, do_if: str, by: Viewer, at: datetime) -> TonightWatch:
    """Hand a matter to the night desk for one night: why, and what to do if. The desk reads it until the night ends."""
    matter = lock(matter_id)
    policies.may_hand_in(by, matter_id).enforce()
    if night_on < clock.local(at).date():
        raise BadInput(_("請選今晚或之後的日期。"), field="night_on")
    if not why.strip() or not do_if.strip():
        raise BadInput(_("請寫為什麼要留意，以及發生事情時怎麼做。"), field="why" if not why.strip() else "do_if")
    if by.worker_id is None or by.unit_id is None:
        raise BadInput(_("交付要有交付的人。"))
    if TonightWatch.objects.filter(matter=matter, night_on=night_on).exists():
        raise Conflict(_("這一件那晚已經在名單上。"))
    desk = _night_desk(matter.county)
    watch = TonightWatch(
        id=uuid7(), matter=matter, desk_id=desk, night_on=night_on, why=why.strip(), do_if=do_if.strip(),
        handed_by_id=by.worker_id, handed_unit_id=by.unit_id, recorded_at=clock.now(),
    )  # fmt: skip
    grant(file_id=matter_id, holder=desk_key(desk), zones=(Zone.WORK, Zone.CASE, Zone.SPECIAL, Zone.SAFETY),
          purpose=Purpose.DUTY, because="tonight_watch", because_id=watch.id, by=by, at=at,
          until=_end_of_night(desk, night_on))  # fmt: skip
    watch.save(force_insert=True)
    record("watch.handed_in", by=by, at=at, matter_id=matter_id, desk=desk, night=night_on)
    return watch


def _night_desk(county: str) -> UUID:
    desk = Desk.objects.filter(unit__jurisdiction_id=county, covers_county=True).values_list("id", flat=True).first()
    if desk is None:
        raise Refused(_("這個縣市沒有設定夜間值班台。請洽系統管理人員。"))
    return desk


def _end_of_night(desk_id: UUID, night_on: date) -> datetime:
    """When the last shift that begins that day ends; without a roster, the end of the next day."""
    begins, ends = days.end_of_day(date.fromordinal(night_on.toordinal() - 1)), days.end_of_day(night_on)
    last = Shift.objects.filter(desk_id=desk_id, starts_at__gte=begins, starts_at__lt=ends).aggregate(at=Max("ends_at"))
    return last["at"] or days.end_of_day(date.fromordinal(night_on.toordinal() + 1))


@transaction.atomic
def say_how_the_night_was(*, watch_id: UUID, outcome: str, by: Viewer, at: datetime, words: str = "") -> None:
    """What the night found, for the unit that handed it in."""
    watch = TonightWatch.objects.filter(id=watch_id).first()
    if watch is None:
        raise NotFound(_("名單上沒有這一件。"))
    unit_id = Desk.objects.values_list("unit_id", flat=True).get(id=watch.desk_id)
    policies.may_keep_desk(by, watch.desk_id, unit_id).enforce()
    if outcome not in WatchOutcome.values:
        raise BadInput(_("請選這一夜的結果。"), field="outcome")
    if watch.outcome:
        raise Conflict(_("這一件的結果已經寫了。"))
    TonightWatch.objects.filter(id=watch_id).update(
        outcome=outcome, outcome_words=words.strip(), outcome_at=at, outcome_by=by.worker_id
    )
    record("watch.answered", by=by, at=at, matter_id=watch.matter_id, outcome=outcome)


@transaction.atomic
def note_for_next_shift(
    *, desk_id: UUID, text: str, by: Viewer, kind: str = NoteKind.FOLLOW_UP, number: str = ""
) -> ShiftNote:  # fmt: skip
    """A line on the hand-over sheet of the shift that is running. `number` ties it to a matter."""
    desk = Desk.objects.filter(id=desk_id).first()
    if desk is None:
        raise NotFound(_("查無這個值班台。"))
    policies.may_keep_desk(by, desk_id, desk.unit_id).enforce()
    if not text.strip():
        raise BadInput(_("請寫要交接的事。"), field="text")
    matter_id = Matter.objects.filter(number=number.strip()).values_list("id", flat=True).first() if number else None
    if number and matter_id is None:
        raise BadInput(_("查無這個編號。請再看一次，或留空。"), field="number")
    _open_sheet(desk_id, desk.unit_id, by)
    now = clock.now()
    ends_at = Shift.objects.filter(desk_id=desk_id, starts_at__lte=now, ends_at__gt=now).aggregate(at=Max("ends_at"))
    note = ShiftNote(
        id=uuid7(), log_id=desk_id, desk=desk, ends_at=ends_at["at"] or now,
        kind=kind if kind in NoteKind.values else NoteKind.OTHER, matter_id=matter_id, text=text.strip()[:500],
        by=by.worker_id, recorded_at=now,
    )  # fmt: skip
    note.save(force_insert=True)
    record("shift.noted", by=by, at=now, matter_id=matter_id, desk=desk_id, kind=note.kind)
    return note


def _open_sheet(desk_id: UUID, unit_id: UUID, by: Viewer) -> None:
    if Grant.objects.filter(file_id=desk_id, holder=desk_key(desk_id)).exists():
        return
    for holder in (desk_key(desk_id), unit_key(unit_id, SUPERVISING_POST)):
        grant(file_id=desk_id, holder=holder, zones=(Zone.WORK, Zone.CASE), purpose=Purpose.DUTY, because="shift",
              by=by, at=clock.now())  # fmt: skip
