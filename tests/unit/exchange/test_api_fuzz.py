"""The interface against its own description: requests made from it, good and bad, get no answer it does not name.

A fixed seed, so that a run is the same run; the time is bounded by the number of examples.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import checks
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi import checks as openapi_checks

from tests.unit.exchange.callers import Caller, caller
from tests.world import build_world

NOW = "2026-05-20T09:00+08:00"
EXAMPLES = 20
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance,
    openapi_checks.negative_data_rejection,
]
"""Data that fits the schema may still be refused (422: a day no calendar has, a county that is another's), so whether
good data is taken is asked of hand-written bodies in the other tests."""
REACHED = {
    "sendReport": {201}, "readProgress": {404}, "sendBundle": {422}, "readCapabilities": {200}, "readTask": {404},
    "sendRoster": {403}, "addSupplement": {404},
    "addAttachment": {404},
}  # fmt: skip
"""The answer that shows that examples came through to the act itself."""


@pytest.fixture
def hospital(committed_db: str, at: Callable[..., object]) -> Caller:
    at(NOW)
    with transaction.atomic():
        return caller(build_world().viewer("administrator"))


def described(hospital: Caller) -> Any:
    """The description as it is published, read from the interface itself."""
    document = hospital.ask("GET", "/api/openapi.json", Authorization="").json()
    config = SchemathesisConfig.from_dict({"generation": {"mode": "all", "allow-x00": False}})
    schema = schemathesis.openapi.from_dict(document, config=config)
    schema.app = get_wsgi_application()
    return schema


@pytest.mark.parametrize("name", list(REACHED))
def test_gives_no_answer_that_it_does_not_describe(hospital: Caller, name: str) -> None:
    schema = described(hospital)
    schema.validate()
    operation = schema.find_operation_by_id(name)
    seen: set[int] = set()

    @seed(20260520)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {hospital.plain}"})
        seen.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()
    assert seen & REACHED[name], f"{name} got no further than {seen}"
