"""One notice of coming home, for whoever must tell her."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.matters.models import Matter
from anwang.referrals import rules
from anwang.referrals.models import ReleaseNotice
from anwang.referrals.states import AsWhat

CALLS_SQL = """
SELECT k.at, k.result, k.words, k.plan_gone_through, w.called FROM referrals_releasecall k
  LEFT JOIN directory_worker w ON w.id = k.by WHERE k.notice_id = %s ORDER BY k.at, k.recorded_at
"""
DAYS_SQL = """
SELECT h.at, h.was_home_at, h.home_at, h.told_at, h.source, h.from_whom, h.number FROM referrals_releasechange h
 WHERE h.notice_id = %s ORDER BY h.recorded_at, h.at
"""
OTHER_DAYS_SQL = """
SELECT DISTINCT h.expected_at FROM care_homecoming h
 WHERE h.notice_id = %s AND h.called_off_at IS NULL AND h.expected_at IS NOT NULL ORDER BY h.expected_at
"""
FORMER_SQL = "SELECT m.number FROM matters_matter m WHERE m.id = %s"
DUE_SQL = "SELECT d.due_at FROM matters_matter m JOIN matters_duty d ON d.id = m.next_duty_id WHERE m.id = %s"


@dataclass(frozen=True)
class Word:
    """A further word on the same coming home: which day it was, which it is; when she had been told of the former."""

    at: datetime
    was: datetime | None
    home_at: datetime | None
    told_at: datetime | None
    source: str
    from_whom: str
    letter: str

    @property
    def is_change(self) -> bool:
        """Whether it named another instant than before."""
        return self.was != self.home_at


@dataclass(frozen=True)
class NoticePage:
    """Who comes home, when, and every try to tell her: (when, result, words, plan gone through, by whom)."""

    id: UUID
    number: str
    case: str
    who: str
    born: str
    source: str
    from_whom: str
    letter: str
    as_what: str
    as_what_text: str
    home_at: datetime | None
    received_at: datetime
    due_at: datetime | None
    result: str
    calls: tuple[tuple[datetime, str, str, bool, str], ...]
    may_log: bool
    words: tuple[Word, ...]
    other_days: tuple[datetime, ...]
    """What a call on her case that goes with it says, where that is another day; the soonest first."""
    follows: str
    """Number of the notice of the same coming home that was answered before the day changed."""

    @property
    def is_hers(self) -> bool:
        """Whether somebody of the case is to be told; else it is his own, or nobody was found."""
        return self.as_what in (AsWhat.VICTIM, AsWhat.MEMBER)

    @property
    def changed(self) -> Word | None:
        """The last word that named another day."""
        return next((one for one in reversed(self.words) if one.is_change), None)


def notice(viewer: Viewer, number: str, *, may_log: Callable[[Viewer, UUID], object]) -> NoticePage:
    """The notice with that number for whoever holds it; NotFound alike for all others."""
    numbered = Matter.objects.filter(number=number).values("id")
    found = ReleaseNotice.objects.select_related("case").filter(id__in=numbered).first()
    if found is None:
        raise NotFound(_("查無這則通知。"))
    reading("referrals.notice", by=viewer, file_id=found.id, zone=Zone.CASE)
    with connection.cursor() as cursor:
        cursor.execute(CALLS_SQL, [found.id])
        calls = tuple(
            (at, rules.said("release.calls", result), said, gone, by or "")
            for at, result, said, gone, by in cursor.fetchall()
        )
        cursor.execute(DUE_SQL, [found.id])
        due = cursor.fetchone()
        cursor.execute(DAYS_SQL, [found.id])
        heard = tuple(
            Word(at, was, home, told, rules.said("release.sources", source) if source else "", whom, letter)
            for at, was, home, told, source, whom, letter in cursor.fetchall()
        )
        cursor.execute(OTHER_DAYS_SQL, [found.id])
        others = tuple(day for (day,) in cursor.fetchall() if _is_another_day(day, found.home_at))
        cursor.execute(FORMER_SQL, [found.follows_id])
        former = cursor.fetchone()
    return NoticePage(
        found.id, number, found.case.number if found.case else "", found.who, found.born,
        rules.said("release.sources", found.source), found.from_whom, found.number, found.as_what,
        str(AsWhat(found.as_what).label), found.home_at, found.received_at, due[0] if due else None,
        rules.said("release.calls", found.result) if found.result else "", calls,
        not found.result and bool(may_log(viewer, found.id)), heard, others,
        former[0] if former else "",
    )  # fmt: skip


def _is_another_day(day: datetime, home: datetime | None) -> bool:
    return home is None or clock.local(day).date() != clock.local(home).date()
