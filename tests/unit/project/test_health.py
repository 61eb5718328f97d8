from __future__ import annotations

import psycopg
import pytest
from django.db import connection
from django.test import Client

from tests.database import Connect


def test_is_well_when_the_database_answers_and_has_every_migration(committed_db: str) -> None:
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "migrations": True})


def test_is_unwell_when_a_migration_is_missing(
    committed_db: str, owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    owner_connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "migrations": False})


def test_is_unwell_when_the_database_is_away(committed_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "migrations": False})


def test_lets_no_page_be_kept_framed_or_fed_from_elsewhere(committed_db: str, app_connect: Connect) -> None:
    headers = Client().get("/login").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
