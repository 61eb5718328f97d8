"""Planned rows are what models make, and stand in the table as a model would have written them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from anwang.access.models import Grant, Involvement
from anwang.access.viewer import service_viewer
from anwang.audit.actions import act_of
from anwang.audit.models import Act
from anwang.audit.rows import Rows, new, write
from anwang.foundation.uuid7 import uuid7
from anwang.people.models import Identifier, Person

ODD = "\"\\王𪚥\u2028'%s{}$1"
AT = datetime(2026, 3, 7, 15, 40, 0, 123456, tzinfo=UTC)


def told(row: Model) -> dict[str, object]:
    made = {field.attname for field in row._meta.concrete_fields if callable(field.default)}
    return {name: value for name, value in row.__dict__.items() if name != "_state" and name not in made}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_a_planned_row_holds_what_the_model_would(model: type[Model]) -> None:
    made, planned = model(), new(model)
    assert told(planned) == told(made)
    assert planned.__dict__.keys() == made.__dict__.keys()
    assert planned._state.adding


def test_makes_anew_what_a_row_must_not_share() -> None:
    one, other = new(Act), new(Act)
    assert one.id != other.id
    assert one.details is not other.details


def test_takes_no_name_that_is_no_column() -> None:
    with pytest.raises(TypeError, match="has no column colour"):
        new(Person, colour="red")


def person(**columns: object) -> Person:
    person_id = uuid7()
    return new(Person, id=person_id, identity_id=person_id, name_key="", recorded_at=AT, **columns)


@pytest.mark.django_db
def test_writes_every_kind_of_value_as_it_is() -> None:
    by = service_viewer("import")
    row = person(name="\"\\王𪚥\u2028'%s{}$1", born_earliest=date(2019, 2, 3), born_latest=date(2019, 2, 3))
    number = new(
        Identifier, person_id=row.id, kind="other", sealed_value=bytes(range(256)), lookup=b"", last_three="X12",
        is_checksum_valid=False, recorded_at=AT,
    )  # fmt: skip
    grant = new(
        Grant, file_id=uuid7(), holder=f"w:{uuid7()}", zones=["work", "case"], purpose="intake", because="duty",
        starts_at=AT, recorded_at=AT,
    )  # fmt: skip
    act = act_of("person.added", by=by, at=AT, subject_id=row.id, count=3, late=True, kind=None, text=ODD)
    with CaptureQueriesContext(connection) as asked:
        write(row, number, grant, act)
    assert len(asked) == 1
    assert not row._state.adding
    for written in (grant, act):
        assert told(type(written).objects.get(id=written.id)) == told(written)
    with connection.cursor() as cursor:
        cursor.execute("SELECT holder FROM access_grant WHERE id = %s AND ends_at IS NULL", [grant.id])
        assert cursor.fetchone() == (grant.holder,)


@pytest.mark.django_db
def test_writes_all_or_nothing_and_says_what_broke() -> None:
    service_viewer("import")
    rows, file_id = Rows(), uuid7()
    row = person()
    rows.add(*(new(Involvement, file_id=file_id, person_id=row.id, recorded_at=AT) for _ in range(2)), row)
    with pytest.raises(IntegrityError, match="person_stands_in_a_file_once"), transaction.atomic():
        rows.write()
    assert not Involvement.objects.filter(file_id=file_id).exists()


@pytest.mark.django_db
def test_asks_nothing_when_nothing_is_planned() -> None:
    with CaptureQueriesContext(connection) as asked:
        Rows().write()
    assert len(asked) == 0
