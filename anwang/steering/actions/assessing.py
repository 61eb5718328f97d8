"""The yearly assessment: called, self-scored, reviewed with reasons; what it does to the grant is the rule's to say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Unit
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.steering import policies, rules
from anwang.steering.models import Assessment, AssessmentItem
from anwang.steering.states import AssessmentState, Owed

from .drawing import draw_item
from .tasks import fulfil, open_task, owe

Scores = Mapping[str, tuple[int | None, str]]
"""Item → (score, words)."""


@transaction.atomic
def call_assessment(
    *, county: str, year: int, unit_id: UUID | None, due_on: date | None, by: Viewer, at: datetime
) -> Assessment:
    """通知考核 of a county's year, with the items in force today; what the system knows is drawn at once."""
    policies.may_act_for_ministry(by).enforce()
    on = clock.local(at).date()
    since, items = rules.items(on)
    if since is None:
        raise Refused(_("還沒有考核項目。"))
    if year > on.year:
        raise BadInput(_("這一年還沒到。"), field="year")
    if not Unit.objects.filter(live_public_id=unit_id, jurisdiction_id=county).exists():
        raise BadInput(_("請選這個縣市的單位。"), field="unit_id")
    task = owe(owed=Owed.SELF_SCORE, unit_id=unit_id, due_on=due_on, by=by, at=at)
    found = Assessment(
        id=uuid7(), county_id=county, year=year, unit_id=unit_id, reviews_id=standing(by).ministry[0], list_from=since,
        task=task, by=by.worker_id, at=at,
    )  # fmt: skip
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("這個縣市這一年已經通知考核。")) from error
    rows = [
        AssessmentItem(id=uuid7(), assessment=found, item=one.code, position=place, most=one.most, figure=one.figure)
        for place, one in enumerate(items)
    ]
    AssessmentItem.objects.bulk_create(rows)
    draw_item(found, rows, by=by, at=at)
    record("assessment.called", by=by, at=at, matter_id=task.id, subject_id=found.id, county=county, year=year)
    keep()
    return found


@transaction.atomic
def self_score(*, assessment_id: UUID, scores: Scores, by: Viewer, at: datetime) -> None:
    """自評: a score and its words for every item, then sent. Not before all are there."""
    found, items = _locked(assessment_id, by)
    policies.may_act_for_county(by, found.county_id).enforce()
    if found.state != AssessmentState.CALLED:
        raise Conflict(_("自評已經送出了。"))
    for item in items:
        item.self_score, item.words = _given(item, scores)
        if not item.words:
            raise BadInput(_("請寫這一項的自評說明和佐證。"), field=f"words_{item.item}")
    AssessmentItem.objects.bulk_update(items, ["self_score", "words"])
    Assessment.objects.filter(id=found.id).update(state=AssessmentState.SELF_SCORED)
    task = open_task(found.task_id)
    fulfil(
        task, words=_("自評%(sum)d分") % {"sum": sum(item.self_score or 0 for item in items)}, evidence="", by=by, at=at
    )
    record("assessment.self_scored", by=by, at=at, matter_id=task.id, subject_id=found.id)
    keep()


@transaction.atomic
def review_assessment(*, assessment_id: UUID, scores: Scores, by: Viewer, at: datetime) -> Assessment:
    """評定: every item, with a reason wherever it differs from the county's own; the effect is what the rule says."""
    found, items = _locked(assessment_id, by)
    policies.may_act_for_ministry(by).enforce()
    if found.reviews_id not in standing(by).ministry:
        raise Refused(_("由通知考核的單位評定。"))
    if found.state != AssessmentState.SELF_SCORED:
        raise Conflict(_("還沒有自評，或已經評完了。"))
    for item in items:
        item.score, item.reason = _given(item, scores)
        if item.score != item.self_score and not item.reason:
            raise BadInput(_("和自評不同，請寫理由。"), field=f"words_{item.item}")
    AssessmentItem.objects.bulk_update(items, ["score", "reason"])
    effect, since = rules.effect(sum(item.score or 0 for item in items), clock.local(at).date())
    Assessment.objects.filter(id=found.id).update(
        state=AssessmentState.REVIEWED, effect=effect, effect_from=since, reviewed_at=at
    )
    record("assessment.reviewed", by=by, at=at, matter_id=found.task_id, subject_id=found.id, effect=effect)
    found.refresh_from_db()
    return found


def _given(item: AssessmentItem, scores: Scores) -> tuple[int, str]:
    score, words = scores.get(item.item, (None, ""))
    if score is None or not 0 <= score <= item.most:
        raise BadInput(_("請填0到%(most)d分。") % {"most": item.most}, field=f"score_{item.item}")
    return score, words.strip()


def _locked(assessment_id: UUID, by: Viewer) -> tuple[Assessment, list[AssessmentItem]]:
    found = Assessment.objects.select_for_update(of=("self",)).filter(id=assessment_id).first()
    if found is None or not policies.may_see_of_county(by, found):
        raise NotFound(_("查無這份考核。"))
    return found, list(AssessmentItem.objects.filter(assessment=found).order_by("position"))
