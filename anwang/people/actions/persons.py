"""Writing down a person as received, and the numbers he shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from anwang.access.actions import involve
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.rows import Rows
from anwang.foundation import clock
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.roc import PartialDate
from anwang.people import policies
from anwang.people.models import Identifier, Person
from anwang.people.states import NameKind, Sex, YesNoUnknown

from .planning import NewPerson, identifier_of, plan_person


@transaction.atomic
def add_person(
    *,
    name: str,
    name_kind: str = NameKind.FULL,
    sex: str = Sex.UNKNOWN,
    birth: PartialDate | None = None,
    by: Viewer,
    at: datetime,
    file_id: UUID,
    circle: str = Circle.NEUTRAL,
    identifiers: Iterable[tuple[str, str]] = (),
    is_unborn: bool = False,
    due_on: date | None = None,
    died_on: date | None = None,
    real_name: str = "",
    languages: str = "",
    needs_interpreter: str = YesNoUnknown.UNKNOWN,
    is_restricted: bool = False,
) -> Person:
    """One record of a person as received, standing in file `file_id` on side `circle`; nothing is looked up or merged.

    What each means stands at `NewPerson`.
    """
    policies.may_add_person(by).enforce()
    new = NewPerson(
        name=name, name_kind=name_kind, real_name=real_name, sex=sex, birth=birth, is_unborn=is_unborn, due_on=due_on,
        died_on=died_on, identifiers=identifiers, languages=languages, needs_interpreter=needs_interpreter,
        is_restricted=is_restricted,
    )  # fmt: skip
    rows = Rows()
    person = plan_person(rows, new, file_id=file_id, circle=circle, by=by, at=at)
    rows.write()
    return person


@transaction.atomic
def add_identifier(*, person_id: UUID, kind: str, value: str, by: Viewer, at: datetime) -> Identifier:
    """A number as shown. A wrong check digit is noted, not refused: papers are mistyped, lent and forged."""
    require(person_id, by)
    identifier = identifier_of(person_id, kind, value)
    identifier.save(force_insert=True)
    record("person.identifier_added", by=by, at=at, subject_id=person_id, kind=kind,
           valid=identifier.is_checksum_valid)  # fmt: skip
    return identifier


@transaction.atomic
def bring_in(*, person_id: UUID, file_id: UUID, circle: str = Circle.NEUTRAL, by: Viewer, at: datetime) -> None:
    """A person already known stands in one more file from now on, and is read through it too."""
    require(person_id, by)
    involve(file_id=file_id, person_id=person_id, circle=circle, by=by)
    record("person.brought_in", by=by, at=at, matter_id=file_id, subject_id=person_id, circle=circle)


@transaction.atomic
def note_birth(*, person_id: UUID, born_on: date, by: Viewer, at: datetime) -> None:
    """The expected child is born. The due date stays as it was written."""
    require(person_id, by)
    changed = Person.objects.filter(id=person_id, is_unborn=True).update(
        is_unborn=False, born_earliest=born_on, born_latest=born_on, birth_is_approximate=False
    )
    if not changed:
        raise BadInput(_("這個人不是登錄為未出生。請看出生日。"), field="born_on")
    record("person.born", by=by, at=at, subject_id=person_id)


@transaction.atomic
def note_death(*, person_id: UUID, died_on: date, by: Viewer, at: datetime) -> None:
    """The person has died. His file, kinship and households stay readable."""
    require(person_id, by)
    if died_on > clock.today():
        raise BadInput(_("死亡日期不能在未來。請再看一次。"), field="died_on")
    Person.objects.filter(id=person_id).update(died_on=died_on)
    record("person.died", by=by, at=at, subject_id=person_id)


@transaction.atomic
def note_language(*, person_id: UUID, languages: str, needs_interpreter: str, by: Viewer, at: datetime) -> None:
    """Which languages the person speaks and whether an interpreter is needed; empty and unknown are answers too."""
    require(person_id, by)
    Person.objects.filter(id=person_id).update(languages=languages, needs_interpreter=needs_interpreter)
    record("person.language", by=by, at=at, subject_id=person_id, needs_interpreter=needs_interpreter)


def require(person_id: UUID, by: Viewer) -> None:
    """Whether `by` may write about the person; a person he may not see is not there."""
    policies.may_add_person(by).enforce()
    verdict = policies.may_describe_person(by, person_id)
    if not verdict:
        raise NotFound(verdict.reason)
