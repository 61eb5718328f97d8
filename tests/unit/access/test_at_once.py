"""Lists read together are the lists read one by one: the same objects, the same order, the same rights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, Model, QuerySet
from django.test.utils import CaptureQueriesContext

from anwang.access import throttle
from anwang.access.at_once import Said, read
from anwang.access.models import Grant, Throttle
from anwang.audit.models import Act
from anwang.cases.models import CaseSubject
from anwang.directory.models import Appointment, Unit
from anwang.directory.states import Role
from tests.unit.cases.office import LATER, NIGHT, Office, open_office
from tests.world import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(at) -> Office:  # type: ignore[no-untyped-def]
    hands = at(NIGHT + LATER)
    office = open_office(build_world(), hands)
    throttle.knock("log-in", "somebody", most=3, within=timedelta(hours=1))
    return office


def columns(rows: Iterable[Model], related: Sequence[str]) -> list[list[Any]]:
    """Every column of every row with its type, and those of the rows that came along."""
    return [
        [
            (name, type(value), value)
            for one in (row, *(row._state.fields_cache[name] for name in related))
            if one is not None
            for name, value in vars(one).items()
            if name != "_state"
        ]
        for row in rows
    ]


def test_gives_the_objects_of_each_list_in_its_order_in_one_statement(office: Office) -> None:
    case = office.child_case()
    office.be("worker")
    lists: list[tuple[QuerySet[Any], tuple[str, ...]]] = [
        (CaseSubject.objects.filter(matter=case.id).select_related("person").order_by("-person__name"), ("person",)),
        (Unit.objects.select_related("superior", "jurisdiction").order_by("code"), ("superior", "jurisdiction")),
        (Appointment.objects.exclude(role=Role.CHIEF).order_by("unit", "-id").distinct("unit"), ()),
        (Unit.objects.annotate(above=F("superior__code")).order_by("-code"), ()),
        (Grant.objects.order_by("id"), ()),  # arrays
        (Act.objects.order_by("-id"), ()),  # JSON
        (Throttle.objects.all(), ()),  # bytes
        (Unit.objects.filter(id__in=[]), ()),
    ]
    with CaptureQueriesContext(connection) as asked:
        found = read(*(one for one, _related in lists))
    assert len(asked) == 1
    for rows, (alone, related) in zip(found, lists, strict=True):
        assert columns(rows, related) == columns(alone, related)
    assert all(found[:-1])
    assert not found[-1]


def test_gives_rows_of_our_own_statements_by_their_columns(office: Office) -> None:
    likeness = "SELECT code, phone <> %s AS rings FROM directory_unit WHERE code LIKE 'in%%' ORDER BY code"
    rows, none, units = read(
        Said(likeness, ["0"]), Said("SELECT 1 AS n WHERE false"), Unit.objects.filter(code__startswith="in")
    )
    assert rows == [{"code": one.code, "rings": one.phone != "0"} for one in units]
    assert rows
    assert none == []


def test_reads_with_the_rights_of_the_reader(office: Office) -> None:
    case = office.child_case()
    subjects = CaseSubject.objects.filter(matter=case.id)
    said = Said("SELECT id FROM cases_casesubject WHERE matter_id = %s", [case.id])
    office.be("worker")
    assert [len(one) for one in read(subjects, said)] == [2, 2]
    office.be("ngo_worker")
    assert [len(one) for one in read(subjects, said)] == [0, 0]
