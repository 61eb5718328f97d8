"""Minutes go out, and are confirmed at a later sitting. From then on their words stay."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.minutes import official, policies
from anwang.minutes.matching import amended
from anwang.minutes.models import Amendment, Body, DecisionText, Item, Node, Series, Sitting, Uncertain
from anwang.minutes.queries.sitting import sitting as read_sitting
from anwang.minutes.reading import read
from anwang.minutes.states import Level, Settled, SittingState

from .keeping import draft_of
from .laying import decisions_of, earlier_of
from .printing import draft_of as official_draft


@transaction.atomic
def found_body(*, name: str, level: str, keeper_id: UUID, by: Viewer, at: datetime) -> Body:
    """A body whose sittings a unit keeps."""
    policies.may_keep_for(by, keeper_id).enforce()
    name = name.strip()
    if not name:
        raise BadInput(_("請寫會議體的名稱。"), field="name")
    if level not in Level.values:
        raise BadInput(_("請選哪一級的會議。"), field="level")
    if Body.objects.filter(keeper_id=keeper_id, name=name).exists():
        raise BadInput(_("這個單位已經有同名的會議體。"), field="name")
    body = Body.objects.create(
        id=uuid7(), name=name[:120], level=level, keeper_id=keeper_id, made_at=at, by=by.worker_id
    )
    record("minutes.found_body", by=by, at=at, subject_id=body.id, level=level)
    return body


@transaction.atomic
def begin_series(
    *, body_id: UUID, title: str, every_months: int | None = None, by: Viewer, at: datetime
) -> Series:  # fmt: skip
    """Sittings counted together. `title` with {n} where the number stands."""
    body = Body.objects.filter(id=body_id).first()
    if body is None:
        raise NotFound(_("查無這個會議體。請從清單選。"))
    policies.may_keep_for(by, body.keeper_id).enforce()
    title = title.strip()
    if not title:
        raise BadInput(_("請寫會議的名稱，次數的地方寫{n}。"), field="title")
    if Series.objects.filter(body=body, title=title).exists():
        raise BadInput(_("這個會議體已經有同名的系列。"), field="title")
    series = Series.objects.create(
        id=uuid7(), body=body, title=title[:160], every_months=every_months, made_at=at, by=by.worker_id
    )
    record("minutes.begin_series", by=by, at=at, subject_id=series.id)
    return series


@transaction.atomic
def put_in_series(*, sitting_id: UUID, series_id: UUID, by: Viewer, at: datetime) -> None:
    """Which series a draft belongs to; what it corrects in the sitting before is looked up again."""
    sitting = draft_of(sitting_id, by)
    if not Series.objects.filter(id=series_id, body__keeper_id=sitting.unit_id).exists():
        raise BadInput(_("請選這個單位的會議系列。"), field="series_id")
    sitting.series_id = series_id
    try:
        with transaction.atomic():
            sitting.save(update_fields=["series"])
    except IntegrityError as error:
        raise BadInput(_("這個系列已經有同一天同次數的會議。請再看一次。"), field="series_id") from error
    link_amendments(sitting)
    record("minutes.put_in_series", by=by, at=at, subject_id=sitting_id)


def link_amendments(sitting: Sitting) -> None:
    """Find what the corrections of a draft mean in the sitting before it."""
    earlier = earlier_of(sitting)
    points = decisions_of(earlier) if earlier else []
    for one in Amendment.objects.filter(sitting=sitting, decision=None):
        one.earlier_id, one.decision_id = earlier, amended(one.target, points)
        one.save(update_fields=["earlier", "decision"])


@transaction.atomic
def send(*, sitting_id: UUID, paper_number: str = "", by: Viewer, at: datetime) -> None:
    """The minutes go out. What is uncertain is settled, day and series are known."""
    sitting = draft_of(sitting_id, by)
    if Uncertain.objects.filter(sitting=sitting, settled=Settled.OPEN).exists():
        raise BadInput(_("還有存疑的地方沒看。請先逐處確認。"))
    if sitting.met_on is None:
        raise BadInput(_("還不知道哪一天開會。請先補上日期。"), field="met_on")
    if sitting.series_id is None:
        raise BadInput(_("請先選這是哪個系列的會議。"), field="series_id")
    if not Item.objects.filter(sitting=sitting).exists():
        raise BadInput(_("紀錄裡還沒有任何議案。請先寫一案。"))
    if sitting.source_id is None:
        _print_lines(sitting, by)
    sitting.state, sitting.sent_at, sitting.sent_by = SittingState.SENT, at, by.worker_id
    sitting.paper_number = paper_number.strip()[:60]
    sitting.save(update_fields=["state", "sent_at", "sent_by", "paper_number"])
    record("minutes.send", by=by, at=at, subject_id=sitting_id)


def _print_lines(sitting: Sitting, by: Viewer) -> None:
    """The printed lines of minutes drafted here, and on which of them each point and decision stands."""
    with translation.override("zh-hant"):
        page = read_sitting(by, sitting.id)
        minutes = read(official.text(official_draft(page)))
    Node.objects.filter(sitting=sitting).delete()
    Node.objects.bulk_create(
        Node(id=uuid7(), sitting=sitting, line=one.line, place=place, kind=one.kind, text=one.text)
        for place, one in enumerate(minutes.nodes)
    )
    for item, printed in zip(page.items, minutes.items, strict=False):
        Item.objects.filter(id=item.id).update(line=printed.line)
        for decision, line in zip(item.decisions, printed.decisions, strict=False):
            DecisionText.objects.filter(id=decision.id).update(line=line.line)


@transaction.atomic
def confirm(*, sitting_id: UUID, confirmed_in: UUID | None = None, by: Viewer, at: datetime) -> None:
    """The minutes were confirmed, as a rule at the next sitting (確認前次會議紀錄)."""
    sitting = Sitting.objects.select_for_update().filter(id=sitting_id).first()
    if sitting is None:
        raise NotFound(_("查無這次會議。請從清單選。"))
    policies.may_confirm(by, sitting).enforce()
    if sitting.state != SittingState.SENT:
        raise Conflict(_("紀錄要先發送才能確認，或已經確認過。請重新整理。"))
    later = Sitting.objects.filter(id=confirmed_in).first() if confirmed_in else None
    if confirmed_in and (
        later is None or later.series_id != sitting.series_id or not later.met_on or later.met_on <= sitting.met_on
    ):
        raise BadInput(_("請選同一系列、日期在後的會議。"), field="confirmed_in")
    sitting.state, sitting.confirmed_at, sitting.confirmed_by = SittingState.CONFIRMED, at, by.worker_id
    sitting.confirmed_in = later
    sitting.save(update_fields=["state", "confirmed_at", "confirmed_by", "confirmed_in"])
    record("minutes.confirm", by=by, at=at, subject_id=sitting_id)
