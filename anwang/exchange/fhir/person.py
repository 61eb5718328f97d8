"""Patient, RelatedPerson and contact as persons of a report."""

from __future__ import annotations

from anwang.foundation import areas, national_id, roc
from anwang.foundation.errors import BadInput
from anwang.foundation.roc import PartialDate
from anwang.intake.incoming import PersonIn

from .names import BIRTH_UNKNOWN, NATIONAL_ID, PASSPORTS, RESIDENT
from .reading import Resource, codings, extension, items, mapping, text, words

_SEX = {"male": "male", "female": "female", "other": "other"}
_ADDRESS_KIND = {"home": "living", "temp": "found", "work": "work", "billing": "registered", "old": "registered"}


def person(resource: Resource, role: str) -> PersonIn:
    """One person. The checksum of a number is not enforced; a birth date that cannot be read stays in the note."""
    birth, note = _birth(resource)
    name = _name(resource)
    return PersonIn(
        role=role,
        name=name,
        name_kind="full" if name else "unknown",
        sex=_SEX.get(text(resource.get("gender")), "unknown"),
        birth=birth,
        identifiers=_identifiers(resource),
        phones=_phones(resource),
        addresses=_addresses(resource.get("address")),
        languages=_languages(resource),
        notes=note,
    )


def contacts(patient: Resource, role: str) -> list[PersonIn]:
    """The people a Patient lists as contacts, with the relationship as it was written."""
    found = []
    for contact in items(patient.get("contact")):
        relation = "、".join(filter(None, (text(part.get("text")) for part in items(contact.get("relationship")))))
        name = text(mapping(contact.get("name")).get("text"))
        if name or relation:
            address = contact.get("address")
            found.append(
                PersonIn(
                    role=role,
                    name=name,
                    name_kind="full" if name else "unknown",
                    sex=_SEX.get(text(contact.get("gender")), "unknown"),
                    phones=_phones(contact),
                    addresses=_addresses([address] if address else []),
                    relation=relation[:40],
                )
            )
    return found


def _name(resource: Resource) -> str:
    for name in items(resource.get("name")):
        parts = [
            text(name.get("family")),
            *words(name.get("given")),
        ]
        if written := text(name.get("text")) or "".join(parts):
            return written
    return ""


def _birth(resource: Resource) -> tuple[PartialDate | None, str]:
    unknown = extension(resource, BIRTH_UNKNOWN).get("valueBoolean") is True
    written = text(resource.get("birthDate"))
    if unknown or not written:
        return None, ""
    try:
        return roc.parse_date(written), ""
    except BadInput:
        return None, f"來文出生日期：{written[:20]}"


def _identifiers(resource: Resource) -> tuple[tuple[str, str], ...]:
    found = []
    for identifier in items(resource.get("identifier")):
        system, value = text(identifier.get("system")), text(identifier.get("value"))
        types = {code for _system, code in codings(identifier.get("type"))}
        if not value:
            continue
        if system == NATIONAL_ID or "NNxxx" in types:
            found.append(("national_id", value))
        elif system == RESIDENT or "PRC" in types:
            found.append((national_id.check(value).kind or "resident_new", value))
        elif system in PASSPORTS or "PPN" in types:
            found.append(("passport", value))
    return tuple(found)


def _phones(resource: Resource) -> tuple[str, ...]:
    return tuple(
        value
        for contact in items(resource.get("telecom"))
        if text(contact.get("system")) in ("phone", "sms") and (value := text(contact.get("value")))
    )


def _addresses(value: object) -> tuple[tuple[str, str], ...]:
    found = []
    for address in items(value):
        # The guide binds `district` to county codes but everybody sends names; a code is written out, 桃園市 by both.
        county = areas.from_twss(text(address.get("district")))
        parts = [county.name if county else text(address.get("district")), text(address.get("city"))]
        if written := text(address.get("text")) or "".join([*parts, *words(address.get("line"))]):
            found.append((_ADDRESS_KIND.get(text(address.get("use")), "living"), written))
    return tuple(found)


def _languages(resource: Resource) -> str:
    words = []
    for spoken in items(resource.get("communication")):
        language = mapping(spoken.get("language"))
        label = next((text(coding.get("display")) for coding in items(language.get("coding"))), "")
        words.append(text(language.get("text")) or label)
    return "、".join(filter(None, words))[:80]
