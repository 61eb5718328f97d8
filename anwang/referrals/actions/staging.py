"""Where each issue of a case stands and who comes next (階段性轉銜)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.matters.promises import lock
from anwang.referrals import policies, rules
from anwang.referrals.models import IssueStage


@transaction.atomic
def set_stage(
    *, case_id: UUID, topic: str, stage: str, by: Viewer, at: datetime, next_kind: str = "",
    next_unit_id: UUID | None = None, words: str = "",
) -> IssueStage:  # fmt: skip
    """A further line for one issue; earlier ones stay. Handing on names who comes next."""
    policies.may_refer(by, lock(case_id)).enforce()
    if rules.code("joining.topics", topic) is None:
        raise BadInput(_("請選哪一個議題。"), field="topic")
    if rules.code("issue.stages", stage) is None:
        raise BadInput(_("請選現在的階段。"), field="stage")
    if stage == "handing_on" and not next_kind:
        raise BadInput(_("準備轉銜要寫下一個由誰接。"), field="next_kind")
    said = IssueStage(
        id=uuid7(), case_id=case_id, topic=topic, stage=stage, next_kind=next_kind, next_unit_id=next_unit_id,
        words=words.strip(), at=at, by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    IssueStage.objects.bulk_create([said])
    record("case.stage", by=by, at=at, matter_id=case_id, topic=topic, stage=stage)
    return said
