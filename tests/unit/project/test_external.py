"""A server that is not ours: the owner migrates it, the application only uses it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster

OWNER, DATABASE = "county_owner", "county_of_its_own"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def server(cluster: Cluster, template: str) -> Iterator[Cluster]:
    """The tests' own server, as if somebody else's: an empty database; its owner may lend himself roles, no more."""
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE")
        connection.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
        try:
            yield cluster
        finally:
            connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
            connection.execute(f"DROP ROLE {OWNER}")


@pytest.fixture
def run(server: Cluster, tmp_path: Path) -> Run:
    def run(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("ANWANG_", "DJANGO_"))}
        given = {"DATA": str(tmp_path), "DATABASE_URL": server.url(roles.APP, DATABASE), **changes}
        return subprocess.run(
            [sys.executable, "-m", "anwang.project.cli", *arguments],
            env=kept | given, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    return run


def test_is_migrated_by_its_owner_and_used_by_the_application(server: Cluster, run: Run) -> None:
    early = run("verify", DATABASE_OWNER_URL=server.url(OWNER, DATABASE))
    assert (early.returncode, early.stdout) == (1, "")
    assert early.stderr == "anwang: The database is not up to date: run `anwang migrate` first.\n"
    migrated = run("migrate", DATABASE_OWNER_URL=server.url(OWNER, DATABASE))
    assert migrated.returncode == 0, migrated.stderr
    assert "0 findings" in run("verify", DATABASE_OWNER_URL=server.url(OWNER, DATABASE)).stdout
    assert run("prepare").returncode == 0
    with psycopg.connect(server.url("postgres", DATABASE)) as connection:
        owners = connection.execute("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'")
        assert owners.fetchall() == [(OWNER,)]


def test_says_that_nothing_was_prepared_yet(server: Cluster, run: Run) -> None:
    done = run("verify", DATABASE_OWNER_URL=server.url(OWNER, "never_made"))
    assert done.returncode == 1
    assert "There is no database of ours yet" in done.stderr
    assert "run `anwang migrate` first" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "changes", "words"),
    [
        (["migrate"], {}, "set DATABASE_OWNER_URL too"),
        (["migrate"], {"DATABASE_URL": "postgresql://county_owner@/x", "DATABASE_OWNER_URL": "postgresql://o@/x"},
         "logs in as county_owner"),
        (["prepare"], {}, "not up to date"),
        (["verify"], {}, "set DATABASE_OWNER_URL too"),
        (["verify"], {"DATABASE_OWNER_URL": "postgresql://anwang_owner@127.0.0.1:9/x"}, "does not answer"),
    ],
)  # fmt: skip
def test_says_in_a_sentence_what_is_missing(
    run: Run, arguments: list[str], changes: dict[str, str], words: str
) -> None:
    done = run(*arguments, **changes)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
