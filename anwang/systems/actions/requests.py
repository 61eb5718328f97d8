"""Remembering what came in under which key, so that a message sent twice is one message."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from anwang.access.viewer import Viewer
from anwang.foundation import clock
from anwang.foundation.errors import Conflict, Refused
from anwang.foundation.uuid7 import uuid7

REMEMBER_SQL = """
WITH new AS (
  INSERT INTO systems_requestkey (id, system_id, key, sha256, recorded_at) VALUES (%s, %s, %s, %s, %s)
  ON CONFLICT (system_id, key) DO NOTHING RETURNING sha256, recorded_at)
SELECT sha256, true, recorded_at FROM new UNION ALL
SELECT sha256, false, recorded_at FROM systems_requestkey WHERE system_id = %s AND key = %s LIMIT 1
"""


class Remembered(NamedTuple):
    """Whether the key is new, and when its body came first: what is answered to a repetition too."""

    is_new: bool
    at: datetime


@transaction.atomic
def remember_request(*, system_id: UUID, key: str, sha256: str, by: Viewer) -> Remembered:
    """Bind a sender's request key to a body, in the transaction that takes the body.

    The same key with the same body is fine; raises Conflict when the key came with another body before, also when
    that other one is being taken at this instant: PostgreSQL lets the second wait for the first.
    """
    if not by.service:
        raise Refused(_("請從介接程式送。"))
    values = [uuid7(), system_id, key, sha256, clock.now(), system_id, key]
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER_SQL, values)
        row = cursor.fetchone()
        if row is None:  # the first was committed while we waited: only a new statement sees it
            cursor.execute(REMEMBER_SQL, values)
            row = cursor.fetchone()
    if row is None or row[0] != sha256:
        raise Conflict(_("這個Idempotency-Key用過了，內容不同。請換一個再送。"))
    return Remembered(row[1], row[2])
