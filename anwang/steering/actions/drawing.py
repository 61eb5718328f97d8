"""Figures drawn as evidence: by definition and period, kept as they were when they were drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.indicators.definitions import definitions
from anwang.indicators.queries import FIGURES
from anwang.steering import policies
from anwang.steering.counting import counted
from anwang.steering.models import Assessment, AssessmentItem, Card, Drawn, Loophole, Plan
from anwang.steering.states import LoopholeState, PlanState, When


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """Which figure over which period; `before_on` is the first day after it. `when`: before, after or evidence."""

    when: str
    figure: str
    since_on: date
    before_on: date


@transaction.atomic
def draw(*, what: str, of_id: UUID, drawing: Drawing, by: Viewer, at: datetime) -> Drawn:
    """帶出統計 for a card, a plan or a loophole (`what`) of the viewer's county; a plan also by the ministry."""
    owner, county = _owner(what, of_id, by)
    if drawing.when not in When.values:
        raise BadInput(_("請選之前、之後或佐證。"), field="when")
    if drawing.figure not in FIGURES:
        raise BadInput(_("請選統計項目。"), field="figure")
    if not drawing.since_on < drawing.before_on or drawing.before_on > clock.local(at).date():
        raise BadInput(_("請選已經過完的期間。"), field="before_on")
    drawn = _drawn(drawing, county, counted(county, drawing.since_on, drawing.before_on), by, at, owner)
    drawn.save(force_insert=True)
    record("figure.drawn", by=by, at=at, subject_id=of_id, figure=drawing.figure, county=county, number=drawn.number)
    return drawn


def draw_item(found: Assessment, items: Sequence[AssessmentItem], *, by: Viewer, at: datetime) -> None:
    """Evidence for the items of an assessment: the year so far. Internal to this room."""
    since, before = date(found.year, 1, 1), min(date(found.year + 1, 1, 1), clock.local(at).date())
    if since >= before or not any(item.figure for item in items):
        return
    numbers = counted(found.county_id, since, before)
    Drawn.objects.bulk_create(
        _drawn(
            Drawing(when=When.EVIDENCE, figure=item.figure, since_on=since, before_on=before), found.county_id, numbers,
            by, at, {"item": item},
        )
        for item in items if item.figure
    )  # fmt: skip


def _drawn(
    drawing: Drawing, county: str, numbers: dict[str, int], by: Viewer, at: datetime, owner: dict[str, object]
) -> Drawn:
    told = definitions(drawing.before_on)[drawing.figure]
    return Drawn(
        id=uuid7(), when=drawing.when, figure=drawing.figure, definition_from=told.since, county_id=county,
        since_on=drawing.since_on, before_on=drawing.before_on, number=numbers.get(drawing.figure, 0),
        by=by.worker_id, at=at, **owner,
    )  # fmt: skip


def _owner(what: str, of_id: UUID, by: Viewer) -> tuple[dict[str, object], str]:
    """(which key, whose county); raises NotFound for what the viewer may not see."""
    who = standing(by)
    if what == "card":
        card = Card.objects.filter(id=of_id).first()
        if card is not None and policies.may_keep_card(by, card):
            return {"card": card}, card.county_id
    elif what == "plan":
        plan = Plan.objects.filter(id=of_id).first()
        if plan is not None and policies.may_see_of_county(by, plan):
            if plan.state == PlanState.ENDED:
                raise Refused(_("這份計畫已經結束。"))
            return {"plan": plan}, plan.county_id
    elif what == "loophole":
        loophole = Loophole.objects.select_related("unit").filter(id=of_id).first()
        if loophole is not None and policies.may_see_loophole(by, loophole) and who.county and not who.is_ministry:
            if loophole.state != LoopholeState.OPEN:
                raise Refused(_("這個漏洞已經補上了。"))
            return {"loophole": loophole}, who.county
    raise NotFound(_("查無這一筆，或不是你的縣市的。"))
