"""What lies behind closed doors in the county, unsealed: hiding places, reporters, callers, names behind a code."""

from __future__ import annotations

import io
import re
import zipfile

import psycopg

from anwang.demo import canaries
from anwang.intake import sealed
from anwang.people import seals
from tests.printed import text_of_pdf, unbroken

Row = tuple[object, ...]
TITLES = {"承辦人", "輔導老師", "急診社工", "急診護理師", "門診護理師", "公衛護理師"}
"""What some reporters give instead of a name; words of every page, and nobody's."""
_PLACE = re.compile(r"[^縣市鄉鎮區]{2,4}?(?:路|街|巷)\d+")
CODE_NAME, REAL_NAME = "代號H115-9", "應藏真"
"""Planted by the tests: a person with a code, and the name behind it."""


HER_WORKERS = {"lin"}
"""Who reads the safety zone of story 6 by relation: her worker. To everybody else her number and schools are secret."""


def words(county: psycopg.Connection[Row], who: str = "") -> dict[str, str]:
    """Each secret word with the door it lies behind: safety, reporter, caller or name; for this account."""
    found = dict.fromkeys(canaries.HIDDEN, "planted")
    if who not in HER_WORKERS:
        found |= dict.fromkeys([*canaries.HERS, *_as_typed(canaries.HER_PHONE)], "hers")
    for key, text in county.execute("SELECT id, sealed_text FROM people_safetyaddress").fetchall():
        place = seals.unseal(bytes(text), "safety_address.text", key)
        found |= dict.fromkeys([place, *_PLACE.findall(place)], "safety")
    reporters = "SELECT id, sealed FROM intake_reporter WHERE NOT is_party"
    callers = "SELECT id, sealed_caller FROM intake_call WHERE sealed_caller IS NOT NULL"
    for what, statement in (("reporter", reporters), ("call", callers)):
        for key, text in county.execute(statement).fetchall():
            said = sealed.unseal(bytes(text), what, key)
            found |= dict.fromkeys([said.get("name", ""), *_as_typed(said.get("phone", ""))], what)
    found |= {REAL_NAME: "name"}
    lines = " UNION ".join(f"SELECT phone FROM directory_{what}" for what in ("unit", "desk", "worker"))
    open_to_all = TITLES.union(*(_as_typed(str(phone)) for (phone,) in county.execute(lines).fetchall()))
    return {word: door for word, door in found.items() if len(word) > 2 and word not in open_to_all}


def _as_typed(phone: str) -> list[str]:
    digits = re.sub(r"\D", "", phone)
    return [phone, digits] if len(digits) > 6 else []


def text_of(body: bytes) -> str:
    """What can be read in an answer: HTML as it is, every part of an ODT or ODS, the text of a PDF."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            inner = [parts.read(name) for name in parts.namelist() if name.endswith((".xml", ".rdf", ".txt"))]
        return re.sub(r"<[^>]*>", "", b"\n".join(inner).decode()) + b"\n".join(inner).decode()
    if body.startswith(b"%PDF"):
        return text_of_pdf(body) + "\n" + unbroken(body)
    return body.decode(errors="replace")
