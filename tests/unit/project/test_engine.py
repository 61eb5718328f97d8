"""A kept connection whose server went away is noticed without asking."""

from __future__ import annotations

import contextlib

import psycopg
import pytest
from django.db import DatabaseError, DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anwang.project.postgres.cluster import Cluster


def test_costs_no_statement_while_requests_follow_each_other(committed_db: str) -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    with CaptureQueriesContext(connection) as queries:
        assert connection.is_usable()
    assert len(queries) == 0


def test_notices_that_the_server_closed_the_connection(committed_db: str, cluster: Cluster) -> None:
    connection.ensure_connection()
    assert connection.is_usable()
    pid = connection.connection.info.backend_pid
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as owner:
        owner.execute("SELECT pg_terminate_backend(%s, 2000)", [pid])
    assert not connection.is_usable()
    connection.close()


@pytest.mark.parametrize("name", ["plan_cache_mode", "jit"])
def test_a_session_keeps_its_plans(committed_db: str, name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        assert cursor.fetchone()[0] in {"force_generic_plan", "off"}


def _kept() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def _ask(times: int = 3) -> None:
    for _ in range(times):
        with connection.cursor() as cursor:
            cursor.execute("SELECT 41 + %s", [1])


def _asked() -> int:
    return sum("41 +" in statement for statement in _kept())


def test_a_refusal_costs_nobody_his_plans(committed_db: str) -> None:
    connection.close()
    with transaction.atomic():
        _ask()
        assert _asked() == 1
        with contextlib.suppress(ValueError), transaction.atomic():
            raise ValueError("a part is undone")
        transaction.set_rollback(True)
    assert _asked() == 1


def test_a_wrong_value_leaves_one_plan_behind_at_most(committed_db: str) -> None:
    """Who fails again and again does not fill the server's memory."""
    connection.close()
    for _ in range(8):
        _ask()
        with contextlib.suppress(DataError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / %s", [0])
    assert _asked() == 1
    assert sum("1 /" in statement for statement in _kept()) <= 1


def test_plans_that_no_longer_fit_are_made_anew(committed_db: str, cluster: Cluster) -> None:
    """A table changed beside a serving program: one request fails, none after it."""
    connection.close()
    read = "SELECT * FROM a_table_that_grows WHERE 1 = %s"
    with psycopg.connect(cluster.url("postgres", connection.settings_dict["NAME"]), autocommit=True) as owner:
        owner.execute("CREATE TABLE a_table_that_grows AS SELECT 1 AS one")
        owner.execute("GRANT SELECT ON a_table_that_grows TO PUBLIC")
        try:
            for _ in range(4):
                with connection.cursor() as cursor:
                    cursor.execute(read, [1])
            owner.execute("ALTER TABLE a_table_that_grows ADD two integer")
            with pytest.raises(DatabaseError), connection.cursor() as cursor:
                cursor.execute(read, [1])
            connection.close_if_unusable_or_obsolete()
            with connection.cursor() as cursor:
                cursor.execute(read, [1])
                assert cursor.fetchone() == (1, None)
        finally:
            owner.execute("DROP TABLE a_table_that_grows")
