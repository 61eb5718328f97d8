from __future__ import annotations

import psycopg
import pytest
from django.db import connection

from tests.database import Connect


def _one(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_logs_in_as_a_role_that_owns_nothing_and_is_bound_by_row_level_security() -> None:
    assert _one("SELECT current_user") == "anwang_app"
    assert _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    assert _one("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == 0


@pytest.mark.django_db
def test_knows_chinese_letters_in_trigrams() -> None:
    assert _one("SELECT cardinality(show_trgm('王小明'))") == 4


def test_commits_for_other_connections_to_see(
    committed_db: str, app_connect: Connect, owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES ('key', 'text', '2026-11-21Z')")
    with app_connect() as other:
        assert other.execute("SELECT session_key FROM django_session").fetchall() == [("key",)]
    assert owner_connection.execute("SELECT current_user").fetchone() == ("anwang_owner",)


def test_gives_each_test_an_empty_clone(committed_db: str) -> None:
    assert _one("SELECT count(*) FROM django_session") == 0
