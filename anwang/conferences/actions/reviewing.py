"""重大事件檢討: begun, read by people who had no part in it, findings, improvements, closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from anwang.access.actions import end_grants, grant, worker_key
from anwang.access.models import Grant
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.conferences import events, policies, rules
from anwang.conferences.models import Decision, Finding, IncidentReview, Reviewer, ReviewFile
from anwang.conferences.states import REVIEW_TRANSITIONS, ReviewState
from anwang.directory.models import Appointment
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.models import Matter
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind

REVIEWS = "incident_review"
ZONES = (Zone.WORK, Zone.CASE, Zone.SPECIAL)


@dataclass(frozen=True, kw_only=True)
class Incident:
    """What happened, what is to be found out, which files are read, who reviews (the first keeps the record)."""

    kind: str
    happened_at: datetime
    known_at: datetime
    because: str
    files: Collection[UUID]
    reviewers: Collection[UUID]


@transaction.atomic
def open_review(*, incident: Incident, by: Viewer, at: datetime) -> IncidentReview:
    """Begin a review at the viewer's unit, which had no part in any of the files; nor had any reviewer or his unit."""
    policies.may_open_review(by).enforce()
    _check(incident, at)
    assert by.unit_id is not None
    policies.is_independent([by.unit_id], incident_lead(incident), incident.files).enforce()
    post = Appointment.objects.filter(worker_id=incident_lead(incident), ended_at=None).first()
    opened = open_matter(
        kind=MatterKind.INCIDENT_REVIEW, county=by.county, accountable_id=by.unit_id,
        acting=Holder(post.unit_id if post else by.unit_id, incident_lead(incident)), opened_at=at,
        event=events.REVIEW_OPENED, facts={}, by=by,
    )  # fmt: skip
    families = set(Matter.objects.filter(id__in=incident.files).values_list("family_id", flat=True))
    review = IncidentReview(
        id=opened.id, kind=incident.kind, family_id=families.pop() if len(families) == 1 else None,
        happened_at=incident.happened_at, known_at=incident.known_at, because=incident.because.strip(),
        recorded_at=clock.now(),
    )  # fmt: skip
    review.save(force_insert=True)
    for file_id in set(incident.files):
        ReviewFile(id=uuid7(), review=review, file_id=file_id).save(force_insert=True)
    for worker_id in dict.fromkeys(incident.reviewers):
        _add(review, worker_id, incident.files, by, at)
    record("incident_review.opened", by=by, at=at, matter_id=opened.id, incident=incident.kind)
    keep()
    return review


@transaction.atomic
def add_reviewer(*, review_id: UUID, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """One more, as independent as the first."""
    review = _mine(review_id, by)
    if Reviewer.objects.filter(review=review, worker_id=worker_id, until_at=None).exists():
        raise Conflict(_("他已經是檢討人員。"))
    _add(review, worker_id, _files(review), by, at)
    record("incident_review.reviewer_added", by=by, at=at, matter_id=review_id)
    keep()


@transaction.atomic
def drop_reviewer(*, review_id: UUID, worker_id: UUID, by: Viewer, at: datetime) -> None:
    """He reads review and files no more. Whoever keeps the record is reassigned instead."""
    review = _mine(review_id, by)
    if Matter.objects.filter(id=review_id, acting_worker_id=worker_id).exists():
        raise Refused(_("主辦檢討的人要先改派，才能退出。"))
    Reviewer.objects.filter(review=review, worker_id=worker_id, until_at=None).update(until_at=at)
    for file_id in (review.id, *_files(review)):
        end_grants(file_id=file_id, holder=worker_key(worker_id), because=REVIEWS, by=by, at=at)
    record("incident_review.reviewer_dropped", by=by, at=at, matter_id=review_id)
    keep()


@transaction.atomic
def find(*, review_id: UUID, kind: str, text: str, by: Viewer, at: datetime, on: date | None = None) -> Finding:
    """A finding, about how things went."""
    review = _mine(review_id, by)
    if rules.code(rules.FINDING, kind, clock.local(at).date()) is None:
        raise BadInput(_("請選是哪一種發現。"), field="kind")
    if not text.strip():
        raise BadInput(_("請寫發現了什麼，對事不對人。"), field="text")
    finding = Finding(id=uuid7(), review=review, kind=kind, text=text.strip(), on=on, at=at, by=by.worker_id)
    finding.save(force_insert=True)
    record("incident_review.finding", by=by, at=at, matter_id=review_id, finding=kind)
    return finding


@transaction.atomic
def hand_in(*, review_id: UUID, by: Viewer, at: datetime) -> None:
    """The findings are complete, and each has led to an improvement or says that none is needed."""
    review = _mine(review_id, by)
    if not Finding.objects.filter(review=review).exists():
        raise Refused(_("還沒有寫發現。"))
    if not Decision.objects.filter(source_id=review_id).exists():
        raise Refused(_("還沒有改善事項。請寫誰要改什麼；不用改善也要寫一項說明。"))
    _turn(review, ReviewState.FOUND, found_at=at)
    happened(matter_id=review_id, event=events.REVIEW_FOUND, at=at, by=by)
    record("incident_review.found", by=by, at=at, matter_id=review_id)
    keep()


@transaction.atomic
def close_review(*, review_id: UUID, by: Viewer, at: datetime) -> None:
    """Over: reviewers keep the review, and read the files no more. Improvements go on by themselves."""
    review = _mine(review_id, by)
    _turn(review, ReviewState.CLOSED, closed_at=at, closed_by=by.worker_id)
    live = Grant.objects.filter(file_id__in=_files(review), because=REVIEWS, because_id=review_id, starts_at__lte=at)
    live.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at)).update(ends_at=at)
    end_matter(matter_id=review_id, how="closed", at=at, by=by)
    record("incident_review.closed", by=by, at=at, matter_id=review_id)
    keep()


def incident_lead(incident: Incident) -> UUID:
    """Who keeps the record of the review."""
    return next(iter(incident.reviewers))


def _add(review: IncidentReview, worker_id: UUID, files: Collection[UUID], by: Viewer, at: datetime) -> None:
    units = list(Appointment.objects.filter(worker_id=worker_id, ended_at=None).values_list("unit_id", flat=True))
    if not units:
        raise BadInput(_("這位同仁目前沒有職務。"), field="reviewers")
    policies.is_independent(units, worker_id, files).enforce()
    Reviewer(id=uuid7(), review=review, worker_id=worker_id, since_at=at, by=by.worker_id).save(force_insert=True)
    for file_id in (review.id, *files):
        grant(file_id=file_id, holder=worker_key(worker_id), zones=ZONES, purpose=Purpose.SUPERVISION, because=REVIEWS,
              because_id=review.id, by=by, at=at)  # fmt: skip


def _files(review: IncidentReview) -> list[UUID]:
    return list(ReviewFile.objects.filter(review=review).values_list("file_id", flat=True))


def _mine(review_id: UUID, by: Viewer) -> IncidentReview:
    if not IncidentReview.objects.filter(id=review_id).exists():
        raise NotFound(_("查無這件檢討。"))
    lock(review_id)
    review = IncidentReview.objects.get(id=review_id)
    policies.may_review_incident(by, review).enforce()
    return review


def _turn(review: IncidentReview, to: ReviewState, **more: object) -> None:
    if to not in REVIEW_TRANSITIONS.get(ReviewState(review.state), set()):
        raise Conflict(_("檢討剛剛已經到下一步。請重新整理看最新情形。"))
    IncidentReview.objects.filter(id=review.id, state=review.state).update(state=to, **more)


def _check(incident: Incident, at: datetime) -> None:
    if rules.code(rules.INCIDENT, incident.kind, clock.local(at).date()) is None:
        raise BadInput(_("請選是哪一種事件。"), field="kind")
    if not incident.happened_at <= incident.known_at <= clock.now():
        raise BadInput(_("知道的時間不能早於發生，也不能在未來。"), field="known_at")
    if not incident.because.strip():
        raise BadInput(_("請寫發生什麼事、要釐清什麼。"), field="because")
    if not incident.reviewers:
        raise BadInput(_("請選誰來檢討。"), field="reviewers")
    known = Matter.objects.filter(id__in=incident.files).count()
    if not incident.files or known != len(set(incident.files)):
        raise NotFound(_("查無其中的案件。請確認編號。"))
