"""Breaking the glass: one family's files for a few hours, read only, because it cannot wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.models import Grant
from anwang.access.proving import stepped_up
from anwang.access.states import Purpose, Zone
from anwang.access.viewer import Viewer
from anwang.audit.actions import readings, record
from anwang.disclosure import alerting, events, policies, reviewers, rules
from anwang.disclosure.models import Glass, SecondPerson
from anwang.disclosure.queries.opening import openings_since
from anwang.disclosure.states import AlertKind
from anwang.foundation import clock, names, numbers
from anwang.foundation.errors import BadInput, Conflict, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import open_matter
from anwang.matters.models import Matter
from anwang.matters.states import MatterKind
from anwang.people import seals

from .looking import Asked

BECAUSE = "break_glass"
ZONES = (Zone.WORK, Zone.CASE, Zone.SPECIAL)
"""What an emergency opening reads; safety zone and restricted files need a second person, the reporter stays closed."""
DAY = timedelta(days=1)
FAMILY_SQL = "SELECT family, files, families, restricted FROM disclosure_family_for(%s, %s, %s, %s)"
FORGET_SQL = "SELECT set_config('anwang.keys_of', '', true)"
NOBODY = Asked()


@dataclass(frozen=True)
class Whose:
    """Whose files: a number (family, case or report), or a person by number or exact name and day of birth."""

    number: str = ""
    person: Asked = NOBODY


@dataclass(frozen=True)
class Scope:
    """The one family, or the files of one person who is in none; `restricted` open only when a second person agrees."""

    family_id: UUID | None
    files: tuple[UUID, ...]
    restricted: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Because:
    """A reason from the list, and words."""

    reason: str
    words: str


def glass_key(worker_id: UUID) -> str:
    """The key under which an emergency opening reads; it writes nothing, and whoever covers the worker lacks it."""
    return f"w:{worker_id}/glass"


@transaction.atomic
def break_glass(*, whose: Whose, because: Because, by: Viewer, at: datetime) -> Glass:
    """Open one family's files to the reader for some hours. Tells supervisor and privacy officer a number.

    Raises NotFound alike where there is nothing and where it is not for this reader.
    """
    permit(because, by)
    if openings_since(by, by.worker_id, at - DAY) >= rules.most("break_glass.most_a_day", by.county):  # type: ignore[arg-type]
        raise Refused(_("24小時內的緊急調閱已到上限。請洽值班台，由當班的人處理。"))
    scope = scope_of(whose, by)
    return open_scope(scope=scope, because=because, by=by, at=at)


def permit(because: Because, by: Viewer) -> None:
    """Who, why, and that it is he who sits there."""
    policies.may_open(by).enforce()
    if not rules.knows("break_glass.reasons", because.reason):
        raise BadInput(_("請選緊急調閱的理由。"), field="reason")
    if not because.words.strip():
        raise BadInput(_("請寫一句發生了什麼事。"), field="words")
    stepped_up(by).enforce()


def scope_of(whose: Whose, by: Viewer) -> Scope:
    """The files of one family, or NotFound."""
    asked = whose.person
    given = ["", seals.number_lookup(asked.number) if asked.number else b"",
             names.search_key(asked.name) if asked.born_on else "", asked.born_on]  # fmt: skip
    if whose.number.strip():
        given = [_typed(whose.number), b"", "", None]
    elif not asked.number and not (asked.name.strip() and asked.born_on):
        raise BadInput(_("請填家庭或案件編號，或證號，或全名和出生日。"), field="number")
    with connection.cursor() as cursor:
        cursor.execute(FAMILY_SQL, given)
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無可以調閱的家庭。請洽值班台，電話在值班頁。"))
    family, files, families, restricted = row
    if families > 1:
        raise Refused(_("這個人在不只一個家庭。請改填家庭編號。"))
    return Scope(family, tuple(files), tuple(restricted))


@transaction.atomic
def open_scope(*, scope: Scope, because: Because, by: Viewer, at: datetime, spooled: UUID | None = None) -> Glass:
    """Write the opening with its review, grants and alerts. `spooled`: it happened at `at` and comes from the spool."""
    reader = by.worker_id
    if reader is None or by.unit_id is None:
        raise Refused(_("緊急調閱要有人。"))
    reviewer = reviewers.reviewer_of(by)
    matter = open_matter(
        kind=MatterKind.BREAK_GLASS, county=by.county, accountable_id=reviewer.unit_id, acting=reviewer,
        opened_at=at, event=events.OPENED, facts={}, by=by,
    )  # fmt: skip
    until = rules.ends("break_glass.lasts", at, by.county)
    glass = Glass(
        matter_id=matter.id, reader=reader, unit_id=by.unit_id, county=by.county, family_id=scope.family_id,
        files=list(scope.files), restricted=list(scope.restricted), reason=because.reason,
        words=because.words.strip()[:500], at=at, recorded_at=clock.now(), until=until, spooled=spooled,
    )  # fmt: skip
    glass.save(force_insert=True)
    _grants(glass, by)
    alerting.tell(number=matter.number, kind=AlertKind.GLASS, unit_id=by.unit_id, county=by.county, at=at)
    record("glass.broken", by=by, at=at, matter_id=matter.id, reason=because.reason, files=len(scope.files),
           until=until.isoformat(), spooled=spooled is not None)  # fmt: skip
    readings("glass", by=by, file_ids=scope.files, zone=Zone.CASE, because=matter.number)
    return glass


@transaction.atomic
def end_opening(*, glass_id: UUID, by: Viewer, at: datetime) -> None:
    """看完了: the reader closes it before its time; reading ends at that instant."""
    glass = Glass.objects.filter(matter_id=glass_id, reader=by.worker_id, ended_at=None, until__gt=at).first()
    if glass is None:
        raise NotFound(_("這次調閱已經結束。"))
    Glass.objects.filter(matter_id=glass_id).update(ended_at=at)
    live = Grant.objects.filter(because=BECAUSE, because_id=glass_id, ends_at__gt=at)
    live.update(ends_at=at)
    record("glass.ended", by=by, at=at, matter_id=glass_id)


@transaction.atomic
def ask_second_person(*, glass_id: UUID, by: Viewer, at: datetime) -> SecondPerson:
    """Ask for the safety zone, and what is restricted: another person must agree, now."""
    glass = Glass.objects.filter(matter_id=glass_id, reader=by.worker_id, ended_at=None, until__gt=at).first()
    if glass is None:
        raise NotFound(_("這次調閱已經結束。要看安全區，請重新調閱。"))
    if glass.safety_since is not None:
        raise Conflict(_("安全區已經開啟。請重新整理。"))
    if SecondPerson.objects.filter(glass=glass, agreed_by=None, until__gt=at).exists():
        raise Conflict(_("已經在等第二人同意。請打電話找督導或值班同事。"))
    second = SecondPerson(
        id=uuid7(), glass=glass, reader=glass.reader, asked_at=at,
        until=rules.ends("break_glass.second_person_within", at, by.county),
    )  # fmt: skip
    second.save(force_insert=True)
    record("glass.second_asked", by=by, at=at, matter_id=glass_id, subject_id=second.id)
    return second


@transaction.atomic
def agree_as_second(*, second_id: UUID, is_unrelated: bool, by: Viewer, at: datetime) -> None:
    """A second person agrees, having declared that he is related to nobody concerned."""
    stepped_up(by).enforce()
    if not is_unrelated:
        raise BadInput(_("請先確認你和這個家庭、和調閱人都沒有親屬關係。"), field="is_unrelated")
    with connection.cursor() as cursor:
        cursor.execute("SELECT disclosure_agree(%s)", [second_id])
        opened = cursor.fetchone()[0]
    if opened is None:
        raise Conflict(_("不能同意：已經有人同意、等候時間過了，或你不是合適的人。"))
    record("glass.second_agreed", by=by, at=at, matter_id=opened, subject_id=second_id)


def _grants(glass: Glass, by: Viewer) -> None:
    """Reading, and nothing but reading, until it ends; counted at once in this transaction."""
    Grant.objects.bulk_create(
        [
            Grant(
                id=uuid7(), file_id=file_id, holder=glass_key(glass.reader), zones=[str(zone) for zone in ZONES],
                purpose=Purpose.DUTY, because=BECAUSE, because_id=glass.matter_id, starts_at=glass.at,
                ends_at=glass.until, granted_by=by.worker_id, recorded_at=glass.recorded_at,
            )
            for file_id in glass.files
        ]
    )  # fmt: skip
    read_at_once()


def read_at_once() -> None:
    """Have the keys of this transaction worked out anew: a grant was just written under one that was not there."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET_SQL)


def _typed(number: str) -> str:
    try:
        return numbers.normalise(number)
    except BadInput:
        # A number that cannot be one finds what one that is nobody's finds.
        return "-"


def number_of(glass: Glass) -> str:
    """The number of an opening's review, which is its alarm number."""
    return Matter.objects.values_list("number", flat=True).get(id=glass.matter_id)
