"""One statement a page: parts gathered by the database as one document, under the viewer's own rights."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from anwang.access.viewer import Viewer

MANY = 500
"""From so many on, numbers are counted once a minute: nobody needs the four thousandth report to the second."""

WHOLE = "SELECT json_build_object({pieces})"
PIECE = "'{name}', (SELECT coalesce(json_agg(row_to_json(r)), '[]'::json) FROM ({sql}) r)"


def gathered(viewer: Viewer, parts: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Each part is a SELECT; gives its rows by name. Instants come back as aware datetimes (names ending in _at)."""
    pieces = ", ".join(PIECE.format(name=name, sql=sql) for name, sql in parts.items())
    with connection.cursor() as cursor:
        cursor.execute(WHOLE.format(pieces=pieces), dict(given))
        found = cursor.fetchone()[0]
    document: dict[str, list[dict[str, Any]]] = json.loads(found) if isinstance(found, str) else found
    return {name: [_read(row) for row in rows] for name, rows in document.items()}


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: datetime.fromisoformat(value) if value and name.endswith("_at") and isinstance(value, str) else value
        for name, value in row.items()
    }
