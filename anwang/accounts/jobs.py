"""What accounts do by themselves, run by `anwang worker`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from anwang.access.viewer import service_viewer
from anwang.audit.actions import record
from anwang.foundation import clock

SERVICE = "accounts"
FORGET_SQL = "SELECT accounts_forget(%s)"


def forget(now: datetime | None = None) -> int:
    """Delete ended sessions and invitations past `ANWANG_SITTING_DAYS`, and what sessions that ran out left behind."""
    now = now or clock.now()
    call_command("clearsessions")
    with transaction.atomic():
        by = service_viewer(SERVICE, at=now)
        with connection.cursor() as cursor:
            cursor.execute(FORGET_SQL, [now - timedelta(days=settings.ANWANG_SITTING_DAYS)])
            (gone,) = cursor.fetchone()
        if gone:
            record("accounts.forgotten", by=by, at=now, count=gone)
    return int(gone)
