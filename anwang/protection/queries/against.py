"""Whom a copy for somebody must leave out: for the room that answers data subjects."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from anwang.access.viewer import Viewer

KEPT_FROM_SQL = "SELECT protection_kept_from(%s, %s)"


def kept_from(viewer: Viewer, asking: Iterable[UUID], others: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `others` (records the viewer reads) whose whereabouts are kept from the person who asks.

    By a ground that names him under any record of his, by an order that binds him, or by any shield at all: where no
    ground says against whom, it is against everybody.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEPT_FROM_SQL, [list(asking), list(others)])
        return frozenset(cursor.fetchone()[0] or ())
