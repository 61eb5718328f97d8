"""A kept connection whose server went away is noticed without asking."""

from __future__ import annotations

import psycopg
import pytest
from django.db import connection
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
