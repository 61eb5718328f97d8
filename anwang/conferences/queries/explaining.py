"""Whether a meeting explains a reading: for whoever looks into readings (oversight)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

EXPLAINS_SQL = """
SELECT EXISTS (SELECT 1 FROM conferences_explained(%s, %s) e
                WHERE e.worker = %s AND e.file = %s AND e.since <= %s AND e.until > %s)
"""


def explains(viewer: Viewer, worker_id: UUID, file_id: UUID, at: datetime) -> bool:
    """Whether a reading of a file at an instant is explained by a meeting of that day, on whose agenda the file stood
    and to whose members the reader belonged, on the side of that file.
    """
    with connection.cursor() as cursor:
        cursor.execute(EXPLAINS_SQL, [at, at + timedelta(microseconds=1), worker_id, file_id, at, at])
        return bool(cursor.fetchone()[0])
