"""Searches for missing children as their workers read them, and the lists exchanged with the police."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.roles import Permission, has
from anwang.access.viewer import Viewer
from anwang.audit.actions import reading, readings
from anwang.cases import rules, words
from anwang.cases.states import SearchEnd
from anwang.foundation import clock
from anwang.foundation.errors import NotFound
from anwang.people.states import Sex
from anwang.people.words import age_words, name_words

from .choosing import AROUND_SQL
from .rows import as_list

STEPS = "search.step"
MINE_SQL = """
SELECT s.id, s.number, p.name, p.name_kind, s.missing_since, s.ended_at, s.ended_how, m.number, u.called, w.called,
       (SELECT count(DISTINCT t.step) FROM cases_searchstep t WHERE t.search_id = s.id
           AND t.step = ANY (CASE WHEN marked THEN %(of_marked)s::text[] ELSE %(required)s::text[] END)),
       (SELECT count(*) FROM cases_sighting g WHERE g.search_id = s.id
           AND NOT EXISTS (SELECT 1 FROM cases_sightingchecked k WHERE k.sighting_id = g.id)),
       marked
  FROM cases_search s CROSS JOIN LATERAL (SELECT cases_search_stays_here(s.id) IS NOT FALSE AS marked) h
  JOIN people_person p ON p.id = s.person_id JOIN matters_matter m ON m.id = s.matter_id
  JOIN directory_unit u ON u.id = m.acting_unit_id LEFT JOIN directory_worker w ON w.id = m.acting_worker_id
 WHERE s.ended_at IS NULL OR s.ended_at > %(lately)s
 ORDER BY s.ended_at IS NOT NULL, s.missing_since LIMIT 200
"""
PAGE_SQL = """
SELECT s.id, s.number, m.number, p.name, p.name_kind, s.missing_since, s.last_known, s.begun_at, s.ended_at,
       s.ended_how, s.ended_words, cases_search_stays_here(s.id) IS NOT FALSE,
       (SELECT json_agg(json_build_array(t.step, t.words, t.at, coalesce(w.called, '')) ORDER BY t.at, t.id)
          FROM cases_searchstep t LEFT JOIN directory_worker w ON w.id = t.by WHERE t.search_id = s.id),
       (SELECT json_agg(json_build_array(g.id, g.words, g.at, k.words, k.at) ORDER BY g.at, g.id)
          FROM cases_sighting g LEFT JOIN cases_sightingchecked k ON k.sighting_id = g.id WHERE g.search_id = s.id),
       m.id
  FROM cases_search s JOIN people_person p ON p.id = s.person_id JOIN matters_matter m ON m.id = s.matter_id
 WHERE s.id = %s
"""
LISTS_SQL = """
SELECT l.id, l.made_at, coalesce(w.called, ''), count(d.*), count(d.taken_back_at),
       json_agg(json_build_array(d.id, d.number) ORDER BY d.number)
         FILTER (WHERE d.taken_back_at IS NULL AND d.search_id <> ALL (cases_listed_still(
           (SELECT array_agg(x.search_id) FROM cases_policelisted x WHERE x.of_list_id = l.id))))
  FROM cases_policelist l JOIN cases_policelisted d ON d.of_list_id = l.id
  LEFT JOIN directory_worker w ON w.id = l.made_by
 WHERE l.county = %s GROUP BY l.id, w.called ORDER BY l.made_at DESC LIMIT 50
"""
ROWS_SQL = """
SELECT a.matter_id, a.number, a.name, a.name_kind, a.sex, a.born, a.missing_since
  FROM cases_policelist l JOIN cases_policelisted d ON d.of_list_id = l.id AND d.taken_back_at IS NULL
  JOIN cases_listable_searches() a ON a.search_id = d.search_id
 WHERE l.id = %s AND l.county = %s ORDER BY a.number
"""


CHILDREN_SQL = f"""
SELECT p.id, p.name, p.name_kind, p.born_earliest, p.born_latest, p.birth_is_approximate
  FROM people_person p
 WHERE p.id = {AROUND_SQL}
   AND NOT p.is_unborn AND p.died_on IS NULL
   AND NOT EXISTS (SELECT 1 FROM cases_search s
                    WHERE s.matter_id = %(case)s AND s.person_id = p.id AND s.ended_at IS NULL)
 ORDER BY p.born_earliest DESC NULLS LAST, p.id
"""  # noqa: S608  a text of our own


@dataclass(frozen=True)
class SearchLine:
    """One search in a list, open ones first."""

    id: UUID
    number: str
    name: str
    since: str
    ended: str
    case: str
    unit: str
    worker: str
    taken: int
    required: int
    unchecked: int


@dataclass(frozen=True)
class StepLine:
    """One step taken, in words."""

    what: str
    words: str
    at: str
    by: str


@dataclass(frozen=True)
class Told:
    """What the police told, and what came of looking into it (empty while nobody has)."""

    id: UUID
    words: str
    at: str
    checked: str
    checked_at: str


@dataclass(frozen=True)
class SearchPage:
    """One search whole. `stays_here`: it is compared with lists of the police and never stands on one of ours."""

    id: UUID
    number: str
    case: str
    name: str
    since: str
    last_known: str
    begun: str
    ended: str
    ended_words: str
    stays_here: bool
    steps: tuple[StepLine, ...]
    open_steps: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True)
class ListLine:
    """One list given to the police; `to_take_back` are the lines that hold no more, by id and number only."""

    id: UUID
    made: str
    by: str
    rows: int
    taken_back: int
    to_take_back: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ListedChild:
    """One line of a list as the police get it."""

    number: str
    name: str
    sex: str
    born: date | None
    since: datetime


def required_steps(*, is_marked: bool = False) -> list[str]:
    """Codes every search needs; of a child with a mark, none that would tell police, kin or registers."""
    codes = [one for one in rules.codes(STEPS) if one.marks.get("required") == "yes"]
    return [one.code for one in codes if not (is_marked and one.marks.get("not_if_marked") == "yes")]


def stays_here(search_id: UUID) -> bool:
    """Whether this search is never listed; also where the viewer may not be told, so that not knowing tells nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cases_search_stays_here(%s) IS NOT FALSE", [search_id])
        return bool(cursor.fetchone()[0])


def may_be_searched_for(viewer: Viewer, case_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """(id, name and age) of readable people of the case, its reports and its family who are, or may be, under age."""
    with connection.cursor() as cursor:
        cursor.execute(CHILDREN_SQL, {"case": case_id})
        rows = cursor.fetchall()
    return tuple(
        (id_, "　".join(filter(None, (name_words(name, kind), age_words(first, last, about)))))
        for id_, name, kind, first, last, about in rows
        if rules.is_under_age(last, clock.today())
    )


def searches(viewer: Viewer, *, lately: datetime) -> tuple[SearchLine, ...]:
    """Searches in the files the viewer reads: the open ones, and those ended since `lately`."""
    required, of_marked = required_steps(), required_steps(is_marked=True)
    with connection.cursor() as cursor:
        cursor.execute(MINE_SQL, {"required": required, "of_marked": of_marked, "lately": lately})
        rows = cursor.fetchall()
    return tuple(
        SearchLine(
            id_, number, name_words(name, kind), words.instant(since), str(SearchEnd(how).label) if how else "", case,
            unit, worker or "", taken, len(of_marked if marked else required), unchecked,
        )
        for id_, number, name, kind, since, _ended_at, how, case, unit, worker, taken, unchecked, marked in rows
    )  # fmt: skip


def search_page(viewer: Viewer, search_id: UUID) -> SearchPage:
    """One search with its steps. Raises NotFound where the viewer does not read the case."""
    with connection.cursor() as cursor:
        cursor.execute(PAGE_SQL, [search_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這次協尋。"))
    reading("search.read", by=viewer, file_id=row[14], zone="case")
    steps = as_list(row[12])
    taken = {step for step, *_rest in steps}
    return SearchPage(
        id=row[0], number=row[1], case=row[2], name=name_words(row[3], row[4]), since=words.instant(row[5]),
        last_known=row[6], begun=words.instant(row[7]), ended=_ended(row[8], row[9]), ended_words=row[10],
        stays_here=row[11],
        steps=tuple(StepLine(words.label(STEPS, step), said, _at(at), by) for step, said, at, by in steps),
        open_steps=tuple(words.label(STEPS, step) for step in required_steps(is_marked=row[11]) if step not in taken),
        told=tuple(
            Told(UUID(id_), said, _at(at), checked or "", _at(checked_at) if checked_at else "")
            for id_, said, at, checked, checked_at in as_list(row[13])
        ),
    )  # fmt: skip


def police_lists(viewer: Viewer) -> tuple[ListLine, ...]:
    """Lists given out by the viewer's county, newest first; empty for whoever exchanges none."""
    if not has(viewer, Permission.POLICE_LISTS):
        return ()
    with connection.cursor() as cursor:
        cursor.execute(LISTS_SQL, [viewer.county])
        rows = cursor.fetchall()
    return tuple(
        ListLine(id_, words.instant(made), by, total, back, tuple((one, number) for one, number in as_list(gone)))
        for id_, made, by, total, back, gone in rows
    )


def police_list(viewer: Viewer, list_id: UUID) -> tuple[ListedChild, ...]:
    """The lines of one list that still hold. Each is a reading of its file."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, [list_id, viewer.county])
        rows = cursor.fetchall()
    if not rows or not has(viewer, Permission.POLICE_LISTS):
        raise NotFound(_("查無這份名單，或上面的每一筆都已經不能給。"))
    readings("search.list_taken", by=viewer, file_ids=[row[0] for row in rows], zone="case")
    return tuple(
        ListedChild(number, name_words(name, kind), str(Sex(sex).label), born, since)
        for _file, number, name, kind, sex, born, since in rows
    )


def _at(written: str) -> str:
    return words.instant(datetime.fromisoformat(written))


def _ended(at: datetime | None, how: str) -> str:
    return f"{words.instant(at)}　{SearchEnd(how).label}" if at else ""
