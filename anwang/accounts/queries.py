"""One's own account, and the accounts of a county for who keeps and reviews them. No file is read here."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any  # rows of the database
from uuid import UUID

from django.conf import settings
from django.db import connection

from anwang.access.viewer import Viewer
from anwang.directory.queries import units_of_county
from anwang.directory.states import Role
from anwang.foundation import clock

from . import doors, sealed
from .models import AgencyLogin, Passkey
from .quarters import quarter_of, review_due
from .states import How, Outcome

ACCOUNTS_SQL = """
SELECT a.id, w.id, w.called, a.username, a.last_login, a.is_demo, p.posts, p.units,
       (SELECT count(*) FROM accounts_passkey k WHERE k.account_id = a.id AND k.ended_at IS NULL),
       EXISTS (SELECT 1 FROM accounts_totp t WHERE t.account_id = a.id AND t.ended_at IS NULL),
       EXISTS (SELECT 1 FROM accounts_agencybinding b WHERE b.account_id = a.id AND b.ended_at IS NULL),
       f.outcome, f.at, r.called
  FROM access_account a
  JOIN directory_worker w ON w.id = a.worker_id
  JOIN LATERAL (
    SELECT array_agg(u.called ORDER BY p.started_at) FILTER (WHERE p.ended_at IS NULL) AS units,
           array_agg(p.role::text ORDER BY p.started_at) FILTER (WHERE p.ended_at IS NULL) AS posts,
           bool_or(u.jurisdiction_id = %(county)s AND p.ended_at IS NULL) AS here,
           bool_and(p.ended_at IS NOT NULL) AND bool_or(u.jurisdiction_id = %(county)s) AS was_here
      FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id WHERE p.worker_id = w.id) p
    ON p.here OR p.was_here
  LEFT JOIN accounts_finding f ON f.account_id = a.id AND f.quarter = %(quarter)s
  LEFT JOIN directory_worker r ON r.id = f.by
 WHERE a.is_active ORDER BY p.units[1], w.name, a.id
"""
DUE_SQL = """
SELECT count(*) FROM access_account a
 WHERE a.is_active AND NOT EXISTS (SELECT 1 FROM accounts_finding f WHERE f.account_id = a.id AND f.quarter = %s)
   AND EXISTS (SELECT 1 FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
                WHERE p.worker_id = a.worker_id AND u.jurisdiction_id = %s)
"""
SITTINGS_SQL = """
SELECT t.id, t.how, t.browser, t.began_at, s.expire_date, t.key_digest
  FROM accounts_sitting t JOIN django_session s ON t.key_digest = sha256(convert_to(s.session_key, 'UTF8'))
 WHERE t.account_id = %s AND t.ended_at IS NULL AND s.expire_date > %s ORDER BY t.began_at DESC
"""
PEOPLE_SQL = """
SELECT w.id, w.called, array_agg(p.id ORDER BY p.started_at), array_agg(u.called ORDER BY p.started_at),
       array_agg(p.role::text ORDER BY p.started_at), max(a.username), coalesce(bool_or(a.is_active), false),
       max(i.id::text), max(i.expires_at)
  FROM directory_worker w JOIN directory_appointment p ON p.live_worker = w.id
  JOIN directory_unit u ON u.id = p.unit_id AND u.jurisdiction_id = %(county)s
  LEFT JOIN access_account a ON a.worker_id = w.id
  LEFT JOIN accounts_invitation i ON i.worker_id = w.id AND i.ended_at IS NULL AND i.expires_at > %(at)s
 WHERE %(who)s::uuid IS NULL OR w.id = %(who)s
 GROUP BY w.id ORDER BY w.name, w.id
"""
HELD_SQL = """
SELECT (SELECT count(*) FROM matters_matter m WHERE m.acting_worker_id = %(who)s AND m.ended_at IS NULL),
       (SELECT count(*) FROM directory_shift s WHERE s.worker_id = %(who)s AND s.ends_at > %(at)s),
       (SELECT count(*) FROM directory_absence b WHERE b.covered_by_id = %(who)s AND b.ends_at > %(at)s),
       (SELECT count(*) FROM systems_token k WHERE k.issued_by = %(who)s AND k.revoked_at IS NULL
           AND k.expires_at > %(at)s),
       (SELECT count(*) FROM accounts_sitting t JOIN access_account a ON a.id = t.account_id
          JOIN django_session s ON t.key_digest = sha256(convert_to(s.session_key, 'UTF8')) AND s.expire_date > %(true)s
         WHERE a.worker_id = %(who)s AND t.ended_at IS NULL),
       (SELECT count(*) FROM accounts_passkey k JOIN access_account a ON a.id = k.account_id
         WHERE a.worker_id = %(who)s AND k.ended_at IS NULL)
"""


@dataclass(frozen=True)
class AccountLine:
    """One account of the county: whose, last use, posts, second factor, and what this quarter's review found."""

    account_id: UUID
    worker_id: UUID
    name: str
    username: str
    last_used: datetime | None
    is_demo: bool
    posts: tuple[tuple[str, str], ...]
    """(unit, role in words); empty when he has none any more."""
    passkeys: int
    totp: bool
    agency: bool
    outcome: str
    found_at: datetime | None
    found_by: str

    @property
    def has_second(self) -> bool:
        return self.totp or self.passkeys > 0


@dataclass(frozen=True)
class Review:
    """This quarter's review of the county: until when, how many accounts are left, and whether it is late."""

    quarter: str
    due_on: date
    left: int
    is_late: bool


@dataclass(frozen=True)
class SittingLine:
    id: UUID
    how: str
    browser: str
    began_at: datetime
    last_seen_at: datetime
    is_this: bool


@dataclass(frozen=True)
class KeyLine:
    id: UUID
    label: str
    made_at: datetime
    last_used_at: datetime | None
    is_synced: bool


@dataclass(frozen=True)
class Own:
    """One's own account: how it is entered, and where it is open."""

    username: str
    has_password: bool
    totp: bool
    codes: int
    agency: bool
    keys: tuple[KeyLine, ...]
    sittings: tuple[SittingLine, ...]


@dataclass(frozen=True)
class PersonLine:
    """Somebody with a post in the county, with or without an account."""

    worker_id: UUID
    name: str
    posts: tuple[tuple[UUID, str, str], ...]
    username: str
    is_active: bool
    invitation_id: str
    invited_until: datetime | None


@dataclass(frozen=True)
class Held:
    """What somebody holds, in numbers: matters, shifts ahead, covers, tokens he issued, sessions, passkeys."""

    matters: int
    shifts: int
    covers: int
    tokens: int
    sessions: int
    passkeys: int


def own(viewer: Viewer, session_key: str) -> Own:
    """The viewer's own account."""
    account = doors.account_of(viewer.account_id)
    has = doors.doors_of(account)
    sealed.own(account.pk)
    keys = Passkey.objects.filter(account_id=account.pk, ended_at=None).order_by("made_at")
    lines = tuple(KeyLine(k.id, k.label, k.made_at, k.last_used_at, k.is_synced) for k in keys)
    return Own(
        account.username, has.password, has.totp, doors.codes_left(account.pk), has.agency, lines,
        tuple(_sittings(account.pk, session_key)),
    )  # fmt: skip


def _sittings(account_id: UUID, session_key: str) -> list[SittingLine]:
    """A session is saved anew when it is touched, so its end tells when that was: by the true time."""
    true = datetime.fromtimestamp(time.time(), UTC)
    with connection.cursor() as cursor:
        cursor.execute(SITTINGS_SQL, [account_id, true])
        found = cursor.fetchall()
    this, shift = sealed.of_session(session_key), clock.now() - true
    age = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [
        SittingLine(key, str(How(how).label), browser, began, ends - age + shift, bytes(digest) == this)
        for key, how, browser, began, ends, digest in found
    ]


def accounts(viewer: Viewer) -> list[AccountLine]:
    """Every open account of the viewer's county, unit by unit."""
    given = {"county": viewer.county, "quarter": quarter_of(clock.today())}
    with connection.cursor() as cursor:
        cursor.execute(ACCOUNTS_SQL, given)
        return [_line(row) for row in cursor.fetchall()]


def _line(row: tuple[Any, ...]) -> AccountLine:
    account, worker, name, username, last, demo, roles, units, keys, totp, agency, outcome, at, by = row
    posts = tuple((unit, str(Role(role).label)) for unit, role in zip(units or (), roles or (), strict=True))
    said = str(Outcome(outcome).label) if outcome else ""
    return AccountLine(account, worker, name, username, last, demo, posts, keys, totp, agency, said, at, by or "")


def review(viewer: Viewer) -> Review:
    """Where this quarter's review of the viewer's county stands."""
    today = clock.today()
    with connection.cursor() as cursor:
        cursor.execute(DUE_SQL, [quarter_of(today), viewer.county])
        left = int(cursor.fetchone()[0])
    due = review_due(today)
    return Review(quarter_of(today), due, left, bool(left) and today > due)


def people(viewer: Viewer, worker_id: UUID | None = None) -> list[PersonLine]:
    """Everybody with a post in the viewer's county, or one of them."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE_SQL, {"county": viewer.county, "at": clock.now(), "who": worker_id})
        found = cursor.fetchall()
    return [
        PersonLine(
            who, name, tuple((p, u, str(Role(r).label)) for p, u, r in zip(ids, units, roles, strict=True)),
            username or "", active, invitation or "", until,
        )
        for who, name, ids, units, roles, username, active, invitation, until in found
    ]  # fmt: skip


def held(viewer: Viewer, worker_id: UUID) -> Held:
    """What somebody of the county holds, in numbers alone."""
    with connection.cursor() as cursor:
        true = datetime.fromtimestamp(time.time(), UTC)
        cursor.execute(HELD_SQL, {"who": worker_id, "at": clock.now(), "true": true})
        return Held(*cursor.fetchone())


def units(viewer: Viewer) -> list[tuple[str, str]]:
    """(id, name) of every living unit of the viewer's county."""
    return [(str(key), name) for key, name in units_of_county(viewer.county)]


@dataclass(frozen=True)
class AgencyLine:
    id: UUID
    code: str
    name: str
    issuer: str = field(default="")


def agencies(viewer: Viewer) -> list[AgencyLine]:
    """The agencies' own log-ins of the viewer's county."""
    found = AgencyLogin.objects.filter(county_id=viewer.county, ended_at=None).order_by("code")
    return [AgencyLine(one.id, one.code, one.name, one.issuer) for one in found]
