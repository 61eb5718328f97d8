"""The day of a coming home: what was heard before, what a further word changes, which calls go with the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.care.actions.telling import owe_anew
from anwang.care.events import HOMECOMING_CALLED_OFF
from anwang.care.rules import asked_again_when
from anwang.foundation import clock
from anwang.foundation.names import search_key
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.hearing import Happened
from anwang.referrals import events, rules
from anwang.referrals.models import ReleaseChange
from anwang.referrals.states import AsWhat

if TYPE_CHECKING:
    from .releasing import NoticeIn

CARRY_SQL = "SELECT her_matter, call_by FROM referrals_carry(%s)"
TURN_SQL = "SELECT referrals_take_turn(%s, %s, %s)"
HEARD_SQL = "SELECT * FROM referrals_heard_before(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
MOVE_SQL = "SELECT referrals_move_notice(%s, %s)"
DAYS_SQL = "SELECT notice_id, home_at, as_what, was_told FROM referrals_days_moved(%s)"
CALLS_CHANGED = HOMECOMING_CALLED_OFF
"""What `care` tells of a case of hers whenever its calls change."""


@dataclass(frozen=True)
class Before:
    """What is known of the same coming home on a file: a notice (none: a call alone), its day, when she was told."""

    notice_id: UUID | None
    is_open: bool
    day: datetime | None
    told_at: datetime | None
    told_by: UUID | None
    plan: bool
    """Whether the safety plan was gone through with her."""
    nothing_new: bool
    """The word names no other day than the one known, or none that the rule has her called for once more."""

    @property
    def knows(self) -> bool:
        """She was told, and of this very day."""
        return self.told_at is not None and self.nothing_new

    @property
    def knows_another(self) -> bool:
        """She was told, and of another day."""
        return self.told_at is not None and not self.nothing_new


def take_turn(files: list[tuple[UUID | None, str, str]], given: NoticeIn) -> None:
    """Wait for whoever enters a word on the same man, at each file (case, county, as what), until the act ends."""
    his = [case_id for case_id, _county, as_what in files if case_id and as_what != AsWhat.VICTIM]
    hers = [case_id for case_id, _county, as_what in files if case_id and as_what == AsWhat.VICTIM]
    nobodys = next((f"{county} {search_key(given.who)[:60]}" for case_id, county, _ in files if case_id is None), "")
    with connection.cursor() as cursor:
        cursor.execute(TURN_SQL, [his, hers, nobodys])


def heard_before(
    case_id: UUID | None, county: str, as_what: str, given: NoticeIn, home: datetime | None
) -> Before | None:
    """The same coming home as it stands on the file, or None. Past the grants, for passing on; shown to nobody."""
    received, born = given.received_at, given.born_on.isoformat() if given.born_on else ""
    asked = [
        case_id, county, str(as_what), search_key(given.who)[:60], born, home, received,
        rules.same_since(received, county), list(rules.sources_of_out()), asked_again_when(received, county),
    ]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(HEARD_SQL, asked)
        row = cursor.fetchone()
    return Before(*row) if row else None


def hear_again(before: Before, as_what: str, given: NoticeIn, home: datetime | None, by: Viewer) -> None:
    """A further word on a notice: kept beside it; where it is open, its day and what hangs on that move with it."""
    if before.notice_id is None:
        raise ValueError("a further word needs the notice it is about")
    noted(before.notice_id, before, given.home_at if home else before.day, given, by)
    says_the_same = given.home_at is not None and given.home_at == before.day
    if not before.is_open or home is None or says_the_same:
        return
    with connection.cursor() as cursor:
        cursor.execute(MOVE_SQL, [before.notice_id, given.home_at])
    facts = {"moved": "yes" if before.knows_another else "no", "told_before": "yes" if before.knows else "no"}
    is_out = home <= given.received_at
    _moved(before.notice_id, given.home_at, is_out, as_what, facts, by, given.received_at)


def noted(notice_id: UUID, before: Before, home_at: datetime | None, given: NoticeIn, by: Viewer) -> None:
    """Keep who said it, which day it was before, and when she had been told of that."""
    change = ReleaseChange(
        id=uuid7(), notice_id=notice_id, at=given.received_at, was_home_at=before.day, home_at=home_at,
        told_at=before.told_at, source=given.source, from_whom=given.from_whom.strip(), number=given.number.strip(),
        by=by.worker_id, recorded_at=clock.now(),
    )  # fmt: skip
    ReleaseChange.objects.bulk_create([change])


def carry(notice_id: UUID, by: Viewer, at: datetime) -> None:
    """Calls on her case for the same coming home go with the notice: carried, answered, or standing again."""
    with connection.cursor() as cursor:
        cursor.execute(CARRY_SQL, [notice_id])
        found = cursor.fetchall()
    for her_matter, call_by in found:
        owe_anew(her_matter, call_by, by, at)
        record("homecoming.with_notice", by=by, at=at, matter_id=her_matter)


def hear(told: Happened) -> None:
    """His worker heard of another day, and an open notice carries that call: its duties follow the day."""
    if told.event != CALLS_CHANGED:
        return
    with connection.cursor() as cursor:
        cursor.execute(DAYS_SQL, [told.matter.id])
        found = cursor.fetchall()
    for notice_id, home_at, as_what, was_told in found:
        facts = {"moved": "yes" if was_told else "no", "told_before": "no"}
        _moved(notice_id, home_at, home_at <= told.at, as_what, facts, told.by, told.at)


def _moved(
    notice_id: UUID, home_at: datetime | None, is_out: bool, as_what: str, told: dict[str, str], by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    facts = {
        "received_at": at, "home_at": home_at, "has_time": "yes" if home_at else "no",
        "urgent": "yes" if is_out else "no", "as_what": str(as_what), **told,
    }  # fmt: skip
    happened(matter_id=notice_id, event=events.MOVED, at=at, by=by, facts=facts)
    record("release.moved", by=by, at=at, matter_id=notice_id)
