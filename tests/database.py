"""Fixtures for tests on a real PostgreSQL: one throw-away server a run, one clone of a template a worker.

Tests log in as `anwang_app`, the role that owns nothing. `db` rolls back; `committed_db` gives the test a clone of its
own, in which commits are real: for threads, concurrent connections and live servers.
"""

from __future__ import annotations

import fcntl
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connections
from psycopg import sql
from pytest_django import DjangoDbBlocker

from anwang.access import claims
from anwang.project.migrating import migrate
from anwang.project.postgres import roles, walls
from anwang.project.postgres.cluster import Cluster
from tests import template as kept

TEMPLATE = "anwang_template"
Connect = Callable[..., psycopg.Connection[tuple[object, ...]]]
_numbers = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The server of this run; its keeper removes it when the last worker is gone."""
    with Cluster(Path(os.environ["ANWANG_TEST_RUN"]), ephemeral=True).running() as running:
        with (running.run / "roles.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            roles.make(running.url("postgres", "postgres"))
        yield running


@pytest.fixture(scope="session")
def template(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> str:
    """A migrated, empty database to clone, made by the first worker that needs it."""
    with (cluster.run / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner(cluster, "postgres") as owner:
            there = owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if not there:
                _migrate_template(cluster, owner, django_db_blocker)
    return TEMPLATE


def _migrate_template(
    cluster: Cluster, owner: psycopg.Connection[tuple[object, ...]], blocker: DjangoDbBlocker
) -> None:
    half = f"{TEMPLATE}_new"
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
    owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
    dump = kept.dump_path()
    if not kept.restore(cluster, half, dump):
        roles.prepare_database(cluster.url(roles.OWNER, half))
        with blocker.unblock(), connected_to(cluster, half, roles.OWNER):
            migrate()
        walls.raise_walls(cluster.url(roles.OWNER, half), claims.pads())
        kept.keep(cluster, half, dump)
    else:
        walls.raise_walls(cluster.url(roles.OWNER, half), claims.pads())  # this run's keys are others
    owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(TEMPLATE)))


@pytest.fixture(scope="session")
def django_db_setup(cluster: Cluster, template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Replaces pytest-django's: point the default connection at this worker's clone."""
    with clone(cluster, template) as name, ExitStack() as stack:
        with django_db_blocker.unblock():
            stack.enter_context(connected_to(cluster, name, roles.APP))
        yield
        with django_db_blocker.unblock():
            stack.close()


@pytest.fixture
def committed_db(
    cluster: Cluster, template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[str]:
    """A fresh clone for this test alone, in which COMMIT is real; gives its name. Do not mix with `db`."""
    with clone(cluster, template) as name, django_db_blocker.unblock(), connected_to(cluster, name, roles.APP):
        yield name


@pytest.fixture
def app_connect(cluster: Cluster) -> Iterator[Connect]:
    """Open further connections as the application to the database of this test: `app_connect(autocommit=True)`."""
    with ExitStack() as stack:

        def connect(**options: object) -> psycopg.Connection[tuple[object, ...]]:
            url = cluster.url(roles.APP, _current_database())
            return stack.enter_context(psycopg.connect(url, **options))  # type: ignore[call-overload]

        yield connect


@pytest.fixture
def owner_connection(cluster: Cluster) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as the owner, in autocommit, to the database of this test: to look past the application's rights."""
    with as_owner(cluster, _current_database()) as connection:
        yield connection


@contextmanager
def as_owner(cluster: Cluster, database: str) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A connection as the owner, in autocommit."""
    with psycopg.connect(cluster.url(roles.OWNER, database), autocommit=True) as connection:
        yield connection


@contextmanager
def clone(cluster: Cluster, template: str) -> Iterator[str]:
    """A database of one's own, like `template`; its name. It is dropped at the end."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    name = f"anwang_{worker}_{next(_numbers)}"
    with as_owner(cluster, "postgres") as owner, (cluster.run / "template.lock").open("a") as lock:
        # Two clones at once are two sessions on the template, which the second would be refused.
        fcntl.flock(lock, fcntl.LOCK_EX)
        owner.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
    try:
        yield name
    finally:
        # Not as the owner: he may not end an autovacuum that is at work in the clone.
        with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as superuser:
            superuser.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _current_database() -> str:
    return str(connections.settings["default"]["NAME"])


@contextmanager
def connected_to(cluster: Cluster, database: str, user: str) -> Iterator[None]:
    """Point Django's default connection, of this and every new thread, at `database` as `user`."""
    entry = connections.settings["default"]
    before = {key: entry[key] for key in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}
    connections["default"].close()
    entry.update(NAME=database, USER=user, HOST=str(cluster.socket), PORT="5432", PASSWORD="")
    try:
        yield
    finally:
        connections["default"].close()
        entry.update(before)
