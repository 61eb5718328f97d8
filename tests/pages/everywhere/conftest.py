"""The shared county with one more person in it: one with a code, so that every kind of closed door is there."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import transaction

from anwang.access.viewer import viewer_for
from anwang.foundation import clock
from anwang.people import actions
from anwang.people.states import NameKind
from anwang.project.postgres import roles
from anwang.project.postgres.cluster import Cluster
from tests.pages.everywhere import closed_doors
from tests.pages.everywhere.places import Row


@pytest.fixture
def eyes(county: str, cluster: Cluster) -> Iterator[psycopg.Connection[Row]]:
    """A connection that sees every row of the county, whoever may read it."""
    with psycopg.connect(cluster.url(roles.OWNER, county), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM people_nameseal").fetchone():
            _add_person_with_code(connection)
        yield connection


def _add_person_with_code(connection: psycopg.Connection[Row]) -> None:
    """In the open case that its investigator reads with all its zones."""
    row = connection.execute(
        "SELECT m.id, m.acting_worker_id FROM matters_matter m JOIN access_grant g ON g.file_id = m.id"
        " AND g.holder = 'w:' || m.acting_worker_id WHERE m.kind = 'case' AND m.ended_at IS NULL"
        " ORDER BY 'special' = ANY (g.zones) DESC, m.number DESC LIMIT 1"
    ).fetchone()
    assert row is not None
    with transaction.atomic():
        actions.add_person(
            name=closed_doors.CODE_NAME, name_kind=NameKind.CODE, real_name=closed_doors.REAL_NAME,
            by=viewer_for(row[1]), at=clock.now(), file_id=row[0],
        )  # fmt: skip
