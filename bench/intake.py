"""Reports that come in: over the JSON interface, each committed before it is acknowledged, and from a file."""

from __future__ import annotations

import itertools
import json
import random
import secrets
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any  # a JSON document
from uuid import UUID

from django.db import connection, transaction

from anwang.access.viewer import viewer_for
from anwang.exchange.importing import bring_in
from anwang.foundation import clock, national_id
from anwang.systems.actions import issue_token, register_system
from anwang.systems.states import Channel, Scope

from .load import Request

PATH = "/api/v1/reports"
KINDS = ("child_protection", "intimate_violence", "vulnerable_family", "elder")
SURNAMES, GIVEN = "陳林黃張李王吳劉蔡楊許鄭謝", "語彤宇軒品妍承恩子涵柏睿詠晴思妤冠廷佳穎"
ADMINISTRATORS_SQL = """
SELECT p.worker_id, u.jurisdiction_id FROM directory_appointment p JOIN directory_unit u ON u.id = p.unit_id
 WHERE p.role = 'administrator' AND p.ended_at IS NULL
 ORDER BY (SELECT count(*) FROM matters_matter m WHERE m.county = u.jurisdiction_id) DESC LIMIT 1
"""


@dataclass(frozen=True)
class Sender:
    """A system of another agency with a token of one county."""

    county: str
    plain: str


@dataclass(frozen=True)
class Imported:
    """A file taken: how many reports a second, and what each cost the program and the whole."""

    a_second: float
    accepted: int
    rejected: int
    site_ms: float
    elapsed: float


def sender() -> Sender | None:
    """A new system with a token, registered by an administrator; None where nobody keeps systems."""
    with connection.cursor() as cursor:
        cursor.execute(ADMINISTRATORS_SQL)
        row = cursor.fetchone()
    if row is None:
        return None
    worker, county = row
    with transaction.atomic():
        viewer = viewer_for(UUID(str(worker)))
        system = register_system(
            code=f"bench-{secrets.token_hex(4)}", name="量測", agency="量測", reach="county",
            channels=(Channel.API.value,), contact_unit="量測", by=viewer, at=clock.now(),
        )  # fmt: skip
        until = clock.today() + timedelta(days=30)
        scopes = tuple(Scope.values)
        token = issue_token(system_id=system.id, scopes=scopes, expires_on=until, by=viewer, at=clock.now())
    return Sender(county, token.plain)


def report(number: str, random_: random.Random) -> dict[str, Any]:
    """One report of two invented people, as a hospital sends it."""
    day = clock.local(clock.now()) - timedelta(minutes=random_.randrange(1, 120))
    family = random_.choice(SURNAMES)
    persons = [
        {"role": role, "name": family + "".join(random_.sample(GIVEN, 2)), "sex": random_.choice("男女"),
         "birth": f"{year}/{random_.randrange(1, 13)}/{random_.randrange(1, 28)}", "phone": "0900-000-" + number[-3:]}
        for role, year in (("child", random_.randrange(100, 114)), ("carer", random_.randrange(65, 85)))
    ]  # fmt: skip
    persons[0]["id"] = national_id.make_test_id("A", "12"[persons[0]["sex"] == "女"], random_.randrange(1000))
    return {
        "number": number,
        "received_at": day.isoformat(timespec="seconds"),
        "narrative": "急診看到孩子手臂有瘀青，家人說法前後不一。",
        "kinds": [random_.choice(KINDS)],
        "unit": "16",
        "mandated": "yes",
        "reporter": {"name": "邱護理師", "phone": "0900-000-888", "organisation": "望潮醫院", "category": "medical"},
        "persons": [{name: value for name, value in one.items() if value} for one in persons],
    }


def requests(by: Sender, users: int, each: int, seed: int) -> list[list[Request]]:
    """So many different reports for every user."""
    run = secrets.token_hex(4)
    return [list(itertools.islice(_requests(by, f"{run}-{user}", seed + user), each)) for user in range(users)]


def _requests(by: Sender, name: str, seed: int) -> Iterator[Request]:
    random_ = random.Random(seed)  # noqa: S311  invented people, no secret
    for turn in itertools.count(1):
        body = json.dumps(report(f"{name}-{turn:06}", random_)).encode()
        head = (
            f"POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {by.plain}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        yield Request(head.encode() + body, (201,))


def imported(county: str, count: int, seed: int) -> Imported:
    """Take a file of so many reports in this process, as `anwang report import` does."""
    random_, run = random.Random(seed), secrets.token_hex(4)  # noqa: S311  invented people, no secret
    lines = [json.dumps(report(f"{run}-{turn:06}", random_), ensure_ascii=False) for turn in range(count)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("\n".join(lines), encoding="utf-8")
        began, spent = perf_counter(), process_time()
        tally = bring_in(path, county)
        elapsed, spent = perf_counter() - began, process_time() - spent
    each = max(tally.accepted, 1)
    return Imported(tally.accepted / elapsed, tally.accepted, len(tally.rejected), spent / each * 1000, elapsed)


def kept() -> int:
    """How many reports the database has: what was acknowledged must be among them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM matters_matter WHERE kind = 'report'")
        return int(cursor.fetchone()[0])
