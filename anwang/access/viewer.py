"""The viewer: who is looking, from which post, for what purpose. First argument of every query."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any  # a row of the database
from uuid import UUID

from django.db import connection

from anwang.directory.states import SUPERVISING, Role
from anwang.foundation import clock

from .claims import claim
from .proving import Proof
from .states import Purpose


@dataclass(frozen=True)
class Viewer:
    """A worker at work, or a service (job, import) without a worker.

    `roles` maps unit → role over live posts; `unit_id` is the first post's. `desks` are the duty desks where the
    viewer is on shift now, `covers` the workers whose leave he covers now.
    """

    worker_id: UUID | None
    name: str
    unit_id: UUID | None = None
    unit_name: str = ""
    county: str = ""
    roles: dict[UUID, str] = field(default_factory=dict)
    desks: tuple[UUID, ...] = ()
    covers: tuple[UUID, ...] = ()
    account_id: UUID | None = None
    language: str = "zh-hant"
    purpose: str = Purpose.CASEWORK
    service: str = ""
    glass_until: datetime | None = None
    """Until when an emergency opening of his lasts (緊急調閱); every page he sees then bears his name and the time."""
    proof: Proof | None = None
    """What his session knows of him (`access.proving`); None for whoever sits at none: a job, a command."""

    @property
    def units(self) -> tuple[UUID, ...]:
        return tuple(self.roles)

    @property
    def role(self) -> str:
        """The role at the first post; empty for a service."""
        return self.roles.get(self.unit_id, "") if self.unit_id else ""

    @property
    def role_names(self) -> frozenset[str]:
        """Every role held now, with `duty_worker` added while on shift at a desk."""
        on_shift = {Role.DUTY_WORKER.value} if self.desks else set()
        return frozenset({*self.roles.values(), *on_shift})

    @property
    def supervised_units(self) -> tuple[UUID, ...]:
        return tuple(unit for unit, role in self.roles.items() if role in SUPERVISING or role == Role.CHIEF)

    @property
    def acts_as(self) -> tuple[UUID, ...]:
        """Workers whose list this viewer works: himself and whom he covers today."""
        return (self.worker_id, *self.covers) if self.worker_id else ()


PURPOSES = {
    Role.SCREENER: Purpose.INTAKE, Role.SCREENING_SUPERVISOR: Purpose.INTAKE, Role.DUTY_WORKER: Purpose.DUTY,
    Role.DUTY_SUPERVISOR: Purpose.DUTY, Role.SUPERVISOR: Purpose.SUPERVISION, Role.NGO_SUPERVISOR: Purpose.SUPERVISION,
    Role.CHIEF: Purpose.SUPERVISION, Role.CLERK: Purpose.PAPERWORK, Role.ADMINISTRATOR: Purpose.ADMINISTRATION,
    Role.PRIVACY_OFFICER: Purpose.SUPERVISION,
}  # fmt: skip
"""What a post is for, as its pages say at their foot; a reading takes the purpose of its relation (oversight 0006)."""
VIEWER_SQL = "SELECT * FROM access_viewer(%s, %s, %s, %s)"


def viewer_for(
    worker_id: UUID,
    *,
    purpose: str = Purpose.CASEWORK,
    language: str = "zh-hant",
    account_id: UUID | None = None,
    at: datetime | None = None,
) -> Viewer:
    """Read the worker's posts, shifts and covers, and tell the database who is looking, in one statement.

    Must run inside a transaction: the database forgets the viewer at its end. `at` is the instant whose posts,
    shifts and grants count; it defaults to the clock's now.
    """
    with connection.cursor() as cursor:
        cursor.execute(VIEWER_SQL, [*claim("worker", worker_id, at or clock.now()), worker_id, language])
        return seen(cursor.fetchone(), worker_id, purpose=purpose, language=language, account_id=account_id)


def seen(
    row: tuple[Any, ...],
    worker_id: UUID,
    *,
    purpose: str = "",
    language: str = "zh-hant",
    account_id: UUID | None = None,
    proof: Proof | None = None,
    glass_until: datetime | None = None,
) -> Viewer:
    """The viewer from what `access_viewer` answers; without a `purpose` that of his first post."""
    name, unit_id, unit_name, county, units, roles, desks, covers = row
    held = dict(zip(units, roles, strict=True))
    return Viewer(
        worker_id=worker_id,
        name=name,
        unit_id=unit_id,
        unit_name=unit_name or "",
        county=county or "",
        roles=held,
        desks=tuple(desks),
        covers=tuple(covers),
        account_id=account_id,
        language=language,
        purpose=purpose or PURPOSES.get(held.get(unit_id, ""), Purpose.CASEWORK),
        proof=proof,
        glass_until=glass_until,
    )


def service_viewer(service: str, *, at: datetime | None = None) -> Viewer:
    """A job or import: may write what its action permits, reads no personal row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_job(%s, %s)", claim("service", service, at or clock.now()))
    return Viewer(worker_id=None, name=service, service=service)
