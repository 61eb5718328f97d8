"""The JSON of a report: one schema that is published, checked against, and filled from the code lists in force."""

from __future__ import annotations

from functools import lru_cache
from typing import Any  # JSON Schema

from anwang import rulebook
from anwang.foundation import clock
from anwang.people.states import AddressKind, IdentifierKind, NameKind, Sex, YesNoUnknown
from anwang.rulebook import Rulebook

Schema = dict[str, Any]
NO_NUL = "^[^\\u0000]*$"
SAYS_SOMETHING = "^[^\\u0000]*[^\\u0000\\s][^\\u0000]*$"
NUMBER = "^[!-~]{1,100}$"
"""A number or key of the sender: printable ASCII without spaces, so that it survives every header and log."""
FILE = {"type": "string", "format": "binary", "minLength": 1}
"""A file as it is; an empty one says nothing and is sent back."""
DAY = "20(19|[2-9][0-9])-((0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31|02-29)"
INSTANT = f"^{DAY}T([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\\.[0-9]{{1,6}})?)?(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])$"
BIRTH = "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|[0-9]{2,3}/[0-9]{1,2}/[0-9]{1,2})$"


def words(most: int) -> Schema:
    """Text that says something."""
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": SAYS_SOMETHING}


def text(most: int, description: str = "") -> Schema:
    return _described({"type": "string", "maxLength": most, "pattern": NO_NUL}, description)


def one_of(codes: list[str], description: str = "") -> Schema:
    return _described({"type": "string", "enum": codes}, description)


def many(items: Schema, most: int, description: str = "") -> Schema:
    return _described({"type": "array", "items": items, "maxItems": most}, description)


def record(properties: dict[str, Schema], *required: str, description: str = "") -> Schema:
    """An object. Names it does not list are allowed: they stay in the original and a remark names them."""
    shape: Schema = {"type": "object", "properties": properties}
    return _described(shape | ({"required": list(required)} if required else {}), description)


def report() -> Schema:
    """The schema of a report today."""
    return _report(clock.today().isoformat(), rulebook.book())


@lru_cache(maxsize=4)
def _report(day: str, book: Rulebook) -> Schema:
    known = {name: _codes(book, name) for name in ("case.kind", "report.source", "report.unit")}
    instant = {"type": "string", "pattern": INSTANT}
    return record(
        {
            "number": {
                "type": "string",
                "pattern": NUMBER,
                "description": "Your number of this report; the same again is the same report.",
            },
            "received_at": instant
            | {"description": "When it truly came to you (RFC 3339 with offset). Clocks start here."},
            "known_at": instant | {"description": "When the reporter came to know, where he says so."},
            "narrative": _described(words(20000), "What was said, in the words in which it was said."),
            "kinds": many(one_of(known["case.kind"]), 6, "Kinds of case it may be; leave out when unsure."),
            "place": text(200),
            "county": {
                "type": "string",
                "pattern": "^[0-9]{5}$",
                "description": "Receiving county; when given, it must be the token's.",
            },
            "source": one_of(known["report.source"]),
            "unit": one_of(known["report.unit"], "Reporting unit: the state's code."),
            "reporting_unit": text(80),
            "mandated": one_of(list(YesNoUnknown.values), "Whether the reporter had to report by law."),
            "urgency": _described(
                {"type": "object", "maxProperties": 12, "additionalProperties": one_of(list(YesNoUnknown.values))},
                "Question to yes, no or unknown.",
            ),
            "reporter": _reporter(book),
            "persons": many(_person(book), 30),
        },
        "received_at",
        "narrative",
        description="A report (通報). Unknown names are kept in the original and named to whoever screens.",
    )


def _reporter(book: Rulebook) -> Schema:
    return record(
        {
            "name": text(60),
            "phone": text(40),
            "organisation": text(80),
            "relation": text(40),
            "category": one_of(_codes(book, "reporter.category")),
            "may_call_back": one_of(list(YesNoUnknown.values)),
            "call_when": text(80),
            "name_to_use": text(40),
            "is_party": {"type": "boolean", "description": "The reporter is one of those the report is about."},
        },
        description="Who reported. Sealed, kept apart, and never given back.",
    )


def _person(book: Rulebook) -> Schema:
    return record(
        {
            "role": one_of(_codes(book, "report.roles"), "Left out: child or person, by the birth date."),
            "relation": text(24),
            "name": text(60),
            "name_kind": one_of([kind for kind in NameKind.values if kind != NameKind.CODE]),
            "sex": one_of([*Sex.values, "女", "男"]),
            "birth": {
                "type": "string",
                "pattern": BIRTH,
                "description": "2019-10-03, 2019-10, 2019, or 108/10/3 (ROC).",
            },
            "age": text(40, "In words: 9歲, 國小三年級."),
            "id": text(40, "National or resident number; a wrong checksum is noted, not refused."),
            "identifiers": many(
                record({"kind": one_of(list(IdentifierKind.values)), "value": words(40)}, "kind", "value"), 6
            ),
            "phone": text(40),
            "phones": many(words(40), 6),
            "address": text(200),
            "addresses": many(
                record({"kind": one_of(list(AddressKind.values)), "text": words(200)}, "kind", "text"), 6
            ),
            "languages": text(80),
            "needs_interpreter": one_of(list(YesNoUnknown.values)),
            "injuries": text(300),
            "where_now": text(200),
            "note": text(400),
        }
    )


def _codes(book: Rulebook, codelist: str) -> list[str]:
    entries = book.codelist(codelist).on(clock.today()).content.codes
    return [entry.code for entry in entries if entry.marks.get("reported") != "no"]


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description} if description else schema
