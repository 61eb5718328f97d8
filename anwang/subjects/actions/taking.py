"""Taking a request, saying whom it is about, extending its term, taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Duty
from anwang.matters.states import DutyState, MatterKind
from anwang.people import seals
from anwang.people.models import Identifier, Person
from anwang.subjects import events, policies, rules, sealed
from anwang.subjects.models import Request
from anwang.subjects.states import TRANSITIONS, AskerRole, Asks, RequestState

EXTENSIONS = ("enquiry", "volume", "third_party")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What somebody at the counter says and shows. `about` is himself where he asks for himself."""

    asks: str
    asker_role: str
    proof: str
    asker: str
    reach: str = ""
    """Where the answer goes: an address or number he gives for this."""
    about: str = ""
    born_on: date | None = None
    number: str = ""
    words: str = ""


@transaction.atomic
def take_request(*, told: Told, by: Viewer, at: datetime) -> Request:
    """Open the request with its term. Nothing is looked up: who takes it need not read anything."""
    policies.may_take(by).enforce()
    _check(told, at)
    assert by.unit_id is not None
    assert by.worker_id is not None
    request_id = uuid7()
    open_matter(
        kind=MatterKind.SUBJECT_REQUEST, county=by.county, accountable_id=by.unit_id,
        acting=Holder(by.unit_id, by.worker_id), opened_at=at, event=events.RECEIVED,
        facts={"received_at": at, "asks": told.asks}, by=by, matter_id=request_id,
    )  # fmt: skip
    document = {
        "asker": told.asker.strip(), "reach": told.reach.strip(), "about": told.about.strip() or told.asker.strip(),
        "born_on": told.born_on.isoformat() if told.born_on else "", "number": told.number.strip().upper(),
        "words": told.words.strip(),
    }  # fmt: skip
    request = Request(
        matter_id=request_id, unit_id=by.unit_id, asks=told.asks, asker_role=told.asker_role, proof=told.proof,
        sealed=sealed.seal(document, "request", request_id), received_at=at, taken_by=by.worker_id,
        recorded_at=clock.now(),
    )  # fmt: skip
    request.save(force_insert=True)
    record("subject_request.taken", by=by, at=at, matter_id=request_id, asks=told.asks, role=told.asker_role,
           proof=told.proof)  # fmt: skip
    return request


@transaction.atomic
def tie_person(*, request_id: UUID, by: Viewer) -> Request:
    """Say which record it is about: the one that carries the number shown, among those the viewer reads."""
    request = open_request(request_id, by)
    document = sealed.unseal(request.sealed, "request", request_id)
    found = _carrying(document["number"])
    Request.objects.filter(matter_id=request_id).update(person_id=found)
    record("subject_request.tied", by=by, matter_id=request_id, subject_id=found)
    return open_request(request_id, by)


@transaction.atomic
def tie_asker(*, request_id: UUID, number: str, by: Viewer) -> Request:
    """Say which record the representative himself is, by the number on his card."""
    request = open_request(request_id, by)
    if request.asker_role == AskerRole.SELF:
        raise Refused(_("本人提出的請求不用再認定申請人。"))
    found = _carrying(number.strip().upper())
    Request.objects.filter(matter_id=request_id).update(asker_person_id=found)
    record("subject_request.asker_tied", by=by, matter_id=request_id, subject_id=found)
    return open_request(request_id, by)


@transaction.atomic
def extend(*, request_id: UUID, because: str, by: Viewer, at: datetime) -> None:
    """Once, before the term is over; the reason goes to the asker in writing (個人資料保護法第13條)."""
    request = open_request(request_id, by)
    if because not in EXTENSIONS:
        raise BadInput(_("請選延長的原因。"), field="because")
    if request.extended_because:
        raise Refused(_("已經延長過一次，不能再延長。"))
    waiting = Duty.objects.filter(matter_id=request_id, state=DutyState.OPEN)
    duty = waiting.filter(rule_id__startswith="subject_request.").first()
    if duty is None or duty.due_at <= at:
        raise Refused(_("期限已過，不能再延長。請先答復。"))
    Request.objects.filter(matter_id=request_id).update(extended_because=because)
    happened(
        matter_id=request_id, event=events.EXTENDED, at=at, by=by,
        facts={"last_day_at": duty.due_at - timedelta(minutes=1), "asks": request.asks},
    )  # fmt: skip
    record("subject_request.extended", by=by, at=at, matter_id=request_id, because=because)


@transaction.atomic
def withdraw(*, request_id: UUID, by: Viewer, at: datetime) -> None:
    """He takes it back; what was written stays."""
    request = open_request(request_id, by)
    turn(request, RequestState.WITHDRAWN)
    end_matter(matter_id=request_id, how="withdrawn", at=at, by=by)
    record("subject_request.withdrawn", by=by, at=at, matter_id=request_id)


def open_request(request_id: UUID, by: Viewer) -> Request:
    """The request for whoever may write its answer. NotFound alike for nothing and for what is not his."""
    request = Request.objects.select_related("matter").select_for_update(of=("self",)).filter(
        matter_id=request_id
    ).first()  # fmt: skip
    if request is None:
        raise NotFound(_("查無這件請求。"))
    policies.may_write(by, request).enforce()
    if request.state in (RequestState.ANSWERED, RequestState.WITHDRAWN):
        raise Refused(_("這件請求已經結束。"))
    return request


def turn(request: Request, to: RequestState, **more: object) -> None:
    """Move the request on; Refused where it cannot go there from where it is."""
    if to not in TRANSITIONS.get(RequestState(request.state), set()):
        raise Refused(_("這件請求現在不能這樣做。請重新整理看最新情形。"))
    Request.objects.filter(matter_id=request.matter_id, state=request.state).update(state=to, **more)
    request.state = to


def _carrying(number: str) -> UUID:
    """The one record with that number among those the viewer reads."""
    if not number:
        raise BadInput(_("沒有證號，不能認定是哪一筆資料。請補證號。"), field="number")
    rows = Identifier.objects.filter(lookup=seals.number_lookup(number))
    roots = set(Person.objects.filter(id__in=rows.values("person_id")).values_list("identity_id", flat=True))
    if len(roots) != 1:
        raise NotFound(_("你承辦的案件裡找不到這個證號。可以不認定，以制式答復。"))
    return roots.pop()


def _check(told: Told, at: datetime) -> None:
    if told.asks not in Asks.values:
        raise BadInput(_("請選他要什麼。"), field="asks")
    if told.asker_role not in AskerRole.values:
        raise BadInput(_("請選是本人還是代理人。"), field="asker_role")
    if not rules.knows(rules.PROOFS, told.proof):
        raise BadInput(_("請選怎麼確認身分；沒有確認不能收。"), field="proof")
    if not told.asker.strip():
        raise BadInput(_("請填申請人姓名，照證件寫。"), field="asker")
    if told.asker_role != AskerRole.SELF and not told.about.strip():
        raise BadInput(_("請填資料是誰的。"), field="about")
    if told.asks != Asks.COPY and not told.words.strip():
        raise BadInput(_("請寫他要改什麼、為什麼。"), field="words")
    if told.born_on and told.born_on > clock.today():
        raise BadInput(_("這一天還沒到。請填今天或以前的日期。"), field="born_on")
    if at > clock.now():
        raise BadInput(_("收件時間不能在現在之後。"), field="at")
