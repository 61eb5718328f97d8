"""One county built for all tests of this folder that only look: the slow fixture of the suite."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from anwang.demo.build import build
from anwang.foundation import clock
from anwang.project.demonstration import DEFAULT_CLOCK
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests import database

AT = datetime.fromisoformat(DEFAULT_CLOCK).replace(tzinfo=clock.TAIPEI)
Owner = psycopg.Connection[tuple[object, ...]]


@pytest.fixture(scope="module")
def county(
    cluster: Cluster, template: str, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Owner]:
    """The demonstration as it is at its default clock, in a database of its own; gives a connection as its owner."""
    with (
        database.clone(cluster, template) as name,
        django_db_blocker.unblock(),
        database.connected_to(cluster, name, roles.APP),
        clock.frozen(AT),
    ):
        build()
        with psycopg.connect(cluster.url(roles.OWNER, name), autocommit=True) as owner:
            yield owner
