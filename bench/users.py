"""Workers with a full desk, sat down: a session each, and the numbers of what they may read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection, transaction

from anwang.access.models import Account
from anwang.access.viewer import viewer_for
from anwang.foundation import clock
from anwang.project.sessions import SessionStore

MOST_DUTIES = 60
"""More than a page of them stands on nobody's desk but an invented one's."""
NUMBERS = 20

# Of each role: those with most on their desk first, in the county that has most.
CHOOSE_SQL = """
WITH own AS (SELECT worker_id AS id, count(*) AS n FROM matters_duty WHERE state = 'open' GROUP BY 1),
shift AS (SELECT worker_id AS id, count(*) AS n FROM directory_shift
           WHERE starts_at <= %(now)s AND ends_at > %(now)s GROUP BY 1),
family AS (SELECT acting_worker_id AS id, count(*) AS n FROM matters_matter
            WHERE ended_at IS NULL AND family_id IS NOT NULL GROUP BY 1),
county AS (SELECT county AS id, count(*) AS n FROM matters_matter WHERE ended_at IS NULL GROUP BY 1)
SELECT a.id FROM access_account a JOIN directory_appointment p ON p.worker_id = a.worker_id AND p.ended_at IS NULL
  JOIN directory_unit u ON u.id = p.unit_id
  LEFT JOIN own ON own.id = a.worker_id LEFT JOIN shift ON shift.id = a.worker_id
  LEFT JOIN family ON family.id = a.worker_id LEFT JOIN county ON county.id = u.jurisdiction_id
 WHERE a.is_active AND p.role = ANY (%(roles)s)
 ORDER BY CASE %(by)s WHEN 'shift' THEN coalesce(shift.n, 0) WHEN 'families' THEN coalesce(family.n, 0) ELSE 0 END DESC,
       coalesce(county.n, 0) DESC, coalesce(own.n, 0) <= %(most)s DESC, coalesce(own.n, 0) DESC, a.id LIMIT %(users)s
"""
REPORTS_SQL = """
SELECT m.number FROM intake_report r JOIN matters_matter m ON m.id = r.id
 WHERE m.ended_at IS NULL AND m.county = %(county)s ORDER BY m.opened_at DESC LIMIT %(most)s
"""
FAMILIES_SQL = """
SELECT DISTINCT f.number FROM matters_matter m JOIN people_family f ON f.id = m.family_id
 WHERE m.acting_worker_id = %(me)s AND m.ended_at IS NULL LIMIT %(most)s
"""
NAMES_SQL = """
SELECT p.name FROM matters_matter m JOIN access_involvement i ON i.file_id = m.id
  JOIN people_person p ON p.id = i.person_id
 WHERE m.county = %(county)s AND m.kind = 'report' AND m.ended_at IS NULL AND length(p.name) = 3 LIMIT %(most)s
"""


@dataclass(frozen=True)
class User:
    """A worker at his desk: the key of his session, and numbers and names that his pages may be asked for."""

    account: UUID
    worker: UUID
    county: str
    session: str
    reports: tuple[str, ...]
    families: tuple[str, ...]
    names: tuple[str, ...]


def seated(roles: Sequence[str], users: int, by: str = "") -> list[User]:
    """So many users of these roles, those first who have most of `by` (shift, families); some sit at two screens."""
    given = {"roles": list(roles), "users": users, "most": MOST_DUTIES, "now": clock.now(), "by": by}
    with connection.cursor() as cursor:
        cursor.execute(CHOOSE_SQL, given)
        accounts = [key for (key,) in cursor.fetchall()]
    if not accounts:
        return []
    return [_user(Account.objects.get(pk=accounts[at % len(accounts)])) for at in range(users)]


def _user(account: Account) -> User:
    with transaction.atomic():
        viewer = viewer_for(account.worker_id)
        given = {"me": account.worker_id, "county": viewer.county, "most": NUMBERS}
        reports, families, names = (_column(sql, given) for sql in (REPORTS_SQL, FAMILIES_SQL, NAMES_SQL))
    return User(account.pk, account.worker_id, viewer.county, session_of(account), reports, families, names)


def session_of(account: Account) -> str:
    """A session as logging in makes it."""
    store = SessionStore()
    store[SESSION_KEY] = str(account.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = account.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def _column(sql: str, given: dict[str, object]) -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return tuple(one for (one,) in cursor.fetchall())
