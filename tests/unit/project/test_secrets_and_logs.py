from __future__ import annotations

import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from anwang.project import keys
from anwang.project.logs import JsonFormatter


def test_makes_the_keys_once_for_their_owner_alone(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        made = set(map(repr, threads.map(lambda _: keys.load(tmp_path), range(16))))
    assert len(made) == 1
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
    assert all(len(key) == 32 for key in keys.load(tmp_path).ring.values())


def test_logs_where_an_error_was_but_not_the_person_it_quotes() -> None:
    try:
        raise ValueError("王小明 A100000001")
    except ValueError:
        record = logging.LogRecord("anwang", logging.ERROR, __file__, 1, "job failed", None, sys.exc_info())
    line = JsonFormatter().format(record)
    assert "王小明" not in line
    entry = json.loads(line)
    assert entry["error"] == "ValueError"
    assert "test_secrets_and_logs.py" in entry["where"][0]


def test_logs_of_a_request_its_status_only() -> None:
    record = logging.LogRecord(
        "django.request", logging.WARNING, __file__, 1, "Not Found: %s", ("/people/王小明",), None
    )
    record.status_code = 404
    assert json.loads(JsonFormatter().format(record))["message"] == "request ended with 404"
