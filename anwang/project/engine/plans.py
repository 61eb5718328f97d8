"""Prepared statements outlive a ROLLBACK.

psycopg forgets all of them then, because what was rolled back may have made or dropped tables. The program makes none
while it serves, and every refusal is a rollback: each would have cost all pages that follow it their plans.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import psycopg
from psycopg import pq
from psycopg._preparing import Prepare, PrepareManager

MOST = 500
"""Statements one connection keeps prepared: what the desks of a county ask, with room. Beyond it the oldest goes."""
_CHANGES_TABLES = re.compile(rb"^(?:DROP|ALTER|DISCARD ALL|DEALLOCATE ALL)\b").match


class KeptPlans(PrepareManager):
    """psycopg's own book of prepared statements, emptied by `forget()` and by a change of tables alone."""

    prepared_max = MOST

    def clear(self) -> bool:
        """What psycopg calls at a ROLLBACK: nothing is forgotten. Answers that nothing has to be cleared."""
        return False

    def forget(self) -> bool:
        """Empty the book: after an error of the database, a plan may no longer fit its table."""
        return super().clear()

    def _should_discard(self, prep: Prepare, results: Sequence[pq.abc.PGresult]) -> bool:  # type: ignore[override]
        changed = any(r.command_status and _CHANGES_TABLES(r.command_status) for r in results)
        return changed and self.forget()


def keep_plans(connection: psycopg.Connection) -> None:
    """Give a new connection a book that outlives rollbacks."""
    kept = KeptPlans()
    kept.prepare_threshold = connection.prepare_threshold
    connection._prepared = kept


def forget_plans(connection: psycopg.Connection) -> None:
    """Prepare everything anew on this connection."""
    if isinstance(connection._prepared, KeptPlans):
        connection._prepared.forget()
