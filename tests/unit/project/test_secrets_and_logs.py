from __future__ import annotations

import json
import logging
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from gunicorn.config import Config

from anwang.project import gunicorn_settings, keys
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


@pytest.mark.parametrize(
    ("template", "args", "said"),
    [
        ("Error handling request %s", ("/people/王小明?q=A100000001",), "Error handling request"),
        ("Invalid request from ip=127.0.0.1: Invalid line: 'GET /people/王小明'", (), "Invalid request"),
        ("WORKER TIMEOUT (pid:%s)", (412,), "WORKER TIMEOUT (pid:412)"),
        ("Worker (pid:%s) was sent %s!", (412, "SIGKILL"), "Worker (pid:412) was sent SIGKILL!"),
    ],
)
def test_logs_of_the_server_what_happened_and_no_address(
    template: str, args: tuple[object, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    config = Config()
    for name in ("loglevel", "accesslog", "logger_class"):
        config.set(name, getattr(gunicorn_settings, name))
    config.logger_class(config).error(template, *args)
    line = capsys.readouterr().err.strip()
    assert json.loads(line)["message"] == said
    assert "王小明" not in line
