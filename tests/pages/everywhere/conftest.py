"""The shared county with what it lacks, so that every kind of closed door and every page is there: a person with a
code, a unit that has told the family's lead that it will leave, a dispute that nobody has ruled on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import transaction

from anwang.access.viewer import viewer_for
from anwang.cases.actions import tell_of_leaving
from anwang.foundation import clock
from anwang.matters.actions import file_dispute, set_step
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
            _tell_a_lead(connection)
            _dispute(connection)
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


def _tell_a_lead(connection: psycopg.Connection[Row]) -> None:
    row = connection.execute(
        "SELECT m.id, m.acting_worker_id FROM matters_matter m JOIN matters_matter l ON l.family_id = m.family_id"
        " AND l.kind = 'coordination' AND l.ended_at IS NULL AND l.acting_unit_id <> m.acting_unit_id"
        " WHERE m.kind = 'case' AND m.ended_at IS NULL AND m.acting_worker_id IS NOT NULL ORDER BY m.number LIMIT 1"
    ).fetchone()
    assert row is not None
    with transaction.atomic():
        tell_of_leaving(case_id=row[0], by=viewer_for(row[1]), at=clock.now())


def _dispute(connection: psycopg.Connection[Row]) -> None:
    row = connection.execute(
        "SELECT m.id, a.worker_id, m.acting_worker_id FROM matters_matter m"
        " JOIN directory_appointment a ON a.unit_id = m.acting_unit_id AND a.role = 'supervisor' AND a.ended_at IS NULL"
        " JOIN access_account c ON c.worker_id = a.worker_id AND c.username = 'shi'"
        " WHERE m.kind = 'case' AND m.ended_at IS NULL AND m.accountable_id = m.acting_unit_id"
        " AND m.acting_worker_id IS NOT NULL ORDER BY m.number LIMIT 1"
    ).fetchone()
    assert row is not None
    with transaction.atomic():  # a first act, then the dispute
        now = clock.now()
        set_step(matter_id=row[0], code="phone", due_at=now + timedelta(days=2), at=now, by=viewer_for(row[2]))
        file_dispute(
            matter_id=row[0], claimed_unit_id=None, topic="several_problems", words="應由別的單位服務。",
            by=viewer_for(row[1]), at=now,
        )  # fmt: skip
