"""Whom a form of casework may name: people who may become subjects, workers who may take a case over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any  # rows of JSON
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.cases import words
from anwang.people.words import age_words, name_words, risk_words

from .rows import as_list

# Everybody a case knows of: of its own file, of the report it arose from, of reports joined to it, and of the family.
# Arrays, because they are looked up in an index where `IN (SELECT …)` beside an `OR` reads everybody in the nation.
AROUND_SQL = """ANY (ARRAY(
   SELECT i.person_id FROM access_involvement i WHERE i.file_id = ANY (ARRAY(
     SELECT m.id FROM matters_matter m WHERE m.id = %(case)s
     UNION SELECT m.arose_from_id FROM matters_matter m WHERE m.id = %(case)s
     UNION SELECT j.report_id FROM cases_joinedreport j WHERE j.matter_id = %(case)s))
   UNION SELECT k.person_id FROM people_familymember k JOIN matters_matter m ON m.family_id = k.family_id
     WHERE m.id = %(case)s AND k.until_on IS NULL))"""
PEOPLE_SQL = f"""
SELECT p.id, p.name, p.name_kind, p.born_earliest, p.born_latest, p.birth_is_approximate
  FROM people_person p
 WHERE p.id = {AROUND_SQL}
   AND p.id NOT IN (SELECT s.person_id FROM cases_casesubject s
                     WHERE s.matter_id = %(case)s AND s.until_on IS NULL AND s.person_id IS NOT NULL)
 ORDER BY p.born_earliest NULLS LAST, p.id
"""  # noqa: S608  a text of our own
HANDS_SQL = """
SELECT u.id, w.id, CASE WHEN %(en)s AND u.name_en <> '' THEN u.name_en ELSE u.name END,
       CASE WHEN %(en)s AND w.name_en <> '' THEN w.name_en ELSE w.name END
  FROM directory_appointment a JOIN directory_unit u ON u.id = a.unit_id JOIN directory_worker w ON w.id = a.worker_id
 WHERE a.ended_at IS NULL AND a.role = 'social_worker' AND u.is_public AND u.closed_on IS NULL
   AND u.jurisdiction_id = %(county)s
 ORDER BY u.kind, u.name, a.started_at, w.id LIMIT 400
"""
OTHER_SIDE_SQL = "SELECT risks, unit_name, unit_name_en, unit_phone, orders FROM protection_notice(%s)"


@dataclass(frozen=True)
class Hand:
    """A worker of a public unit who may take over."""

    unit_id: UUID
    worker_id: UUID
    unit: str
    name: str


@dataclass(frozen=True)
class SafetyNotice:
    """What the other party's side is told where there is a victim's side or an order binds its client.

    Kinds of risk and orders in words, for public units only, and the neutral contact.
    """

    risks: tuple[str, ...]
    unit: str
    phone: str
    orders: tuple[str, ...] = ()
    """通常保護令：禁止…、遠離…（100公尺）。在效到…"""


def may_become_subject(viewer: Viewer, case_id: UUID) -> tuple[tuple[UUID, str], ...]:
    """(id, name and age) of readable people of the case, its reports and its family who are no subjects now."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, {"case": case_id})
        rows = cursor.fetchall()
    return tuple(
        (id_, "　".join(filter(None, (name_words(name or "", kind or ""), age_words(first, last, bool(approximate))))))
        for id_, name, kind, first, last, approximate in rows
    )


def treatment_hands(viewer: Viewer, county: str) -> tuple[Hand, ...]:
    """Social workers of the county's public units, by unit."""
    with connection.cursor() as cursor:
        cursor.execute(HANDS_SQL, {"en": words.lang() == "en", "county": county})
        return tuple(Hand(*row) for row in cursor.fetchall())


def safety_notice(viewer: Viewer, case_id: UUID, circle: str) -> SafetyNotice | None:
    """安全提醒 for a file of the other party's side, and for one of no side whose client is the other party elsewhere.

    None on the victim's side and where there is nothing to warn of.
    """
    if circle == Circle.VICTIM:
        return None
    with connection.cursor() as cursor:
        cursor.execute(OTHER_SIDE_SQL, [case_id])
        row = cursor.fetchone()
    if row is None:
        return None
    return notice_from(viewer, *row)


def notice_from(
    viewer: Viewer, risks: Sequence[str], unit_name: str | None, unit_name_en: str | None, unit_phone: str | None,
    orders: Any = None,
) -> SafetyNotice:  # fmt: skip
    """A row of `protection_notice` in words."""
    said = (words.lang() == "en" and unit_name_en) or unit_name or ""
    bound = tuple(_order_words(*one) for one in as_list(orders))
    return SafetyNotice(tuple(risk_words(kind) for kind in risks), said, unit_phone or "", bound)


def _order_words(kind: str, terms: Sequence[str], distance_m: int | None, ends_on: str | None, pending: bool) -> str:
    """What an order says to whoever serves whom it binds: no court, no number, nobody it protects."""
    far = _("（%(n)d公尺）") % {"n": distance_m} if distance_m else ""
    said = _("、").join(words.label("order.term", term) for term in terms) + far
    until = _("，在效")
    if ends_on and pending:
        until = _("，聲請延長中仍有效")
    elif ends_on:
        until = _("，到%(day)s") % {"day": words.day(date.fromisoformat(ends_on))}
    return words.label("order.kind", kind) + _("：") + said + until
