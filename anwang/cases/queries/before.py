"""What was before: earlier reports and services of persons, for whoever stands at the front door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import readings
from anwang.cases import rules, words
from anwang.cases.states import Phase, SubjectRole
from anwang.foundation.errors import Refused
from anwang.matters.states import MatterKind

BEFORE_SQL = "SELECT * FROM cases_involvement_before(%s, %s)"


@dataclass(frozen=True)
class Before:
    """One earlier report or case of a person. Flags, dates, kinds and outcome; never contents, never places.

    `was_seen` is None for reports; `as_what` the role in a case. Texts are in the viewer's language.
    """

    person_id: UUID
    matter_id: UUID
    number: str
    is_report: bool
    kind: str
    kind_text: str
    status: str
    as_what: str
    opened_at: datetime
    opened: str
    ended_at: datetime | None
    ended: str
    is_open: bool
    outcome: str
    grounds: tuple[str, ...]
    was_seen: bool | None
    unit: str
    unit_phone: str


def involvement_before(
    viewer: Viewer, person_ids: Iterable[UUID], *, circle: str = Circle.NEUTRAL
) -> tuple[Before, ...]:
    """Earlier reports and cases of these persons, the newest first, records of the same identity included.

    Only for the front door (screening, duty) — the database asks again. `circle` is the side of the file from which
    one looks: from the other party's side nothing of the victim's comes out. Each person looked up is a reading.
    """
    people = list(dict.fromkeys(person_ids))
    if not has(viewer, Permission.SEARCH_PEOPLE):
        raise Refused(_("查過去紀錄由篩派案與值班人員辦理。請洽值班台。"))
    if not people:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(BEFORE_SQL, [people, str(circle)])
        rows = cursor.fetchall()
    readings("involvement", by=viewer, file_ids=people, zone="work", because="look")
    return tuple(_before(row) for row in rows)


def _before(row: tuple[object, ...]) -> Before:
    (person, matter, number, matter_kind, kind, phase, role, opened_at, ended_at, how, grounds, closed, seen, unit,
     unit_en, phone) = row  # fmt: skip
    english = words.lang() == "en"
    return Before(
        person_id=person, matter_id=matter, number=number, is_report=matter_kind == MatterKind.REPORT, kind=kind,
        kind_text=words.label(rules.CASE_KIND, kind) if kind else str(MatterKind(matter_kind).label),
        status=str(Phase(phase).label) if phase else "", as_what=str(SubjectRole(role).label) if role else "",
        opened_at=opened_at, opened=words.day(opened_at), ended_at=ended_at,
        ended=words.day(ended_at) if ended_at else "", is_open=ended_at is None,
        outcome=_outcome(str(kind or ""), str(closed or ""), str(how or "")),
        grounds=tuple(grounds or ()), was_seen=seen,
        unit=(english and unit_en) or unit, unit_phone=phone,
    )  # fmt: skip


def _outcome(kind: str, closed: str, how: str) -> str:
    """How it ended, in words: the reason of a closing, else what became of it."""
    if closed:
        return words.label(f"closing.{kind}", closed)
    if how in Phase.values:
        return str(Phase(how).label)
    known = {"dispatched": _("已派案"), "not_opened": _("不開案"), "joined": _("併入原案")}
    return known.get(how, how)
