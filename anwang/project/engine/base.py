"""A kept connection is looked at before each request; a server that went away has closed its end of the socket."""

from __future__ import annotations

import select
import time
from typing import Any  # what Django passes through

import psycopg
from django.db.backends.postgresql import base

from .plans import forget_plans, keep_plans

QUIET_SECONDS = 30.0
"""After so long without a request it is asked after all: a network may lose a connection without a word."""


class DatabaseWrapper(base.DatabaseWrapper):
    """`is_usable` costs no statement while requests follow each other."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self._seen_at = 0.0

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        """A connection whose prepared statements outlive refusals."""
        made = super().get_new_connection(conn_params)
        keep_plans(made)
        return made

    def is_usable(self) -> bool:
        """Whether the connection can be used; asks the server only after a quiet time or when something lies unread."""
        if self.errors_occurred and self.connection is not None:
            forget_plans(self.connection)
        now = time.monotonic()
        seen_at, self._seen_at = self._seen_at, now
        if self.connection is not None and now - seen_at < QUIET_SECONDS and not self._has_unread():
            return True
        return super().is_usable()

    def _has_unread(self) -> bool:
        """The end of the stream counts as something to read, and so does a broken socket."""
        try:
            watched = select.poll()
            watched.register(self.connection.fileno(), select.POLLIN)
            return bool(watched.poll(0))
        except (OSError, ValueError, self.Database.Error):
            return True
