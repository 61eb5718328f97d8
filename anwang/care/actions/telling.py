"""He comes home: whose worker is told, on her case, with nothing of his. Nobody on his side learns that she exists."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.queries import writing_zones_of
from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, rules
from anwang.care.models import Homecoming
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.matters.actions import happened
from anwang.matters.promises import keep

ANNOUNCE_SQL = "SELECT her_matter, what, call_by FROM care_announce(%s, %s, %s, %s, %s, %s, %s)"
DROP_SQL = "SELECT her_matter, call_by FROM care_call_off(%s, %s, %s, %s)"
SAME = "same"
"""The notice says nothing new: she was told of this very hour."""


def tell_her_side(
    *, matter_id: UUID, person_id: UUID, notice_id: UUID, expected_at: datetime | None, by: Viewer, at: datetime
) -> None:
    """A duty on every open case of her side: call her before he is home. Match only; the caller learns nothing.

    Another day of the same notice takes the place of the former, which is kept; told of the former, she is called
    once more as the rule says (`care.asked_again_when`).
    Internal to this room and those above.
    """
    limit, again = rules.call_by(at, expected_at, by.county), rules.asked_again_when(at, by.county)
    with connection.cursor() as cursor:
        cursor.execute(ANNOUNCE_SQL, [matter_id, person_id, _key(notice_id), expected_at, limit, at, again])
        found = cursor.fetchall()
    for her_matter, what, call_by in found:
        if what == SAME:
            continue
        owe_anew(her_matter, call_by, by, at)
        record("homecoming.announced", by=by, at=at, matter_id=her_matter)


def call_off(*, matter_id: UUID, person_id: UUID, notice_id: UUID, by: Viewer, at: datetime) -> None:
    """He does not come after all. What is owed for another notice stays. Internal to this room."""
    with connection.cursor() as cursor:
        cursor.execute(DROP_SQL, [matter_id, person_id, _key(notice_id), at])
        found = cursor.fetchall()
    for her_matter, call_by in found:
        owe_anew(her_matter, call_by, by, at)
        record("homecoming.called_off", by=by, at=at, matter_id=her_matter)


def owe_anew(her_matter: UUID, call_by: datetime | None, by: Viewer, at: datetime) -> None:
    """The soonest call that stands is owed; none, when `call_by` is empty. Internal to this room and those above."""
    happened(matter_id=her_matter, event=events.HOMECOMING_CALLED_OFF, at=at, by=by)
    if call_by is not None:
        happened(matter_id=her_matter, event=events.HOMECOMING_ANNOUNCED, at=at, by=by, facts={"expires_at": call_by})


@transaction.atomic
def told_her(
    *, homecoming_id: UUID, how: str, words: str, by: Viewer, at: datetime, plan_gone_through: bool = False
) -> None:
    """She was reached: how, what was agreed, whether the safety plan was gone through with her.

    Not reached is a contact on her case; the duty goes on. A notice that comes later is answered by this call.
    """
    found = Homecoming.objects.select_for_update().filter(id=homecoming_id).first()
    if found is None:
        raise NotFound(_("查無這則消息。"))
    if Zone.CASE not in writing_zones_of(by, found.matter_id):
        raise Refused(_("由承辦她的社工或督導登錄。請洽承辦單位。"))
    if found.notice_id is not None and found.told_at is None:
        raise Conflict(_("同一件事另有返家通知。請在返家通知登錄，這裡就一起完成。"))
    if found.told_at is not None:
        raise Conflict(_("這則消息已經有人處理過了。"))
    if found.called_off_at is not None:
        raise Conflict(_("他返家的日期剛剛改了或取消了。請開她的案件看最新的日子，再告訴她。"))
    if not how or not words.strip():
        raise BadInput(_("請寫怎麼聯絡到她、說好了什麼。"), field="words" if how else "how")
    if at > clock.now():
        raise BadInput(_("時間不能在未來。請填已經發生的時間。"), field="at")
    found.told_at, found.told_how, found.told_words, found.told_by = at, how, words.strip()[:400], by.worker_id
    found.plan_gone_through = plan_gone_through
    found.save(update_fields=["told_at", "told_how", "told_words", "told_by", "plan_gone_through"])
    if not Homecoming.objects.filter(matter_id=found.matter_id, told_at=None, called_off_at=None, notice=None).exists():
        happened(matter_id=found.matter_id, event=events.HOMECOMING_TOLD, at=at, by=by)
    record("homecoming.told", by=by, at=at, matter_id=found.matter_id, homecoming=found.id)
    keep()


def _key(notice_id: UUID) -> bytes:
    """Which notice, without naming it on her side."""
    return hashlib.sha256(b"homecoming" + notice_id.bytes).digest()
