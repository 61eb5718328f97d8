"""An emergency of somebody served in another county: his own case there hears what came of it, and whom to ring."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care import events, rules, words
from anwang.care.models import Emergency
from anwang.cases.actions import tell_file
from anwang.directory.models import Jurisdiction, Unit, Worker
from anwang.foundation import clock
from anwang.matters.actions import happened

FOLLOWED_SQL = "SELECT care_followed_in(%s, %s, %s)"


def let_his_county_follow(found: Emergency, how: str, by: Viewer, at: datetime) -> bool:
    """Where the county of registration serves him, its case goes on from here: whether it does. Internal to this room.

    It owes the follow-up and gets a note with the result and who dealt with it; nothing comes back from there.
    """
    follows = _serves_there(found)
    if follows is None:
        return False
    county = Jurisdiction.objects.values_list("name", flat=True).get(code=found.registered_id)
    Emergency.objects.filter(id=found.id).update(followed_at=at, followed_by=county)
    owed = happened(matter_id=follows, event=events.EMERGENCY_ELSEWHERE, at=at, by=by, facts={"received_at": at})
    if not owed:  # the follow-up of a former one is still open: this one is owed beside it
        happened(matter_id=follows, event=events.EMERGENCY_ELSEWHERE_AGAIN, at=at, by=by, facts={"received_at": at})
    happened(matter_id=found.matter_id, event=events.EMERGENCY_FOLLOWED, at=at, by=by, facts={"untold": untold(found)})
    tell_file(file_id=follows, about=_("緊急處置結果"), text=_result(found, how, by), by=by, at=at)
    record("emergency.elsewhere", by=by, at=at, matter_id=follows)
    return True


def untold(found: Emergency) -> str:
    """`yes` while the county of registration was not told of another emergency that was dealt with on this case."""
    others = Emergency.objects.filter(matter_id=found.matter_id, done_at__isnull=False, told_at=None)
    return "yes" if others.exclude(id=found.id).exists() else "no"


def _serves_there(found: Emergency) -> UUID | None:
    if not found.registered_id or found.registered_id == found.county_id:
        return None
    with connection.cursor() as cursor:
        cursor.execute(FOLLOWED_SQL, [found.matter_id, found.person_id, found.registered_id])
        row = cursor.fetchone()
    return row[0] if row else None


def _result(found: Emergency, how: str, by: Viewer) -> str:
    """What came of it and whom to ring: the result that the county of registration is told, no more."""
    unit, worker = Unit.objects.get(id=by.unit_id), Worker.objects.get(id=by.worker_id)
    on = clock.local(found.done_at).date() if found.done_at else None
    told = {
        "county": found.county.name, "when": words.instant(found.done_at), "how": how.strip(),
        "done": words.label(rules.DONE, found.done, on), "unit": unit.called, "who": worker.called,
        "phone": "、".join(one for one in (worker.phone, unit.phone) if one),
    }  # fmt: skip
    return _("%(county)s%(when)s緊急處置：%(done)s。經手%(unit)s%(who)s，電話%(phone)s。通知：%(how)s") % told
