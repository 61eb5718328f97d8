"""People as a file brings them, planned and written with the file: nobody is looked up, nothing is merged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from anwang.access.actions import involvement_of
from anwang.access.states import Circle
from anwang.access.viewer import Viewer
from anwang.audit.actions import act_of
from anwang.audit.rows import Rows, new
from anwang.foundation import clock, names, national_id, phone
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate
from anwang.foundation.uuid7 import uuid7
from anwang.people import seals
from anwang.people.models import Address, ContactPoint, Identifier, NameSeal, Person
from anwang.people.states import ContactKind, IdentifierKind, NameKind, Sex, Source, YesNoUnknown

HIDE_SQL = """
SELECT h.id, h.place FROM unnest(%s::uuid[]) AS asked (who) CROSS JOIN LATERAL people_hide_addresses(asked.who) AS h
"""
ADDRESS_LETTERS = 200


@dataclass(frozen=True, kw_only=True)
class NewPerson:
    """One record of a person as received.

    `identifiers` are (kind, value) pairs, `IdentifierKind`. With `name_kind` code, `name` is the 代號 that is shown
    and `real_name` is sealed apart. An unborn child has `due_on` and no birth.
    """

    name: str
    name_kind: str = NameKind.FULL
    real_name: str = ""
    sex: str = Sex.UNKNOWN
    birth: PartialDate | None = None
    is_unborn: bool = False
    due_on: date | None = None
    died_on: date | None = None
    identifiers: Iterable[tuple[str, str]] = ()
    languages: str = ""
    needs_interpreter: str = YesNoUnknown.UNKNOWN
    is_restricted: bool = False


def plan_person(
    rows: Rows, told: NewPerson, *, file_id: UUID, circle: str = Circle.NEUTRAL, by: Viewer, at: datetime
) -> Person:  # fmt: skip
    """A person who stands in file `file_id` on side `circle`. Callers have permitted."""
    if told.is_unborn and told.birth:
        raise BadInput(_("未出生請填預產期，不填出生日。"), field="birth")
    person_id = uuid7()
    person = new(
        Person, id=person_id, identity_id=person_id, sex=told.sex, is_unborn=told.is_unborn, due_on=told.due_on,
        died_on=told.died_on, languages=told.languages, needs_interpreter=told.needs_interpreter,
        is_restricted=told.is_restricted, recorded_at=clock.now(), recorded_by=by.worker_id,
        **name_columns(told.name.strip(), told.name_kind), **birth_columns(told.birth),
    )  # fmt: skip
    rows.add(person, involvement_of(file_id, person_id, circle))
    rows.add(*name_seals_of(person, told.real_name))
    rows.add(*(identifier_of(person_id, kind, value) for kind, value in told.identifiers))
    rows.add(
        act_of("person.added", by=by, at=at, matter_id=file_id, subject_id=person_id, name_kind=person.name_kind)
    )  # fmt: skip
    return person


def plan_bringing_in(
    rows: Rows, person_id: UUID, *, file_id: UUID, circle: str = Circle.NEUTRAL, by: Viewer, at: datetime
) -> None:  # fmt: skip
    """Somebody known stands in a file that is itself only planned. Callers have asked whether they may describe him."""
    act = act_of("person.brought_in", by=by, at=at, matter_id=file_id, subject_id=person_id, circle=circle)
    rows.add(involvement_of(file_id, person_id, circle), act)


def plan_numbers(
    rows: Rows, person_id: UUID, values: Iterable[tuple[str, str]], *, by: Viewer, at: datetime
) -> None:  # fmt: skip
    """(kind, value) pairs of `ContactKind` that reach a new person; the same number again ends the one before."""
    found: dict[str, ContactPoint] = {}
    for kind, value in values:
        contact = contact_of(person_id, kind, value, by=by)
        if contact.lookup in found:
            found[contact.lookup].until_on = clock.local(at).date()
        found[contact.lookup] = contact
        rows.add(contact, act_of("person.contact_added", by=by, at=at, subject_id=person_id, kind=kind,
                                 is_safe=contact.is_safe))  # fmt: skip


def plan_addresses(
    rows: Rows, person_id: UUID, values: Iterable[tuple[str, str]], *, source: str = Source.SAID, by: Viewer,
    at: datetime,
) -> None:  # fmt: skip
    """(kind, text) pairs of a new person's addresses; a second one of a kind ends the one before."""
    found: dict[str, Address] = {}
    for kind, text in values:
        address = address_of(person_id, kind, text, source=source, by=by)
        if kind in found:
            found[kind].until_on = clock.local(at).date()
        found[kind] = address
        rows.add(address, act_of("person.address_added", by=by, at=at, subject_id=person_id, kind=kind,
                                 source=source))  # fmt: skip


def hide_addresses(person_ids: Iterable[UUID]) -> None:
    """After writing: what is where one of them, or somebody near him, hides goes into the safety zone, sealed."""
    with connection.cursor() as cursor:
        cursor.execute(HIDE_SQL, [list(person_ids)])
        found = [(row_id, seals.hidden(place, row_id)) for row_id, place in cursor.fetchall()]
        if found:
            cursor.executemany("SELECT people_seal_address(%s, %s)", found)


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


def name_seals_of(person: Person, real_name: str) -> tuple[NameSeal, ...]:
    """The name behind a 代號, sealed; nothing where there is none."""
    if not real_name or person.name_kind != NameKind.CODE:
        return ()
    sealed = seals.seal(real_name, "name_seal.name", person.id)
    return (new(NameSeal, person_id=person.id, sealed_name=sealed, recorded_at=clock.now()),)


def identifier_of(person_id: UUID, kind: str, value: str) -> Identifier:
    """A number as shown. A wrong check digit is noted, not refused: papers are mistyped, lent and forged."""
    plain = national_id.normalise(value)
    if not plain:
        raise BadInput(_("請填證號；沒有就不必加。"), field="value")
    identifier_id = uuid7()
    return new(
        Identifier,
        id=identifier_id,
        person_id=person_id,
        kind=kind if kind in IdentifierKind.values else IdentifierKind.OTHER,
        sealed_value=seals.seal(value, "identifier.value", identifier_id),
        lookup=seals.number_lookup(plain),
        last_three=plain[-3:],
        is_checksum_valid=national_id.check(plain).valid,
        recorded_at=clock.now(),
    )


def contact_of(
    person_id: UUID, kind: str, value: str, *, is_safe: str = YesNoUnknown.UNKNOWN, safe_when: str = "",
    name_to_use: str = "", may_leave_message: str = YesNoUnknown.UNKNOWN, by: Viewer,
) -> ContactPoint:  # fmt: skip
    """A way to reach a person together with when, under what name and whether to leave a message."""
    value = value.strip()
    if not value:
        raise BadInput(_("請填電話或帳號。"), field="value")
    by_phone = kind in (ContactKind.MOBILE, ContactKind.PHONE)
    return new(
        ContactPoint, id=uuid7(), person_id=person_id, kind=kind, value=value,
        lookup=phone.normalise(value) if by_phone else value.lower(), is_safe=is_safe, safe_when=safe_when,
        name_to_use=name_to_use, may_leave_message=may_leave_message, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip


def address_of(
    person_id: UUID, kind: str, text: str, *, source: str = Source.SAID, area_code: str = "",
    since_on: date | None = None, by: Viewer,
) -> Address:  # fmt: skip
    """An address of a kind according to a source, with the keyed hash by which the same place is found."""
    text = text.strip()
    if not text:
        raise BadInput(_("請填地址；不知道門牌可以只填里或路名。"), field="text")
    if len(text) > ADDRESS_LETTERS:
        raise BadInput(_("地址太長，請留200字以內。"), field="text")
    return new(
        Address, id=uuid7(), person_id=person_id, kind=kind, text=text, area_code=area_code,
        lookup=seals.place_lookup(text), source=source, since_on=since_on, recorded_at=clock.now(),
        recorded_by=by.worker_id,
    )  # fmt: skip
