"""One small nation built for all tests of this folder that only look."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from anwang.demo.scale import build
from anwang.demo.scale.plans import plans
from anwang.foundation import clock
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests import database
from tests.unit.demo.conftest import AT, Owner

REPORTS, SEED = 600, 7
FEWER = [
    plan
    for plan in plans()
    if plan.life in ("long_15", "long_27", "long_39", "ended", "again") or plan.days in (1, 3, 8) or plan.share < 1
]
"""Enough of the stories for every kind, some of them fresh, moved and reported again."""
SHAPE = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated::text FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT tablename, indexname, indexdef, '' FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid), tgenabled::text FROM pg_trigger
           WHERE NOT tgisinternal
"""


@dataclass(frozen=True)
class Built:
    """A connection as the owner, and the keys, indexes and triggers there were before."""

    owner: Owner
    shape: frozenset[tuple[object, ...]]


@pytest.fixture(scope="module")
def nation(
    cluster: Cluster, template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Built]:
    """A nation of REPORTS, alone in a database of its own, at the demonstration's clock."""
    with (
        database.clone(cluster, template) as name,
        django_db_blocker.unblock(),
        database.connected_to(cluster, name, roles.APP),
        clock.frozen(AT),
        psycopg.connect(cluster.url(roles.OWNER, name), autocommit=True) as owner,
    ):
        before = frozenset(owner.execute(SHAPE).fetchall())
        build.build_nation(cluster.url(roles.OWNER, name), REPORTS, SEED, FEWER)
        yield Built(owner, before)
