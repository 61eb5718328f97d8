"""Sessions in the database, read in one prepared statement: logging out must end a session everywhere at once.

The key lies with its browser alone. The row is found by a sum of the key and signed for it, so that whoever reads the
table takes up nobody's session, nor copies one under a key of his own (docs/adr/0142).
"""

from __future__ import annotations

from typing import Any  # what a session holds

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from anwang.accounts.sealed import session_row

SESSION_SQL = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """Django's own, without building an object that nobody asks for, and without keeping anybody's key."""

    @property
    def key_salt(self) -> str:
        """What the row's signature is bound to: this key."""
        return f"anwang.session:{self.session_key}"

    def load(self) -> dict[str, Any]:
        """What the session holds; an unknown or expired key is forgotten."""
        # The true time, not the demonstration's: it was written with that.
        with connection.cursor() as cursor:
            cursor.execute(SESSION_SQL, [session_row(self.session_key or ""), timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row[0])

    def exists(self, session_key: str) -> bool:
        return bool(super().exists(session_row(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        made = super().create_model_instance(data)
        made.session_key = session_row(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            super().delete(session_row(key))
