"""Large bundles: counted before they are read, and no shape of one takes the square of its size."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from anwang.exchange.api.fhir import MOST
from anwang.exchange.fhir import case_report
from anwang.exchange.fhir.reading import Bundle
from tests.unit.exchange.callers import Caller, caller
from tests.unit.exchange.messages import BASE, bundle, request
from tests.world import build_world


@pytest.fixture
def hospital(db: None, at: Callable[..., object]) -> Caller:
    at("2026-03-08T00:10+08:00")
    return caller(build_world().viewer("administrator"))


def test_counts_the_reports_of_a_bundle_before_it_reads_one(hospital: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_report, "_read", lambda *_: pytest.fail("read before it was counted"))
    many = [request(id=f"r-{n}", identifier=[{"system": BASE, "value": f"R-{n}"}]) for n in range(MOST + 1)]
    answer = hospital.ask("POST", "/api/v1/fhir", bundle(*many), Content_Type="application/fhir+json")
    assert answer.status_code == 413


def test_follows_a_long_chain_of_references_once() -> None:
    """Each of many names the next: looked up by identity, it takes as long as the chain and not its square."""
    chain = [
        {"resourceType": "Observation", "id": f"o-{n}", "hasMember": [{"reference": f"Observation/o-{n + 1}"}]}
        for n in range(6000)
    ]
    found = Bundle(bundle(*chain, request(supportingInfo=[{"reference": "Observation/o-0"}])))
    (asked,) = found.of_type("ServiceRequest")
    started = time.process_time()
    own = found.reachable(asked)
    assert all(found.names(one) for one in own)
    assert len(own) >= 6000
    assert time.process_time() - started < 1.5
