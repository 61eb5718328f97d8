"""送審、核可、退回、撤回、代理核, also by telephone at night and written down next morning.

The kernel's verbs are generic: what an approval means is the room's business. A room's own `approve_x` calls
`approve` inside its transaction and then does its work; whoever approves from the unit desk reaches that verb through
`web/rooms.py` (kind of review → verb). `matters.queries.review_of` gives the state for a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters import events, policies
from anwang.matters.models import Duty, Matter, Review, ReviewWords
from anwang.matters.promises import keep, lock
from anwang.matters.states import OwedBy, ReviewOf, ReviewState

from .duties import happened


@transaction.atomic
def submit(
    *,
    matter_id: UUID,
    of: ReviewOf,
    about_id: UUID | None,
    words: str,
    by: Viewer,
    at: datetime,
    urgent: bool = False,
    subject_id: UUID | None = None,
) -> Review:
    """送審: ask the supervisor. Responsibility stays where it is; the supervisor owes an answer from now.

    An NGO's work is reviewed by the accountable authority (機構評估、政府確認). One review of a kind and thing waits
    at a time. `words` may be empty; what they say may concern persons and is kept apart. `subject_id` names the one
    person decided about where the matter has several.
    """
    matter = lock(matter_id)
    policies.may_work_on(by, matter).enforce()
    _not_in_the_future(at)
    if by.worker_id is None:
        raise BadInput(_("送審要有送審的人。"))
    if Review.objects.filter(submitted_of=matter_id, of=of, about_id=about_id).exists():
        raise Conflict(_("這一件已經送審，正等督導決定。要改內容，請先撤回。"))
    review = Review.objects.create(
        id=uuid7(),
        matter=matter,
        of=of,
        about_id=about_id,
        subject_id=subject_id,
        unit_id=matter.acting_unit_id if matter.acting_unit.is_public else matter.accountable_id,
        submitted_by=by.worker_id,
        submitted_at=at,
        recorded_at=clock.now(),
    )
    _say(review, words, by)
    _owe_an_answer(review, at, by, urgent)
    record("review.submitted", by=by, at=at, matter_id=matter_id, review=review.id, of=of)
    keep()
    return review


@transaction.atomic
def approve(
    *,
    review_id: UUID,
    by: Viewer,
    at: datetime,
    by_phone: bool = False,
    words: str = "",
    approver_id: UUID | None = None,
) -> Review:
    """核可. Call it inside the room's own verb, which then does what the approval allows.

    `at` is when the word was given. By phone: either the supervisor writes it down himself later (`by` is the
    supervisor, `at` the night), or the duty worker who heard it does so at once and names him in `approver_id`; then
    the supervisor owes it in writing (`write_down`). Whoever covers the supervisor, or the duty supervisor, approves
    as deputy (代理核). Nobody approves his own work.
    """
    review = _waiting(review_id)
    matter = lock(review.matter_id)
    heard = by_phone and approver_id is not None and approver_id != by.worker_id
    decider = approver_id if heard else by.worker_id
    verdict = policies.may_hear_approval(by, matter, review, decider) if heard else policies.may_review(by, review)
    verdict.enforce()
    _decide(review, ReviewState.APPROVED, decider, at)
    Review.objects.filter(id=review_id).update(
        is_deputy=policies.is_deputy(decider, review),
        by_phone=by_phone,
        keyed_by=by.worker_id if heard else None,
        written_at=None if heard else clock.now(),
    )
    _say(review, words, by)
    facts = {"act": review.of, "proxy": "no", "by_phone": "yes" if heard else "no", "urgent": None}
    happened(matter_id=matter.id, event=events.APPROVED, at=at, by=by, facts=facts)
    _next_waiting(matter, by)
    record("review.approved", by=by, at=at, matter_id=matter.id, review=review_id, of=review.of, by_phone=by_phone)
    keep()
    review.refresh_from_db()
    return review


@transaction.atomic
def write_down(*, review_id: UUID, words: str, by: Viewer, at: datetime) -> None:
    """The supervisor confirms in writing what he had approved by phone."""
    review = Review.objects.select_for_update(no_key=True, of=("self",)).filter(id=review_id).first()
    if review is None or not review.by_phone or review.written_at is not None:
        raise Conflict(_("這件電話核可已經補登。請重新整理看最新情形。"))
    policies.may_write_down(by, review).enforce()
    Review.objects.filter(id=review_id).update(written_at=clock.now())
    _say(review, words, by)
    if not _ended(review.matter_id):
        facts = {"act": review.of, "proxy": "no", "by_phone": "no"}
        happened(matter_id=review.matter_id, event=events.APPROVED, at=at, by=by, facts=facts)
        _next_waiting(review.matter, by)
    record("review.written_down", by=by, at=at, matter_id=review.matter_id, review=review_id)


@transaction.atomic
def send_back(*, review_id: UUID, words: str, by: Viewer, at: datetime) -> Review:
    """退回, always with words: what is missing, and what would be enough."""
    if not words.strip():
        raise BadInput(_("請寫為什麼退回、補什麼就可以。"), field="words")
    review = _waiting(review_id)
    matter = lock(review.matter_id)
    policies.may_review(by, review).enforce()
    _decide(review, ReviewState.RETURNED, by.worker_id, at)
    Review.objects.filter(id=review_id).update(
        is_deputy=policies.is_deputy(by.worker_id, review), written_at=clock.now()
    )
    _say(review, words, by)
    happened(matter_id=matter.id, event=events.RETURNED, at=at, by=by, facts={"act": review.of})
    _next_waiting(matter, by)
    record("review.returned", by=by, at=at, matter_id=matter.id, review=review_id, of=review.of)
    keep()
    review.refresh_from_db()
    return review


@transaction.atomic
def withdraw_review(*, review_id: UUID, by: Viewer, at: datetime) -> None:
    """撤回: whoever submitted (or covers him) takes it back before it is decided."""
    review = _waiting(review_id)
    matter = lock(review.matter_id)
    policies.may_withdraw_review(by, review).enforce()
    Review.objects.filter(id=review_id).update(state=ReviewState.WITHDRAWN)
    happened(matter_id=matter.id, event=events.RETURNED, at=at, by=by, facts={"act": review.of})
    _next_waiting(matter, by)
    record("review.withdrawn", by=by, at=at, matter_id=matter.id, review=review_id)
    keep()


@transaction.atomic
def approve_all(*, review_ids: Iterable[UUID], by: Viewer, at: datetime) -> list[Review]:
    """批次核可: all or none. Only for kinds whose approval asks nothing further of the room (`web/rooms.py` says)."""
    return [approve(review_id=review_id, by=by, at=at) for review_id in review_ids]


def _waiting(review_id: UUID) -> Review:
    review = Review.objects.select_for_update(no_key=True, of=("self",)).filter(id=review_id).first()
    if review is None:
        raise NotFound(_("查無這件送審。"))
    if review.state != ReviewState.SUBMITTED:
        raise Conflict(_("這件送審剛剛已經有人決定或撤回。請重新整理看最新情形。"))
    return review


def _decide(review: Review, state: ReviewState, decider: UUID | None, at: datetime) -> None:
    _not_in_the_future(at)
    if at < review.submitted_at:
        raise BadInput(_("決定的時間早於送審時間。請填實際核可或退回的時間。"), field="at")
    changed = Review.objects.filter(id=review.id, state=ReviewState.SUBMITTED).update(
        state=state, decided_by=decider, decided_at=at, decided_recorded_at=clock.now()
    )
    if changed != 1:
        raise Conflict(_("這件送審剛剛已經有人決定或撤回。請重新整理看最新情形。"))


def _owe_an_answer(review: Review, at: datetime, by: Viewer, urgent: bool) -> None:
    facts = {"act": review.of, "urgent": "yes" if urgent else "no"}
    started = happened(matter_id=review.matter_id, event=events.SUBMITTED, at=at, by=by, facts=facts)
    asked = [duty.id for duty in started if duty.owed_by == OwedBy.ROLE]
    Duty.objects.filter(id__in=asked).exclude(unit_id=review.unit_id).update(unit_id=review.unit_id)


def _next_waiting(matter: Matter, by: Viewer) -> None:
    """One answer ends the duty to answer; while another review waits on the same matter, it is owed again."""
    other = Review.objects.filter(submitted_of=matter.id).order_by("submitted_at").first()
    if other is not None:
        _owe_an_answer(other, other.submitted_at, by, urgent=False)


def _say(review: Review, words: str, by: Viewer) -> None:
    if words.strip() and by.worker_id:
        ReviewWords.objects.bulk_create(
            [
                ReviewWords(
                    id=uuid7(),
                    review=review,
                    matter_id=review.matter_id,
                    text=words.strip(),
                    written_by=by.worker_id,
                    recorded_at=clock.now(),
                )
            ]
        )


def _not_in_the_future(at: datetime) -> None:
    if at > clock.now():
        raise BadInput(_("這個時間還沒到。請填已經發生的時間。"), field="at")


def _ended(matter_id: UUID) -> bool:
    return Matter.objects.filter(id=matter_id, ended_at__isnull=False).exists()
