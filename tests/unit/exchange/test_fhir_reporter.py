"""Who reported, of a message in the state's form: his unit shows what he is, only where he had to report by law."""

from __future__ import annotations

from typing import Any

import pytest

from anwang.exchange.fhir.case_report import read
from tests.unit.exchange.messages import bundle, extension, request

MANDATED, OTHER = "2", "1"


def category(
    unit: str, kind: str, *, requester: str = "PractitionerRole/role", more: tuple[dict[str, Any], ...] = ()
) -> str:
    said = [
        extension("twss-case-report-type", kind), extension("twss-reporting-unit", unit),
        extension("twss-case-source", "D"),
    ]  # fmt: skip
    sent = bundle(request(extension=said, requester={"reference": requester}), *more)
    (envelope,) = read(sent, b"{}")
    return envelope.report.reporter.category


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("15", "education"), ("16", "medical"), ("24", "police"), ("35", ""), ("39", ""), ("99", ""), ("", "")],
)
def test_takes_the_category_of_who_had_to_report_from_his_unit_where_that_shows_it(unit: str, expected: str) -> None:
    assert category(unit, MANDATED) == expected


def test_concludes_nothing_of_who_did_not_have_to_report() -> None:
    assert category("15", OTHER) == ""


def test_takes_no_relative_for_a_teacher() -> None:
    mother = {"resourceType": "RelatedPerson", "id": "mother", "patient": {"reference": "Patient/child"}}
    assert category("15", MANDATED, requester="RelatedPerson/mother", more=(mother,)) == ""
