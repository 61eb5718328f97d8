"""Fixtures for tests on the invented county: built once for its sources, kept as a dump, cloned for whoever asks.

`county_db` is a clone of a test's own, in which commits are real; `county` is one clone that a run's tests share for
reading. In both the clock stands near the demonstration's own date (and ticks), in live servers too.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql
from pytest_django import DjangoDbBlocker

from anwang.foundation import clock
from anwang.project.demonstration import DEFAULT_CLOCK
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests import database
from tests import template as kept

COUNTY, KEYS = "anwang_county", "county-keys.json"
AT = datetime.fromisoformat(DEFAULT_CLOCK).replace(tzinfo=clock.TAIPEI)
KEPT = kept.ROOT / "build" / "test-county"


@pytest.fixture(scope="session")
def county_template(cluster: Cluster, template: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The built county to clone, made by the first worker that needs it."""
    with (cluster.run / "county.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with database.as_owner(cluster, "postgres") as owner:
            if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [COUNTY]).fetchone():
                _make(cluster, template, owner, django_db_blocker)
    return COUNTY


@pytest.fixture
def county_db(cluster: Cluster, county_template: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """A county for this test alone, in which COMMIT is real; gives the database's name. Do not mix with `db`."""
    with database.clone(cluster, county_template) as name, django_db_blocker.unblock(), _at_home(cluster, name):
        yield name


@pytest.fixture(scope="session")
def _shared_county(cluster: Cluster, county_template: str) -> Iterator[str]:
    with database.clone(cluster, county_template) as name:
        yield name


@pytest.fixture
def county(cluster: Cluster, _shared_county: str, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The county that this worker's tests share: read it, and count on nothing others may have added."""
    with django_db_blocker.unblock(), _at_home(cluster, _shared_county):
        yield _shared_county


@contextmanager
def _at_home(cluster: Cluster, name: str) -> Iterator[None]:
    """The application on this database, with the keys it was built with, at the demonstration's date."""
    keys = json.loads((cluster.run / KEYS).read_text(encoding="ascii"))
    before = dict(settings.KEYRING)
    settings.KEYRING.update({key: base64.b64decode(text) for key, text in keys.items()})
    clock.set_offset(AT - datetime.now(UTC))
    try:
        with database.connected_to(cluster, name, roles.APP):
            yield
    finally:
        clock.set_offset(timedelta(0))
        settings.KEYRING.update(before)


def _make(
    cluster: Cluster, template: str, owner: psycopg.Connection[tuple[object, ...]], blocker: DjangoDbBlocker
) -> None:
    half, dump = f"{COUNTY}_new", _path()
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(half)))
    owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half)))
    if not (dump.with_suffix(".json").exists() and kept.restore(cluster, half, dump)):
        with database.clone(cluster, template) as name:
            with blocker.unblock(), database.connected_to(cluster, name, roles.APP), clock.frozen(AT):
                import_module("anwang.demo.build").build()  # only here: tests of one room stand without the stories
            _keep_keys(dump.with_suffix(".json"))
            kept.keep(cluster, name, dump)
        if not kept.restore(cluster, half, dump):
            raise RuntimeError("The built county could not be kept: pg_dump or pg_restore failed.")
    shutil.copy(dump.with_suffix(".json"), cluster.run / KEYS)
    owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(half), sql.Identifier(COUNTY)))


def _keep_keys(path: Path) -> None:
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.json"):
        old.unlink(missing_ok=True)
    ring = {name: base64.b64encode(key).decode() for name, key in settings.KEYRING.items()}
    path.write_text(json.dumps(ring), encoding="ascii")


def _path() -> Path:
    """Where the county of exactly these sources is, or would be: everything but the pages, and the policy."""
    return KEPT / f"{_digest()}.dump"


def _digest() -> str:
    digest = hashlib.sha256(kept.dump_path().stem.encode())
    rooms = (path for path in (kept.ROOT / "anwang").rglob("*") if path.suffix in {".py", ".sql", ".yaml"})
    paths = [path for path in rooms if path.parts[len(kept.ROOT.parts) + 1] not in {"web", "project"}]
    for path in sorted([*paths, *(kept.ROOT / "policy").rglob("*.yaml")]):
        digest.update(str(path.relative_to(kept.ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
