"""The phone log, who was called out, and who is out on a visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import desk_key, grant, unit_key
from anwang.access.models import Grant
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Desk
from anwang.directory.states import SUPERVISING_POST
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.numbers import new_number
from anwang.foundation.uuid7 import uuid7
from anwang.intake import policies, sealed
from anwang.intake.incoming import ReporterIn
from anwang.intake.models import Call, CallOut, CheckIn
from anwang.intake.states import CALL_TRANSITIONS, CallOutcome

from .where import intake_unit

LETTER = "K"


@transaction.atomic
def log_call(
    *, received_at: datetime, about: str, by: Viewer, caller: str = "", phone: str = "", said: str = ""
) -> Call:  # fmt: skip
    """A call came: it has a number before anybody knows what becomes of it. Who called is sealed.

    It stands in the log of the desk where the taker is on shift, else of his unit.
    """
    policies.may_log_call(by).enforce()
    now = clock.now()
    if received_at > now:
        raise BadInput(_("來電時間不能在未來。"), field="received_at")
    if not about.strip():
        raise BadInput(_("請寫來電說了什麼，一句也可以。"), field="about")
    if by.worker_id is None or by.unit_id is None:
        raise BadInput(_("電話紀錄要有接電話的人。"))
    desk_id = by.desks[0] if by.desks else None
    call_id, log_id = uuid7(), desk_id or by.unit_id
    _open_log(log_id, desk_id, by)
    who = {"name": caller.strip(), "phone": phone.strip(), "said": said.strip()}
    call = Call(
        id=call_id,
        number=new_number(LETTER, clock.local(received_at).year - 1911),
        log_id=log_id,
        county=by.county,
        received_at=received_at,
        recorded_at=now,
        taken_by_id=by.worker_id,
        unit_id=by.unit_id,
        desk_id=desk_id,
        sealed_caller=sealed.seal(who, "call", call_id) if any(who.values()) else None,
        about=about.strip(),
    )
    call.save(force_insert=True)
    record("call.logged", by=by, at=received_at, subject_id=call_id, desk=desk_id)
    return call


def _open_log(log_id: UUID, desk_id: UUID | None, by: Viewer) -> None:
    """The log of a desk is read by whoever is on shift there, its supervisors, and the centre next morning."""
    if Grant.objects.filter(file_id=log_id, because="call").exists():
        return
    if desk_id is None:
        readers = [unit_key(log_id)]
    else:
        keeper = Desk.objects.values_list("unit_id", flat=True).get(id=desk_id)
        readers = [desk_key(desk_id), unit_key(keeper, SUPERVISING_POST), unit_key(intake_unit(by.county))]
    for holder in readers:
        grant(file_id=log_id, holder=holder, zones=(Zone.WORK, Zone.CASE), purpose=Purpose.DUTY, because="call",
              by=by, at=clock.now())  # fmt: skip


@transaction.atomic
def settle_call(
    *, call_id: UUID, outcome: str, by: Viewer, at: datetime, passed_to: str = "", report_id: UUID | None = None
) -> None:
    """What became of a call: a report, a consultation, or nobody's here (then whose). It stays in the log."""
    policies.may_log_call(by).enforce()
    call = Call.objects.select_for_update(of=("self",)).filter(id=call_id).first()
    if call is None:
        raise NotFound(_("查無這通電話。"))
    if outcome not in CALL_TRANSITIONS.get(CallOutcome(call.outcome), ()):
        raise Conflict(_("這通電話已經決定過。請重新整理看最新情形。"))
    if outcome == CallOutcome.NOT_OURS and not passed_to.strip():
        raise BadInput(_("請寫請對方打給誰、電話幾號。"), field="passed_to")
    Call.objects.filter(id=call_id).update(
        outcome=outcome, outcome_at=at, outcome_by=by.worker_id, passed_to=passed_to.strip(), report_id=report_id
    )
    record("call.settled", by=by, at=at, subject_id=call_id, outcome=outcome, matter_id=report_id)


def who_called(call_id: UUID | None, reporter: ReporterIn) -> ReporterIn:
    """The reporter as typed, or, where nothing was typed, whoever called: from seal to seal, read by nobody.

    Internal to this room.
    """
    said = (reporter.name, reporter.phone, reporter.organisation, reporter.relation)
    call = Call.objects.filter(id=call_id).first() if call_id and not any(said) else None
    if call is None or not call.sealed_caller:
        return reporter
    kept = sealed.unseal(call.sealed_caller, "call", call.id)
    return replace(reporter, name=kept["name"], phone=kept["phone"], relation=kept["said"])


@transaction.atomic
def note_call_out(
    *,
    worker_id: UUID,
    called_at: datetime,
    by: Viewer,
    call_id: UUID | None = None,
    matter_id: UUID | None = None,
    answered_at: datetime | None = None,
) -> CallOut:
    """出勤紀錄: somebody was called out for a call or a matter."""
    policies.may_log_call(by).enforce()
    if called_at > clock.now() or (answered_at and answered_at < called_at):
        raise BadInput(_("時間的先後不對。請填實際打電話和接到的時間。"), field="called_at")
    if (call_id is None) == (matter_id is None):
        raise BadInput(_("請選是為了哪通電話或哪一件出勤。"), field="call_id")
    row = CallOut(
        id=uuid7(), worker_id=worker_id, desk_id=by.desks[0] if by.desks else None, call_id=call_id,
        matter_id=matter_id, called_at=called_at, answered_at=answered_at, recorded_by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("call_out.noted", by=by, at=called_at, matter_id=matter_id, subject_id=call_id, worker=worker_id)
    return row


@transaction.atomic
def note_on_the_way(
    *,
    call_out_id: UUID,
    by: Viewer,
    answered_at: datetime | None = None,
    left_at: datetime | None = None,
    arrived_at: datetime | None = None,
    returned_at: datetime | None = None,
) -> None:
    """Left, arrived, returned: each as it is known; what was noted stays unless given again."""
    policies.may_log_call(by).enforce()
    given = {"answered_at": answered_at, "left_at": left_at, "arrived_at": arrived_at, "returned_at": returned_at}
    given = {name: at for name, at in given.items() if at is not None}
    row = CallOut.objects.filter(id=call_out_id).first()
    if row is None:
        raise NotFound(_("查無這筆出勤紀錄。"))
    times = [given.get(name) or getattr(row, name) for name in ("called_at", "left_at", "arrived_at", "returned_at")]
    known = [at for at in times if at is not None]
    if known != sorted(known) or known[-1] > clock.now():
        raise BadInput(_("出發、到達、返回的先後不對。請再看一次。"), field="left_at")
    CallOut.objects.filter(id=call_out_id).update(**given)
    record("call_out.went_on", by=by, matter_id=row.matter_id, call_out=call_out_id, **dict.fromkeys(given, "noted"))


@transaction.atomic
def check_out(
    *, due_back_at: datetime, by: Viewer, at: datetime, matter_id: UUID | None = None, area_name: str = "",
    with_whom: str = "",
) -> CheckIn:  # fmt: skip
    """Going out on a visit: back by when, in which township, with whom. The desk is told when he is overdue."""
    if by.worker_id is None or by.unit_id is None:
        raise BadInput(_("外出要由本人登記。"))
    if due_back_at <= at:
        raise BadInput(_("預計返回要在出發之後。"), field="due_back_at")
    if CheckIn.objects.filter(worker_id=by.worker_id, back_at=None).exists():
        raise Conflict(_("你還有一次外出沒有回報。請先回報返回。"))
    row = CheckIn(
        id=uuid7(), worker_id=by.worker_id, unit_id=by.unit_id, county=by.county, matter_id=matter_id,
        area_name=area_name.strip(), with_whom=with_whom.strip(), out_at=at, due_back_at=due_back_at,
        recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("worker.out", by=by, at=at, matter_id=matter_id, due_back=due_back_at)
    return row


@transaction.atomic
def check_in(*, check_in_id: UUID, by: Viewer, at: datetime) -> None:
    """Back, or heard of: by the worker himself or by the desk that reached him."""
    row = CheckIn.objects.filter(id=check_in_id, back_at=None).first()
    if row is None:
        raise Conflict(_("這次外出已經回報返回。"))
    if row.worker_id not in by.acts_as:
        policies.may_log_call(by).enforce()
    if at < row.out_at or at > clock.now():
        raise BadInput(_("返回時間要在出發之後、現在之前。"), field="at")
    CheckIn.objects.filter(id=check_in_id).update(back_at=at, back_recorded_by=by.worker_id)
    record("worker.back", by=by, at=at, matter_id=row.matter_id, worker=row.worker_id)


@transaction.atomic
def stay_longer(*, check_in_id: UUID, due_back_at: datetime, by: Viewer) -> None:
    """It takes longer than thought: a new time to be back, before the alarm."""
    row = CheckIn.objects.filter(id=check_in_id, back_at=None).first()
    if row is None:
        raise Conflict(_("這次外出已經回報返回。"))
    if row.worker_id not in by.acts_as:
        policies.may_log_call(by).enforce()
    if due_back_at <= clock.now():
        raise BadInput(_("新的返回時間要在現在之後。"), field="due_back_at")
    CheckIn.objects.filter(id=check_in_id).update(due_back_at=due_back_at)
    record("worker.stays_longer", by=by, matter_id=row.matter_id, worker=row.worker_id, due_back=due_back_at)
