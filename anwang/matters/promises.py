"""Locking a matter, and asking the database to check its promises now instead of at commit."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.foundation.errors import Conflict, NotFound

from .models import Matter

COLUMNS = [field.attname for field in Matter._meta.concrete_fields]
# Written out once: every action locks, and to compile this anew each time costs more than to run it.
LOCK_SQL = f"SELECT {', '.join(COLUMNS)} FROM matters_matter WHERE id = %s FOR NO KEY UPDATE"  # noqa: S608  own columns


def lock(matter_id: UUID) -> Matter:
    """The open matter, locked until the transaction ends. Take instants after this, never before.

    Raises NotFound when there is none and Conflict when it has ended meanwhile.
    """
    with connection.cursor() as cursor:
        cursor.execute(LOCK_SQL, [matter_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("查無這件事。請確認編號，或洽給你編號的單位。"))
    matter = Matter.from_db(connection.alias, COLUMNS, row)
    if matter.ended_at is not None:
        raise Conflict(_("這件事已經結束。要繼續處理，請由它另開一件。"))
    return matter


def keep() -> None:
    """Check every promise now; the last line of each action. Afterwards checking is deferred again."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
