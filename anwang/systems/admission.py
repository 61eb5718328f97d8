"""At the door for programs: a token is looked at, and its system named to the database, in one statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any  # what was asked along
from uuid import UUID

from django.db import connection

from anwang.access.states import Purpose
from anwang.access.viewer import Viewer
from anwang.foundation import clock

PLAIN = re.compile(r"aw_([0-9a-z]{8})_([A-Za-z0-9_-]{43})")
ADMIT_SQL = "SELECT *, {also} FROM systems_admit(%s, %s, %s)"


@dataclass(frozen=True)
class Admitted:
    """Whose token it is. `ended` says why a true token opens nothing any more: `expired`, `revoked`, or empty."""

    system_id: UUID
    code: str
    prefix: str
    scopes: frozenset[str]
    viewer: Viewer
    ended: str = ""
    also: Any = None
    """What was asked along with it."""


def admit(plain: str, *, at: datetime | None = None, also: str = "NULL") -> Admitted | None:
    """Who shows this token; None when nobody has it. Must run inside the transaction of what is then done.

    From here on the database knows the system (`anwang.service`), if its token is live. `also`: SQL of one value that
    is wanted with it, of nothing about people.
    """
    shown = PLAIN.fullmatch(plain)
    if shown is None:
        return None
    now = at or clock.now()
    with connection.cursor() as cursor:
        cursor.execute(ADMIT_SQL.format(also=also), [shown[1], shown[2], now])
        system_id, code, name, county, scopes, expires_at, ended_at, told = cursor.fetchone()
    if system_id is None:
        return None
    ended = "revoked" if ended_at and ended_at <= now else "expired" if expires_at <= now else ""
    viewer = Viewer(worker_id=None, name=name, county=county, service=f"api:{code}", purpose=Purpose.INTAKE)
    return Admitted(system_id, code, shown[1], frozenset(scopes), viewer, ended, told)
