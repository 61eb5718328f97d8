"""He leaves hospital, prison or court: announced, planned, left; the follow-up duties; and her side is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, policies, rules
from anwang.care.models import Departure, Entry
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep, lock

from .records import person_of
from .telling import call_off, tell_her_side
from .triaging import change_level


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What hospital, prison or court told: whence, when he leaves or left. `severe`: yes, no, unknown."""

    from_what: str
    institution: str
    noticed_at: datetime
    expected_at: datetime | None = None
    left_at: datetime | None = None
    severe: str = "unknown"
    words: str = ""


@transaction.atomic
def announce_leaving(
    *, matter_id: UUID, notice: Notice, by: Viewer, at: datetime, person_id: UUID | None = None
) -> Departure:
    """接到通知. The plan is worked on before the day; whoever he may hurt is called before he is home."""
    policies.may_triage(by, matter_id).enforce()
    matter = lock(matter_id)
    _check(notice, clock.local(at).date())
    person = person_of(matter_id, person_id)
    made = Departure(
        id=uuid7(), matter=matter, person_id=person, from_what=notice.from_what, institution=notice.institution.strip(),
        severe=notice.severe, noticed_at=notice.noticed_at, expected_at=notice.expected_at, words=notice.words.strip(),
        left_at=notice.left_at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    made.save(force_insert=True)
    if notice.left_at is None:
        happened(
            matter_id=matter_id, event=events.LEAVING_ANNOUNCED, at=at, by=by, subject_id=person,
            facts={"from_what": notice.from_what, "severe": notice.severe, "expires_at": notice.expected_at},
        )  # fmt: skip
    else:
        _follow(made, at, by)
    tell_her_side(
        matter_id=matter_id, person_id=person, notice_id=made.id, expected_at=notice.left_at or notice.expected_at,
        by=by, at=at,
    )  # fmt: skip
    record("care.leaving_announced", by=by, at=at, matter_id=matter_id, departure=made.id)
    keep()
    return made


@transaction.atomic
def move_leaving(*, departure_id: UUID, expected_at: datetime, by: Viewer, at: datetime) -> None:
    """Another day or hour. Her side is told anew."""
    found = _open(departure_id, by)
    if found.left_at is not None:
        raise Conflict(_("他已經離開了。請重新整理看最新情形。"))
    if expected_at < found.noticed_at:
        raise BadInput(_("離開的時間要在接到通知之後。"), field="expected_at")
    Departure.objects.filter(id=found.id).update(expected_at=expected_at)
    tell_her_side(
        matter_id=found.matter_id, person_id=found.person_id, notice_id=found.id, expected_at=expected_at, by=by, at=at
    )
    record("care.leaving_moved", by=by, at=at, matter_id=found.matter_id, departure=found.id)
    keep()


@transaction.atomic
def join_planning(*, departure_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """Somebody of the authority took part in planning the discharge (§33 II)."""
    found = _open(departure_id, by)
    if not words.strip():
        raise BadInput(_("請寫和醫院、家屬說好了什麼。"), field="words")
    Departure.objects.filter(id=found.id).update(planned_at=at, words=words.strip()[:400])
    happened(matter_id=found.matter_id, event=events.LEAVING_PLANNED, at=at, by=by, subject_id=found.person_id)
    record("care.leaving_planned", by=by, at=at, matter_id=found.matter_id, departure=found.id)
    keep()


@transaction.atomic
def note_left(*, departure_id: UUID, left_at: datetime, by: Viewer, at: datetime) -> None:
    """He left: the plan is due in three days, he is visited, his level is the closest again."""
    found = _open(departure_id, by)
    if found.left_at is not None:
        raise Conflict(_("他離開的時間剛剛已經有人記了。"))
    if left_at > clock.now():
        raise BadInput(_("時間不能在未來。還沒離開請改預定時間。"), field="left_at")
    Departure.objects.filter(id=found.id).update(left_at=left_at)
    found.left_at = left_at
    _follow(found, at, by)
    tell_her_side(
        matter_id=found.matter_id, person_id=found.person_id, notice_id=found.id, expected_at=left_at, by=by, at=at
    )
    record("care.left", by=by, at=at, matter_id=found.matter_id, departure=found.id)
    keep()


@transaction.atomic
def receive_plan(*, departure_id: UUID, by: Viewer, at: datetime) -> None:
    """The discharge plan arrived (§33 III)."""
    found = _open(departure_id, by)
    if found.plan_received_at is not None:
        raise Conflict(_("出院準備計畫剛剛已經收到了。"))
    Departure.objects.filter(id=found.id).update(plan_received_at=at)
    happened(matter_id=found.matter_id, event=events.PLAN_RECEIVED, at=at, by=by, subject_id=found.person_id)
    record("care.plan_received", by=by, at=at, matter_id=found.matter_id, departure=found.id)
    keep()


@transaction.atomic
def call_off_leaving(*, departure_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """He stays after all; whoever was to be called is not."""
    found = _open(departure_id, by)
    if found.left_at is not None:
        raise Conflict(_("他已經離開了。請重新整理看最新情形。"))
    Departure.objects.filter(id=found.id).update(called_off_at=at, words=words.strip()[:400])
    happened(matter_id=found.matter_id, event=events.LEAVING_CALLED_OFF, at=at, by=by, subject_id=found.person_id)
    call_off(matter_id=found.matter_id, person_id=found.person_id, notice_id=found.id, by=by, at=at)
    record("care.leaving_called_off", by=by, at=at, matter_id=found.matter_id, departure=found.id)
    keep()


def _follow(departure: Departure, at: datetime, by: Viewer) -> None:
    happened(
        matter_id=departure.matter_id, event=events.LEFT, at=at, by=by, subject_id=departure.person_id,
        facts={"from_what": departure.from_what, "ended_at": departure.left_at},
    )  # fmt: skip
    entry = Entry.objects.filter(matter_id=departure.matter_id, person_id=departure.person_id, until_on=None).first()
    on = clock.local(at).date()
    advice = rules.level_advice(False, "", 0, on, by.county)
    proposed = rules.level_number(advice.outcome)
    if entry is not None and proposed is not None and (entry.level is None or entry.level > proposed):
        change_level(entry, proposed, proposed=proposed, words=_("剛離開醫院或監所，依分級表"), by=by, at=at)


def _check(notice: Notice, on: date) -> None:
    entry = rules.code(rules.LEAVING, notice.from_what, on)
    if entry is None:
        raise BadInput(_("請選從哪裡離開。"), field="from_what")
    if not notice.institution.strip():
        raise BadInput(_("請寫哪一家醫院、監所或法院。"), field="institution")
    if notice.expected_at is None and notice.left_at is None:
        raise BadInput(_("請填預定離開或已經離開的時間。"), field="expected_at")
    now = clock.now()
    if notice.noticed_at > now or (notice.left_at or now) > now:
        raise BadInput(_("時間不能在未來。還沒離開請填預定時間。"), field="left_at")


def _open(departure_id: UUID, by: Viewer) -> Departure:
    found = Departure.objects.filter(id=departure_id).first()
    if found is None:
        raise NotFound(_("查無這則離開的通知。"))
    policies.may_triage(by, found.matter_id).enforce()
    lock(found.matter_id)
    found.refresh_from_db()
    if found.called_off_at is not None:
        raise Conflict(_("這則通知已經取消了。請重新整理看最新情形。"))
    return found
