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
from anwang.foundation import clock, names, national_id
from anwang.foundation.errors import BadInput, NotFound
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.people import policies, seals
from anwang.people.models import Identifier, NameSeal, Person
from anwang.people.states import IdentifierKind, NameKind, Sex, YesNoUnknown


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

    `identifiers` are (kind, value) pairs, `IdentifierKind`. With `name_kind` code, `name` is the 代號 that is shown
    and `real_name` is sealed apart. An unborn child has `due_on` and no birth.
    """
    policies.may_add_person(by).enforce()
    if is_unborn and birth:
        raise BadInput(_("未出生請填預產期，不填出生日。"), field="birth")
    person = Person(
        sex=sex,
        is_unborn=is_unborn,
        due_on=due_on,
        died_on=died_on,
        languages=languages,
        needs_interpreter=needs_interpreter,
        is_restricted=is_restricted,
        recorded_at=clock.now(),
        recorded_by=by.worker_id,
        **name_columns(name.strip(), name_kind),
        **birth_columns(birth),
    )
    person.identity_id = person.id
    person.save(force_insert=True)
    involve(file_id=file_id, person_id=person.id, circle=circle, by=by)
    seal_name(person, real_name)
    for kind, value in identifiers:
        _write_identifier(person.id, kind, value)
    record("person.added", by=by, at=at, matter_id=file_id, subject_id=person.id, name_kind=person.name_kind)
    return person


@transaction.atomic
def add_identifier(*, person_id: UUID, kind: str, value: str, by: Viewer, at: datetime) -> Identifier:
    """A number as shown. A wrong check digit is noted, not refused: papers are mistyped, lent and forged."""
    require(person_id, by)
    identifier = _write_identifier(person_id, kind, value)
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


def name_columns(name: str, name_kind: str) -> dict[str, str]:
    """The name as received, what it is, and its key for searching, which a code has not."""
    is_code = name_kind == NameKind.CODE
    if is_code and not name:
        raise BadInput(_("請填代號。真實姓名另外封存。"), field="name")
    key = "" if is_code else names.search_key(name)
    return {"name": name, "name_kind": name_kind if name else NameKind.UNKNOWN, "name_key": key}


def birth_columns(birth: PartialDate | None) -> dict[str, date | bool]:
    """Both ends of what is known of the birth, as columns."""
    if birth is None:
        return {}
    return {"born_earliest": birth.earliest, "born_latest": birth.latest, "birth_is_approximate": birth.approximate}


def seal_name(person: Person, real_name: str) -> None:
    if real_name and person.name_kind == NameKind.CODE:
        sealed = seals.seal(real_name, "name_seal.name", person.id)
        NameSeal(person_id=person.id, sealed_name=sealed, recorded_at=clock.now()).save(force_insert=True)


def _write_identifier(person_id: UUID, kind: str, value: str) -> Identifier:
    plain = national_id.normalise(value)
    if not plain:
        raise BadInput(_("請填證號；沒有就不必加。"), field="value")
    looks = national_id.check(plain)
    identifier_id = uuid7()
    identifier = Identifier(
        id=identifier_id,
        person_id=person_id,
        kind=kind if kind in IdentifierKind.values else IdentifierKind.OTHER,
        sealed_value=seals.seal(value, "identifier.value", identifier_id),
        lookup=seals.number_lookup(plain),
        last_three=plain[-3:],
        is_checksum_valid=looks.valid,
        recorded_at=clock.now(),
    )
    identifier.save(force_insert=True)
    return identifier
