"""Calls: drafted, published to counties (which opens their submissions), their results published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.actions import window_of
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.funding.actions.lines import check_years
from anwang.funding.models import Line
from anwang.matters.actions import open_matter
from anwang.matters.holder import Holder
from anwang.matters.promises import keep
from anwang.matters.states import MatterKind
from anwang.submissions import events, rules, standing
from anwang.submissions.models import Call, CallLine, CallPart, Submission
from anwang.submissions.states import SubmissionState

WHO_SQL = """
SELECT u.id, w.worker_id FROM directory_unit u
  LEFT JOIN LATERAL (SELECT a.worker_id FROM directory_appointment a
                      WHERE a.unit_id = u.id AND a.ended_at IS NULL AND a.role IN ('officer', 'chief')
                      ORDER BY a.role = 'officer' DESC, a.started_at, a.worker_id LIMIT 1) w ON true
 WHERE u.jurisdiction_id = %s AND u.closed_on IS NULL AND u.is_public AND u.kind IN ('bureau', 'county')
 ORDER BY w.worker_id IS NULL, u.kind = 'bureau' DESC, u.code LIMIT 1
"""


@dataclass(frozen=True, kw_only=True)
class CallGiven:
    """A call as drafted. `parts`: (name, whether required) in order. `lines`: grant lines that may be asked for."""

    title: str
    year: int
    due_on: date
    parts: Sequence[tuple[str, bool]]
    lines: Sequence[UUID] = ()
    basis: str = ""
    words: str = ""


@dataclass(frozen=True)
class Desk:
    """The unit of a county that answers a call, with who acts there."""

    unit_id: UUID
    acting: Holder


@transaction.atomic
def draft_call(*, given: CallGiven, by: Viewer) -> Call:
    """A call nobody but the ministry sees yet. Raises BadInput without a title, a part or a day to come."""
    standing.may_call(by).enforce()
    check_years(given.year, None)
    names = [name.strip() for name, _required in given.parts if name.strip()]
    if not given.title.strip() or not names:
        raise BadInput(_("請填名稱，和至少一項要附的文件。"), field="parts")
    if len(set(names)) < len(names):
        raise BadInput(_("同一份文件列了兩次。請刪掉一項。"), field="parts")
    if given.due_on <= clock.today():
        raise BadInput(_("截止日要在今天之後。"), field="due_on")
    if Line.objects.filter(id__in=given.lines).count() < len(set(given.lines)):
        raise NotFound(_("查無這個補助項目。"))
    if Call.objects.filter(unit_id=by.unit_id, year=given.year, title=given.title.strip()).exists():
        raise Conflict(_("這一年度已經有同名的提報。請換個名稱。"))
    now = clock.now()
    call = Call(
        id=uuid7(), title=given.title.strip(), year=given.year, unit_id=by.unit_id, basis=given.basis.strip(),
        words=given.words.strip(), due_on=given.due_on, drafted_by=by.worker_id, recorded_at=now,
    )  # fmt: skip
    call.save(force_insert=True)
    CallPart.objects.bulk_create(
        CallPart(id=uuid7(), call=call, position=position, name=name.strip(), is_required=required)
        for position, (name, required) in enumerate(given.parts, 1)
        if name.strip()
    )
    CallLine.objects.bulk_create(CallLine(id=uuid7(), call=call, line_id=one) for one in set(given.lines))
    record("submission.call_drafted", by=by, at=now, subject_id=call.id, year=given.year)
    return call


@transaction.atomic
def publish_call(*, call_id: UUID, counties: Sequence[str], by: Viewer) -> tuple[Submission, ...]:
    """發出提報通知: each county gets its submission, with the day on the list of whoever acts there.

    A county with nobody on the system is answered for at its window, by proxy. Refused once it is out.
    """
    standing.may_call(by).enforce()
    call = Call.objects.select_for_update().filter(id=call_id).first()
    if call is None:
        raise NotFound(_("查無這次提報。"))
    if call.published_at is not None:
        raise Conflict(_("這次提報已經通知過。"))
    if not counties:
        raise BadInput(_("請選要通知的縣市。"), field="counties")
    if call.due_on <= clock.today():
        raise Refused(_("截止日已經過了。請另擬一次提報。"))
    now = clock.now()
    Call.objects.filter(id=call.id).update(published_at=now, published_by=by.worker_id)
    opened = tuple(_open(call, county, by) for county in sorted(set(counties)))
    record("submission.call_published", by=by, at=now, subject_id=call.id, counties=len(opened))
    keep()
    return opened


@transaction.atomic
def publish_results(*, call_id: UUID, by: Viewer) -> None:
    """公布核定結果: from now on every county sees what every county was granted. Refused before the last letter."""
    standing.may_call(by).enforce()
    call = Call.objects.select_for_update().filter(id=call_id, published_at__isnull=False).first()
    if call is None:
        raise NotFound(_("查無這次提報。"))
    if call.results_at is not None:
        raise Conflict(_("這次的結果已經公布。"))
    missing = Submission.objects.filter(call=call, task__isnull=False).exclude(state=SubmissionState.LETTERED)
    if missing.exists():
        raise Refused(_("還有縣市沒發核定函，全部發了再公布。"))
    if not Submission.objects.filter(call=call, state=SubmissionState.LETTERED).exists():
        raise Refused(_("還沒有核定結果可以公布。"))
    now = clock.now()
    Call.objects.filter(id=call.id).update(results_at=now, results_by=by.worker_id)
    record("submission.results_published", by=by, at=now, subject_id=call.id)


def desk_of(county: str, by: Viewer) -> Desk:
    """Who answers for a county: a bureau with an officer, else a chief, else the county's window."""
    with connection.cursor() as cursor:
        cursor.execute(WHO_SQL, [county])
        row = cursor.fetchone()
    if row is None:
        raise BadInput(_("找不到這個縣市承辦的機關。請先在單位裡登錄。"), field="counties")
    unit_id, worker_id = row
    holder = Holder(unit_id, worker_id) if worker_id else Holder(unit_id, desk_id=window_of(unit_id=unit_id, by=by))
    return Desk(unit_id, holder)


def _open(call: Call, county: str, by: Viewer) -> Submission:
    desk = desk_of(county, by)
    matter = open_matter(
        kind=MatterKind.SUBMISSION, sort="county", county=county, accountable_id=desk.unit_id, acting=desk.acting,
        opened_at=clock.now(), event=events.CALLED, facts={"last_day_at": rules.last_day_at(call.due_on)}, by=by,
    )  # fmt: skip
    submission = Submission(
        id=matter.id, call=call, county=county, unit_id=desk.unit_id, due_on=call.due_on, recorded_at=clock.now()
    )
    submission.save(force_insert=True)
    return submission
