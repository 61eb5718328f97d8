"""Who sits at a session: the account, and the viewer told to the database, in one statement."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any  # a session as Django keeps it

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils.crypto import constant_time_compare

from anwang.foundation import clock

from .claims import claim
from .models import Account
from .proving import PROVED, Proof
from .viewer import Viewer, seen

_FIELDS = [field.attname for field in Account._meta.concrete_fields]
SEAT_SQL = f"""
SELECT {{also}}, (SELECT max(g.ends_at) FROM access_grant g
         WHERE g.holder = 'w:' || a.worker_id || '/glass' AND g.starts_at <= %s AND g.ends_at > %s),
       v.*, {", ".join(f"a.{field.column}" for field in Account._meta.concrete_fields)}
  FROM access_account a, access_viewer(%s, %s, a.worker_id, a.language) v WHERE a.id = %s AND a.is_active
"""  # noqa: S608  names of our own columns
LEFT_SQL = "SELECT set_config('anwang.worker', '', true), set_config('anwang.keys_of', '', true)"


def taken(session: Any, *, also: str = "NULL") -> tuple[Account, Viewer, Any] | None:
    """The account and viewer of a session; None when nobody, or nobody who may, sits there.

    `also`: SQL of one value that another room wants to know, of nothing about people; given last, with no statement
    of its own.
    Must run inside a transaction, like `viewer_for`. A password changed since ends the session's right at once.
    """
    account_id = session.get(SESSION_KEY)
    if account_id is None or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    with connection.cursor() as cursor:
        now = clock.now()
        cursor.execute(SEAT_SQL.format(also=also), [now, now, *claim("account", account_id, now), account_id])
        row = cursor.fetchone()
    if row is None:
        return None
    account = Account.from_db("default", _FIELDS, row[-len(_FIELDS) :])
    if not constant_time_compare(session.get(HASH_SESSION_KEY, ""), account.get_session_auth_hash()):
        leave()
        return None
    who = seen(row[2 : -len(_FIELDS)], account.worker_id, language=account.language, account_id=account.pk,
               proof=_proof(session), glass_until=row[1])  # fmt: skip
    return account, who, row[0]


def _proof(session: Any) -> Proof:
    told = session.get(PROVED)
    return Proof(datetime.fromtimestamp(told, UTC) if isinstance(told, int) else None)


def leave() -> None:
    """Tell the database that nobody is looking any more."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT_SQL)
