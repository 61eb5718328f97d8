"""The bench on the invented county for a moment: every row is there, nothing fails, statements are counted right."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.testcases import LiveServerThread
from django.test.utils import CaptureQueriesContext

from bench import measure, statements, table
from bench.load import Outcome, Request
from bench.pages import PAGES
from bench.server import Cost, Site
from bench.users import seated

OPTIONS = argparse.Namespace(users=2, seconds=0.5, best_of=1, seed=1, page=[])


@pytest.fixture
def site(county_db: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1", "testserver"])
    thread = LiveServerThread("127.0.0.1", lambda handler: handler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    yield Site(thread.port, os.getpid(), 0)
    thread.terminate()


def test_measures_every_page_and_intake_without_an_error(site: Site) -> None:
    found = measure.figures(site, OPTIONS)
    assert list(found["pages"]) == [page.name for page in PAGES]
    for name, got in {**found["pages"], **found["intake"]}.items():
        assert got["answers"] > 0, name
        assert got["errors"] == 0, name
    api = found["intake"]["json api"]
    assert api["acknowledged"] == api["kept"]
    document = json.loads(json.dumps({"sizes": [{"size": 0, **found}]}))
    rows = [table.row(0, name, got) for part in ("pages", "intake") for name, got in document["sizes"][0][part].items()]
    lines = table.lines(rows)
    assert len(lines) == 1 + len(PAGES) + 2
    assert lines[0].split()[:2] == ["size", "what"]


def test_counts_the_statements_that_the_page_executes(site: Site) -> None:
    page = next(page for page in PAGES if page.name == "family")
    user = seated(page.roles, 1, page.by)[0]
    said = statements.taken_down(page.requests(user)[0])
    client = Client()
    client.cookies["sessionid"] = user.session
    with CaptureQueriesContext(connection) as queries:
        client.get(page.paths(user)[0])
    executed = [one["sql"] for one in queries.captured_queries if not one["sql"].startswith(("BEGIN", "COMMIT"))]
    assert statements.counted(said) == statements.counted(executed)
    assert any("access_viewer(" in one for one in said)
    assert any("audit_reading" in one for one in said)


def test_gives_a_written_row_a_new_key_each_time(site: Site) -> None:
    page = next(page for page in PAGES if page.name == "search 3")
    said = statements.taken_down(page.requests(seated(page.roles, 1, page.by)[0])[0])
    written = statements.script(said)
    inserts = [line for line in written.splitlines() if line.startswith("INSERT")]
    assert inserts
    assert all("gen_random_uuid()" in line for line in inserts)
    assert written.startswith("BEGIN;")
    assert written.rstrip().endswith("COMMIT;")


def test_tells_wrong_answers_apart_from_right_ones() -> None:
    outcome = Outcome([0.010, 0.020, 0.030, 0.040], 1, 2.0, 0.1)
    got = measure.told(outcome, Cost(0.5, 0.25))
    assert (got["a_second"], got["errors"], got["answers"]) == (2.0, 1, 4)
    assert (got["p50_ms"], got["p95_ms"]) == (30.0, 40.0)
    assert (got["site_cpu_ms"], got["database_cpu_ms"], got["generator_cpu_ms"]) == (100.0, 50.0, 20.0)
    assert Request(b"").expects == (200,)
