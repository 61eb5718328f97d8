"""Notices that somebody comes home: whoever works for her hears at once and calls her before he is there.

One coming home is one notice on a file, also when its day changes or the same is told again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.directory.models import Desk
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.names import search_key
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import end_matter, happened, open_matter
from anwang.matters.holder import Holder
from anwang.matters.promises import keep, lock
from anwang.matters.states import MatterKind
from anwang.people.seals import number_lookup
from anwang.referrals import events, policies, rules
from anwang.referrals.models import ReleaseCall, ReleaseNotice
from anwang.referrals.states import AsWhat

from .days import Before, carry, hear_again, heard_before, noted, take_turn

TOLD_BEFORE = "told_before"
"""Code of `release.calls`: she had been told before the notice came."""
FILES_SQL = "SELECT * FROM referrals_files_of(%s, %s, %s)"


@dataclass(frozen=True)
class NoticeIn:
    """What a prison, court, prosecutor or hospital told: who, by when he is home, by which letter."""

    source: str
    from_whom: str
    who: str
    received_at: datetime
    home_at: datetime | None = None
    number: str = ""
    person_number: str = ""
    born_on: date | None = None


@dataclass(frozen=True)
class _File:
    """A file in which he stands, and who holds it."""

    case_id: UUID | None
    county: str
    accountable_id: UUID
    acting: Holder
    as_what: str


@transaction.atomic
def take_notice(*, given: NoticeIn, by: Viewer) -> None:
    """Pass a notice on to every file where somebody must be told; each learns only its own. Nothing is given back.

    Where nobody is found the county's desk holds it and looks for whom to tell. Raises BadInput for what is missing.
    """
    policies.may_take_notice(by).enforce()
    _check(given)
    told = uuid7()
    files = _files(given)
    if not any(one.as_what in (AsWhat.VICTIM, AsWhat.MEMBER) for one in files):
        files.append(_nobody(by))
    take_turn([(one.case_id, one.county, one.as_what) for one in files], given)
    for one in files:
        _pass_on(one, given, told, by)
    record("release.received", by=by, at=given.received_at, source=given.source, told=told)
    keep()


@transaction.atomic
def log_call(
    *, notice_id: UUID, result: str, by: Viewer, at: datetime, words: str = "", plan_gone_through: bool = False
) -> ReleaseCall:
    """通知紀錄: a try or a success. It is done once she was told herself, or by whom she named, or cannot be found."""
    notice = ReleaseNotice.objects.filter(id=notice_id).first()
    if notice is None:
        raise NotFound(_("查無這則通知。"))
    policies.may_log(by, notice_id).enforce()
    lock(notice_id)
    if not notice.received_at <= at <= clock.now():
        raise BadInput(_("時間要在接獲之後、現在之前。"), field="at")
    if rules.code("release.calls", result) is None or rules.mark("release.calls", result, "reported") == "no":
        raise BadInput(_("請選通知的結果。"), field="result")
    ends = rules.mark("release.calls", result, "ends") == "yes"
    if rules.mark("release.calls", result, "says_why") == "yes" and not words.strip():
        raise BadInput(_("這個結果要寫怎麼查的。"), field="words")
    if result == "told" and notice.as_what == AsWhat.VICTIM and not plan_gone_through:
        raise Refused(_("請和她一起看過安全計畫，再記為通知到。"))
    call = ReleaseCall(
        id=uuid7(), notice=notice, at=at, result=result, words=words.strip(), plan_gone_through=plan_gone_through,
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    ReleaseCall.objects.bulk_create([call])
    record("release.called", by=by, at=at, matter_id=notice_id, result=result)
    if ends:
        ReleaseNotice.objects.filter(id=notice_id).update(result=result)
        carry(notice_id, by, at)
        happened(matter_id=notice_id, event=events.TOLD, at=at, by=by, facts={"result": result})
        end_matter(matter_id=notice_id, how=result, at=at, by=by)
    keep()
    return call


def _check(given: NoticeIn) -> None:
    if rules.code("release.sources", given.source) is None:
        raise BadInput(_("請選是誰通知的。"), field="source")
    if not given.from_whom.strip():
        raise BadInput(_("請寫通知的機關和聯絡的人。"), field="from_whom")
    if not given.who.strip():
        raise BadInput(_("請寫是誰要回來。"), field="who")
    if not given.person_number.strip() and given.born_on is None:
        raise BadInput(_("請填證號或出生日，才找得到要通知誰。"), field="born_on")
    if given.received_at > clock.now():
        raise BadInput(_("接獲時間不能在未來。"), field="received_at")


def _files(given: NoticeIn) -> list[_File]:
    lookup = number_lookup(given.person_number) if given.person_number.strip() else None
    with connection.cursor() as cursor:
        cursor.execute(FILES_SQL, [lookup, search_key(given.who), given.born_on])
        return [
            _File(case_id, county, accountable, Holder(unit, worker, desk), as_what)
            for case_id, county, accountable, unit, worker, desk, as_what in cursor.fetchall()
        ]


def _nobody(by: Viewer) -> _File:
    desk = Desk.objects.filter(covers_county=True, unit__jurisdiction_id=by.county).order_by("id").first()
    if desk is not None:
        return _File(None, by.county, desk.unit_id, Holder(desk.unit_id, desk_id=desk.id), AsWhat.NOBODY)
    if by.unit_id is None:
        raise Refused(_("這個縣市還沒有值班台。請立即打電話給家防中心。"))
    return _File(None, by.county, by.unit_id, Holder(by.unit_id, worker_id=by.worker_id), AsWhat.NOBODY)


def _pass_on(one: _File, given: NoticeIn, told: UUID, by: Viewer) -> None:
    """A first word opens a notice. A further one moves it, is kept beside it, or follows it, as the rule says."""
    before = heard_before(one.case_id, one.county, one.as_what, given, _home(given))
    if before is not None and before.notice_id is not None and (before.is_open or before.nothing_new):
        hear_again(before, one.as_what, given, _home(given), by)
    else:
        _open(one, given, told, by, before)


def _home(given: NoticeIn) -> datetime | None:
    """When he is home at the earliest, or is out already; empty where it was not said."""
    out = rules.mark("release.sources", given.source, "urgent") == "yes"
    return given.home_at or (given.received_at if out else None)


def _open(one: _File, given: NoticeIn, told: UUID, by: Viewer, before: Before | None) -> None:
    knew = before is not None and before.knows
    facts = {
        "received_at": given.received_at, "home_at": given.home_at, "has_time": "yes" if given.home_at else "no",
        "urgent": rules.mark("release.sources", given.source, "urgent") or "no", "source": given.source,
        "as_what": str(one.as_what), "moved": "yes" if before and before.knows_another else "no",
        "told_before": "yes" if knew else "no",
    }  # fmt: skip
    matter = open_matter(
        kind=MatterKind.NOTICE, county=one.county, accountable_id=one.accountable_id, acting=one.acting,
        opened_at=given.received_at, event=events.RELEASED, facts=facts, by=by, arose_from=one.case_id,
    )  # fmt: skip
    answered = before is not None and knew and before.plan
    notice = ReleaseNotice(
        id=matter.id, told=told, case_id=one.case_id, as_what=one.as_what, source=given.source,
        from_whom=given.from_whom.strip(), number=given.number.strip(), who=given.who.strip(),
        who_key=search_key(given.who)[:60], born=given.born_on.isoformat() if given.born_on else "",
        home_at=given.home_at, received_at=given.received_at, follows_id=before.notice_id if before else None,
        result=TOLD_BEFORE if answered else "", by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    notice.save(force_insert=True)
    if before is not None:
        noted(matter.id, before, given.home_at, given, by)
    if before is not None and knew:
        _told_before(matter.id, before, by, given.received_at)
    carry(matter.id, by, clock.now())


def _told_before(notice_id: UUID, before: Before, by: Viewer, at: datetime) -> None:
    """She was called before the notice came: that call answers it. A plan not gone through with her stays owed."""
    call = ReleaseCall(
        id=uuid7(), notice_id=notice_id, at=before.told_at or at, result=TOLD_BEFORE, words="",
        plan_gone_through=before.plan, by=before.told_by, recorded_at=clock.now(),
    )  # fmt: skip
    ReleaseCall.objects.bulk_create([call])
    if before.plan:
        happened(matter_id=notice_id, event=events.TOLD, at=at, by=by, facts={"result": TOLD_BEFORE})
        end_matter(matter_id=notice_id, how=TOLD_BEFORE, at=at, by=by)
