"""Where in the whole database what somebody typed about himself can be read: nowhere but under the reporters' seal."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
from django.db import transaction
from django.test import Client
from psycopg import sql

from tests.pages.public.test_form import NIGHT, WORDS, send
from tests.pages.public.test_status import receipt
from tests.world import build_world

MINE = {"phone": "0900-000-777", "your_name": "紀隔牆", "organisation": "隔牆事務所", "name_to_use": "瓦斯行紀小姐"}
ZONE = {"intake_reporter", "intake_originalbody"}
"""Tables of the reporter zone; row-level security opens them to whoever holds the report."""


def test_is_read_in_the_reporter_zone_alone(
    committed_db: str, at: Callable[[str], object], owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    at(NIGHT)
    with transaction.atomic():
        build_world()
    send(Client(), you="neighbour", call_back="yes", **MINE)
    for words in (*MINE.values(), "0900000777"):
        assert tables_with(owner_connection, words) <= ZONE, words
    # The original as it came is sealed: its words stand in the report alone.
    assert tables_with(owner_connection, WORDS) == {"intake_report"}


def test_keeps_no_address_of_a_caller(
    committed_db: str, at: Callable[[str], object], owner_connection: psycopg.Connection[tuple[object, ...]]
) -> None:
    at(NIGHT)
    with transaction.atomic():
        build_world()
    client = Client(REMOTE_ADDR="203.0.113.77")
    number, secret = receipt(client)
    client.post("/report/status", {"number": number, "secret": secret})
    assert tables_with(owner_connection, "203.0.113.77") == set()
    assert tables_with(owner_connection, secret) == set()
    assert tables_with(owner_connection, secret.replace("-", "")) == set()


def tables_with(connection: psycopg.Connection[tuple[object, ...]], words: str) -> set[str]:
    """Tables in a row of which these words stand, as text or as bytes."""
    names = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
    found = set()
    for (name,) in connection.execute(names).fetchall():
        query = sql.SQL("SELECT count(*) FROM {} t WHERE t::text LIKE %s OR t::text LIKE %s")
        given = [f"%{words}%", f"%{words.encode().hex()}%"]
        row = connection.execute(query.format(sql.Identifier(str(name))), given).fetchone()
        if row is not None and row[0]:
            found.add(str(name))
    return found
