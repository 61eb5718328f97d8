"""A programme arrives: a case on his own side is opened with him as its client; then it gets its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases.actions import NewSubject, open_case
from anwang.cases.actions.taking import take_on
from anwang.cases.states import SubjectRole
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.holder import Holder
from anwang.matters.promises import keep, lock
from anwang.people.actions import add_person
from anwang.people.models import Person
from anwang.people.states import NameKind, Sex
from anwang.treatment import events, rules, standing
from anwang.treatment.models import Programme

IN_ORDER = ("ordered", "self_request")
"""Grounds of opening: ordered by court or law; of his own will."""


@dataclass(frozen=True)
class Client:
    """Who comes: a record the viewer reads, or a new one as the letter has him. Identifiers are (kind, value)."""

    person_id: UUID | None = None
    name: str = ""
    sex: str = Sex.UNKNOWN
    birth: PartialDate | None = None
    identifiers: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True)
class Ordered:
    """What was ordered, as the letter says; court and number are empty when he comes of his own will."""

    ground: str
    items: Sequence[str]
    received_at: datetime
    court: str = ""
    number: str = ""
    hours: int | None = None
    complete_by: date | None = None


@transaction.atomic
def register_programme(*, client: Client, ordered: Ordered, by: Viewer) -> Programme:
    """登錄處遇計畫: a case of its own on the other party's side, in service from the first day, acted on by `by`.

    Nothing of whom he harmed is asked or kept. Raises BadInput for what the list does not know or a missing court and
    number, NotFound for a person the viewer does not read.
    """
    standing.may_register(by).enforce()
    _check(ordered)
    matter_id, at = uuid7(), ordered.received_at
    if client.person_id and not Person.objects.filter(id=client.person_id).exists():
        raise NotFound(_("查無這個人。"))
    person_id = client.person_id or _new_person(client, matter_id, by, at)
    new = NewSubject(person_id, SubjectRole.CLIENT)
    case = open_case(
        kind=rules.CASE_KIND, county=by.county, accountable_id=by.unit_id, acting=Holder(by.unit_id, by.worker_id),
        subjects=[new], opened_at=at, by=by, circle=Circle.OTHER, matter_id=matter_id,
        facts={"received_at": at, "has_child": "no"},
    )  # fmt: skip
    take_on(case_id=case.id, ground=IN_ORDER[ordered.ground == rules.OWN_WILL], by=by, at=at)
    programme = Programme(
        id=uuid7(), matter_id=case.id, ground=ordered.ground, court=ordered.court.strip(),
        number=ordered.number.strip(), items=list(ordered.items), hours=ordered.hours,
        complete_by=ordered.complete_by, received_at=at, recorded_at=clock.now(), recorded_by=by.worker_id,
    )  # fmt: skip
    programme.save(force_insert=True)
    facts = {"received_at": at, "ground": ordered.ground, "kind": rules.CASE_KIND}
    happened(matter_id=case.id, event=events.REGISTERED, at=at, by=by, facts=facts)
    if ordered.complete_by:
        last = datetime.combine(ordered.complete_by, time(), tzinfo=clock.TAIPEI)
        happened(matter_id=case.id, event=events.DATED, at=at, by=by, facts={"last_day_at": last})
    record("treatment.registered", by=by, at=at, matter_id=case.id, subject_id=person_id, programme=programme.id)
    keep()
    return programme


@transaction.atomic
def plan_programme(*, programme_id: UUID, provider: str, begins_on: date, plan: str, by: Viewer, at: datetime) -> None:
    """Who carries it out, from when, and how; a later plan takes the place of the earlier."""
    programme = running(programme_id, by)
    if not provider.strip() or not plan.strip():
        raise BadInput(_("請寫由哪裡執行、怎麼進行。"), field="plan")
    if programme.complete_by and begins_on > programme.complete_by:
        raise BadInput(_("開始日不能晚於完成期限。"), field="begins_on")
    Programme.objects.filter(id=programme_id).update(
        provider=provider.strip(), begins_on=begins_on, plan=plan.strip(), planned_at=at
    )
    happened(matter_id=programme.matter_id, event=events.PLANNED, at=at, by=by)
    record("treatment.planned", by=by, at=at, matter_id=programme.matter_id, programme=programme_id)
    keep()


def running(programme_id: UUID, by: Viewer) -> Programme:
    """A programme that goes on, its matter locked. Internal to this room."""
    programme = readable(programme_id, by)
    lock(programme.matter_id)
    if programme.ended_at is not None:
        raise Conflict(_("這個處遇計畫已經結束。"))
    return programme


def readable(programme_id: UUID, by: Viewer) -> Programme:
    """A programme the viewer works on. Internal to this room."""
    programme = Programme.objects.filter(id=programme_id).first()
    if programme is None:
        raise NotFound(_("查無這個處遇計畫。"))
    standing.may_keep(by, programme.matter_id).enforce()
    return programme


def _new_person(client: Client, matter_id: UUID, by: Viewer, at: datetime) -> UUID:
    if not client.name.strip():
        raise BadInput(_("請填姓名，照來文的寫法。"), field="name")
    return add_person(
        name=client.name.strip(), name_kind=NameKind.FULL, sex=client.sex, birth=client.birth, by=by, at=at,
        file_id=matter_id, circle=Circle.OTHER, identifiers=client.identifiers,
    ).id  # fmt: skip


def _check(ordered: Ordered) -> None:
    day = clock.local(ordered.received_at).date()
    if ordered.received_at > clock.now():
        raise BadInput(_("這個時間還沒到。請填實際收到的時間。"), field="received_at")
    if rules.code(rules.GROUND, ordered.ground, day) is None:
        raise BadInput(_("請從清單選依據。"), field="ground")
    if not ordered.items or any(rules.code(rules.ITEM, one, day) is None for one in ordered.items):
        raise BadInput(_("請至少選一個處遇項目。"), field="items")
    if rules.is_ordered(ordered.ground, day) and not (ordered.court.strip() and ordered.number.strip()):
        raise BadInput(_("法院或檢察官命的處遇，請填機關和字號。"), field="number")
    if ordered.complete_by and ordered.complete_by < day:
        raise BadInput(_("完成期限已經過了。請再看一次來文。"), field="complete_by")
