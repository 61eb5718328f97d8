"""The register of loopholes: registered, mended by measures with owner and day, closed with what changed."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.steering import standing
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.deployment.standing import BUREAUX
from anwang.directory.models import Unit
from anwang.directory.states import UnitKind
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import keep
from anwang.steering import policies
from anwang.steering.models import Loophole, Measure
from anwang.steering.states import LoopholeState, Owed, TaskState

from .tasks import owe


@transaction.atomic
def register_loophole(*, title: str, text: str, source: str, by: Viewer, at: datetime) -> Loophole:
    """登記漏洞, with the minutes, review or visit in which it came to light. About the net, never about a person."""
    policies.may_see(by).enforce()
    for field, given, words in (
        ("title", title, _("請用一句話寫漏洞在哪裡。")), ("text", text, _("請寫哪裡沒有接上、怎麼發生的。")),
        ("source", source, _("請寫從哪裡發現，例如會議或檢討。")),
    ):  # fmt: skip
        if not given.strip():
            raise BadInput(words, field=field)
    loophole = Loophole(
        id=uuid7(), unit_id=by.unit_id, title=title.strip(), text=text.strip(), source=source.strip(), by=by.worker_id,
        at=at,
    )  # fmt: skip
    loophole.save(force_insert=True)
    record("loophole.registered", by=by, at=at, subject_id=loophole.id)
    return loophole


@transaction.atomic
def set_measure(
    *, loophole_id: UUID, text: str, unit_id: UUID | None, due_on: date | None, by: Viewer, at: datetime
) -> Measure:
    """A measure with who carries it out and by when: in one's own county; the ministry anywhere."""
    loophole = _open(loophole_id, by)
    if not text.strip():
        raise BadInput(_("請寫要做什麼。"), field="text")
    who = standing(by)
    unit = Unit.objects.filter(live_public_id=unit_id).first() if unit_id else None
    if unit is None or unit.kind not in (*BUREAUX, UnitKind.MINISTRY):
        raise BadInput(_("請選負責的單位。"), field="unit_id")
    if unit.kind == UnitKind.MINISTRY and not who.is_ministry:
        raise BadInput(_("要請中央做，請用提問。"), field="unit_id")
    if not who.is_ministry and unit.jurisdiction_id != who.county:
        raise BadInput(_("請選負責的單位。"), field="unit_id")
    task = owe(owed=Owed.MEASURE, unit_id=unit_id, due_on=due_on, by=by, at=at)
    measure = Measure(id=uuid7(), loophole=loophole, text=text.strip(), task=task)
    measure.save(force_insert=True)
    record("measure.set", by=by, at=at, matter_id=task.id, subject_id=loophole.id)
    keep()
    return measure


@transaction.atomic
def close_loophole(*, loophole_id: UUID, effect: str, by: Viewer, at: datetime) -> None:
    """補上了: only with a measure carried out and none open, and with what changed since."""
    loophole = _open(loophole_id, by)
    measures = Measure.objects.filter(loophole=loophole)
    if measures.filter(task__state=TaskState.OPEN).exists():
        raise Refused(_("還有措施沒做完。做完或註明不再辦理才能結束。"))
    if not measures.filter(task__state=TaskState.DONE).exists():
        raise Refused(_("還沒有完成的措施，不能說補上了。"))
    if not effect.strip():
        raise BadInput(_("請寫措施之後有什麼改變。"), field="effect")
    Loophole.objects.filter(id=loophole.id).update(state=LoopholeState.CLOSED, closed_at=at, effect=effect.strip())
    record("loophole.closed", by=by, at=at, subject_id=loophole.id)


def _open(loophole_id: UUID, by: Viewer) -> Loophole:
    found = Loophole.objects.select_for_update(of=("self",)).select_related("unit").filter(id=loophole_id).first()
    if found is None or not policies.may_see_loophole(by, found):
        raise NotFound(_("查無這個漏洞。"))
    if found.state != LoopholeState.OPEN:
        raise Conflict(_("這個漏洞已經補上了。"))
    return found
