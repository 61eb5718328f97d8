"""審查: an opinion with what is to be granted, decided by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.funding.actions.granting import MOST
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.submissions import events, rules, standing
from anwang.submissions.models import Item, Review
from anwang.submissions.states import Outcome, ReviewState, SubmissionState, What

from .finding import known, locked, move


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """審查意見. `granted`: item → (amount or posts, why it differs); items left out are granted as asked."""

    outcome: str
    opinion: str
    granted: Mapping[UUID, tuple[int, str]] = field(default_factory=dict)


@transaction.atomic
def propose_review(*, submission_id: UUID, given: Opinion, by: Viewer) -> Review:
    """擬審查意見 for a complete submission. What is granted otherwise than asked says why."""
    standing.may_call(by).enforce()
    submission = locked(submission_id, SubmissionState.COMPLETE)
    if given.outcome not in Outcome.values or not given.opinion.strip():
        raise BadInput(_("請選審查結果，並寫審查意見。"), field="opinion")
    items = {one.id: one for one in Item.objects.filter(submission=submission)}
    if not known(given.granted, items):
        raise NotFound(_("這件提報沒有這一項。"))
    for item in items.values():
        _grant(item, given)
    review = Review(
        id=uuid7(), submission=submission, outcome=given.outcome, opinion=given.opinion.strip(),
        written_by=by.worker_id, written_at=clock.now(),
    )  # fmt: skip
    review.save(force_insert=True)
    move(submission, SubmissionState.PROPOSED)
    record("submission.review_proposed", by=by, at=clock.now(), matter_id=submission.id, subject_id=review.id)
    keep()
    return review


@transaction.atomic
def decide_review(*, submission_id: UUID, agreed: bool, by: Viewer, words: str = "") -> Review:
    """核定, or 退回重擬 with words: by a chief who did not write it."""
    submission = locked(submission_id, SubmissionState.PROPOSED)
    review = Review.objects.select_for_update().get(submission=submission, state=ReviewState.PROPOSED)
    standing.may_decide(by, review.written_by).enforce()
    if not agreed and not words.strip():
        raise BadInput(_("請寫要改什麼，再退回。"), field="words")
    state = ReviewState.DECIDED if agreed else ReviewState.RETURNED
    Review.objects.filter(id=review.id).update(
        state=state, decided_by=by.worker_id, decided_at=clock.now(), words=words.strip()
    )
    if agreed:
        assert submission.task_id is not None
        facts = {"year_starts_at": rules.year_starts_at(submission.call.year)}
        happened(matter_id=submission.task_id, event=events.REVIEWED, at=clock.now(), by=by, facts=facts)
    else:
        Item.objects.filter(submission=submission).update(granted=None, why="")
    move(submission, SubmissionState.DECIDED if agreed else SubmissionState.COMPLETE)
    record("submission.reviewed", by=by, at=clock.now(), matter_id=submission.id, subject_id=review.id, agreed=agreed)
    keep()
    review.refresh_from_db()
    return review


def _grant(item: Item, given: Opinion) -> None:
    """Write what an item is to be granted: as asked, otherwise with why, nothing where all is refused."""
    if given.outcome == Outcome.REFUSED:
        granted, why = 0, _("不予核定")
    else:
        granted, why = given.granted.get(item.id, (item.asked, ""))
    if granted != item.asked and not why.strip():
        raise BadInput(_("核定和申請不同的項目，請寫理由。"), field="why")
    if item.what == What.MONEY and not 0 <= granted <= MOST:
        raise BadInput(_("請填整數金額，例如12,345元。"), field="granted")
    Item.objects.filter(id=item.id).update(granted=granted, why=why.strip())
