"""Somebody of a case needs a place: since when, of which kind, for which needs; and what became of the wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.models import CaseSubject
from anwang.cases.policies import may_work
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock
from anwang.placements import events, rules
from anwang.placements.models import Waiting


@dataclass(frozen=True)
class WantedPlace:
    """What is looked for. `kind` empty: any that suits."""

    kind: str = ""
    needs: Sequence[str] = field(default_factory=tuple)
    is_urgent: bool = False
    words: str = ""


@transaction.atomic
def want_place(*, case_id: UUID, person_id: UUID, wanted: WantedPlace, by: Viewer, at: datetime) -> Waiting:
    """A subject of a case waits for a place: on the list of whoever looks for one, and a duty of the case."""
    may_work(by, case_id).enforce()
    lock(case_id)
    day = clock.local(at).date()
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填實際開始等候的時間。"), field="since_at")
    if wanted.kind and rules.code(rules.KIND, wanted.kind, day) is None:
        raise BadInput(_("請選安置類型。"), field="kind")
    if any(rules.code(rules.SUITED, one, day) is None for one in wanted.needs):
        raise BadInput(_("請從清單選需要。"), field="needs")
    if not CaseSubject.objects.filter(matter_id=case_id, person_id=person_id, until_on=None).exists():
        raise NotFound(_("這位不是案件對象。請先列為案件對象。"))
    if Waiting.objects.filter(case_id=case_id, person_id=person_id, ended_at=None).exists():
        raise Conflict(_("這位已經在等候處所。"))
    waiting = Waiting(
        id=uuid7(), case_id=case_id, person_id=person_id, kind=wanted.kind, needs=list(wanted.needs),
        is_urgent=wanted.is_urgent, words=wanted.words.strip(), since_at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    waiting.save(force_insert=True)
    facts = {"urgent": "yes" if wanted.is_urgent else "no"}
    happened(matter_id=case_id, event=events.PLACEMENT_WANTED, at=at, by=by, facts=facts)
    record("place.wanted", by=by, at=at, matter_id=case_id, subject_id=person_id, waiting=waiting.id)
    keep()
    return waiting


@transaction.atomic
def end_wait(*, waiting_id: UUID, how: str, by: Viewer, at: datetime) -> None:
    """The wait is over, one way or another."""
    waiting = Waiting.objects.filter(id=waiting_id).first()
    if waiting is None:
        raise NotFound(_("查無這筆等候。"))
    may_work(by, waiting.case_id).enforce()
    if rules.code(rules.WAIT_ENDED, how, clock.local(at).date()) is None:
        raise BadInput(_("請從清單選等候的結果。"), field="how")
    if not waiting.since_at <= at <= clock.now():
        raise BadInput(_("結束時間要在開始等候之後、現在之前。"), field="at")
    if not finish(waiting, how, by, at):
        raise Conflict(_("這筆等候已經結束。"))
    keep()


def finish(waiting: Waiting, how: str, by: Viewer, at: datetime) -> bool:
    """End the row; the duty of the case with the last of them. Internal to this room."""
    changed = Waiting.objects.filter(id=waiting.id, ended_at=None).update(
        ended_at=max(at, waiting.since_at), ended_how=how, ended_by=by.worker_id
    )
    if changed and not Waiting.objects.filter(case_id=waiting.case_id, ended_at=None).exists():
        happened(matter_id=waiting.case_id, event=events.PLACE_FOUND, at=at, by=by)
    if changed:
        record("place.wait_ended", by=by, at=at, matter_id=waiting.case_id, subject_id=waiting.person_id, how=how)
    return bool(changed)
