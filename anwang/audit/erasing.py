"""Erasing what an act says, by order: the act stays, and so does the tree."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction

from anwang.foundation import clock

from .actions import Actor, record


@transaction.atomic
def erase_said(*, act_ids: Iterable[UUID], basis: str, reference: str, by: Actor) -> int:
    """Erase the details of these acts for good, by the order `reference`; how many had any left.

    Who may do so is asked by the caller. Each erasure stands in the register with the salted sum of what is gone, and
    is an act of its own, so that emptying a row by hand is not taken for one.
    """
    asked = [list(act_ids), basis, reference, by.worker_id, clock.now()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM audit_erase(%s::uuid[], %s, %s, %s::uuid, %s)", asked)
        erased = [one for (one,) in cursor.fetchall()]
    for act_id in erased:
        record("audit.erased", by=by, subject_id=act_id, basis=basis, reference=reference)
    return len(erased)
