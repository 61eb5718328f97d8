"""Programs that call the interface in tests: a system with a token, and requests as it sends them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.test import Client

from anwang.access.viewer import Viewer
from anwang.directory.models import Desk, Unit
from anwang.directory.states import UnitKind
from anwang.foundation import clock
from anwang.foundation.uuid7 import uuid7
from anwang.intake.models import OriginalBody
from anwang.intake.sealed import open_original
from anwang.systems.actions import issue_token, register_system
from anwang.systems.states import Scope

ALL = tuple(Scope.values)


@dataclass
class Caller:
    """A sending system: `ask` is one request of it."""

    code: str
    plain: str
    token_id: Any = None
    system_id: Any = None
    client: Client = field(default_factory=lambda: Client(raise_request_exception=True))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """A request with this system's token; a body that is not bytes is written as JSON."""
        given = {"Authorization": f"Bearer {self.plain}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        written = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = given.pop("Content-Type", "application/json")
        return self.client.generic(method, path, written, kind, headers=given)

    def send(self, body: Any, **headers: str) -> Any:
        return self.ask("POST", "/api/v1/reports", body, **headers)


def originals() -> list[bytes]:
    """What came in, as it came, for whoever may read it now; in the database each lies under its seal."""
    kept = {one.original_id: bytes(one.body) for one in OriginalBody.objects.all()}
    opened = [open_original(sealed, original_id) for original_id, sealed in kept.items()]
    assert not [body for body, sealed in zip(opened, kept.values(), strict=True) if body in sealed]
    return opened


def caller(by: Viewer, code: str = "hospital", scopes: tuple[str, ...] = ALL, until: date | None = None) -> Caller:
    """Register a system of the administrator's county and give it a token for half a year."""
    system = register_system(
        code=code,
        name=f"{code}系統",
        agency="望潮醫院",
        reach="county",
        channels=("api", "fhir"),
        contact_unit="資訊室",
        by=by,
        at=clock.now(),
    )
    end = until or date.fromordinal(clock.today().toordinal() + 180)
    token = issue_token(system_id=system.id, scopes=scopes, expires_on=end, by=by, at=clock.now())
    return Caller(code, token.plain, token.id, system.id)


def in_two_counties(by: Viewer, code: str = "police") -> tuple[Caller, Caller]:
    """A national system with a token of the administrator's county, and the same system with one of 青嵐縣."""
    centre = Unit.objects.create(
        id=uuid7(), code="intake2", name="青嵐縣通報中心", name_en="Qinglan Centre", kind=UnitKind.INTAKE,
        is_public=True, jurisdiction_id="99002", on_system=True, phone="(08)000-2000", opened_on=date(2010, 1, 1),
    )  # fmt: skip
    Desk.objects.create(
        id=uuid7(), unit=centre, name="值班台", name_en="Desk", phone="(08)000-2001", covers_county=True
    )
    system = register_system(
        code=code, name="全國系統", agency="中央機關", reach="national", channels=("api", "fhir"),
        contact_unit="資訊室", by=by, at=clock.now(),
    )  # fmt: skip
    end = date.fromordinal(clock.today().toordinal() + 180)
    tokens = [
        issue_token(system_id=system.id, scopes=ALL, expires_on=end, by=replace(by, county=county), at=clock.now())
        for county in (by.county, "99002")
    ]
    one, other = (Caller(code, token.plain, token.id, system.id) for token in tokens)
    return one, other


def report(**changes: Any) -> dict[str, Any]:
    """A body that is taken; `changes` replace or (None) remove fields."""
    body: dict[str, Any] = {
        "number": "R-1",
        "received_at": "2026-05-20T08:30:00+08:00",
        "narrative": "急診看到孩子手臂有瘀青。",
        "kinds": ["child_protection"],
        "unit": "16",
        "mandated": "yes",
        "reporter": {"name": "邱護理師", "phone": "0900-000-888", "organisation": "望潮醫院", "category": "medical"},
        "persons": [
            {
                "role": "child",
                "name": "江語彤",
                "sex": "女",
                "birth": "108/2/3",
                "id": "A200000012",
                "phone": "0900-000-777",
            }
        ],
    }
    body.update(changes)
    return {name: value for name, value in body.items() if value is not None}
