"""What fails for one thing keeps no other waiting."""

from __future__ import annotations

import pytest
from django.db import OperationalError, connection

from anwang.access.serving import one_by_one
from anwang.access.viewer import Viewer
from anwang.audit.actions import record
from anwang.audit.models import Act
from anwang.foundation.errors import Conflict
from tests.world import build_world


def _write(thing: str, by: Viewer) -> int:
    record("tested.one_by_one", by=by, about=thing)
    if thing == "broken":
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    if thing == "ended":
        raise Conflict("ended meanwhile")
    if thing == "gone":
        raise OperationalError("the server closed the connection")
    return 1


def test_does_the_rest_and_says_which_failed(committed_db: str, caplog: pytest.LogCaptureFixture) -> None:
    build_world()
    assert one_by_one("tests", ["first", "broken", "ended", "last"], _write) == 2
    kept = [act.details["about"] for act in Act.objects.filter(verb="tested.one_by_one").order_by("id")]
    assert kept == ["first", "last"]
    assert [line.getMessage() for line in caplog.records] == ["tests: failed for broken; the others are done"]


def test_stops_when_the_database_is_gone(committed_db: str) -> None:
    build_world()
    done: list[str] = []
    with pytest.raises(OperationalError):
        one_by_one("tests", ["gone", "never asked"], lambda thing, by: done.append(thing) or _write(thing, by))  # type: ignore[func-returns-value]
    assert done == ["gone"]
