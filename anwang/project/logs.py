"""Logs: one JSON object a line on standard error. No personal data: no query text, no values, no exception messages."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any  # the shape of logging's dictConfig


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message; an exception as its type and places only, since its text may quote a record."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
        }
        if record.exc_info and record.exc_info[1] is not None:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)
            entry["error"] = type(error).__qualname__
            entry["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-12:]]
        return json.dumps(entry, ensure_ascii=False)

    def _message(self, record: logging.LogRecord) -> str:
        # Django's messages about requests carry the full path; the template alone says what happened.
        if record.name.startswith("django.") and hasattr(record, "status_code"):
            return f"request ended with {record.status_code}"
        if record.name.startswith("gunicorn."):
            return _of_gunicorn(record)
        return record.getMessage()


def _of_gunicorn(record: logging.LogRecord) -> str:
    """What happened to the server, without the path or the head of a request, which its messages quote."""
    quotes = any("/" in str(one) for one in record.args or ())
    said = str(record.msg).replace(" %s", "") if quotes else record.getMessage()
    return said.partition(": ")[0].partition(" from ip")[0]


def configuration() -> dict[str, Any]:
    """For Django's LOGGING. Statements are never logged, at any level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "anwang.project.logs.JsonFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "anwang": {"level": "INFO"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.db.backends": {"handlers": [], "level": "CRITICAL", "propagate": False},
        },
    }
