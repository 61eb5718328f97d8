"""Lists exchanged with the police: children about whom nothing speaks against it go out, every line comes in.

Whoever brings a list learns from it only how many lines were read: who agreed is told to the child's own worker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.audit.actions import readings, record
from anwang.cases import events
from anwang.cases.models import PoliceList, PoliceListed, Sighting
from anwang.foundation import clock, names, national_id, roc
from anwang.foundation.errors import BadInput, NotFound, Refused
from anwang.foundation.uuid7 import uuid7
from anwang.matters.actions import happened
from anwang.matters.promises import keep
from anwang.people import seals

MOST_LINES = 2000
_FIELDS = re.compile(r"[,，、;；\t]")


@dataclass(frozen=True)
class Line:
    """One line of the police: as written, and what in it names somebody."""

    words: str
    name: str = ""
    number: bytes = b""
    born: date | None = None


@transaction.atomic
def make_police_list(*, by: Viewer, at: datetime) -> PoliceList:
    """The children of the viewer's county who may be told to the police now. Taking it is a reading of each file."""
    _may(by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT search_id, matter_id, number FROM cases_listable_searches()")
        rows = cursor.fetchall()
    if not rows:
        raise Refused(_("現在沒有可以給警方的協尋。"))
    made = PoliceList(
        id=uuid7(), county=by.county, unit_id=by.unit_id, made_at=at, made_by=by.worker_id, recorded_at=clock.now()
    )  # fmt: skip
    made.save(force_insert=True)
    PoliceListed.objects.bulk_create(
        [PoliceListed(id=uuid7(), of_list=made, search_id=search, number=number) for search, _file, number in rows]
    )
    readings("search.listed", by=by, file_ids=[file_id for _search, file_id, _number in rows], zone="case")
    record("search.list_made", by=by, at=at, list=made.id, rows=len(rows))
    return made


@transaction.atomic
def take_back(*, listed_id: UUID, by: Viewer, at: datetime) -> None:
    """The police were told that this line of a list does not hold any more."""
    _may(by)
    changed = PoliceListed.objects.filter(id=listed_id, of_list__county=by.county, taken_back_at=None).update(
        taken_back_at=at, taken_back_by=by.worker_id
    )
    if not changed:
        raise NotFound(_("查無這一筆，或已經撤回。"))
    record("search.taken_back", by=by, at=at, listed=listed_id)


@transaction.atomic
def take_police_lines(*, text: str, by: Viewer, at: datetime) -> int:
    """A list of the police, a line each: name and day of birth, or a number, in any order. Gives how many were read.

    Each line that agrees with a search of any kind is told to whoever acts on that case, as a duty.
    """
    _may(by)
    lines = [line(each) for each in text.splitlines() if each.strip()]
    if not lines:
        raise BadInput(_("還沒有貼上名單。一行一個人：姓名、生日或證號。"), field="text")
    if len(lines) > MOST_LINES:
        raise BadInput(_("一次最多2000行。請分成幾次。"), field="text")
    for number, each in enumerate(lines, 1):
        if not each.number and not (each.name and each.born):
            raise BadInput(_("第%(n)d行看不出是誰。請寫姓名和生日，或證號。") % {"n": number}, field="text")
    for each in lines:
        _compare(each, by, at)
    record("search.lines_taken", by=by, at=at, lines=len(lines))
    keep()
    return len(lines)


def line(words: str) -> Line:
    """What a line names: a national or resident number, a date (ROC or ISO), and what is left as the name."""
    name, number, born = "", b"", None
    for part in filter(None, map(str.strip, _FIELDS.split(words))):
        if national_id.check(part).kind and not number:
            number = seals.number_lookup(part)
        elif (day := _day(part)) and born is None:
            born = day
        elif not name and not any(char.isdigit() for char in part):
            name = names.search_key(part)[:120]
    return Line(words.strip()[:500], name, number, born)


def _day(part: str) -> date | None:
    try:
        return roc.parse_date(part).exact
    except (BadInput, ValueError):
        return None


def _compare(each: Line, by: Viewer, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT search_id, matter_id, person_id FROM cases_sighted(%s, %s, %s)", [each.name, each.number, each.born]
        )
        found = cursor.fetchall()
    for search_id, matter_id, person_id in found:
        Sighting(
            id=uuid7(), search_id=search_id, matter_id=matter_id, words=each.words, at=at, by=by.worker_id,
            recorded_at=clock.now(),
        ).save(force_insert=True)  # fmt: skip
        happened(matter_id=matter_id, event=events.SEARCH_SIGHTED, at=at, by=by, subject_id=person_id)


def _may(by: Viewer) -> None:
    if not has(by, Permission.POLICE_LISTS) or by.worker_id is None:
        raise Refused(_("與警方交換名單由篩派案督導或值班督導辦理。"))
