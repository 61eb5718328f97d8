"""What enters the book for good: a change approved by two people, and the body of every version ever in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any  # the body of a rule, as data
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.foundation import clock
from anwang.foundation.errors import BadInput
from anwang.foundation.uuid7 import uuid7
from anwang.rulebook import Rulebook, RulebookError

from . import queries
from .models import Enactment

__all__ = ["enact", "keep_versions"]

KEEP_SQL = """
INSERT INTO enactments_policyversion (hash, rule_id, body, first_used_at)
SELECT x.hash, x.rule_id, x.body, %s FROM unnest(%s::text[], %s::text[], %s::jsonb[]) x (hash, rule_id, body)
ON CONFLICT (hash) DO NOTHING
"""
KNOWN_SQL = "SELECT hash FROM enactments_policyversion"


@transaction.atomic
def enact(
    *, rule_id: str, county: str, body: Mapping[str, Any], proposed_by: UUID, approved_by: tuple[UUID, UUID],
    draft_id: UUID | None, by: Viewer, at: datetime,
) -> Enactment:  # fmt: skip
    """Lay a change over the book from its day on; raises BadInput where the reader of the files would refuse it."""
    try:
        changed = queries.with_change(rule_id, county, body)
    except RulebookError as error:
        raise BadInput(_("這個修改和現行規則合不起來：%(why)s") % {"why": error.problems[0].message}) from error
    row = Enactment(
        id=uuid7(), rule_id=rule_id, county=county, body=dict(body), proposed_by=proposed_by,
        approved_by=approved_by[0], second_by=approved_by[1], draft_id=draft_id, enacted_at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("rule.enacted", by=by, at=at, subject_id=row.id, rule=rule_id, county=county)
    _keep(changed)
    return row


@transaction.atomic
def keep_versions(*, by: Viewer) -> int:
    """Keep every version of the book in force that is not kept yet; returns how many were new."""
    return _keep(queries.book())


def _keep(book: Rulebook) -> int:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN_SQL)
        known = {hash_ for (hash_,) in cursor.fetchall()}
        new = [version for version in book.versions() if version.hash not in known]
        if new:
            columns = [one.hash for one in new], [one.rule_id for one in new], [Jsonb(one.stored) for one in new]
            cursor.execute(KEEP_SQL, [clock.now(), *columns])
    return len(new)
