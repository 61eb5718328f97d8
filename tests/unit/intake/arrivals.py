"""Reports of many kinds, and every row they leave behind, with what is made anew each time named by its place."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from anwang.foundation import clock
from anwang.foundation.roc import PartialDate
from anwang.intake.incoming import Arrival, OriginalIn, PersonIn, ReporterIn, ReportIn

NIGHT = datetime(2026, 3, 7, 23, 40, tzinfo=clock.TAIPEI)
TABLES = {
    "matters_matter": "id", "matters_duty": "id", "matters_accountablestart": "matter_id",
    "matters_actingstart": "matter_id", "access_grant": "id", "access_involvement": "id", "audit_act": "id",
    "people_person": "id", "people_nameseal": "person_id", "people_identifier": "id", "people_contactpoint": "id",
    "people_address": "id", "intake_report": "id", "intake_reporter": "id", "intake_reportperson": "id",
    "intake_screeningpair": "id", "intake_reportoriginal": "id", "intake_originalbody": "original_id",
    "intake_reportsupplement": "id", "intake_receivedkey": "id",
}  # fmt: skip
"""Every table that receiving a report writes, with its key: keys are made in the order in which rows are planned."""
DRAWN = frozenset({"body", "number", "salt", "sealed", "sealed_name", "sealed_value"})
"""Other bytes each time: drawn by lot, or sealed with a nonce. Their length is compared."""
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")

CHILD = PersonIn(role="child", name="陳小宇", birth=PartialDate(2024, 1), injuries="臉頰瘀青")
MOTHER = PersonIn(role="victim", name="林佳安", sex="female", age_text="31歲", phones=("0912-000-001", "0912000001"))
FATHER = PersonIn(
    role="other_party", name="陳志豪", age_text="35", identifiers=(("national_id", "A100000001"), ("", "X12")),
    addresses=(("living", "望潮縣無名路9001號"), ("living", "望潮縣無名路9002號"), ("work", "港邊")),
)  # fmt: skip
CODED = PersonIn(role="victim", name="甲女", name_kind="code", real_name="周雨晴", birth=PartialDate(2010, 5, 6))
OLD = PersonIn(role="victim", name="高林水妹", birth=PartialDate(1941), languages="ami", needs_interpreter="yes")
UNBORN = PersonIn(role="child", is_unborn=True, due_on=date(2026, 6, 1))


def told(**changes: object) -> ReportIn:
    given: dict[str, object] = {
        "received_at": NIGHT, "channel": "line_113", "narrative": "鄰居說先生打太太，小孩臉上有瘀青。",
        "kinds": ("child_protection",), "persons": (CHILD,),
        "reporter": ReporterIn(name="鄰居", phone="0912-000-777", category="citizen", may_call_back="yes"),
    }  # fmt: skip
    return ReportIn(**(given | changes))


def varied(known: UUID) -> list[Arrival]:
    """Reports that differ in everything receiving looks at; some are refused, and one comes twice."""
    form = (OriginalIn(b'{"a": 1}', "application/json"), OriginalIn(bytes(range(256)), "image/png", "照片.png"))
    reports = [
        told(kinds=("child_protection", "intimate_violence"), persons=(CHILD, MOTHER, FATHER)),
        told(kinds=(), persons=(), channel="phone", remarks=("不認得的欄位color。", "又一個。")),
        told(kinds=("suicide",), persons=(CODED,), channel="walk_in", mandated="yes"),
        told(received_at=NIGHT + timedelta(days=1)),
        told(kinds=("elder", "other_violence"), persons=(OLD, PersonIn(role="witness", name="阿寶", age_text="9歲"))),
        told(persons=(UNBORN, PersonIn(role="child"), PersonIn(role="unknown")), received_at=NIGHT - timedelta(days=3)),
        told(persons=(PersonIn(role="child", person_id=known, age_text="4歲"), MOTHER), originals=form),
        told(persons=(PersonIn(role="victim", person_id=known), FATHER), kinds=("intimate_violence",)),
        told(persons=(PersonIn(role="victim", identifiers=(("other", "  "),)),)),
        told(narrative="", originals=form, reporter=ReporterIn(name="媽媽", category="family")),
        told(channel="pigeon"),
    ]
    keyed = told(originals=form[:1], kinds=("vulnerable_family",))
    return [
        *map(Arrival, reports),
        Arrival(keyed, "twss", "B-2"),
        Arrival(keyed, "twss", "A-1"),
        Arrival(keyed, "twss", "A-1"),
        Arrival(told(originals=form[1:]), "twss", "A-1"),
    ]


def rows() -> dict[str, list[dict[str, Any]]]:
    """Every row by table, in the order of its keys, for whoever reads now; keys are named by table and place."""
    found = {table: _rows(table, key) for table, key in TABLES.items()}
    names: dict[str, str] = {}
    for table, key in TABLES.items():
        for place, row in enumerate(found[table]):
            names.setdefault(str(row[key]), f"{table} {place}")
    return {table: [_named(row, names) for row in written] for table, written in found.items()}


def _rows(table: str, key: str) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT (to_jsonb(t) - 'xid')::text FROM {table} t ORDER BY {key}")
        found = [json.loads(row) for (row,) in cursor.fetchall()]
    for row in found:
        if key != "id":
            row.pop("id", None)  # counted by the database
    return found


def _named(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    kept = {name: len(row[name]) for name in DRAWN & row.keys()}
    plain = json.dumps({name: value for name, value in row.items() if name not in kept})
    return json.loads(_KEY.sub(lambda found: names.get(found[0], found[0]), plain)) | kept
