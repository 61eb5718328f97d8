"""The unit desk: what waits for whoever signs, in figures a chief may see, names only where they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.verdict import Verdict
from anwang.access.viewer import Viewer
from anwang.directory.states import NOT_CASEWORK
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, NotFound
from anwang.matters.models import Offer, Review
from anwang.matters.states import OfferState

from .whom import Whom, said

UNSIGNED_SQL = """
SELECT a.id, m.id, m.number, m.kind, m.acting_since, a.effective_at, f.called,
       coalesce(w.called, d.called, ''), a.to_worker_id, a.to_unit_id, m.sort, matters_whom(m.id)
  FROM matters_assignment a JOIN matters_matter m ON m.id = a.unsigned_of JOIN directory_unit f ON f.id = a.from_unit_id
  LEFT JOIN directory_worker w ON w.id = a.to_worker_id LEFT JOIN directory_desk d ON d.id = a.to_desk_id
 WHERE a.signed_at IS NULL AND a.superseded_at IS NULL AND a.to_unit_id = ANY (%s) ORDER BY a.effective_at LIMIT 100
"""
LOAD_SQL = """
SELECT w.id, w.called, p.role, p.unit_id, held.cases, held.reports,
       (SELECT a.ends_at FROM directory_absence a
         WHERE a.worker_id = w.id AND a.starts_at <= %(now)s AND a.ends_at > %(now)s),
       (SELECT c.called FROM directory_absence a JOIN directory_worker c ON c.id = a.covered_by_id
         WHERE a.worker_id = w.id AND a.starts_at <= %(now)s AND a.ends_at > %(now)s)
  FROM directory_appointment p JOIN directory_worker w ON w.id = p.worker_id
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.kind <> 'report') AS cases, count(*) FILTER (WHERE m.kind = 'report') AS reports
      FROM matters_matter m
     WHERE m.acting_worker_id = w.id AND m.acting_unit_id = p.unit_id AND m.ended_at IS NULL) held
 WHERE p.unit_id = ANY (%(units)s) AND p.ended_at IS NULL AND p.role <> ALL (%(others)s)
 ORDER BY array_position(%(units)s, p.unit_id), p.started_at, p.id
"""
REVIEWS_SQL = """
SELECT r.id, m.id, m.number, m.kind, r.of, r.submitted_at, w.called, r.submitted_by = %(me)s, r.state <> 'submitted',
       coalesce((SELECT v.text FROM matters_reviewwords v WHERE v.review_id = r.id ORDER BY v.recorded_at LIMIT 1), ''),
       matters_whom(m.id, r.subject_id)
  FROM matters_review r JOIN matters_matter m ON m.id = r.matter_id
  LEFT JOIN directory_worker w ON w.id = r.submitted_by
 WHERE r.id IN (SELECT id FROM matters_review WHERE state = 'submitted' AND unit_id = ANY (%(units)s)
                UNION SELECT id FROM matters_review WHERE by_phone AND written_at IS NULL AND decided_by = %(me)s)
 ORDER BY 9 DESC, r.submitted_at LIMIT 100
"""
Rule = Callable[[Viewer, Offer], Verdict]


@dataclass(frozen=True)
class Unsigned:
    """An assignment nobody signed for yet. `acting_since` is what a hand-over must name."""

    id: UUID
    matter_id: UUID
    number: str
    kind: str
    acting_since: datetime
    effective_at: datetime
    from_unit: str
    to: str
    to_worker_id: UUID | None
    unit_id: UUID
    sort: str
    """The kind of case, empty for what is no case."""
    whom: str


@dataclass(frozen=True)
class ReviewLine:
    id: UUID
    matter_id: UUID
    number: str
    kind: str
    of: str
    submitted_at: datetime
    submitted_by: str
    is_own: bool
    needs_writing: bool
    """Approved by phone; the supervisor owes it in writing."""
    words: str
    """What was written with the submission, where the viewer reads the case."""
    whom: str
    """The one person decided about, or whom the matter is about."""


@dataclass(frozen=True)
class OfferLine:
    id: UUID
    matter_id: UUID
    number: str
    kind: str
    from_unit: str
    to_unit_id: UUID
    to_unit: str
    topic: str
    sent_at: datetime
    answer_due_at: datetime
    effective_on: Any
    until: datetime | None
    is_to_us: bool
    by_proxy: bool
    """The receiver has no accounts: its answer is entered here."""
    whom: str
    matter_kind: str = ""


@dataclass(frozen=True)
class Load:
    """Open matters a worker acts on, reports apart. In seat order, never ranked."""

    worker_id: UUID
    name: str
    role: str
    unit_id: UUID
    matters: int
    reports: int
    away_until: datetime | None
    covered_by: str | None


def unsigned(viewer: Viewer, units: list[UUID]) -> list[Unsigned]:
    """Assignments to these units that wait for a signature, oldest first."""
    return [Unsigned(*row, said(names)) for *row, names in _rows(UNSIGNED_SQL, [units])]


def load(viewer: Viewer, *units: UUID, everyone: bool = False) -> list[Load]:
    """Who carries how much in each unit, in the order in which they came (seat order), leave in view.

    With `everyone`, posts without casework too.
    """
    given = {
        "units": list(units),
        "now": clock.now(),
        "others": [] if everyone else [role.value for role in NOT_CASEWORK],
    }
    return [Load(*row) for row in _rows(LOAD_SQL, given)]


def reviews(viewer: Viewer, units: list[UUID]) -> list[ReviewLine]:
    """Reviews that wait in the units, and approvals by phone that this viewer owes in writing."""
    given = {"units": units, "me": viewer.worker_id}
    return [ReviewLine(*row, said(names)) for *row, names in _rows(REVIEWS_SQL, given)]


def review_of(viewer: Viewer, review_id: UUID) -> tuple[UUID, str, str]:
    """(matter, its kind, number) of a review; NotFound when there is none."""
    row = Review.objects.filter(id=review_id).values_list("matter_id", "matter__kind", "matter__number").first()
    if row is None:
        raise NotFound(_("查無這件送審。"))
    return row


def offers(viewer: Viewer, units: list[UUID]) -> list[OfferLine]:
    """Requests that wait for an answer: to these units, or from them; and joinings that run."""
    pending = Offer.objects.filter(state=OfferState.PENDING).select_related("matter", "from_unit", "to_unit")
    found = pending.filter(to_unit_id__in=units) | pending.filter(from_unit_id__in=units)
    found = found.annotate(whom=Whom("matter_id", "subject_id"))
    return [_offer(one, units) for one in found.order_by("answer_due_at", "id")[:100]]


def joined(viewer: Viewer, units: list[UUID]) -> list[OfferLine]:
    """Joinings that run, of the units' matters and of the units with others."""
    running = Offer.objects.filter(
        state=OfferState.ACCEPTED, kind__in=("joining", "visit_request"), ended_at=None, matter__ended_at=None
    ).select_related("matter", "from_unit", "to_unit")
    found = running.filter(to_unit_id__in=units) | running.filter(from_unit_id__in=units)
    found = found.annotate(whom=Whom("matter_id", "subject_id"))
    return [_offer(one, units) for one in found.order_by("sent_at", "id")[:100]]


def offer_line(viewer: Viewer, offer_id: UUID, *, sees: Rule, answers: Rule, answering: bool = False) -> OfferLine:
    """One pending request, for whom the policies `sees` and `answers` let open and answer it.

    Conflict when he is `answering` one that is settled; NotFound, alike, for all that is not there or not his.
    """
    known = Offer.objects.select_related("matter", "from_unit", "to_unit").filter(id=offer_id)
    one = known.annotate(whom=Whom("matter_id", "subject_id")).first()
    if one is None or not sees(viewer, one):
        raise NotFound(_("查無這個請求，可能剛剛已經回覆。請回單位台看最新情形。"))
    is_his = one.to_unit_id in viewer.units or bool(answers(viewer, one))
    if one.state != OfferState.PENDING and answering and is_his:
        raise Conflict(_("這個請求剛剛已經有人回覆或撤回。請重新整理看最新情形。"))
    if one.state != OfferState.PENDING:
        raise NotFound(_("查無這個請求，可能剛剛已經回覆。請回單位台看最新情形。"))
    return _offer(one, [one.to_unit_id] if is_his else [])


def _offer(one: Offer, units: list[UUID]) -> OfferLine:
    return OfferLine(
        one.id, one.matter_id, one.matter.number, one.kind, one.from_unit.called, one.to_unit_id, one.to_unit.called,
        one.topic, one.sent_at, one.answer_due_at, one.effective_on, one.until, one.to_unit_id in units,
        not one.to_unit.on_system, said(one.whom), one.matter.kind,
    )  # fmt: skip


def _rows(sql: str, given: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
