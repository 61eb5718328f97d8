"""Placement: begins with its limit and notices, minutes may be excluded, is continued by the court, ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import involve
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, CaseSubject, ExcludedTime, Placement
from anwang.cases.states import Living
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import approve, open_matter, submit
from anwang.matters.actions.duties import point_to_next_step
from anwang.matters.actions.turning import new_duty
from anwang.matters.holder import Holder
from anwang.matters.models import Duty, Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import DutyState, MatterKind, ReviewOf
from anwang.people.actions import add_safety_address

from .subjects import readable_case


@dataclass(frozen=True)
class Excluded:
    """Minutes that do not count, with a code of `placement.excluded_reasons`."""

    reason: str
    minutes: int
    words: str = ""


@dataclass(frozen=True)
class Consent:
    """The supervisor's word before or during the placement; by phone at night it is written down next morning."""

    worker_id: UUID
    name: str
    at: datetime
    by_phone: bool = True


@dataclass(frozen=True)
class Place:
    """The placement as it began. `address` goes into the safety zone only; `ask_whom` is what others are shown."""

    kind: str
    basis: str
    placed_at: datetime
    is_emergency: bool = True
    pupil: str = "unknown"
    parents_known: str = "unknown"
    prosecution: str = "unknown"
    address: str = ""
    ask_whom: str = ""


@transaction.atomic
def place(
    *, case_id: UUID, person_id: UUID, where: Place, by: Viewer, excluded: Sequence[Excluded] = (),
    consent: Consent | None = None,
) -> Placement:  # fmt: skip
    """A subject is placed. The limit runs from the true hour, without the excluded minutes; notices become duties.

    The supervisor's consent is a review: given by phone it stands at once and is owed in writing.
    """
    policies.may_place(by, case_id).enforce()
    matter, case = lock(case_id), readable_case(case_id)
    _check(case, person_id, where, excluded)
    facts = _facts(case, where, sum(one.minutes for one in excluded))
    opened = open_matter(
        kind=MatterKind.PLACEMENT, county=matter.county, accountable_id=matter.accountable_id,
        acting=Holder.of(matter), opened_at=where.placed_at, event=events.PLACEMENT_STARTED, facts=facts, by=by,
        arose_from=case_id, family_id=matter.family_id,
    )  # fmt: skip
    placement = Placement(
        id=opened.id, case=matter, person_id=person_id, kind=where.kind, basis=where.basis,
        is_emergency=where.is_emergency, placed_at=where.placed_at, prosecution=where.prosecution, pupil=where.pupil,
        parents_known=where.parents_known, consent_by=consent.worker_id if consent else None,
        consent_name=consent.name if consent else "", consent_at=consent.at if consent else None,
        consent_by_phone=bool(consent and consent.by_phone), recorded_at=clock.now(),
    )  # fmt: skip
    placement.save(force_insert=True)
    for one in excluded:
        _write_excluded(placement, one, by, where.placed_at)
    involve(file_id=opened.id, person_id=person_id, circle=case.circle, by=by)
    CaseSubject.objects.filter(matter=matter, person_id=person_id, until_on=None).update(living=Living.PLACED)
    if where.address.strip():
        add_safety_address(
            person_id=person_id, text=where.address, ask_whom=where.ask_whom, by=by, at=where.placed_at
        )  # fmt: skip
    _ask_consent(placement, consent, by)
    record("placement.started", by=by, at=where.placed_at, matter_id=opened.id, subject_id=person_id, case=case_id)
    keep()
    return placement


@transaction.atomic
def exclude_time(*, placement_id: UUID, excluded: Excluded, by: Viewer, at: datetime) -> ExcludedTime:
    """More minutes that do not count in the limit: clocks that stand still for them are computed afresh."""
    placement, matter = running(placement_id, by)
    _check_excluded([excluded], clock.local(placement.placed_at).date())
    row = _write_excluded(placement, excluded, by, at)
    total = sum(ExcludedTime.objects.filter(placement=placement).values_list("minutes", flat=True))
    case = readable_case(placement.case_id)
    _count_again(matter, _facts(case, placement, total), placement.placed_at, by)
    record("placement.time_excluded", by=by, at=at, matter_id=placement_id, minutes=excluded.minutes)
    keep()
    return row


def _check(case: Case, person_id: UUID, where: Place, excluded: Sequence[Excluded]) -> None:
    if where.placed_at > clock.now():
        raise BadInput(_("這個時間還沒到。請填實際安置的時間。"), field="placed_at")
    if not CaseSubject.objects.filter(matter_id=case.id, person_id=person_id, until_on=None).exists():
        raise BadInput(_("這位不是案件對象。請先列為案件對象。"), field="person_id")
    if Placement.objects.filter(person_id=person_id, ended_at=None).exists():
        raise Refused(_("這位已經在安置中。要換處所，請先結束原安置。"))
    if rules.code("placement.kind", where.kind, clock.local(where.placed_at).date()) is None:
        raise BadInput(_("請選安置類型。"), field="kind")
    if rules.code("placement.basis", where.basis, clock.local(where.placed_at).date()) is None:
        raise BadInput(_("請選安置的依據。"), field="basis")
    if where.address.strip() and not where.ask_whom.strip():
        raise BadInput(_("請填別人要找這位時洽誰。"), field="ask_whom")
    _check_excluded(excluded, clock.local(where.placed_at).date())


def _check_excluded(excluded: Sequence[Excluded], day: date) -> None:
    for one in excluded:
        if one.minutes <= 0 or rules.code("placement.excluded_reasons", one.reason, day) is None:
            raise BadInput(_("不計入的分鐘要大於零，並選原因。"), field="excluded_minutes")


def _facts(case: Case, where: Place | Placement, minutes: int) -> dict[str, object]:
    return {
        "kind": case.kind, "placed_at": where.placed_at, "emergency": "yes" if where.is_emergency else "no",
        "excluded_minutes": minutes, "pupil": where.pupil, "parents_known": where.parents_known,
        "prosecution": where.prosecution,
    }  # fmt: skip


def _ask_consent(placement: Placement, consent: Consent | None, by: Viewer) -> None:
    asked = min(placement.placed_at, consent.at) if consent else placement.placed_at
    review = submit(
        matter_id=placement.id, of=ReviewOf.PLACEMENT, about_id=placement.id, words="", by=by, at=asked, urgent=True
    )
    if consent:
        approve(
            review_id=review.id, by=by, at=consent.at, by_phone=consent.by_phone, approver_id=consent.worker_id
        )  # fmt: skip


def _write_excluded(placement: Placement, one: Excluded, by: Viewer, at: datetime) -> ExcludedTime:
    row = ExcludedTime(
        id=uuid7(), placement=placement, case_id=placement.case_id, reason=one.reason, minutes=one.minutes,
        words=one.words.strip(), at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    return row


def _count_again(matter: Matter, facts: dict[str, object], since: datetime, by: Viewer) -> None:
    """Clocks with other excluded minutes take the place of those that run: each keeps its own arithmetic."""
    fresh = {one.rule_id: one for one in rules.pausing(events.PLACEMENT_STARTED, facts, since, matter.county)}
    running = Duty.objects.filter(matter=matter, state=DutyState.OPEN, rule_id__in=fresh)
    again = [new_duty(matter, fresh[duty.rule_id], since) for duty in running]
    running.update(
        state=DutyState.VOID, settled_at=clock.now(), settled_by=by.worker_id, settled_because="placement.excluded"
    )
    Duty.objects.bulk_create(again)
    point_to_next_step(matter, clock.now())


def running(placement_id: UUID, by: Viewer) -> tuple[Placement, Matter]:
    placement = Placement.objects.filter(id=placement_id).first()
    if placement is None:
        raise NotFound(_("查無這件安置。"))
    policies.may_place(by, placement.case_id).enforce()
    if placement.ended_at is not None:
        raise Conflict(_("這件安置已經結束。"))
    return placement, lock(placement_id)
