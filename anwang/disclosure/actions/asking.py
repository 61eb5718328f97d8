"""Requests of other agencies for the contents of a file: asked, decided, withdrawn, renewed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.actions import end_grants_of, grant, worker_key
from anwang.access.queries import writing_zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.disclosure import events, policies, receipts, rules
from anwang.disclosure.models import Request
from anwang.disclosure.states import STANDS, RequestState
from anwang.foundation import clock
from anwang.foundation.clock import TAIPEI
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.roc import roc_long
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.models import Matter

FILE_SQL = "SELECT file_id, reach, for_file, purpose, basis FROM disclosure_file_of(%s)"
DETAIL, BECAUSE = "detail", "disclosure"


@dataclass(frozen=True)
class Wanted:
    """What is asked for: kind, contents, why, and until which day."""

    kind: str
    contents: tuple[str, ...]
    reason: str
    until_on: date


@dataclass(frozen=True)
class Letter:
    """An agency without accounts asks by letter: who, under which number, for what purpose and on what basis."""

    agency: str
    number: str
    purpose: str
    basis: str


@transaction.atomic
def ask_contents(*, hit_id: UUID, wanted: Wanted, by: Viewer, at: datetime, renews: Request | None = None) -> Request:
    """The third step, while the contact stands: the unit that answers for the file decides."""
    policies.may_look(by).enforce()
    with connection.cursor() as cursor:
        cursor.execute(FILE_SQL, [hit_id])
        row = cursor.fetchone()
    if row is None or row[1] != DETAIL:
        raise NotFound(_("這一筆不能請求內容，或聯繫窗口的效期已過。"))
    file_id, _reach, for_file, purpose, basis = row
    matter = _open(file_id)
    _check(wanted, matter.county, at)
    if Request.objects.filter(hit_id=hit_id, state=RequestState.ASKED).exists():
        raise Conflict(_("你已經請求過，正等對方核可。"))
    return _write(
        matter, wanted, purpose, basis, by, at, hit_id=hit_id, for_file_id=for_file, from_unit_id=by.unit_id,
        renews=renews,
    )  # fmt: skip


@transaction.atomic
def register_letter(*, matter_number: str, letter: Letter, wanted: Wanted, by: Viewer, at: datetime) -> Request:
    """代登來函: somebody of the file writes down what an agency asks by letter; its unit decides as ever."""
    matter = Matter.objects.filter(number=matter_number.strip().upper(), ended_at=None).first()
    if matter is None or Zone.CASE not in writing_zones_of(by, matter.id):
        raise BadInput(_("這個編號不在你手上。請由承辦人代登。"), field="matter_number")
    if not letter.agency.strip() or not letter.number.strip():
        raise BadInput(_("請寫來函機關和文號。"), field="agency")
    if not rules.fits(letter.purpose, letter.basis):
        raise BadInput(_("這個依據不能用在這個目的。請再選一次。"), field="basis")
    _check(wanted, matter.county, at)
    return _write(
        matter, wanted, letter.purpose, letter.basis, by, at, agency=letter.agency.strip()[:80],
        letter_number=letter.number.strip()[:60],
    )  # fmt: skip


@transaction.atomic
def renew(*, request_id: UUID, wanted: Wanted, by: Viewer, at: datetime) -> Request:
    """The same again before or after its term: a request of its own, decided anew."""
    old = Request.objects.filter(id=request_id, asked_by=by.worker_id, state__in=STANDS).first()
    if old is None or old.hit_id is None:
        raise NotFound(_("找不到可以展延的請求。請重新查詢。"))
    return ask_contents(hit_id=old.hit_id, wanted=wanted, by=by, at=at, renews=old)


@transaction.atomic
def decide_request(
    *, request_id: UUID, granted: Sequence[str], refusal: str, answer: str, by: Viewer, at: datetime
) -> Request:
    """Approve whole or in part (`granted`), or refuse with a reason. The first to decide decides."""
    request, matter = _locked(request_id)
    policies.may_decide(by, matter.accountable_id, request.asked_by, bool(request.agency)).enforce()
    if request.state != RequestState.ASKED:
        raise Conflict(_("這件請求剛剛已經決定或撤回。請重新整理。"))
    given = [code for code in request.contents if code in set(granted)]
    if set(granted) - set(request.contents):
        raise BadInput(_("只能核可對方請求的內容。"), field="granted")
    if not given and not rules.knows("disclosure.refusals", refusal):
        raise BadInput(_("不提供時，請選理由。"), field="refusal")
    state = (
        RequestState.REFUSED
        if not given
        else RequestState.PARTLY
        if len(given) < len(request.contents)
        else RequestState.GRANTED
    )
    until = _midnight_after(request.until_on) if given else None
    if until and until <= at:
        raise Conflict(_("請求的期間已經過了。請對方重新請求。"))
    Request.objects.filter(id=request.id).update(
        state=state, decided_by=by.worker_id, decided_at=at, granted=given, expires_at=until,
        refusal="" if state == RequestState.GRANTED else refusal, answer=answer.strip()[:500],
    )  # fmt: skip
    if until and not request.agency:
        zones = tuple(
            dict.fromkeys([Zone.WORK.value, *(rules.marked("disclosure.contents", code, "zone") for code in given)])
        )
        grant(file_id=matter.id, holder=worker_key(request.asked_by), zones=zones, because=BECAUSE,
              because_id=request.id, by=by, at=at, until=until)  # fmt: skip
    record(f"disclosure.{state}", by=by, at=at, matter_id=matter.id, subject_id=request.id, number=request.number,
           granted=",".join(given), refusal=refusal if not given else "")  # fmt: skip
    _settled(matter, by, at)
    request.refresh_from_db()
    return request


@transaction.atomic
def withdraw_request(*, request_id: UUID, by: Viewer, at: datetime) -> None:
    """The asker takes back what he asked, or the file's unit what it granted; reading ends at that instant."""
    request, matter = _locked(request_id)
    if request.asked_by != by.worker_id and not policies.signs_for(by, matter.accountable_id):
        raise NotFound(_("找不到這件請求。請從清單重新進入。"))
    if request.state not in (RequestState.ASKED, *STANDS):
        raise Conflict(_("這件請求已經結束。請重新整理。"))
    Request.objects.filter(id=request.id).update(
        state=RequestState.WITHDRAWN, withdrawn_at=at, withdrawn_by=by.worker_id
    )
    end_grants_of(file_ids=[matter.id], holder=worker_key(request.asked_by), because=BECAUSE, because_id=request.id,
                  by=by, at=at)  # fmt: skip
    record("disclosure.withdrawn", by=by, at=at, matter_id=matter.id, subject_id=request.id, number=request.number)
    if request.state == RequestState.ASKED:
        _settled(matter, by, at)


def _check(wanted: Wanted, county: str, at: datetime) -> None:
    if not rules.knows("disclosure.kinds", wanted.kind):
        raise BadInput(_("請選種類。"), field="kind")
    if not wanted.contents or not all(rules.knows("disclosure.contents", code) for code in wanted.contents):
        raise BadInput(_("請選要哪些內容。"), field="contents")
    if not wanted.reason.strip():
        raise BadInput(_("請寫為什麼需要。"), field="reason")
    today, last = clock.local(at).date(), clock.local(rules.ends("disclosure.longest_term", at, county)).date()
    if not today <= wanted.until_on <= last:
        told = _("期間要從今天起，最晚到%(day)s。") % {"day": roc_long(last)}
        raise BadInput(told, field="until_on")


def _write(
    matter: Matter, wanted: Wanted, purpose: str, basis: str, by: Viewer, at: datetime, **who: object
) -> Request:
    request = Request(
        id=uuid7(), number=receipts.number(receipts.REQUEST, at), file_id=matter.id, county=matter.county,
        asked_by=by.worker_id, asked_at=at, recorded_at=clock.now(), purpose=purpose, basis=basis, kind=wanted.kind,
        contents=list(dict.fromkeys(wanted.contents)), reason=wanted.reason.strip()[:500], until_on=wanted.until_on,
        **who,
    )  # fmt: skip
    request.save(force_insert=True)
    record("disclosure.asked", by=by, at=at, matter_id=matter.id, subject_id=request.id, number=request.number,
           kind=wanted.kind, contents=",".join(wanted.contents))  # fmt: skip
    happened(matter_id=matter.id, event=events.ASKED, at=at, by=by)
    return request


def _settled(matter: Matter, by: Viewer, at: datetime) -> None:
    """The duty to answer is done; it begins anew while another request waits."""
    happened(matter_id=matter.id, event=events.ANSWERED, at=at, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosure_is_asked_of(%s)", [matter.id])
        still = cursor.fetchone()[0]
    if still:
        happened(matter_id=matter.id, event=events.ASKED, at=at, by=by)


def _locked(request_id: UUID) -> tuple[Request, Matter]:
    request = Request.objects.select_for_update(no_key=True).filter(id=request_id).first()
    if request is None:
        raise NotFound(_("找不到這件請求。請從清單重新進入。"))
    return request, Matter.objects.get(id=request.file_id)


def _open(file_id: UUID) -> Matter:
    matter = Matter.objects.filter(id=file_id, ended_at=None).first()
    if matter is None:
        raise Conflict(_("對方的案件剛剛結束。請直接聯繫對方單位。"))
    return matter


def _midnight_after(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time.min, TAIPEI)
