"""Notices: to whom, how, number, when, confirmed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.cases import events, policies, rules
from anwang.cases.models import Case, Notice, Placement
from anwang.cases.states import NoticeWay
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep

PETITION = "petition"
"""Code of a notice to the court that asks to let a placement go on: it meets the limit while the court decides."""


@transaction.atomic
def record_notice(
    *, matter_id: UUID, kind: str, to_whom: str, way: NoticeWay | str, sent_at: datetime, by: Viewer,
    number: str = "", words: str = "",
) -> Notice:  # fmt: skip
    """A notice went out for a case or a placement. A letter has its number (文號). Discharges the duty to notify.

    Words are for this addressee only: what must not reach him (the place above all) does not belong in them.
    """
    placement = Placement.objects.filter(id=matter_id).first()
    case_id = placement.case_id if placement else matter_id
    policies.may_work(by, case_id).enforce()
    if rules.code("notice.kind", kind, clock.local(sent_at).date()) is None:
        raise BadInput(_("請選通知誰。"), field="kind")
    if kind == PETITION and placement is None:
        raise BadInput(_("聲請是為了哪一件安置？請在「為了哪件事」選它。"), field="about")
    if not to_whom.strip():
        raise BadInput(_("請填收受的機關或人。"), field="to_whom")
    if way == NoticeWay.LETTER and not number.strip():
        raise BadInput(_("公文請填文號；還沒有文號，請先選其他方式。"), field="number")
    if sent_at > clock.now():
        raise BadInput(_("這個時間還沒到。請填實際通知的時間。"), field="sent_at")
    return write_notice(
        matter_id=matter_id, case_id=case_id, kind=kind, to_whom=to_whom.strip(), way=way, sent_at=sent_at, by=by,
        number=number.strip(), words=words.strip(),
    )  # fmt: skip


def write_notice(
    *, matter_id: UUID, case_id: UUID, kind: str, to_whom: str, way: NoticeWay | str, sent_at: datetime, by: Viewer,
    number: str = "", words: str = "",
) -> Notice:  # fmt: skip
    """The row, the duty it does, and its trace; whoever calls has asked whether he may."""
    notice = Notice(
        id=uuid7(), matter_id=matter_id, case_id=case_id, kind=kind, to_whom=to_whom, way=way,
        number=number, words=words, sent_at=sent_at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    notice.save(force_insert=True)
    case = Case.objects.filter(id=case_id).first()
    facts = {"notice": kind, "to": None, "number": None, "kind": case.kind if case else None}
    happened(matter_id=matter_id, event=events.NOTICE_SENT, at=sent_at, by=by, facts=facts)
    placement = Placement.objects.filter(id=matter_id).first() if kind == PETITION else None
    if placement is not None:
        happened(matter_id=matter_id, event=events.PLACEMENT_PETITIONED, at=sent_at, by=by,
                 facts={"placed_at": placement.placed_at, "kind": facts["kind"]})  # fmt: skip
    record("notice.sent", by=by, at=sent_at, matter_id=matter_id, notice=notice.id, kind=kind, way=str(way))
    keep()
    return notice


@transaction.atomic
def acknowledge_notice(*, notice_id: UUID, name: str, by: Viewer, at: datetime) -> None:
    """The addressee confirmed: who, when."""
    if not name.strip():
        raise BadInput(_("請填是誰確認收到。"), field="name")
    notice = Notice.objects.filter(id=notice_id).first()
    if notice is None:
        raise NotFound(_("查無這則通知。"))
    policies.may_work(by, notice.case_id).enforce()
    changed = Notice.objects.filter(id=notice_id, acknowledged_at=None).update(
        acknowledged_at=at, acknowledged_name=name.strip()
    )
    if changed != 1:
        raise Conflict(_("這則通知已經記過確認。"))
    record("notice.acknowledged", by=by, at=at, matter_id=notice.matter_id, notice=notice_id)
