"""Reviewing an emergency opening, and noting that an alert was seen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.disclosure import events, policies, rules
from anwang.disclosure.models import Alert, Glass, GlassReview
from anwang.disclosure.posts import posts_of
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.matters.actions import end_matter, happened
from anwang.matters.promises import lock

OUTCOMES = "break_glass.outcomes"


@transaction.atomic
def review_opening(*, glass_id: UUID, outcome: str, words: str, by: Viewer, at: datetime) -> GlassReview:
    """覆核: an outcome from the list, with words where it needs them. Ends the matter; once."""
    glass = Glass.objects.filter(matter_id=glass_id).first()
    if glass is None:
        raise NotFound(_("找不到這件緊急調閱。請從清單重新進入。"))
    matter = lock(glass_id)
    policies.may_review(by, matter.acting_worker_id, glass.reader).enforce()
    if GlassReview.objects.filter(glass=glass).exists():
        raise Conflict(_("這件剛剛已經覆核。請重新整理看結果。"))
    if not rules.knows(OUTCOMES, outcome):
        raise BadInput(_("請選覆核結果。"), field="outcome")
    if rules.marked(OUTCOMES, outcome, "words") and not words.strip():
        raise BadInput(_("這個結果要寫說明。"), field="words")
    review = GlassReview(
        glass=glass, reader=glass.reader, outcome=outcome, words=words.strip()[:500], by=by.worker_id, at=at
    )
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這件剛剛已經覆核。請重新整理看結果。")) from error
    record("glass.reviewed", by=by, at=at, matter_id=glass_id, outcome=outcome)
    happened(matter_id=glass_id, event=events.REVIEWED, at=at, by=by, facts={"outcome": outcome})
    end_matter(matter_id=glass_id, how=outcome, at=at, by=by)
    return review


@transaction.atomic
def note_alert(*, alert_id: UUID, by: Viewer, at: datetime) -> None:
    """知道了: somebody at the post saw the number."""
    alert = Alert.objects.filter(id=alert_id).first()
    if alert is None or (alert.to_unit_id, alert.to_role) not in posts_of(by):
        raise NotFound(_("找不到這則示警。請重新整理。"))
    if Alert.objects.filter(id=alert_id, seen_at=None).update(seen_at=at, seen_by=by.worker_id):
        record("disclosure.alert_seen", by=by, at=at, subject_id=alert_id, number=alert.number)
